"""Tags for the pages that lead to paper."""
