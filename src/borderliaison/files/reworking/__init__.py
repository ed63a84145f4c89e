"""The process that opens files from outside: short-lived, alone, with little memory and no secrets.

Whatever a file does to a decoder, it does it here. The process reads a file from its input, draws it anew
and writes the result to its output; it knows no database, no key and no other file.
"""
