"""Correspondence on paper: what the pages show of items, threads, registers and requests, as documents.

Everything is taken from what the pages are drawn from (``shown``, ``registers.shown``): both say the same.
"""
