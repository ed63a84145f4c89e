"""Applying: once, under a savepoint, and visibly when it fails."""

from dataclasses import replace

import pytest
from django.db import OperationalError

from borderliaison.audit.models import AuditLine
from borderliaison.audit.services import record
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.incoming.applying import MAX_FAULTS, apply_pending
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import Application, Delivery, InEntry
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.services import MAX_RETRIES, retry_failed
from borderliaison.exchange.status import standing_of_exchange
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.errors import LiaisonError
from tests.exchange.offices import Peer

pytestmark = pytest.mark.django_db


class HandlerError(LiaisonError):
    """The handler could not do its work."""

    code = "E-TST-07"


def write_then_fail(letter: ReceivedLetter) -> None:
    record("probe.applied", actor="system", subject=letter.letter_id.hex())
    if letter.payload == b"fail":
        raise HandlerError
    if letter.payload == b"crash":
        raise ZeroDivisionError


@pytest.fixture
def fragile(place: Workplace) -> Workplace:
    place.registry.handlers["probe"] = write_then_fail
    return place


def test_a_handler_that_fails_leaves_nothing_behind_and_stops_nothing(
    fragile: Workplace, dostuk: Peer
) -> None:
    payloads = [b"good", b"fail", b"crash", b"good"]
    receive_frame(fragile, dostuk.send(*[dostuk.letter(payload=one) for one in payloads]))
    apply_pending(fragile)
    done = list(InEntry.objects.order_by("seq").values_list("application", "apply_code"))
    assert done == [
        (Application.APPLIED, ""),
        (Application.FAILED, "E-TST-07"),
        (Application.FAILED, "E-EXC-30"),
        (Application.APPLIED, ""),
    ]
    assert AuditLine.objects.filter(action="probe.applied").count() == 2
    assert standing_of_exchange().unapplied == 2


def test_what_failed_is_tried_again_on_demand_and_applied_once(
    fragile: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    receive_frame(fragile, dostuk.send(dostuk.letter(payload=b"fail")))
    apply_pending(fragile)
    apply_pending(fragile)
    assert InEntry.objects.get().attempts == 1
    fragile.registry.handlers["probe"] = applied.append
    assert retry_failed() == 1
    apply_pending(fragile)
    apply_pending(fragile)
    assert len(applied) == 1
    assert InEntry.objects.get().application == Application.APPLIED


def test_what_failed_with_one_code_is_put_back_in_line_alone(
    fragile: Workplace, dostuk: Peer
) -> None:
    payloads = [b"fail", b"crash"]
    receive_frame(fragile, dostuk.send(*[dostuk.letter(payload=one) for one in payloads]))
    apply_pending(fragile)
    assert retry_failed("E-TST-07") == 1
    again = InEntry.objects.filter(application=Application.PENDING)
    assert list(again.values_list("seq", flat=True)) == [1]
    again.update(application=Application.FAILED, apply_code="E-TST-07", attempts=MAX_RETRIES)
    assert retry_failed("E-TST-07") == 0


def test_the_databases_failures_are_counted_apart_from_retries(
    place: Workplace, dostuk: Peer
) -> None:
    def find_no_database(_letter: ReceivedLetter) -> None:
        raise OperationalError

    place.registry.handlers["probe"] = find_no_database
    receive_frame(place, dostuk.send())
    InEntry.objects.update(attempts=MAX_RETRIES)
    for _ in range(MAX_FAULTS):
        assert InEntry.objects.get().application == Application.PENDING
        with pytest.raises(OperationalError):
            apply_pending(place)
    row = InEntry.objects.get()
    assert (row.application, row.apply_code) == (Application.FAILED, "E-EXC-30")
    assert (row.attempts, row.faults) == (MAX_RETRIES, 0)


def test_urgent_letters_are_applied_first(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    urgent = replace(dostuk, lane=Lane.URGENT)
    receive_frame(place, dostuk.send())
    receive_frame(place, urgent.send())
    apply_pending(place)
    assert [one.lane for one in applied] == [Lane.URGENT, Lane.ROUTINE]


def test_a_letter_whose_sender_is_no_longer_known_is_not_applied(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    receive_frame(place, dostuk.send())
    place.directory.listed.pop(dostuk.office)  # type: ignore[attr-defined]
    apply_pending(place)
    assert applied == []
    assert InEntry.objects.get().apply_code == "E-EXC-32"


@pytest.mark.django_db(transaction=True)
def test_what_the_commit_refuses_is_laid_to_the_letter_that_wrote_it(
    place: Workplace, dostuk: Peer
) -> None:
    def write_to_nothing(letter: ReceivedLetter) -> None:
        record("probe.applied", actor="system", subject=letter.letter_id.hex())
        if letter.payload == b"dangling":
            Delivery.objects.create(letter_id=0, recipient="KG-DST", saved_at=letter.received_at)

    place.registry.handlers["probe"] = write_to_nothing
    payloads = [b"good", b"dangling", b"good"]
    receive_frame(place, dostuk.send(*[dostuk.letter(payload=one) for one in payloads]))
    assert not apply_pending(place)
    assert not InEntry.objects.filter(application=Application.PENDING).exists()
    done = list(InEntry.objects.order_by("seq").values_list("application", "apply_code"))
    assert done == [
        (Application.APPLIED, ""),
        (Application.FAILED, "E-EXC-30"),
        (Application.APPLIED, ""),
    ]
    assert AuditLine.objects.filter(action="probe.applied").count() == 2
    assert not Delivery.objects.exists()
