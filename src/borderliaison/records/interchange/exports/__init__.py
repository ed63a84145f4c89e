"""Giving out: what one may read and take along is selected, made beside the pages, and handed over."""
