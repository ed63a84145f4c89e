"""What is known, value by value: each with the report that says it, its marking, and since when."""
