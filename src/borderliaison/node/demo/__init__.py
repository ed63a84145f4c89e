"""The demo: five offices on this machine play the first warning, as their officers would.

Owns: the invented cast, building and running its nodes, browsers without a screen, the play itself
with its steps and times. Never does what an officer could not: the driver signs in, clicks, fills in
and reads; nothing is put into a receiver. Databases are read only where ``--check`` asks for proof.
"""
