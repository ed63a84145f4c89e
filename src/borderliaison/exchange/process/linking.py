"""Keeping the state of each link: written when it changes, announced to the pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction

from borderliaison.exchange.models import LinkRow
from borderliaison.exchange.progress import LinkState, Waiting
from borderliaison.exchange.workplace import Workplace
from borderliaison.feed.services import announce
from borderliaison.kernel.ids import OfficeCode

SLOW_MS: Final = 2000
"""An answer that takes longer makes a link slow."""
NOTE_EVERY: Final = timedelta(seconds=20)
"""How old "last heard" may grow before it is written again, though nothing else has changed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a link.

    Attributes:
        why: what is in the way; nothing where it is up.
        latency_ms: of an answer, where one was measured.
        heard: whether something signed by the peer came.
        reconciled: whether heads were compared.
    """

    why: Waiting = Waiting.NOTHING
    latency_ms: int | None = None
    heard: bool = False
    reconciled: bool = False


def note(place: Workplace, peer: OfficeCode, seen: Seen) -> None:
    """Write what was seen of the link to a peer, if it says anything new."""
    now = place.clock.now()
    row = LinkRow.objects.filter(peer=peer).first()
    state = _state(seen, row)
    if row is None:
        row = LinkRow(peer=peer, state="", since=now)
    changed = row.state != state.value or row.why != seen.why.value
    if row.state != state.value:
        row.since = now
    row.state, row.why = state.value, seen.why.value
    stale = row.last_heard is None or now - row.last_heard > NOTE_EVERY
    if seen.heard:
        row.last_heard = now
    if seen.reconciled:
        row.reconciled_at = now
    if seen.latency_ms is not None:
        row.latency_ms = seen.latency_ms
    if changed or seen.reconciled or (seen.heard and stale):
        with transaction.atomic():
            row.save()
            if changed:
                announce("link", peer)


def _state(seen: Seen, row: LinkRow | None) -> LinkState:
    if seen.why is not Waiting.NOTHING:
        return LinkState.DOWN
    latency = seen.latency_ms
    if latency is None and row is not None:
        latency = row.latency_ms
    return LinkState.SLOW if latency is not None and latency > SLOW_MS else LinkState.UP


def all_down(place: Workplace, why: Waiting) -> None:
    """Write that no peer can be reached: the hub is away, or the worker ends."""
    for peer in LinkRow.objects.exclude(state=LinkState.DOWN.value, why=why.value).values_list(
        "peer", flat=True
    ):
        note(place, OfficeCode(peer), Seen(why=why))
