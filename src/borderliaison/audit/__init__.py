"""Append-only audit lines: who did what to which id, and when. Knows ids, never names or texts."""
