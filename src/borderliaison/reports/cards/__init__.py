"""What the card of each form shows first, as data: one file a form, read by ``reports.card``."""
