"""Sealing, cutting frames, and what the peer's answers do to a letter's progress."""

from dataclasses import replace
from secrets import token_bytes

import pytest

from borderliaison.exchange.core.ack import DeliveryAck, Heads, sign_ack, sign_heads
from borderliaison.exchange.core.delivery import open_delivery
from borderliaison.exchange.core.entry import (
    GENESIS,
    Entry,
    Lane,
    StreamId,
    decode_entry,
    entry_hash,
)
from borderliaison.exchange.core.frame import (
    MAX_FRAME_ENTRIES,
    Frame,
    Head,
    decode_frame,
    verify_frame,
)
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.receiver import MAX_STREAMS
from borderliaison.exchange.core.sender import OutState, Signal, Stage
from borderliaison.exchange.drafts import LetterDraft, milliseconds
from borderliaison.exchange.models import Body, Delivery, Outbox, OutEntry, OutStream, Quarantined
from borderliaison.exchange.outgoing.sealing import seal_waiting, unblock
from borderliaison.exchange.outgoing.sending import (
    Outgoing,
    next_frame,
    record_blocked,
    record_sent,
)
from borderliaison.exchange.ports import Standing
from borderliaison.exchange.progress import Change, Waiting
from borderliaison.exchange.reconciliation.answers import Taken, take
from borderliaison.exchange.services import post, progress
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.ids import LetterId
from borderliaison.kernel.keys import SealSuite
from tests.exchange.offices import DOSTUK, DUSTLIK, OSH, KnownOffices, Peer
from tests.exchange.test_services import DRAFT

pytestmark = pytest.mark.django_db
TO_DOSTUK = replace(DRAFT, to=(DOSTUK,), lane=Lane.ROUTINE)
PLENTY = 1024 * 1024


@pytest.fixture
def changes(place: Workplace) -> list[Change]:
    told: list[Change] = []
    place.registry.add_listener(told.extend)
    return told


def sealed(place: Workplace, number: int = 1, draft: LetterDraft = TO_DOSTUK) -> list[LetterId]:
    ids = [post(draft) for _ in range(number)]
    seal_all(place)
    return ids


def seal_all(place: Workplace) -> int:
    """Seal what waits and mark it, as the worker does; return how many entries there are now."""
    number, more = 0, True
    while more:
        done = seal_waiting(place)
        place.high_water.mark(done.heads)
        number, more = number + done.entries, done.more
    return number


def frame_to(place: Workplace, peer: Peer, at: int = 0, target_bytes: int = PLENTY) -> Outgoing:
    stream = OutStream.objects.get(recipient=peer.office)
    lane = Lane(stream.lane)
    cut = next_frame(place, peer.office, lane, {stream.pk: at}, target_bytes)
    assert isinstance(cut, Outgoing)
    return cut


def ack(peer: Peer, entries: list[Entry], refused: dict[int, str] | None = None) -> bytes:
    last = entries[-1]
    said = DeliveryAck(last.stream, last.seq, entry_hash(last), refused or {})
    return sign_ack(said, peer.keys)


def decoded(place: Workplace, peer: Peer) -> Frame:
    frame = decode_frame(frame_to(place, peer).data)
    verify_frame(frame, place.public)
    return frame


def stage_of(letter_id: LetterId, peer: Peer) -> Stage:
    return progress([letter_id])[letter_id][peer.office].stage


def test_the_peer_can_open_what_is_sealed(place: Workplace, dostuk: Peer) -> None:
    (letter_id,) = sealed(place)
    frame = decoded(place, dostuk)
    (entry,) = frame.entries
    letter, _ = open_delivery(entry, frame.bodies[entry.body_hash], dostuk.keys, place.public)
    assert (letter.letter_id, letter.payload, letter.to) == (letter_id, b"a lookout", (DOSTUK,))


