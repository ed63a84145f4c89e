"""The words of statements as they are kept to be found, in every script and spelling."""
