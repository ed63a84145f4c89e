"""Saved views: the address of a page with its filters, under a name, an officer's own or for his office.

A page that may be kept is registered by its name (``pages``); nothing here knows what its filters mean. A
view shows whoever opens it what he himself may read; its name and its words are read by those it is for.
"""
