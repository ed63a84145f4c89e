"""What somebody has to see to: directories and keys that expire, revoked keys, a clock that is wrong."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.directory.listed import Revocation, RevocationReason
from borderliaison.offices.shown import wording
from borderliaison.offices.trust.held import Trust
from borderliaison.offices.trust.warnings import WarningKind, find_warnings
from tests.offices.authorities import KG, NOW, UZ, office_public
from tests.offices.test_trust import take_in

US = OfficeCode("KG-BDB")
DAY = timedelta(days=1)
FAR = NOW + 3000 * DAY


def trust(**changes: object) -> Trust:
    own = KG.publish(**{"valid_until": FAR, **changes})
    return take_in(Trust(KG.public), own.last, UZ.publish(valid_until=FAR).last)


def kinds(held: Trust, now: datetime) -> list[str]:
    return [one.kind.value for one in find_warnings(held, US, now)]


def test_where_all_is_well_nothing_is_said() -> None:
    assert kinds(trust(), NOW) == []


def test_a_directory_warns_before_it_expires_afterwards_and_when_sending_stops() -> None:
    held = trust(valid_until=NOW + 90 * DAY)
    said = {days: kinds(held, NOW + days * DAY) for days in (75, 76, 89, 90, 119, 120, 900)}
    assert said == {
        75: [],
        76: ["directory_expires"],
        89: ["directory_expires"],
        90: ["directory_expired"],
        119: ["directory_expired"],
        120: ["directory_lapsed"],
        900: ["directory_lapsed"],
    }
    (last,) = find_warnings(held, US, NOW + 117 * DAY)
    assert (last.days_left, last.stops) == (3, NOW + 120 * DAY)


def test_our_keys_warn_thirty_days_before_they_expire_and_afterwards() -> None:
    offices = tuple(replace(one, not_after=NOW + 100 * DAY) for one in KG.offices)
    held = trust(offices=offices)
    said = {days: kinds(held, NOW + days * DAY) for days in (69, 70, 99, 100)}
    assert said == {69: [], 70: ["keys_expire"], 99: ["keys_expire"], 100: ["keys_expired"]}


def test_revoked_keys_and_no_directory_are_grave() -> None:
    gone = Revocation(US, office_public(US).sign_key, NOW, RevocationReason.STOLEN)
    held = trust(offices=KG.offices[1:], revoked=(gone,))
    assert kinds(held, NOW) == ["keys_revoked"]
    assert kinds(Trust(KG.public), NOW) == ["no_directory"]
    for one in (WarningKind.KEYS_REVOKED, WarningKind.NO_DIRECTORY, WarningKind.CLOCK_BEHIND):
        assert one.is_grave


def test_a_clock_that_is_behind_is_a_named_error() -> None:
    (behind,) = find_warnings(trust(), US, NOW - DAY)
    assert (behind.kind, behind.kind.code) == (WarningKind.CLOCK_BEHIND, "E-CLK-01")
    assert kinds(trust(), NOW - timedelta(minutes=4)) == []


def test_a_foreign_authority_cannot_make_our_clock_look_wrong() -> None:
    far = UZ.publish(issued=NOW + 900 * DAY, valid_until=FAR)
    held = take_in(Trust(KG.public), KG.publish(valid_until=FAR).last, far.last)
    assert kinds(held, NOW) == []


@pytest.mark.parametrize("kind", list(WarningKind))
def test_each_warning_has_its_sentence(kind: WarningKind) -> None:
    (one,) = find_warnings(trust(), US, NOW - DAY)
    assert wording.warning(replace(one, kind=kind))
