"""The pages of charts, and the answers to their script."""
