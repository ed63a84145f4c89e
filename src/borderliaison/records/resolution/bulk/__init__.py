"""Comparing a whole set at once, by Splink on DuckDB: it learns the weights from the set itself.

The model names no engine: Splink runs it on Spark as well, where a country outgrows one machine. Needs the
extra ``bulk``; no page imports it.
"""
