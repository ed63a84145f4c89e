"""Paper: a small vocabulary of blocks, one template, and PDF/A from both.

Owns what a sheet looks like: marking above and below, page of pages, both times, the exercise's hatching.
Never knows what a report or a register is, nor who may read: it is given words and sets them. Text is
data all the way: nothing that somebody wrote is ever read as markup. The same document gives the same
bytes.
"""
