"""Which directories count: serials, chains, recognition."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.errors import LiaisonError, MalformedData
from borderliaison.offices.errors import (
    BrokenDirectoryChain,
    ConflictingDirectory,
    OlderDirectory,
    UnknownSigner,
    WrongAuthority,
)
from borderliaison.offices.trust.held import Arrival, Trust
from tests.offices.authorities import KG, KG_ALONE, UZ, UZ_ALONE, Authority, listed


def take_in(trust: Trust, *signed: bytes) -> Trust:
    for one in signed:
        trust = trust.receive(one).trust
    return trust


FIRST = KG.publish()
SECOND = FIRST.publish()
THIRD = SECOND.publish()


def test_the_first_directory_may_have_any_serial() -> None:
    received = Trust(KG.public).receive(THIRD.last)
    assert (received.arrival, received.missed) == (Arrival.FIRST, 2)


def test_the_next_one_continues_the_chain() -> None:
    received = take_in(Trust(KG.public), FIRST.last).receive(SECOND.last)
    assert (received.arrival, received.missed) == (Arrival.NEXT, 0)


def test_a_newer_one_after_a_gap_is_accepted_and_the_gap_is_told() -> None:
    received = take_in(Trust(KG.public), FIRST.last).receive(THIRD.last)
    assert (received.arrival, received.missed) == (Arrival.AFTER_A_GAP, 1)


def test_the_same_one_again_changes_nothing() -> None:
    trust = take_in(Trust(KG.public), FIRST.last)
    received = trust.receive(FIRST.last)
    assert received.arrival is Arrival.SAME
    assert received.trust == trust


def test_a_lower_serial_is_refused_without_alarm() -> None:
    with pytest.raises(OlderDirectory) as refused:
        take_in(Trust(KG.public), SECOND.last).receive(FIRST.last)
    assert not refused.value.alarm


def test_two_directories_with_one_serial_raise_an_alarm() -> None:
    other = FIRST.publish(offices=())
    with pytest.raises(ConflictingDirectory) as refused:
        take_in(Trust(KG.public), SECOND.last).receive(other.last)
    assert refused.value.alarm


def test_a_next_one_that_follows_another_history_raises_an_alarm() -> None:
    other = KG.publish(offices=()).publish()
    with pytest.raises(BrokenDirectoryChain) as refused:
        take_in(Trust(KG.public), FIRST.last).receive(other.last)
    assert refused.value.alarm


def test_a_serial_that_leaps_over_nothing_raises_an_alarm() -> None:
    leaping = FIRST.publish(serial=5)
    with pytest.raises(BrokenDirectoryChain):
        take_in(Trust(KG.public), FIRST.last).receive(leaping.last)


@given(st.permutations(range(6)))
def test_in_whatever_order_they_come_the_newest_counts(order: list[int]) -> None:
    chain, files = KG, []
    for _ in order:
        chain = chain.publish()
        files.append(chain.last)
    trust = Trust(KG.public)
    for at in order:
        known = trust.own.serial if trust.own else 0
        try:
            trust = trust.receive(files[at]).trust
        except OlderDirectory:
            assert at + 1 < known
        assert trust.own is not None
        assert trust.own.serial >= known
    assert trust.own is not None
    assert trust.own.serial == 6


@given(st.lists(st.binary(max_size=80), max_size=4))
def test_whatever_comes_the_state_stands(noise: list[bytes]) -> None:
    trust = take_in(Trust(KG.public), FIRST.last)
    for data in noise:
        with pytest.raises(LiaisonError):
            trust.receive(data)
    assert trust.own == KG.directory()


def test_a_foreign_directory_counts_only_after_our_own_recognises_its_key() -> None:
    uz = UZ.publish()
    with pytest.raises(UnknownSigner):
        Trust(KG.public).receive(uz.last)
    with pytest.raises(UnknownSigner):
        take_in(Trust(KG.public), KG_ALONE.publish().last).receive(uz.last)
    trust = take_in(Trust(KG.public), KG.publish().last, uz.last)
    assert trust.directory_of(UZ.public.country) == UZ.directory()


def test_recognition_is_not_passed_on() -> None:
    tj = Authority("TJ", offices=(listed("TJ-KZA"),))
    uz = replace(UZ, recognises=(KG_ALONE, tj)).publish()
    trust = take_in(Trust(KG.public), KG.publish().last, uz.last)
    with pytest.raises(UnknownSigner):
        trust.receive(tj.publish().last)


def test_a_recognised_authority_speaks_for_no_other_country() -> None:
    trust = take_in(Trust(KG.public), KG.publish().last)
    posing = replace(UZ.directory(offices=(), recognises=()), country=KG.public.country)
    with pytest.raises(WrongAuthority):
        trust.receive(posing.sign(UZ.key))


def test_an_authority_keeps_the_name_that_was_recognised() -> None:
    trust = take_in(Trust(KG.public), KG.publish().last)
    with pytest.raises(WrongAuthority):
        trust.receive(UZ.publish(authority="KG authority").last)


def test_a_key_that_is_named_and_did_not_sign_is_refused() -> None:
    signed = KG.publish().last
    with pytest.raises((BadSignature, MalformedData)):
        Trust(KG.public).receive(signed[:-1] + bytes([signed[-1] ^ 1]))


def test_an_unrecognised_directory_counts_no_more_and_counts_again_later() -> None:
    kg = KG.publish()
    trust = take_in(Trust(KG.public), kg.last, UZ.publish().last)
    kg = replace(kg, recognises=()).publish()
    trust = take_in(trust, kg.last)
    assert trust.directory_of(UZ.public.country) is None
    kg = replace(kg, recognises=(UZ_ALONE,)).publish()
    trust = take_in(trust, kg.last)
    assert trust.directory_of(UZ.public.country) is not None


def test_a_new_key_begins_a_chain_of_its_own() -> None:
    renewed = replace(UZ, keys=" new")
    kg = KG.publish()
    trust = take_in(Trust(KG.public), kg.last, UZ.publish(serial=900, prev=b"\x07" * 32).last)
    kg = replace(kg, recognises=(renewed,)).publish()
    trust = take_in(trust, kg.last)
    assert trust.directory_of(UZ.public.country) is None
    trust = take_in(trust, renewed.publish().last)
    assert trust.directory_of(UZ.public.country) == renewed.directory()
    with pytest.raises(UnknownSigner):
        trust.receive(UZ.publish().last)
