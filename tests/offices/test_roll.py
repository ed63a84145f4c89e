"""The roll of an authority's offices: new keys, earlier keys, keys that count no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from borderliaison.kernel.cose import key_id
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.offices.desk.authority import Desk
from borderliaison.offices.directory.enrolment import make_request, make_rotation
from borderliaison.offices.directory.listed import RevocationReason
from borderliaison.offices.errors import AuthorityError, BadRequest, ClockBehind, MalformedDirectory
from borderliaison.offices.trust.verdicts import listed_in
from tests.offices.authorities import NOW, office_public, private_key

BDB, DST = OfficeCode("KG-BDB"), OfficeCode("KG-DST")
DAY = timedelta(days=1)
STOLEN = RevocationReason.STOLEN


def request(code: str, keys: str = "") -> bytes:
    agencies = (AgencyCode("KG-BOR"),)
    return make_request(office_public(code, keys), agencies, private_key(f"{code}{keys} sign"), NOW)


def rotation(code: str, new: str, present: str = "") -> bytes:
    return make_rotation(request(code, new), private_key(f"{code}{present} sign"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk.set_up(tmp_path / "kg", CountryCode("KG"), "KG authority", "")
    for code in (BDB, DST):
        made.roll.enrol(request(code), NOW, not_after=NOW + 730 * DAY)
    made.publish("", NOW, 90)
    return made


def rotate(desk: Desk, data: bytes) -> None:
    dates = {"since": NOW + 3 * DAY, "until": NOW + 93 * DAY, "not_after": NOW + 733 * DAY}
    desk.roll.rotate(data, **dates)


def kids(desk: Desk) -> tuple[bytes, list[bytes], list[bytes]]:
    """Publish; return Bor-Dobo's key, its earlier ones, and what is revoked."""
    directory, _ = desk.publish("", NOW, 90)
    one = listed_in(directory, BDB)
    revoked = [key_id(gone.sign_key) for gone in directory.revoked]
    if one is None:
        return b"", [], revoked
    return one.public.kid, [key_id(key.sign_key) for key in one.retired], revoked


def kid(keys: str = "", code: str = BDB) -> bytes:
    return office_public(code, keys).kid


def test_new_keys_are_listed_with_their_dates_and_the_present_ones_as_earlier(desk: Desk) -> None:
    rotate(desk, rotation(BDB, " 2"))
    assert kids(desk) == (kid(" 2"), [kid()], [])
    one = listed_in(desk.publish("", NOW, 90)[0], BDB)
    assert one is not None
    assert (one.since, one.not_after) == (NOW + 3 * DAY, NOW + 733 * DAY)
    assert one.retired[0].until == NOW + 93 * DAY
    rotate(desk, rotation(BDB, " 3", " 2"))
    assert kids(desk) == (kid(" 3"), [kid(), kid(" 2")], [])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: request(BDB, " 2"), id="the present key does not vouch for it"),
        pytest.param(lambda: rotation(BDB, " 2", " other"), id="another key vouches for it"),
        pytest.param(lambda: rotation(BDB, ""), id="the keys are not new"),
        pytest.param(lambda: b"noise", id="it is nothing"),
    ],
)
def test_what_the_present_key_did_not_ask_for_is_refused(
    desk: Desk, data: Callable[[], bytes]
) -> None:
    with pytest.raises(BadRequest):
        rotate(desk, data())
    assert kids(desk)[0] == kid()


def test_an_office_that_is_not_listed_cannot_rotate(desk: Desk) -> None:
    desk.roll.withdraw(BDB)
    with pytest.raises(AuthorityError):
        rotate(desk, rotation(BDB, " 2"))


def test_the_same_request_for_rotation_counts_once(desk: Desk) -> None:
    rotate(desk, rotation(BDB, " 2"))
    with pytest.raises(BadRequest):
        rotate(desk, rotation(BDB, " 2"))
    assert kids(desk) == (kid(" 2"), [kid()], [])


