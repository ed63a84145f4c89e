"""What a CAP 1.2 message says, as far as this system writes and reads it. Source: CAP 1.2, section 3.2."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
OWN: Final = "borderliaison:"
"""Begins the names of what this system adds: codes and parameters of its own."""
STATUSES: Final = frozenset({"Actual", "Exercise", "System", "Test", "Draft"})
KINDS: Final = frozenset({"Alert", "Update", "Cancel", "Ack", "Error"})
SCOPES: Final = frozenset({"Public", "Restricted", "Private"})

NEEDED: Final = ("urgency", "severity", "certainty", "category")
"""A report that has these fields says what a CAP message must say."""

Named = tuple[str, str]
"""A name and its value: an event code, a parameter, a geocode."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where it holds."""

    description: str
    geocodes: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Info:
    """What happens, in one language. Times as CAP writes them: with an offset, never ``Z``."""

    event: str
    urgency: str
    severity: str
    certainty: str
    categories: tuple[str, ...]
    language: str = ""
    responses: tuple[str, ...] = ()
    audience: str = ""
    event_codes: tuple[Named, ...] = ()
    effective: str = ""
    onset: str = ""
    expires: str = ""
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Named, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        kind: ``msgType``: ``Alert``, ``Update``.
        references: the messages that it updates: ``sender,identifier,sent``.
    """

    identifier: str
    sender: str
    sent: str
    status: str
    kind: str
    scope: str
    source: str = ""
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    note: str = ""
    references: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()


def has_cap_words(values: Mapping[str, Any]) -> bool:
    """Whether a report says what a CAP message must say."""
    return all(values.get(name) for name in NEEDED)
