"""The board: the page that an officer's day starts from, and the same on a wall.

It owns what is chosen for it and how it stands there; what is shown belongs to the packages below. Every
row is read through ``readable_by``, and every number counts what its reader may read.
"""
