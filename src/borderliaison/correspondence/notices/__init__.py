"""Telling an officer that something waits for him, by what ``accounts.notices`` knows he has chosen."""
