"""Numbers that things carry: wagons, containers, ships, papers. Their formats, and their check digits."""
