"""A person, a vehicle, a substance: what a report speaks of, in one line, and what is known of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known of it.

    Attributes:
        is_code: set in the face of plates and numbers.
    """

    label: str
    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """What a report speaks of.

    Attributes:
        title: what it is, in one line: "Heroin 85.505 kg".
        known: the rest of what is said of it.
    """

    icon: str
    title: str
    known: tuple[Known, ...] = ()
