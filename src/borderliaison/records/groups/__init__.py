"""Groups: who and what hangs together by what several reports say, for an analyst to begin with.

Joined by numbers (a plate, a telephone, a document) and by what officers judged the same; never by a name,
and never through a crossing point, an office or a substance.
"""
