"""How words and numbers that are typed are found in texts, whatever the script and spelling. Pure."""
