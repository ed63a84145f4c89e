"""The ledgers: letters and bodies, what goes out, what comes in, what was kept apart, the links.

Entries are written once and never changed; everything that changes (progress, application) stands
beside them. Only the worker writes here, but for ``services.post``.
"""

from borderliaison.exchange.models.incoming import Application, InEntry, InStream, Quarantined
from borderliaison.exchange.models.letters import Body, LetterRow, Outbox
from borderliaison.exchange.models.links import LinkRow
from borderliaison.exchange.models.outgoing import Delivery, OutEntry, OutStream

__all__ = [
    "Application",
    "Body",
    "Delivery",
    "InEntry",
    "InStream",
    "LetterRow",
    "LinkRow",
    "OutEntry",
    "OutStream",
    "Outbox",
    "Quarantined",
]
