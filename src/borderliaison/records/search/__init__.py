"""Finding records: names in any script and spelling, numbers in any spacing, codes by their words."""
