"""The interface for programs: ``/api/v1/``, with a token of an officer and nothing else.

Owns: the routes for programs, how a call is admitted, limited, repeated and refused, and what was
answered to a call that may be repeated. Never knows: pages, cookies, sessions. Invariants: a call reads
and writes as its token's officer, in the token's realm, under the one reading policy; nothing is
authorised here; every call leaves an audit line with its purpose; a call that changes something commits
together with its answer, so that repeating it with the same key does nothing again.
"""
