"""Measurements: they print figures and assert nothing. ``make bench`` runs all of them."""
