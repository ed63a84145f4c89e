"""The ledgers: letters and bodies, what goes out and comes in, what was kept apart, links, recoveries.

Entries are written once and never changed; everything that changes (progress, application) stands
beside them. Only the worker writes here, but for ``services.post``.
"""

from borderliaison.exchange.models.incoming import Application, InEntry, InStream, Quarantined
from borderliaison.exchange.models.letters import Body, LetterRow, Outbox
from borderliaison.exchange.models.links import LinkRow
from borderliaison.exchange.models.outgoing import Delivery, OutEntry, OutStream
from borderliaison.exchange.models.recovery import (
    AwaitedPeer,
    Decision,
    MarksBegun,
    RecoveryRow,
    Returned,
    Why,
)

__all__ = [
    "Application",
    "AwaitedPeer",
    "Body",
    "Decision",
    "Delivery",
    "InEntry",
    "InStream",
    "LetterRow",
    "LinkRow",
    "MarksBegun",
    "OutEntry",
    "OutStream",
    "Outbox",
    "Quarantined",
    "RecoveryRow",
    "Returned",
    "Why",
]
