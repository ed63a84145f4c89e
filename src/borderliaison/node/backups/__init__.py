"""Backups of a node: taken while it runs, sealed, verified before anything is restored from one.

Owns the backup file's format (ADR 0010), what of a node goes into it, and the note of which backups
were taken. Never holds the office's private keys in the clear, and leaves no plaintext outside folders
that are their owner's alone (mode 0700).

Invariants: nothing of a backup file is believed before the piece of it that is read is authenticated;
a restore has verified all of a backup before it touches what is there.
"""