def test_keys_put_in_the_place_of_lost_ones_leave_them_as_earlier_ones_that_are_over(
    desk: Desk,
) -> None:
    desk.roll.enrol(request(BDB, " 2"), NOW, replace=True)
    one = listed_in(desk.publish("", NOW, 90)[0], BDB)
    assert one is not None
    assert (one.public.kid, one.retired[0].until) == (kid(" 2"), NOW)


def test_an_earlier_key_that_is_revoked_is_no_earlier_key_any_more(desk: Desk) -> None:
    rotate(desk, rotation(BDB, " 2"))
    desk.roll.revoke(BDB, kid(), NOW, STOLEN)
    assert kids(desk) == (kid(" 2"), [], [kid()])


def test_an_office_whose_present_key_is_revoked_is_not_listed_until_it_has_new_ones(
    desk: Desk,
) -> None:
    desk.roll.revoke(BDB, kid(), NOW - DAY, STOLEN)
    assert kids(desk) == (b"", [], [kid()])
    desk.roll.enrol(request(BDB, " 2"), NOW)
    assert kids(desk) == (kid(" 2"), [], [kid()])


def test_all_keys_of_an_office_are_revoked_at_once(desk: Desk) -> None:
    rotate(desk, rotation(BDB, " 2"))
    gone = desk.roll.revoke(BDB, b"", NOW, STOLEN)
    assert {key_id(one.sign_key) for one in gone} == {kid(), kid(" 2")}
    assert kids(desk)[0] == b""
    assert sorted(kids(desk)[2]) == sorted([kid(), kid(" 2")])


def test_a_revoked_key_never_comes_back(desk: Desk) -> None:
    desk.roll.revoke(BDB, kid(), NOW, STOLEN)
    desk.publish("", NOW, 90)
    desk.roll.enrol(request(BDB), NOW)
    with pytest.raises(MalformedDirectory, match="revoked"):
        desk.publish("", NOW, 90)


def test_nothing_that_is_not_an_offices_key_can_be_revoked(desk: Desk) -> None:
    for office, key in ((BDB, kid(code=DST)), (OfficeCode("KG-OSH"), b"")):
        with pytest.raises(AuthorityError):
            desk.roll.revoke(office, key, NOW, STOLEN)
    desk.roll.revoke(BDB, kid(), NOW, STOLEN)
    with pytest.raises(AuthorityError):
        desk.roll.revoke(BDB, kid(), NOW, STOLEN)


def test_a_folder_from_a_backup_forgets_neither_revocations_nor_earlier_keys(desk: Desk) -> None:
    rotate(desk, rotation(BDB, " 2"))
    desk.roll.revoke(BDB, kid(), NOW, STOLEN)
    rotate(desk, rotation(DST, " 2"))
    desk.publish("", NOW, 90)
    for lost in (desk.folder / "revoked").iterdir():
        lost.unlink()
    for lost in (desk.folder / "offices").glob("*.terms"):
        lost.unlink()
    directory, _ = desk.publish("", NOW, 90)
    assert [key_id(one.sign_key) for one in directory.revoked] == [kid()]
    dostuk = listed_in(directory, DST)
    assert dostuk is not None
    assert [key_id(one.sign_key) for one in dostuk.retired] == [kid(code=DST)]


def test_a_machine_whose_clock_is_behind_signs_nothing(desk: Desk) -> None:
    with pytest.raises(ClockBehind):
        desk.publish("", NOW - DAY, 90)
    assert len(desk.published()) == 1


def test_a_spoilt_file_of_terms_is_told(desk: Desk) -> None:
    (desk.folder / "offices" / "KG-BDB.terms").write_bytes(b"noise")
    with pytest.raises(AuthorityError):
        desk.publish("", NOW, 90)


def test_what_was_enrolled_before_keys_had_dates_stays_listed(desk: Desk) -> None:
    (desk.folder / "offices" / "KG-BDB.terms").unlink()
    old = replace(office_public(BDB), link_key=b"")
    data = make_request(old, (AgencyCode("KG-BOR"),), private_key("KG-BDB sign"), NOW)
    (desk.folder / "offices" / "KG-BDB.request").write_bytes(data)
    assert kids(desk)[0] == kid()
