"""What leaves: sealed into our ledgers, cut into frames, sent lane by lane."""
