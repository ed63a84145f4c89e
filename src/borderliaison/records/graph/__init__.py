"""The network of the records in memory: who and what is linked, for each reader as he may know it.

One graph stands in a process, in arrays, and follows the database. It holds numbers alone: of entities, of
markings, of times; never a name or a value. A reader looks at it through his ``Sight``: lines whose marking
he may not read are not there for him, and what is the same for him is one node.
"""
