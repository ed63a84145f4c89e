"""Search over all correspondence: an index of words, kept with the items and read through their markings.

The index is rows of one table, the same on every database; the words are folded here (``words``), so that a
name is found in whichever script it was written or is typed. Codes of code lists, offices and forms are
indexed as codes and looked for by their labels in every language (``labels``). Invariants: an item is
indexed in the commit that keeps it and its rows go with it; a row never reaches an officer, only the items
that he may read do, counted and found by one query.
"""
