"""How an officer wants to be told that something waits: by sound, by his browser, by e-mail; and when not.

Knows nothing of what waits: ``correspondence.notices`` does. An e-mail says that something waits, and never
what, how much, from whom or how it is marked; it goes to an address that its officer has confirmed.
"""
