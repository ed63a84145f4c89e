"""Filled forms: private drafts, reports with their numbers, corrections with their history.

Owns: drafts, the register of numbers, what a report's content is on the wire and how it is shown.
Never knows: how letters travel, or which fields a form has (the form's data says). Invariants: what an
officer typed is never lost, however wrong; a sent report is never changed, a correction is a new one.
"""
