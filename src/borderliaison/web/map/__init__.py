"""The maps of a node: what is under them, what is on them, and what an administrator adds.

Everything comes from this node, so a map is there when no line is. What happened is read through
``readable_by``; the places of offices and the states of links are everybody's matter.
"""
