"""Threads, items and what needs action, in words for pages."""
