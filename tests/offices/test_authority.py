"""The authority's desk: its key, its folder, what it signs."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from borderliaison.kernel.cose import BadSignature
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import CountryCode
from borderliaison.offices.desk.authority import KEY, Desk
from borderliaison.offices.desk.key import WrongPassphrase, open_key, seal_key
from borderliaison.offices.directory.document import directory_hash, open_directory
from borderliaison.offices.directory.enrolment import make_request
from borderliaison.offices.errors import AuthorityError
from tests.offices.authorities import NOW, UZ, Authority, office_public, private_key


def request(code: str, keys: str = "") -> bytes:
    agencies = (f"{code[:2]}-BOR",)
    return make_request(office_public(code, keys), agencies, private_key(f"{code}{keys} sign"), NOW)


@dataclass(frozen=True)
class Made:
    desk: Desk
    folder: Path


@pytest.fixture
def made(tmp_path: Path) -> Made:
    folder = tmp_path / "kg"
    return Made(Desk.set_up(folder, CountryCode("KG"), "KG authority", ""), folder)


def test_the_private_key_is_for_its_owner_alone(made: Made) -> None:
    assert (made.folder / KEY).stat().st_mode & 0o777 == 0o600
    assert made.folder.stat().st_mode & 0o777 == 0o700


def test_an_authority_is_never_made_over_another_one(made: Made) -> None:
    before = (made.folder / KEY).read_bytes()
    with pytest.raises(AuthorityError):
        Desk.set_up(made.folder, CountryCode("KG"), "KG authority", "")
    assert (made.folder / KEY).read_bytes() == before


def test_a_folder_without_an_authority_is_none(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError):
        Desk.at(tmp_path)


def test_what_is_published_lists_offices_and_recognised_authorities(made: Made) -> None:
    made.desk.roll.enrol(request("KG-DST"), NOW)
    made.desk.roll.enrol(request("KG-BDB"), NOW)
    made.desk.recognise(UZ.key_file)
    directory, signed = made.desk.publish("", NOW, 90)
    assert open_directory(signed, made.desk.public.sign_key) == directory
    assert [one.public.office for one in directory.offices] == ["KG-BDB", "KG-DST"]
    assert directory.recognises == (UZ.public,)
    assert directory.valid_until == NOW + timedelta(days=90)


def test_each_directory_follows_the_one_before(made: Made) -> None:
    _, first = made.desk.publish("", NOW, 90)
    made.desk.roll.enrol(request("KG-BDB"), NOW)
    second, signed = made.desk.publish("", NOW, 90)
    assert (second.serial, second.prev) == (2, directory_hash(first))
    made.desk.roll.withdraw("KG-BDB")
    third, _ = made.desk.publish("", NOW, 90)
    assert (third.serial, third.prev, third.offices) == (3, directory_hash(signed), ())


def test_no_serial_is_signed_twice_even_if_two_try_at_once(made: Made) -> None:
    made.desk.publish("", NOW, 90)
    (made.folder / "published" / "0000002.directory").touch()
    with pytest.raises((AuthorityError, MalformedData)):
        made.desk.publish("", NOW, 90)


def test_a_folder_from_a_backup_takes_its_newest_directory_back(made: Made) -> None:
    made.desk.publish("", NOW, 90)
    second, signed = made.desk.publish("", NOW, 90)
    (made.folder / "published" / "0000002.directory").unlink()
    assert made.desk.adopt(signed) == second
    third, _ = made.desk.publish("", NOW, 90)
    assert (third.serial, third.prev) == (3, directory_hash(signed))
    with pytest.raises(AuthorityError):
        made.desk.adopt(signed)
    with pytest.raises(BadSignature):
        made.desk.adopt(UZ.publish().last)


def test_an_office_of_another_country_is_not_enrolled(made: Made) -> None:
    with pytest.raises(AuthorityError):
        made.desk.roll.enrol(request("UZ-DUS"), NOW)


def test_other_keys_take_an_offices_place_only_if_somebody_says_so(made: Made) -> None:
    made.desk.roll.enrol(request("KG-BDB"), NOW)
    made.desk.roll.enrol(request("KG-BDB"), NOW)
    with pytest.raises(AuthorityError):
        made.desk.roll.enrol(request("KG-BDB", " new"), NOW)
    made.desk.roll.enrol(request("KG-BDB", " new"), NOW, replace=True)
    assert [one.public for one in made.desk.roll.requests()] == [office_public("KG-BDB", " new")]


def test_recognition_is_given_and_taken_away(made: Made) -> None:
    made.desk.recognise(UZ.key_file)
    with pytest.raises(AuthorityError):
        made.desk.recognise(Authority("UZ", keys=" new").key_file)
    made.desk.recognise(Authority("UZ", keys=" new").key_file, replace=True)
    made.desk.unrecognise("UZ")
    assert made.desk.recognised() == []
    for refused in (
        lambda: made.desk.unrecognise("UZ"),
        lambda: made.desk.roll.withdraw("KG-BDB"),
        lambda: made.desk.recognise(Authority("KG").key_file),
    ):
        with pytest.raises(AuthorityError):
            refused()


def test_a_sealed_key_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    desk = Desk.set_up(tmp_path / "kg", CountryCode("KG"), "KG authority", "seven mountain passes")
    with pytest.raises(WrongPassphrase):
        desk.publish("", NOW, 90)
    with pytest.raises(WrongPassphrase):
        desk.publish("another one", NOW, 90)
    assert desk.published() == []
    assert desk.publish("seven mountain passes", NOW, 90)[0].serial == 1


def test_a_sealed_key_file_does_not_hold_the_key() -> None:
    key = private_key("any")
    assert key.private_bytes_raw() not in seal_key(key, "seven mountain passes")
    assert open_key(seal_key(key, ""), "").private_bytes_raw() == key.private_bytes_raw()
    with pytest.raises(MalformedData):
        open_key(b"\xa0", "")
