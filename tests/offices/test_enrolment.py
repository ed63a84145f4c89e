"""An office's request to be listed."""

from dataclasses import replace

import pytest

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import sign1
from borderliaison.offices.directory.enrolment import AAD, make_request, read_request
from borderliaison.offices.directory.fingerprints import of_office, same
from borderliaison.offices.errors import BadRequest
from tests.offices.authorities import NOW, office_public, private_key

BDB = office_public("KG-BDB")
KEY = private_key("KG-BDB sign")


def test_a_request_says_who_asks_and_proves_the_key() -> None:
    request = read_request(make_request(BDB, ("KG-CUS", "KG-BOR"), KEY, NOW))
    assert request.public == BDB
    assert request.agencies == ("KG-BOR", "KG-CUS")
    assert request.created == NOW
    assert request.fingerprint == of_office(BDB)


@pytest.mark.parametrize("agencies", [(), ("UZ-CUS",), ("customs",)])
def test_a_request_names_agencies_of_its_country(agencies: tuple[str, ...]) -> None:
    with pytest.raises(BadRequest):
        make_request(BDB, agencies, KEY, NOW)


def test_nobody_asks_for_a_key_that_he_does_not_hold() -> None:
    with pytest.raises(BadRequest):
        make_request(BDB, ("KG-BOR",), private_key("somebody else"), NOW)


@pytest.mark.parametrize(
    "change",
    [{"v": 2}, {"agencies": "KG-BOR"}, {"agencies": ["KG-CUS", "KG-BOR"]}, {"created": 2**60},
     {"public": {}}, {"more": 1}],
)  # fmt: skip
def test_another_form_is_refused(change: dict[str, object]) -> None:
    content = {"v": 1, "public": BDB.to_data(), "agencies": ["KG-BOR"], "created": 0, **change}
    with pytest.raises(BadRequest):
        read_request(sign1(KEY, canonical.encode(content), AAD))


def test_a_changed_byte_is_refused() -> None:
    data = make_request(BDB, ("KG-BOR",), KEY, NOW)
    for at in range(len(data)):
        with pytest.raises(BadRequest):
            read_request(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_a_fingerprint_is_forty_digits_of_everything_that_matters() -> None:
    one = of_office(BDB)
    assert [len(group) for group in one.split()] == [5] * 8
    assert one.replace(" ", "").isdecimal()
    others = [
        replace(BDB, office=office_public("KG-DST").office),
        replace(BDB, sign_key=bytes(32)),
        replace(BDB, seal_key=bytes(32)),
    ]
    assert len({one, *map(of_office, others)}) == 4


def test_a_fingerprint_is_compared_without_its_spaces() -> None:
    one = of_office(BDB)
    assert same(one, one.replace(" ", "-"))
    assert not same(one, one[:-1])
    assert not same("", "")
