"""The wire format of protocol PR-1: what is signed, sealed, chained and framed between offices.

Owns: letters, bodies, entries, frames, acknowledgements, the keys of this office and the suites.
Never knows: Django, databases, files, carriers, the clock, what a payload means.
Invariants: everything has one encoding, and is refused in any other; what a check refuses raises
an error of ``core.errors`` or of the kernel, nothing returns ``False``; no content leaves a
function before what protects it was checked, except from one named ``peek``.
"""
