"""Two histories of one stream: proved, stopped, and going on by a person's decision."""

from dataclasses import replace
from secrets import token_bytes

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.exchange.core.ack import DeliveryAck, sign_ack
from borderliaison.exchange.core.entry import GENESIS, decode_entry
from borderliaison.exchange.core.receiver import Arrival, InState
from borderliaison.exchange.core.sender import OutState, Stage
from borderliaison.exchange.errors import (
    EvidenceNeeded,
    NoSuchEvidence,
    NothingFrozen,
    NotToBeReleased,
)
from borderliaison.exchange.incoming import evidence
from borderliaison.exchange.incoming.applying import apply_pending
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import (
    Decision,
    InStream,
    OutEntry,
    OutStream,
    Quarantined,
)
from borderliaison.exchange.reconciliation.answers import take
from borderliaison.exchange.recovery.forks import forks, unfreeze
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.workplace import Workplace
from tests.exchange.offices import DOSTUK, OSH, KnownOffices, Peer
from tests.exchange.test_sending import ack, decoded, seal_all, sealed, stage_of

pytestmark = pytest.mark.django_db


def forked_by_peer(place: Workplace, dostuk: Peer) -> Peer:
    """Let a peer sign two histories; return the peer as it goes on with the one that is held."""
    receive_frame(place, dostuk.send())
    assert receive_frame(place, replace(dostuk, seq=0, prev=GENESIS).send()).arrival is Arrival.FORK
    return dostuk


def next_epoch(peer: Peer) -> Peer:
    return replace(peer, epoch=peer.epoch + 1, seq=0)


def test_a_fork_is_listed_with_its_proof_and_told_in_the_audit(
    place: Workplace, dostuk: Peer
) -> None:
    forked_by_peer(place, dostuk)
    (fork,) = forks(place.office)
    assert (fork.peer, fork.outgoing, fork.seq) == (DOSTUK, False, 1)
    kept, content = evidence.one_kept(fork.evidence[0])
    assert kept.reason is Arrival.FORK
    assert content
    assert kept.held_head
    assert AuditLine.objects.filter(action="exchange.stream_frozen", subject=DOSTUK).exists()


def test_whoever_has_forked_cannot_just_begin_anew(place: Workplace, dostuk: Peer) -> None:
    later = next_epoch(forked_by_peer(place, dostuk))
    receive_frame(place, later.send())
    assert not InStream.objects.filter(epoch=2).exists()


def test_after_a_persons_decision_the_peer_goes_on_in_its_next_epoch(
    place: Workplace, dostuk: Peer, applied: list[ReceivedLetter]
) -> None:
    later = next_epoch(forked_by_peer(place, dostuk))
    assert unfreeze(DOSTUK, "root", "They had cloned their server", place.clock.now()) == 1
    assert receive_frame(place, dostuk.send()).arrival is Arrival.NEXT
    assert InStream.objects.get(epoch=1).seq == 1
    assert receive_frame(place, later.send()).arrival is Arrival.NEXT
    begun = InStream.objects.get(epoch=2)
    assert (begun.state, begun.seq, begun.follows_epoch, begun.follows_seq) == ("open", 1, 1, 1)
    apply_pending(place)
    assert len(applied) == 2
    (decided,) = Decision.objects.all()
    assert (decided.actor, decided.why) == ("root", "They had cloned their server")
    with pytest.raises(NothingFrozen):
        unfreeze(DOSTUK, "root", "again", place.clock.now())


def test_what_the_peer_has_not_acknowledged_is_sealed_anew_in_the_next_epoch(
    place: Workplace, dostuk: Peer
) -> None:
    first, second, third = sealed(place, 3)
    entries = list(decoded(place, dostuk).entries)
    take(place, ack(dostuk, entries[:1]))
    lie = sign_ack(DeliveryAck(entries[0].stream, 3, token_bytes(32)), dostuk.keys)
    take(place, lie)
    assert OutStream.objects.get().state == OutState.FROZEN
    unfreeze(DOSTUK, "root", "why", place.clock.now())
    assert [stage_of(x, dostuk) for x in (first, second, third)] == [
        Stage.DELIVERED,
        Stage.SAVED,
        Stage.SAVED,
    ]
    assert seal_all(place) == 2
    new = OutStream.objects.get(epoch=2)
    entry = decode_entry(OutEntry.objects.get(stream=new, seq=1).entry)
    assert entry.prev == OutEntry.objects.get(stream__epoch=1, seq=1).entry_hash
    assert OutStream.objects.get(epoch=1).state == OutState.CLOSED


def test_the_proof_of_a_fork_cannot_be_thrown_away_before_somebody_has_decided(
    place: Workplace, dostuk: Peer
) -> None:
    forked_by_peer(place, dostuk)
    number, now = Quarantined.objects.get().pk, place.clock.now()
    with pytest.raises(EvidenceNeeded):
        evidence.drop(number, "root", "untidy", now)
    with pytest.raises(NotToBeReleased):
        evidence.ask_to_judge_again(number, "root", now)
    unfreeze(DOSTUK, "root", "settled by telephone", now)
    evidence.drop(number, "root", "settled", now)
    assert not Quarantined.objects.exists()
    with pytest.raises(NoSuchEvidence):
        evidence.drop(number, "root", "twice", now)


def test_a_frame_that_came_before_its_office_was_listed_is_let_in_when_it_is(
    place: Workplace, directory: KnownOffices, applied: list[ReceivedLetter]
) -> None:
    osh = Peer(OSH, place.public)
    receive_frame(place, osh.send())
    (kept,) = evidence.kept_apart()
    assert (kept.reason, kept.claimed_sender, kept.times) == (Arrival.STRANGER, OSH, 1)
    evidence.ask_to_judge_again(kept.id, "root", place.clock.now())
    assert evidence.is_judged_again(kept.id) is None
    assert evidence.judge_again(place)
    assert evidence.is_judged_again(kept.id) is False
    directory.add(osh.public)
    evidence.ask_to_judge_again(kept.id, "root", place.clock.now())
    evidence.judge_again(place)
    assert evidence.is_judged_again(kept.id) is True
    apply_pending(place)
    assert len(applied) == 1
    assert InStream.objects.get().state == InState.OPEN
    assert not Quarantined.objects.exists()
