"""The office's private keys at rest."""
