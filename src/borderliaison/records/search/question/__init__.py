"""What is looked for: as an address, as rows of fields, as a sentence."""
