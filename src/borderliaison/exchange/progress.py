"""What is told of a letter on its way and of the links, in words for pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from borderliaison.exchange.core.sender import Stage
from borderliaison.kernel.ids import LetterId, OfficeCode


class Waiting(StrEnum):
    """Why a letter is not delivered yet. ``label`` is what an officer reads."""

    NOTHING = ""
    """It waits for nothing: it is on its way, or there."""
    WORKER = "worker"
    HUB_AWAY = "hub_away"
    PEER_AWAY = "peer_away"
    NO_ANSWER = "no_answer"
    NOT_TAKEN = "not_taken"
    UNKNOWN_OFFICE = "unknown_office"
    NOT_RECOGNISED = "not_recognised"
    DIRECTORY_EXPIRED = "directory_expired"
    REVOKED = "revoked"
    KEYS_EXPIRED = "keys_expired"
    OWN_KEYS = "own_keys"
    STREAM_FROZEN = "stream_frozen"
    CANNOT_SEAL = "cannot_seal"

    @property
    def label(self) -> str:
        """The reason, in the reader's language."""
        return str(_LABELS[self])


_LABELS = {
    Waiting.NOTHING: "",
    Waiting.WORKER: _("waits to be sealed"),
    Waiting.HUB_AWAY: _("no connection to the network; it is sent as soon as there is one"),
    Waiting.PEER_AWAY: _("the other office is not connected"),
    Waiting.NO_ANSWER: _("the other office does not answer"),
    Waiting.NOT_TAKEN: _("the other office's server did not take it; call its administrator"),
    Waiting.UNKNOWN_OFFICE: _("the directory does not know the other office's keys"),
    Waiting.NOT_RECOGNISED: _("the other office's authority is not recognised"),
    Waiting.DIRECTORY_EXPIRED: _("the directory has expired; call the administrator"),
    Waiting.REVOKED: _("the other office's keys were revoked by its authority"),
    Waiting.KEYS_EXPIRED: _("the other office's keys have expired; its administrator renews them"),
    Waiting.OWN_KEYS: _("this office's keys have expired or were revoked; call the administrator"),
    Waiting.STREAM_FROZEN: _("the exchange with this office is stopped; call the administrator"),
    Waiting.CANNOT_SEAL: _("it could not be sealed; call the administrator"),
}


class LinkState(StrEnum):
    """How a peer is reached."""

    UP = "up"
    SLOW = "slow"
    """It answers, but takes longer than two seconds."""
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a letter has come on its way to one office.

    Attributes:
        stage: saved, sealed, sent, delivered or refused.
        saved_at: when it was saved here.
        sent_at: when it was first handed to the carrier.
        delivered_at: when the peer's signed acknowledgement of it was kept.
        refused_code: why the peer's server refused it; empty otherwise.
        waiting_reason: what it waits for.
    """

    stage: Stage
    saved_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    refused_code: str
    waiting_reason: Waiting


@dataclass(frozen=True, slots=True)
class Change:
    """A letter's progress has changed, in the transaction that is open."""

    letter_id: LetterId
    recipient: OfficeCode
    stage: Stage
    marking_id: int
    waiting: Waiting = Waiting.NOTHING


@dataclass(frozen=True, slots=True)
class Link:
    """The link to one peer.

    Attributes:
        peer: the office.
        state: up, slow or down.
        since: since when.
        latency_ms: of the last answer; None where there was none.
        waiting: how many letters to it are not delivered.
        last_heard: when something signed by it last came.
        why: what is in the way, where it is down.
        clock_ahead_ms: how far its clock runs ahead of ours; None where it has not told the time yet.
    """

    peer: OfficeCode
    state: LinkState
    since: datetime
    latency_ms: int | None
    waiting: int
    last_heard: datetime | None
    why: Waiting
    clock_ahead_ms: int | None = None
