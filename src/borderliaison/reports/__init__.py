"""Filled forms: drafts, reports, corrections, and their numbers."""
