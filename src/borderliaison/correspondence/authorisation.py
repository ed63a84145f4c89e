"""Whether something may be passed on at once, needs a second officer, or may not be passed on.

A port: the rule here knows one thing, the border. A dissemination matrix (by agency, kind of
information and agreement) replaces it by ``use_rule`` without a change elsewhere.

What people write (an *item*) can wait for a second officer. Receipts and moves hold no words; the shipped
rule lets them go. Under a rule that does not they are left out: only what was authorised tells of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Handling, Marking


class Kind(StrEnum):
    """What is to be passed on."""

    ITEM = "item"
    """A report or a message."""
    RECEIPT = "receipt"
    """That an office opened something or acted on it."""
    MOVE = "move"
    """What an office did with a request: a code or a time, without words."""


class Verdict(StrEnum):
    """The rule's answer."""

    FREE = "free"
    SECOND_OFFICER = "second_officer"
    FORBIDDEN = "forbidden"


class Because(StrEnum):
    """Why."""

    SAME_COUNTRY = "same_country"
    CROSSES_BORDER = "crosses_border"
    WITHOUT_WORDS = "without_words"
    ORIGINATOR_FORBIDS = "originator_forbids"


@dataclass(frozen=True, slots=True)
class Permit:
    """The rule's answer with its reason."""

    verdict: Verdict
    because: Because


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be passed on.

    Attributes:
        marking: of what is passed on.
        sender: the office that passes it on.
        recipient: the office that would get it.
        source: the office whose report it rests on, where that is another.
        kind: whether people wrote it, or it only says what they did.
    """

    marking: Marking
    sender: OfficeCode
    recipient: OfficeCode
    source: OfficeCode | None = None
    kind: Kind = Kind.ITEM


class DisseminationRule(Protocol):
    """The port."""

    def decide(self, passage: Passage) -> Permit:
        """Decide on one recipient."""
        ...


class BorderRule:
    """Inside a country: at once. Across a border: a second officer. H2 from another: not at all.

    What holds no words goes at once.
    """

    def __init__(self, crosses: Callable[[OfficeCode, OfficeCode], bool]) -> None:
        self._crosses = crosses

    def decide(self, passage: Passage) -> Permit:
        """Decide on one recipient."""
        if passage.kind is not Kind.ITEM:
            return Permit(Verdict.FREE, Because.WITHOUT_WORDS)
        borrowed = passage.source is not None and passage.source != passage.sender
        if borrowed and Handling.H2 in passage.marking.handling.codes:
            return Permit(Verdict.FORBIDDEN, Because.ORIGINATOR_FORBIDS)
        if self._crosses(passage.sender, passage.recipient):
            return Permit(Verdict.SECOND_OFFICER, Because.CROSSES_BORDER)
        return Permit(Verdict.FREE, Because.SAME_COUNTRY)


_rule: DisseminationRule = BorderRule(lambda sender, recipient: sender[:2] != recipient[:2])


def rule() -> DisseminationRule:
    """Return the rule in force."""
    return _rule


def free_of(
    kind: Kind, marking: Marking, sender: OfficeCode, to: Iterable[OfficeCode]
) -> tuple[OfficeCode, ...]:
    """Return the recipients to whom something that no officer authorises may go."""
    return tuple(
        one
        for one in to
        if _rule.decide(Passage(marking, sender, one, kind=kind)).verdict is Verdict.FREE
    )


def use_rule(replacement: DisseminationRule) -> None:
    """Put another rule in force; said once, by the composition root."""
    global _rule  # noqa: PLW0603 - a port has one plug
    _rule = replacement