def test_keys_that_the_directory_names_no_longer_seal_nothing(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    old, new = (OfficeKeys.generate(SealSuite.X25519) for _ in range(2))
    place = replace(place, ring=Keyring(place.office, (old, new)))
    directory.listed[place.office] = new.public(place.office)  # and nobody has looked since
    sealed(place)
    assert place.public.kid == new.public(place.office).kid
    verify_frame(decode_frame(frame_to(place, dostuk).data), new.public(place.office))


def test_after_sealing_nothing_of_the_letter_stays_in_the_clear(
    place: Workplace, dostuk: Peer
) -> None:
    sealed(place)
    assert not Outbox.objects.exists()
    content = Body.objects.get().content
    assert content is not None
    assert b"a lookout" not in content


def test_one_letter_to_two_offices_is_one_body_and_two_entries(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    directory.add(Peer(OSH, place.public).public)
    sealed(place, draft=DRAFT)
    assert (Body.objects.count(), OutEntry.objects.count()) == (1, 2)


def test_a_commit_seals_at_most_64_entries_urgent_ones_first(
    place: Workplace, dostuk: Peer
) -> None:
    for _ in range(MAX_FRAME_ENTRIES + 1):
        post(TO_DOSTUK)
    urgent = post(replace(TO_DOSTUK, lane=Lane.URGENT))
    first = seal_waiting(place)
    assert (first.entries, first.more) == (MAX_FRAME_ENTRIES, True)
    assert stage_of(urgent, dostuk) is Stage.SEALED
    assert seal_waiting(place).entries == 2


def test_a_frame_ends_at_its_target_but_has_one_entry_at_least(
    place: Workplace, dostuk: Peer
) -> None:
    sealed(place, 5, replace(TO_DOSTUK, payload=bytes(4000)))
    assert frame_to(place, dostuk, target_bytes=10_000).last == 2
    assert frame_to(place, dostuk, target_bytes=1).last == 1
    cut = decode_frame(frame_to(place, dostuk, at=2, target_bytes=10_000).data)
    assert verify_frame(cut, place.public).seq == 4


def test_an_acknowledgement_delivers_everything_up_to_it_and_refuses_by_name(
    place: Workplace, dostuk: Peer, changes: list[Change]
) -> None:
    one, two, three = sealed(place, 3)
    entries = list(decoded(place, dostuk).entries)
    del changes[:]
    taken = take(place, ack(dostuk, entries[:2], {2: "unknown_payload"}))
    assert [heard.signal for heard in taken.heard] == [Signal.ACKNOWLEDGED]
    assert [stage_of(x, dostuk) for x in (one, two, three)] == [
        Stage.DELIVERED,
        Stage.REFUSED,
        Stage.SEALED,
    ]
    assert progress([two])[two][DOSTUK].refused_code == "unknown_payload"
    assert [(change.letter_id, change.stage) for change in changes] == [
        (one, Stage.DELIVERED),
        (two, Stage.REFUSED),
    ]


def test_an_acknowledgement_that_comes_again_or_late_changes_nothing(
    place: Workplace, dostuk: Peer, changes: list[Change]
) -> None:
    sealed(place, 2)
    entries = list(decoded(place, dostuk).entries)
    late, last = ack(dostuk, entries[:1]), ack(dostuk, entries)
    take(place, last)
    before = list(Delivery.objects.values_list("stage", "delivered_at"))
    del changes[:]
    for word in (late, last, late):
        take(place, word)
    assert list(Delivery.objects.values_list("stage", "delivered_at")) == before
    assert OutStream.objects.get().acked_seq == 2
    assert changes == []


def test_an_acknowledgement_by_another_office_is_not_believed(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    (letter_id,) = sealed(place)
    entries = list(decoded(place, dostuk).entries)
    osh = Peer(OSH, place.public)
    directory.add(osh.public)
    assert take(place, ack(osh, entries)) == Taken()
    assert take(place, ack(Peer(DOSTUK, place.public), entries)) == Taken()
    assert take(place, b"rubbish") == Taken()
    assert take(place, b"") == Taken()
    assert stage_of(letter_id, dostuk) is Stage.SEALED


def test_an_acknowledgement_is_believed_though_another_office_lists_the_same_key(
    place: Workplace, dostuk: Peer
) -> None:
    thieves = KnownOffices()
    thieves.add(dostuk.keys.public(DUSTLIK), place.public, dostuk.public)
    place.registry.use_directory(thieves)
    (letter_id,) = sealed(place)
    entries = list(decoded(place, dostuk).entries)
    assert take(place, ack(dostuk, entries)).peer == DOSTUK
    assert stage_of(letter_id, dostuk) is Stage.DELIVERED


def test_an_acknowledgement_of_another_history_freezes_the_stream_and_is_kept(
    place: Workplace, dostuk: Peer
) -> None:
    (letter_id,) = sealed(place)
    stream = decoded(place, dostuk).entries[0].stream
    lie = sign_ack(DeliveryAck(stream, 1, token_bytes(32)), dostuk.keys)
    assert [heard.signal for heard in take(place, lie).heard] == [Signal.HAS_OTHER]
    assert OutStream.objects.get().state == OutState.FROZEN
    assert Quarantined.objects.get().content == lie
    assert stage_of(letter_id, dostuk) is Stage.SEALED
    waiting = next_frame(place, DOSTUK, Lane.ROUTINE, {}, PLENTY)
    assert waiting is Waiting.STREAM_FROZEN


@pytest.mark.parametrize("held", [0, 1, 3])
def test_what_the_peer_has_is_where_we_go_on(place: Workplace, dostuk: Peer, held: int) -> None:
    sealed(place, 3)
    entries = list(decoded(place, dostuk).entries)
    take(place, ack(dostuk, entries))
    head = Head(entries[0].stream, held, entry_hash(entries[held - 1]) if held else GENESIS)
    heads = sign_heads(Heads(DOSTUK, place.office, 1, (head,)), dostuk.keys)
    taken = take(place, heads)
    assert [(heard.signal, heard.n) for heard in taken.heard] == [(Signal.HAS_N, held)]
    if held < 3:
        assert frame_to(place, dostuk, at=held).first == held + 1


def test_heads_older_than_others_that_came_before_are_ignored(
    place: Workplace, dostuk: Peer
) -> None:
    sealed(place, 2)
    frame = decoded(place, dostuk)
    last = frame.entries[-1]
    now = milliseconds(place.clock.now())

    def said(at: int, *heads: Head) -> bytes:
        return sign_heads(Heads(DOSTUK, place.office, at, heads), dostuk.keys)

    new, old = said(now, Head(last.stream, 2, entry_hash(last))), said(now - 1)
    assert [one.n for one in take(place, new).heard] == [2]
    assert take(place, old) == Taken(DOSTUK, (), heads=True)
    assert [one.n for one in take(place, new).heard] == [2]
    take(place, said(now + 10**12))
    in_ten_minutes = said(now + 600_000, Head(last.stream, 2, entry_hash(last)))
    assert [one.n for one in take(place, in_ten_minutes).heard] == [2]


def test_a_stream_that_the_peer_does_not_name_is_held_up_to_nothing(
    place: Workplace, dostuk: Peer
) -> None:
    sealed(place)
    heads = sign_heads(Heads(DOSTUK, place.office, 1, ()), dostuk.keys)
    assert [(heard.signal, heard.n) for heard in take(place, heads).heard] == [(Signal.HAS_N, 0)]


def test_a_peer_that_says_it_holds_more_than_we_ever_sent_stops_nothing(
    place: Workplace, dostuk: Peer
) -> None:
    sealed(place)
    stream = StreamId(place.office, DOSTUK, "live", Lane.ROUTINE, 1)
    heads = Heads(DOSTUK, place.office, 1, (Head(stream, 9, token_bytes(32)),))
    taken = take(place, sign_heads(heads, dostuk.keys))
    assert [heard.signal for heard in taken.heard] == [Signal.HAS_MORE]
    (letter_id,) = sealed(place)
    assert stage_of(letter_id, dostuk) is Stage.SEALED
    old, new = OutStream.objects.order_by("epoch")
    assert (old.state, old.seq, new.epoch, new.seq) == (OutState.OPEN, 1, 2, 1)
    assert decode_entry(OutEntry.objects.get(stream=new).entry).prev == old.head_hash


def test_a_peer_that_lies_again_and_again_costs_a_bounded_number_of_rows(
    place: Workplace, dostuk: Peer
) -> None:
    for epoch in range(1, 2 * MAX_STREAMS):
        stream = StreamId(place.office, DOSTUK, "live", Lane.ROUTINE, epoch)
        heads = Heads(DOSTUK, place.office, epoch, (Head(stream, 9, token_bytes(32)),))
        take(place, sign_heads(heads, dostuk.keys))
    assert OutStream.objects.count() <= MAX_STREAMS + 1
    (letter_id,) = sealed(place)
    assert stage_of(letter_id, dostuk) is Stage.SEALED


def test_no_frame_goes_beyond_what_is_marked(place: Workplace, dostuk: Peer) -> None:
    sealed(place)
    post(TO_DOSTUK)
    done = seal_waiting(place)
    assert frame_to(place, dostuk).last == 1
    assert next_frame(place, DOSTUK, Lane.ROUTINE, {_only(): 1}, PLENTY) is Waiting.NOTHING
    place.high_water.mark(done.heads)
    assert frame_to(place, dostuk).last == 2


def _only() -> int:
    return OutStream.objects.get().pk


def test_heads_meant_for_another_office_are_not_heard(place: Workplace, dostuk: Peer) -> None:
    sealed(place)
    heads = sign_heads(Heads(DOSTUK, OSH, 1, ()), dostuk.keys)
    assert take(place, heads) == Taken()


def test_a_letter_to_an_office_without_keys_waits_and_goes_when_they_come(
    place: Workplace, directory: KnownOffices, changes: list[Change]
) -> None:
    (letter_id,) = sealed(place)
    assert progress([letter_id])[letter_id][DOSTUK].waiting_reason is Waiting.UNKNOWN_OFFICE
    assert [change.waiting for change in changes] == [Waiting.UNKNOWN_OFFICE]
    assert not unblock(place)
    dostuk = Peer(DOSTUK, place.public)
    directory.add(dostuk.public)
    assert unblock(place)
    seal_waiting(place)
    assert stage_of(letter_id, dostuk) is Stage.SEALED


def test_one_office_without_keys_does_not_keep_the_letter_from_the_others(
    place: Workplace, dostuk: Peer, directory: KnownOffices
) -> None:
    (letter_id,) = sealed(place, draft=DRAFT)
    osh = Peer(OSH, place.public)
    assert stage_of(letter_id, dostuk) is Stage.SEALED
    assert stage_of(letter_id, osh) is Stage.SAVED
    directory.add(osh.public)
    unblock(place)
    seal_all(place)
    frame = decoded(place, osh)
    (entry,) = frame.entries
    letter, _ = open_delivery(entry, frame.bodies[entry.body_hash], osh.keys, place.public)
    assert letter.letter_id == letter_id
    assert Body.objects.count() == 1


def test_with_an_expired_directory_nothing_goes_across_the_border(
    place: Workplace, directory: KnownOffices
) -> None:
    dustlik = Peer(DUSTLIK, place.public)
    directory.add(dustlik.public)
    over = replace(DRAFT, to=(DUSTLIK,), authorised_by="KG-BDB/0003", lane=Lane.ROUTINE)
    sealed(place, draft=over)
    directory.standing[DUSTLIK] = Standing.DIRECTORY_EXPIRED
    waiting = next_frame(place, DUSTLIK, Lane.ROUTINE, {}, PLENTY)
    assert waiting is Waiting.DIRECTORY_EXPIRED
    record_blocked(place, DUSTLIK, Lane.ROUTINE, waiting)
    (later,) = sealed(place, draft=over)
    assert progress([later])[later][DUSTLIK].waiting_reason is Waiting.DIRECTORY_EXPIRED
    assert set(Delivery.objects.values_list("waiting", flat=True)) == {"directory_expired"}


def test_sent_is_written_once_and_kept(place: Workplace, dostuk: Peer) -> None:
    (letter_id,) = sealed(place)
    frame = frame_to(place, dostuk)
    sent_at = place.clock.now()
    record_sent(place, frame, sent_at)
    assert stage_of(letter_id, dostuk) is Stage.SENT
    take(place, ack(dostuk, list(decoded(place, dostuk).entries)))
    assert progress([letter_id])[letter_id][DOSTUK].sent_at == sent_at


def test_a_body_that_was_erased_goes_as_a_tombstone(place: Workplace, dostuk: Peer) -> None:
    sealed(place, 2)
    entry = OutEntry.objects.get(seq=1)
    Body.objects.filter(pk=entry.body_id).update(content=None, erased_at=place.clock.now())
    frame = decoded(place, dostuk)
    assert (len(frame.entries), len(frame.bodies), len(frame.tombstones)) == (2, 1, 1)
