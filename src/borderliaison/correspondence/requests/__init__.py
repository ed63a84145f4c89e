"""Requests: who owes an answer until when, and what became of it."""
