"""What arrives from other offices, or is given back by them, and how items are kept."""
