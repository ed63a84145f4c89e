"""Records in and out: files of other systems become statements, and what one may read becomes files.

Everything passes one in-between form, ``items``: a format knows that form and nothing of the database, the
database's side knows no format. What comes in has the marking of its set; what goes out is what its reader
may read and may pass on, and the file says under which marking.
"""
