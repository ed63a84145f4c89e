"""Who may sign in on this node, and which reader a request speaks for. Never knows what is read.

Invariants: there is no superuser. No route is reached without both steps of signing in, shown in this
very session, unless ``middleware`` lists it. A refusal never says which part was wrong. A one-time code
and a recovery code work once. Everything that changes an account leaves an audit line.
"""
