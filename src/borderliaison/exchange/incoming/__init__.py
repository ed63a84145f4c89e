"""What comes: opened, judged, written into the ledgers, applied once; what is not let in is kept apart."""
