"""The words every other package speaks: ids, clock, realm, markings, the reader and the reading policy.

Owns: the lattices of the marking, the one policy that decides who may read, canonical encoding and
signatures. Never knows: databases, Django, files, the network. Invariants: everything here is pure and
deterministic (the clock is a parameter); nothing here imports anything of ours.
"""
