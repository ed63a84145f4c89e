"""Threads, messages, dissemination and its authorisation, and what receipts say about both."""
