"""Carriers: what moves frames between offices. They are trusted with nothing and keep nothing."""
