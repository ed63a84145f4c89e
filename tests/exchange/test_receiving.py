"""Whatever comes ends as PR-2 says: ledgered, refused with a code, or kept apart."""

import tracemalloc
from dataclasses import replace
from secrets import token_bytes

import pytest
from django.db.models import Count

from borderliaison.exchange.core.ack import DeliveryAck, Heads, sign_heads
from borderliaison.exchange.core.answer import read_answer
from borderliaison.exchange.core.body import MAX_BODY_BYTES, seal_body
from borderliaison.exchange.core.entry import GENESIS, Lane, entry_hash
from borderliaison.exchange.core.frame import (
    MAX_FRAME_BYTES,
    Head,
    decode_frame,
    encode_frame,
    sign_head,
)
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import LetterKind, sign_letter
from borderliaison.exchange.core.receiver import MAX_EPOCH, MAX_STREAMS, Arrival, InState
from borderliaison.exchange.core.tombstone import Tombstone, sign_tombstone
from borderliaison.exchange.incoming.applying import apply_pending
from borderliaison.exchange.incoming.receiving import NOTHING, receive_frame
from borderliaison.exchange.models import InEntry, InStream, LetterRow, Quarantined
from borderliaison.exchange.ports import Standing
from borderliaison.exchange.reconciliation.answers import take
from borderliaison.exchange.reconciliation.reconciling import own_heads
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.keys import SealSuite
from borderliaison.kernel.marking import Audience, Classification, HandlingCodes, Level, Marking
from borderliaison.kernel.realm import Realm
from borderliaison.markings.models import MarkingRow
from tests.exchange.offices import CROWDED, DOSTUK, DUSTLIK, OSH, WORDY, KnownOffices, Peer

pytestmark = pytest.mark.django_db


def refused(place: Workplace, peer: Peer, frame: bytes) -> dict[int, str]:
    """Receive a frame and return what the acknowledgement says was refused."""
    answer = read_answer(receive_frame(place, frame).answer, place.public)
    assert isinstance(answer, DeliveryAck)
    assert (answer.seq, answer.entry_hash) == (peer.seq, peer.prev)
    return dict(answer.refused)


def letters() -> int:
    return LetterRow.objects.as_system("a test counts").count()


def nothing_was_ledgered() -> bool:
    return not InEntry.objects.exists() and not letters()


