"""First-use guidance: what a page is for and its two main keys, and a tour across the pages.

Owns the words, as data in every language of the pages (``data/*.yaml``), and which page they belong to.
What an officer has put away, and how far his tour has come, stands in his account. The tour only looks:
it writes nothing, and is taken in a demonstration or in an exercise alone.
"""
