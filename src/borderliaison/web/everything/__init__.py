"""Everything an officer may do and reach, in one list: what Ctrl K searches, and a page without scripts.

Owns nothing: each entry comes from the package that owns it, read as this officer may read it. What he
may not do or know is not in the list, and no number tells of it.
"""