def test_a_good_frame_is_ledgered_acknowledged_and_applied_once(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    sent = [dostuk.letter(), dostuk.letter()]
    assert refused(place, dostuk, dostuk.send(*sent)) == {}
    apply_pending(place)
    apply_pending(place)
    assert [one.letter_id for one in applied] == [one.letter_id for one in sent]
    assert (applied[0].issuer, applied[0].payload) == (DOSTUK, b"what it says")


def test_a_replay_is_acknowledged_again_and_nothing_is_doubled(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    frame = dostuk.send()
    first = receive_frame(place, frame)
    again = receive_frame(place, frame)
    apply_pending(place)
    assert again.arrival is Arrival.REPLAY
    assert again.answer == first.answer
    assert (InEntry.objects.count(), letters(), len(applied)) == (1, 1, 1)


def test_an_unknown_office_is_quarantined_without_advancing(place: Workplace) -> None:
    stranger = Peer(OSH, place.public)
    frame = stranger.send()
    received = receive_frame(place, frame)
    assert (received.arrival, received.answer) == (Arrival.STRANGER, NOTHING)
    kept = Quarantined.objects.get()
    assert (kept.reason, kept.claimed_sender, kept.content) == ("stranger", OSH, frame)
    assert nothing_was_ledgered()


def test_a_wrong_signature_is_quarantined_without_advancing(place: Workplace, dostuk: Peer) -> None:
    forger = replace(dostuk, keys=OfficeKeys.generate(SealSuite.X25519))
    received = receive_frame(place, forger.send())
    assert (received.arrival, received.answer) == (Arrival.FORGED, NOTHING)
    assert Quarantined.objects.get().code == "E-SIG-01"
    assert nothing_was_ledgered()


def test_a_broken_chain_is_quarantined_and_the_stream_stays_where_it_is(
    place: Workplace, dostuk: Peer
) -> None:
    receive_frame(place, dostuk.send())
    broken = dostuk.frame([dostuk.seal(dostuk.letter(), prev=token_bytes(32))])
    received = receive_frame(place, broken)
    assert received.arrival is Arrival.BROKEN
    assert InStream.objects.get().seq == 1
    assert Quarantined.objects.get().content == broken
    answer = read_answer(received.answer, place.public)
    assert isinstance(answer, Heads)
    assert [head.seq for head in answer.heads] == [1]


def test_a_gap_is_asked_for_and_not_taken_for_evil(place: Workplace, dostuk: Peer) -> None:
    dostuk.send()
    received = receive_frame(place, dostuk.send())
    assert received.arrival is Arrival.GAP
    assert nothing_was_ledgered()
    assert not Quarantined.objects.exists()


def test_another_entry_under_the_same_number_freezes_the_stream_and_is_kept(
    place: Workplace, dostuk: Peer
) -> None:
    receive_frame(place, dostuk.send())
    held = InStream.objects.get().head_signed
    liar = replace(dostuk, seq=0, prev=GENESIS)
    other = liar.send()
    assert receive_frame(place, other).arrival is Arrival.FORK
    assert InStream.objects.get().state == InState.FROZEN
    kept = Quarantined.objects.get()
    assert (kept.content, kept.held_head) == (other, held)
    receive_frame(place, dostuk.send())
    assert InStream.objects.get().seq == 1


def test_heads_that_name_another_entry_freeze_the_stream(place: Workplace, dostuk: Peer) -> None:
    receive_frame(place, dostuk.send())
    said = Heads(DOSTUK, place.office, 1, (Head(dostuk.stream, 1, token_bytes(32)),))
    signed = sign_heads(said, dostuk.keys)
    take(place, signed)
    assert InStream.objects.get().state == InState.FROZEN
    assert Quarantined.objects.get().content == signed


def test_a_stream_to_another_office_is_kept_apart(
    place: Workplace, dostuk: Peer, our_keys: OfficeKeys
) -> None:
    elsewhere = replace(dostuk, us=our_keys.public(OSH))
    received = receive_frame(place, elsewhere.send())
    assert (received.arrival, received.answer) == (Arrival.STRAY, NOTHING)
    assert nothing_was_ledgered()


def test_a_peer_may_have_only_so_many_streams(place: Workplace, dostuk: Peer) -> None:
    receive_frame(place, dostuk.send())
    InStream.objects.bulk_create(
        InStream(sender=DOSTUK, realm="live", lane="routine", epoch=n)
        for n in range(2, MAX_STREAMS + 1)
    )
    received = receive_frame(place, replace(dostuk, lane=Lane.URGENT, seq=0, prev=GENESIS).send())
    assert (received.arrival, received.answer) == (Arrival.CROWDED, NOTHING)
    assert Quarantined.objects.get().reason == "crowded"
    assert receive_frame(place, dostuk.send()).arrival is Arrival.NEXT
    told = read_answer(own_heads(place, DOSTUK), place.public)
    assert isinstance(told, Heads)
    assert len(told.heads) == InStream.objects.count() == MAX_STREAMS


def test_an_epoch_that_no_database_can_hold_is_kept_apart(place: Workplace, dostuk: Peer) -> None:
    far = replace(dostuk, epoch=MAX_EPOCH + 1)
    assert receive_frame(place, far.send()).arrival is Arrival.CROWDED
    assert not InStream.objects.exists()


def test_a_letter_for_another_office_is_refused_and_the_stream_goes_on(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    frame = dostuk.send(dostuk.letter(to=(OSH,)), dostuk.letter())
    assert refused(place, dostuk, frame) == {1: "misaddressed"}
    apply_pending(place)
    assert len(applied) == 1


def test_the_letter_of_a_third_office_is_refused(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    osh = Peer(OSH, place.public)
    directory.add(osh.public)
    letter = osh.letter()
    entry, body = osh.seal(letter)
    passed_on = dostuk.chain(entry.letter_id, body, token_bytes(32))
    assert refused(place, dostuk, dostuk.frame([(passed_on, body)])) == {1: "misaddressed"}


def test_what_does_not_open_is_refused(place: Workplace, dostuk: Peer) -> None:
    other_key = OfficeKeys.generate(SealSuite.X25519).public(place.office)
    frame = dostuk.frame([dostuk.seal(dostuk.letter(), recipient=other_key)])
    assert refused(place, dostuk, frame) == {1: "undecryptable"}


def test_a_body_of_more_than_a_mebibyte_is_refused(place: Workplace, dostuk: Peer) -> None:
    body = bytes(MAX_BODY_BYTES + 1)
    entry = dostuk.chain(token_bytes(16), body, token_bytes(32))
    frame = dostuk.frame([(entry, body), dostuk.seal(dostuk.letter())])
    assert refused(place, dostuk, frame) == {1: "too_large"}


def test_a_letter_above_the_ceiling_is_refused(place: Workplace, dostuk: Peer) -> None:
    secret = Marking(classification=Classification(Level.SECRET), originator=DOSTUK)
    frame = dostuk.send(dostuk.letter(marking=secret))
    assert refused(place, dostuk, frame) == {1: "above_ceiling"}


def test_a_realm_in_which_we_take_no_part_is_refused(place: Workplace, dostuk: Peer) -> None:
    exercise = replace(dostuk, realm="exercise:seal-2026")
    marking = Marking(realm=Realm("seal-2026"), originator=DOSTUK)
    frame = exercise.send(exercise.letter(marking=marking))
    assert refused(place, exercise, frame) == {1: "unknown_realm"}


def test_a_payload_that_nobody_handles_is_refused(place: Workplace, dostuk: Peer) -> None:
    frame = dostuk.send(dostuk.letter(payload_type="later.v9"))
    assert refused(place, dostuk, frame) == {1: "unknown_payload"}


@pytest.mark.parametrize(
    "fields", [{"created": 2**53 - 1}, {"marking": Marking(originator=DOSTUK + "\0")}]
)
def test_what_no_database_can_hold_is_refused(
    place: Workplace, dostuk: Peer, fields: dict[str, object]
) -> None:
    assert refused(place, dostuk, dostuk.send(dostuk.letter(**fields))) == {1: "malformed"}


@pytest.mark.parametrize(
    "marking", [CROWDED, WORDY, Marking(audience=Audience.of(("KG-ELEVENCH", "*")))]
)
def test_a_marking_that_is_too_large_is_refused_and_not_interned(
    place: Workplace, dostuk: Peer, marking: Marking
) -> None:
    assert refused(place, dostuk, dostuk.send(dostuk.letter(marking=marking))) == {
        1: "oversize_marking"
    }
    assert not MarkingRow.objects.exists()


def test_the_largest_marking_is_accepted(place: Workplace, dostuk: Peer) -> None:
    lines = sorted(CROWDED.audience.lines)[:256]
    handling = HandlingCodes(WORDY.handling.codes, "x" * 500)
    largest = Marking(audience=Audience(frozenset(lines)), handling=handling, originator=DOSTUK)
    assert refused(place, dostuk, dostuk.send(dostuk.letter(marking=largest))) == {}


def test_a_letter_that_names_an_officer_of_another_office_is_refused(
    place: Workplace, dostuk: Peer
) -> None:
    frame = dostuk.send(dostuk.letter(authorised_by=f"{OSH}/0001"), dostuk.letter(authorised_by=""))
    assert refused(place, dostuk, frame) == {1: "others_officer"}


def test_a_letter_over_the_border_needs_the_officer_who_authorised_it(
    place: Workplace, directory: KnownOffices
) -> None:
    dustlik = Peer(DUSTLIK, place.public)
    directory.add(dustlik.public)
    frame = dustlik.send(
        dustlik.letter(authorised_by=""),
        dustlik.letter(authorised_by="", kind=LetterKind.RECEIPT),
        dustlik.letter(),
    )
    assert refused(place, dustlik, frame) == {1: "unauthorised"}


def test_a_sender_with_whom_we_may_not_exchange_is_refused(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    directory.standing[DOSTUK] = Standing.NOT_RECOGNISED
    assert refused(place, dostuk, dostuk.send()) == {1: "forbidden"}


def test_an_expired_directory_does_not_keep_us_from_receiving(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    directory.standing[DOSTUK] = Standing.DIRECTORY_EXPIRED
    assert refused(place, dostuk, dostuk.send()) == {}


def test_a_tombstone_stands_for_an_erased_body(place: Workplace, dostuk: Peer) -> None:
    letter = dostuk.letter()
    entry, body = dostuk.seal(letter)
    whole = decode_frame(dostuk.frame([(entry, body)]))
    stone = Tombstone(DOSTUK, letter.letter_id, entry.body_hash, 1)
    signed = sign_tombstone(stone, dostuk.keys)
    frame = encode_frame(replace(whole, bodies={}, tombstones=(signed,)))
    assert refused(place, dostuk, frame) == {1: "erased"}


def test_the_same_letter_in_two_lanes_is_applied_once(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    letter, key = dostuk.letter(), token_bytes(32)
    body = seal_body(sign_letter(letter, dostuk.keys), letter.letter_id, DOSTUK, key, dostuk.public)
    for peer in (dostuk, replace(dostuk, lane=Lane.URGENT)):
        entry = peer.chain(letter.letter_id, body, key)
        assert refused(place, peer, peer.frame([(entry, body)])) == {}
    apply_pending(place)
    assert (InEntry.objects.count(), letters(), len(applied)) == (2, 1, 1)


def test_another_letter_under_the_same_id_is_refused(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    letter = dostuk.letter()
    frame = dostuk.send(letter, replace(letter, payload=b"something else"))
    assert refused(place, dostuk, frame) == {2: "letter_reused"}
    apply_pending(place)
    assert [one.payload for one in applied] == [b"what it says"]


def test_every_refusal_is_said_again_with_each_acknowledgement(
    place: Workplace, dostuk: Peer
) -> None:
    receive_frame(place, dostuk.send(dostuk.letter(to=(OSH,))))
    assert refused(place, dostuk, dostuk.send()) == {1: "misaddressed"}


def test_a_hundred_megabytes_are_recorded_without_being_kept(place: Workplace) -> None:
    huge = bytes(100 * 1024 * 1024)
    tracemalloc.start()
    received = receive_frame(place, huge)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (received.arrival, received.answer) == (Arrival.MALFORMED, NOTHING)
    kept = Quarantined.objects.get()
    assert (kept.size, kept.content, kept.code) == (len(huge), None, "E-WIR-09")
    assert peak < MAX_FRAME_BYTES


def test_the_same_rubbish_twice_is_kept_once_and_counted(place: Workplace) -> None:
    for _ in range(3):
        receive_frame(place, b"rubbish")
    assert Quarantined.objects.get().times == 3


def test_a_head_without_its_entries_is_no_frame(place: Workplace, dostuk: Peer) -> None:
    entry, body = dostuk.seal(dostuk.letter())
    head = sign_head(Head(dostuk.stream, 2, entry_hash(entry)), dostuk.keys)
    whole = decode_frame(dostuk.frame([(entry, body)]))
    assert receive_frame(place, encode_frame(replace(whole, head=head))).arrival is Arrival.BROKEN
    assert nothing_was_ledgered()


def test_a_stream_is_ledgered_without_a_hole_whatever_was_refused(
    place: Workplace, dostuk: Peer
) -> None:
    for number in range(6):
        to = (OSH,) if number % 2 else (place.office,)
        receive_frame(place, dostuk.send(dostuk.letter(to=to)))
    counted = InEntry.objects.values("seq").annotate(times=Count("id")).order_by("seq")
    assert [(row["seq"], row["times"]) for row in counted] == [(n, 1) for n in range(1, 7)]
