"""The network: countries, agencies, offices, crossing points, officers, the signed directory of keys.

Owns: who exists, where, since when, who faces and who reports to whom; which authority signs which
keys and which foreign authority it recognises. Never knows: letters, markings of content, local
sign-ins. Invariants: an office's country is the first two letters of its code; a key counts only while
the pinned authority signs it or recognises who signs it; a shipped value never overwrites what an
administrator wrote.
"""
