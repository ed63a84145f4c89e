"""Threads, what is said in them, its dissemination and authorisation, and what receipts tell of both.

Owns: threads, items (a report, a message), disseminations (one letter each: one audience, one
authorisation), receipts of what people did, the registers in which each agency numbers what it sends and
gets. Never knows: what a report's fields mean (``reports`` registers how to read and show it) or how
letters travel (``exchange``). Invariants: nothing crosses a border without a second
officer's authorisation; an item is read through its own marking, and a thread shows only the items that
its reader may read; a number of a register is given once, and leaves no gap.
"""
