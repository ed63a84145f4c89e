"""With whom an office may exchange, and until when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from borderliaison.exchange.ports import Standing
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.trust.held import Trust
from borderliaison.offices.trust.verdicts import GRACE, Reason, Validity, Verdict, judge, validity
from tests.offices.authorities import KG, KG_ALONE, NOW, UZ, UZ_ALONE, Authority
from tests.offices.test_trust import take_in

DUSTLIK = OfficeCode("UZ-DUS")
DOSTUK = OfficeCode("KG-DST")


def at_kg(*files: bytes) -> Trust:
    return take_in(Trust(KG.public), *files)


def at_uz(*files: bytes) -> Trust:
    return take_in(Trust(UZ.public), *files)


def said(trust: Trust, office: str, now: datetime = NOW) -> tuple[bool, bool, Reason]:
    verdict = judge(trust, OfficeCode(office), now)
    return verdict.may_send, verdict.may_receive, verdict.reason


def test_two_authorities_that_recognise_each_other_open_the_border() -> None:
    kg, uz = KG.publish(), UZ.publish()
    assert said(at_kg(kg.last, uz.last), DUSTLIK) == (True, True, Reason.RECOGNISED)
    assert said(at_uz(uz.last, kg.last), DOSTUK) == (True, True, Reason.RECOGNISED)


def test_without_one_recognition_the_border_stops_in_both_directions_at_both_nodes() -> None:
    kg, uz = KG.publish(), UZ.publish()
    shut = replace(kg, recognises=()).publish()
    in_kg = at_kg(kg.last, uz.last, shut.last)
    assert said(in_kg, DUSTLIK) == (False, False, Reason.NOT_RECOGNISED)
    assert said(in_kg, DOSTUK) == (True, True, Reason.OWN_COUNTRY)
    in_uz = at_uz(uz.last, kg.last)
    assert said(in_uz, DOSTUK) == (True, True, Reason.RECOGNISED)
    in_uz = take_in(in_uz, shut.last)
    assert said(in_uz, DOSTUK) == (False, False, Reason.DOES_NOT_RECOGNISE_US)
    assert said(in_uz, DUSTLIK) == (True, True, Reason.OWN_COUNTRY)


def test_recognition_of_an_older_key_of_ours_is_none() -> None:
    uz = replace(UZ, recognises=(Authority("KG", keys=" old"),)).publish()
    trust = at_kg(KG.publish().last, uz.last)
    assert said(trust, DUSTLIK) == (False, False, Reason.DOES_NOT_RECOGNISE_US)


@pytest.mark.parametrize(
    ("trust", "office", "reason"),
    [
        (Trust(KG.public), DOSTUK, Reason.NO_OWN_DIRECTORY),
        (at_kg(KG_ALONE.publish().last), DUSTLIK, Reason.NOT_RECOGNISED),
        (at_kg(KG.publish().last), DUSTLIK, Reason.NO_FOREIGN_DIRECTORY),
        (at_kg(KG.publish().last, UZ_ALONE.publish().last), DUSTLIK, Reason.DOES_NOT_RECOGNISE_US),
        (at_kg(KG.publish().last), "KG-ZZZ", Reason.UNKNOWN_OFFICE),
        (at_kg(KG.publish().last), "not an office", Reason.UNKNOWN_OFFICE),
        (at_kg(KG.publish().last, UZ.publish().last), "UZ-ZZZ", Reason.UNKNOWN_OFFICE),
    ],
)
def test_whoever_is_not_vouched_for_is_shut_out(trust: Trust, office: str, reason: Reason) -> None:
    assert said(trust, office) == (False, False, reason)


def expiring() -> tuple[Trust, datetime]:
    kg = KG.publish(valid_until=NOW + timedelta(days=10))
    return at_kg(kg.last, UZ.publish().last), NOW + timedelta(days=10)


def test_after_expiry_it_warns_for_thirty_days_and_then_stops_sending_across_the_border() -> None:
    trust, expires = expiring()
    moment = timedelta(milliseconds=1)
    stops = expires + GRACE
    cases = [
        (expires - moment, Verdict(True, True, Reason.RECOGNISED, False, expires, stops)),
        (expires, Verdict(True, True, Reason.RECOGNISED, True, expires, stops)),
        (stops - moment, Verdict(True, True, Reason.RECOGNISED, True, expires, stops)),
        (stops, Verdict(False, True, Reason.LAPSED, True, expires, stops)),
        (stops + timedelta(days=900), Verdict(False, True, Reason.LAPSED, True, expires, stops)),
    ]
    for now, verdict in cases:
        assert judge(trust, DUSTLIK, now) == verdict


def test_inside_the_country_letters_go_on_after_expiry_with_a_warning() -> None:
    trust, expires = expiring()
    verdict = judge(trust, DOSTUK, expires + timedelta(days=900))
    assert verdict == Verdict(True, True, Reason.OWN_COUNTRY, True, expires, None)


def test_the_earlier_of_the_two_dates_counts_at_the_border() -> None:
    uz = UZ.publish(valid_until=NOW + timedelta(days=5))
    verdict = judge(at_kg(KG.publish().last, uz.last), DUSTLIK, NOW)
    assert verdict.expires == NOW + timedelta(days=5)


def test_a_new_directory_opens_the_border_again() -> None:
    trust, expires = expiring()
    late = expires + timedelta(days=60)
    renewed = KG.publish(valid_until=expires).publish(issued=late, valid_until=late + GRACE)
    trust = take_in(at_kg(KG.publish(valid_until=expires).last), renewed.last, UZ.publish().last)
    assert judge(trust, DUSTLIK, NOW + timedelta(days=80)).may_send


def test_validity_is_told_in_three_words() -> None:
    made = KG.directory()
    at = made.valid_until
    assert [validity(made, now) for now in (NOW, at, at + GRACE)] == list(Validity)


def test_each_reason_has_one_of_the_exchanges_words() -> None:
    assert {reason.standing for reason in Reason} == {str(one) for one in Standing}
