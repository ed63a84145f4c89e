"""Letters that stay open between judging and applying: a saving, with an end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from borderliaison.exchange.incoming import applying
from borderliaison.exchange.incoming.applying import apply_pending
from borderliaison.exchange.incoming.opened import MAX_BYTES, MAX_LETTERS, OpenedLetters
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import Application, InEntry
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from tests.exchange.offices import Peer

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened_again(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was opened from the ledger to be applied."""
    seen: list[Any] = []
    real: Callable[..., Any] = applying.open_delivery

    def noting(*args: Any) -> Any:
        seen.append(args)
        return real(*args)

    monkeypatch.setattr(applying, "open_delivery", noting)
    return seen


def test_a_letter_that_was_just_judged_is_not_opened_again(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter], opened_again: list[Any]
) -> None:
    receive_frame(place, dostuk.send(dostuk.letter(), dostuk.letter(payload=b"another")))
    apply_pending(place)
    assert [one.payload for one in applied] == [b"what it says", b"another"]
    assert opened_again == []
    assert place.opened.take(InEntry.objects.all()[0].stream_id, 1) is None


def test_after_a_restart_it_is_opened_from_the_ledger_and_reads_the_same(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter], opened_again: list[Any]
) -> None:
    receive_frame(place, dostuk.send())
    entry = InEntry.objects.get()
    judged = place.opened.take(entry.stream_id, entry.seq)
    apply_pending(replace(place, opened=OpenedLetters()))
    assert len(opened_again) == 1
    assert judged is not None
    assert applied == [replace(judged, received_at=applied[0].received_at)]
    assert InEntry.objects.get().application == Application.APPLIED


def test_no_more_is_kept_open_than_there_is_room_for(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    receive_frame(place, dostuk.send())
    apply_pending(place)
    small = applied[0]
    letters = OpenedLetters()
    letters.keep({(1, seq): small for seq in range(MAX_LETTERS + 5)})
    assert letters.take(1, MAX_LETTERS - 1) is small
    assert letters.take(1, MAX_LETTERS) is None
    large = replace(small, payload=bytes(MAX_BYTES // 2))
    letters = OpenedLetters()
    letters.keep({(1, 1): large, (1, 2): large})
    assert letters.take(1, 2) is None
    assert letters.take(1, 1) is large
    letters.keep({(1, 2): large})
    assert letters.take(1, 2) is large
