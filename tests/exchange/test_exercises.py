"""Exercises at the exchange: letters of one come and go only where this office opened it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from borderliaison.accounts.exercise import Exercise
from borderliaison.accounts.exercising import end_exercise, takes_part
from borderliaison.exchange import services
from borderliaison.exchange.core.letter import LetterKind
from borderliaison.exchange.drafts import LetterDraft
from borderliaison.exchange.errors import OutsideExercise
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import InEntry, Outbox
from borderliaison.exchange.registry import REGISTRY
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.realm import Realm
from tests.exchange.offices import DOSTUK, OSH, US, Peer

pytestmark = pytest.mark.django_db
SEAL = Realm("seal-2026")


@pytest.fixture(autouse=True)
def _ports(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Join the exchange with the exercises, as the composition root does."""
    place.registry.knows_realm = takes_part
    monkeypatch.setattr(REGISTRY, "knows_realm", takes_part)


def open_here(*offices: str) -> None:
    now = datetime.now(UTC)
    Exercise.objects.create(
        name=SEAL.event, opened_at=now, until=now + timedelta(hours=1), offices=list(offices)
    )


def received(place: Workplace, dostuk: Peer) -> str:
    """Receive a letter of the exercise from Dostuk; return the code with which it was refused."""
    player = replace(dostuk, realm=str(SEAL))
    frame = player.send(player.letter(marking=Marking(realm=SEAL, originator=DOSTUK)))
    receive_frame(place, frame)
    return str(InEntry.objects.get().refused_code)


def draft(*to: OfficeCode) -> LetterDraft:
    lines = [(one, "*") for one in (US, *to)]
    marking = Marking(realm=SEAL, audience=Audience.of(*lines), originator=US)
    return LetterDraft(
        kind=LetterKind.MESSAGE, to=to, marking=marking, payload_type="probe", payload=b"words"
    )


def test_a_letter_of_an_exercise_that_nobody_opened_here_is_refused(
    place: Workplace, dostuk: Peer
) -> None:
    assert received(place, dostuk) == "unknown_realm"


def test_a_letter_of_an_exercise_that_was_opened_here_is_accepted(
    place: Workplace, dostuk: Peer
) -> None:
    open_here(DOSTUK)
    assert received(place, dostuk) == ""


def test_a_letter_from_an_office_that_takes_no_part_is_refused(
    place: Workplace, dostuk: Peer
) -> None:
    open_here(OSH)
    assert received(place, dostuk) == "unknown_realm"


def test_a_letter_that_comes_after_the_end_is_refused(place: Workplace, dostuk: Peer) -> None:
    open_here(DOSTUK)
    end_exercise(SEAL.event)
    assert received(place, dostuk) == "unknown_realm"


def test_nothing_is_posted_to_an_office_that_takes_no_part_nor_after_the_end() -> None:
    open_here(DOSTUK)
    services.post(draft(DOSTUK))
    for to in ((OSH,), (DOSTUK, OSH)):
        with pytest.raises(OutsideExercise), transaction.atomic():
            services.post(draft(*to))
    end_exercise(SEAL.event)
    with pytest.raises(OutsideExercise), transaction.atomic():
        services.post(draft(DOSTUK))
    assert Outbox.objects.count() == 1
