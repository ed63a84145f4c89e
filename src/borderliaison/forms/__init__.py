"""Forms, code lists, grading schemes and classification words as data, and the pure rules that read them.

Owns: the form files (``data/``), code lists (``codes/``), grading schemes (``scales/``), words of
classification, handling and TLP (``labels/``), the field types (``types/``), and what checks, shows and
compares filled forms. Never knows: Django, databases, HTML, the network, who may read. Imports the
kernel only. Invariants: ``check`` never raises, whatever it is given; what it accepts is plain data
(text, whole numbers, booleans, lists, mappings with text keys; no floats) that it accepts again
unchanged; ``show`` never leaves out a filled field; a released file never changes (``RELEASED.txt``).
"""
