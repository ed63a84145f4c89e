"""The pages of records: the question, what it finds, and what is asked again as records come."""
