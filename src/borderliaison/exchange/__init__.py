"""Letters between offices: ledgers, sealing and sending, receiving and applying, reconciliation, carriers.

Owns: the outbox, the streams with their entries and bodies, quarantine, the links, the worker.
Never knows: what a payload means, who an officer is, how a page looks. Private keys are in the
worker's process alone; ``services`` is what the rest of the system calls.
Invariants: delivered means ledgered, and acknowledged after the commit; a bad body never stops a
stream, a bad chain always does; applying is separate, happens once, and may fail visibly.
"""
