"""A small frame is ledgered and applied in one commit; whatever fails, it is ledgered."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import OperationalError

from borderliaison.audit.models import AuditLine
from borderliaison.audit.services import record
from borderliaison.exchange.core.ack import DeliveryAck
from borderliaison.exchange.core.answer import read_answer
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.receiver import Arrival
from borderliaison.exchange.incoming.applying import apply_pending
from borderliaison.exchange.incoming.handling import FEW
from borderliaison.exchange.incoming.opening import claim
from borderliaison.exchange.incoming.receiving import Received, receive_frame, receive_small
from borderliaison.exchange.models import Application, Delivery, InEntry
from borderliaison.exchange.registry import ReceivedLetter, Writing
from borderliaison.exchange.workplace import Workplace
from tests.exchange.offices import Peer
from tests.exchange.test_applying import write_then_fail

pytestmark = pytest.mark.django_db


def take_in(place: Workplace, data: bytes) -> Received:
    return receive_small(place, claim(data))


def what_became() -> list[tuple[str, str]]:
    rows = InEntry.objects.order_by("stream__lane", "seq")
    return list(rows.values_list("application", "apply_code"))


def acknowledged(place: Workplace, received: Received) -> int:
    answer = read_answer(received.answer, place.public)
    assert isinstance(answer, DeliveryAck)
    return answer.seq


def test_a_small_frame_is_applied_when_it_is_ledgered(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    received = take_in(place, dostuk.send(dostuk.letter(), dostuk.letter()))
    assert (received.arrival, received.accepted) == (Arrival.NEXT, 0)
    assert what_became() == [(Application.APPLIED, "")] * 2
    entry = InEntry.objects.order_by("seq")[0]
    assert (entry.attempts, entry.faults, entry.applied_at) == (1, 0, place.clock.now())
    apply_pending(place)
    assert [(one.payload, one.marking_id) for one in applied] == [
        (b"what it says", one.marking_id) for one in applied
    ]
    assert len(applied) == 2


def test_a_replay_of_it_is_acknowledged_and_applied_no_second_time(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    frame = dostuk.send()
    first, again = take_in(place, frame), take_in(place, frame)
    assert (again.arrival, again.answer) == (Arrival.REPLAY, first.answer)
    assert len(applied) == 1


def test_a_handler_that_fails_leaves_its_letter_ledgered_and_nothing_else(
    place: Workplace, dostuk: Peer
) -> None:
    place.registry.handlers["probe"] = write_then_fail
    payloads = [b"good", b"fail", b"crash", b"good"]
    received = take_in(place, dostuk.send(*[dostuk.letter(payload=one) for one in payloads]))
    assert acknowledged(place, received) == 4
    assert what_became() == [
        (Application.APPLIED, ""),
        (Application.FAILED, "E-TST-07"),
        (Application.FAILED, "E-EXC-30"),
        (Application.APPLIED, ""),
    ]
    assert AuditLine.objects.filter(action="probe.applied").count() == 2


def test_letters_of_one_kind_are_handled_together(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    taken: list[int] = []

    def together(letters: Sequence[ReceivedLetter]) -> Writing:
        taken.append(len(letters))
        return lambda: applied.extend(letters)

    place.registry.bulk["probe"] = together
    take_in(place, dostuk.send(dostuk.letter(), dostuk.letter()))
    receive_frame(place, dostuk.send(*[dostuk.letter() for _ in range(FEW + 1)]))
    apply_pending(place)
    assert (taken, len(applied)) == ([2, FEW + 1], FEW + 3)
    assert what_became() == [(Application.APPLIED, "")] * (FEW + 3)
    assert set(InEntry.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.parametrize("at_once", [True, False])
def test_where_one_of_them_is_wrong_each_is_handled_by_itself(
    place: Workplace, dostuk: Peer, at_once: bool
) -> None:
    def together(letters: Sequence[ReceivedLetter]) -> Writing:
        def write() -> None:
            for one in letters:
                write_then_fail(one)

        return write

    place.registry.add_handler("other", write_then_fail, together)
    payloads = [b"good", b"fail", b"good"]
    frame = dostuk.send(*[dostuk.letter(payload=x, payload_type="other") for x in payloads])
    if at_once:
        take_in(place, frame)
    else:
        receive_frame(place, frame)
        apply_pending(place)
    assert [application for application, _ in what_became()] == ["applied", "failed", "applied"]
    assert AuditLine.objects.filter(action="probe.applied").count() == 2
    assert set(InEntry.objects.values_list("attempts", flat=True)) == {1}


def test_where_the_database_fails_under_a_handler_the_frame_is_ledgered_alone(
    place: Workplace, dostuk: Peer
) -> None:
    def find_no_database(letter: ReceivedLetter) -> None:
        record("probe.applied", actor="system", subject=letter.letter_id.hex())
        raise OperationalError

    place.registry.handlers["probe"] = find_no_database
    received = take_in(place, dostuk.send())
    assert (acknowledged(place, received), received.accepted) == (1, 1)
    assert what_became() == [(Application.PENDING, "")]
    assert InEntry.objects.get().attempts == 0
    assert not AuditLine.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_where_the_commit_refuses_what_a_handler_wrote_the_frame_is_ledgered_alone(
    place: Workplace, dostuk: Peer
) -> None:
    def write_to_nothing(letter: ReceivedLetter) -> None:
        Delivery.objects.create(letter_id=0, recipient="KG-DST", saved_at=letter.received_at)

    place.registry.handlers["probe"] = write_to_nothing
    received = take_in(place, dostuk.send())
    assert acknowledged(place, received) == 1
    assert what_became() == [(Application.PENDING, "")]
    apply_pending(place)
    assert what_became() == [(Application.FAILED, "E-EXC-30")]


def test_what_comes_does_not_overtake_what_is_in_line_in_its_lane(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    urgent = replace(dostuk, lane=Lane.URGENT)
    receive_frame(place, dostuk.send(dostuk.letter(payload=b"1")))
    take_in(place, dostuk.send(dostuk.letter(payload=b"2")))
    assert applied == []
    take_in(place, urgent.send(urgent.letter(payload=b"urgent")))
    apply_pending(place)
    assert [one.payload for one in applied] == [b"urgent", b"1", b"2"]


def test_a_frame_of_many_letters_is_ledgered_first(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    received = take_in(place, dostuk.send(*[dostuk.letter() for _ in range(FEW + 1)]))
    assert (received.accepted, applied) == (FEW + 1, [])
    while apply_pending(place):
        pass
    assert len(applied) == FEW + 1


def test_a_frame_of_which_nothing_is_accepted_is_ledgered_all_the_same(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    received = take_in(place, dostuk.send(dostuk.letter(payload_type="nobody.v1")))
    assert acknowledged(place, received) == 1
    assert (what_became(), applied) == ([(Application.NONE, "")], [])
