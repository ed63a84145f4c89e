"""The sentences that the script of a chart says."""
