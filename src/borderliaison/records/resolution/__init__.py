"""Which entities are the same: by the number that a thing is itself, or because an officer has judged so.

It is computed for each reader from what he may read, and never written into the records: whoever takes a
judgement back has the records as they were.
"""
