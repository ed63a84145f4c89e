"""The page on which records are taken out."""

import io
import zipfile
from pathlib import Path

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.offices.services import load_network
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.statements.drafted import Drafted, Said
from tests.accounts.people import officer, signed_in
from tests.records.cast import drafted, key, say
from tests.records.interchange.cast import BEK, taken

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/records/out/"


@pytest.fixture(autouse=True)
def _network() -> None:
    load_network()
    say("one", drafted("one", "Person", name="Bek Askarov"))


def _sent(client: object, **posted: str) -> bytes:
    answer = client.post(f"{PAGE}take/", posted)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="KG-BDB-')
    return b"".join(answer.streaming_content)


def test_the_update_and_files_are_given_with_an_audit_line() -> None:
    client = signed_in(officer())
    assert b"Bek Askarov" not in client.get(PAGE).content
    packed = _sent(client, format="i2-update", purpose="case")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert b"Bek Askarov" in archive.read("entities.csv")
    with zipfile.ZipFile(io.BytesIO(_sent(client, format="i2-update", purpose="case"))) as archive:
        assert b"Bek Askarov" not in archive.read("entities.csv")
    again = _sent(client, format="i2-update", purpose="case", whole="yes")
    assert len(again) > len(packed) // 2
    assert b"Bek Askarov" in _sent(client, format="ftm", purpose="case")
    lines = AuditLine.objects.filter(action="records.exported")
    assert [one.ids["purpose"] for one in lines] == ["case"] * 4
    page = client.get(PAGE).content
    assert b'value="case" selected' in page


@pytest.mark.parametrize("posted", [{"format": "ftm"}, {"format": "zzz", "purpose": "case"}, {}])
def test_without_a_purpose_or_a_kind_of_file_nothing_goes_out(posted: dict[str, str]) -> None:
    answer = signed_in(officer()).post(f"{PAGE}take/", posted)
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert not AuditLine.objects.filter(action="records.exported").exists()


def test_a_record_goes_out_with_what_it_is_linked_to_and_a_set_by_itself(tmp_path: Path) -> None:
    ends = (Said("user", key("one")), Said("used", key("two")))
    far = drafted("three", "Person", name="Olim Far")
    lorry = drafted("two", "Vehicle", registrationNumber="01KG742ABC")
    person = drafted("one", "Person", name="Bek Askarov")
    say("use", person, lorry, Drafted(key("use"), "Use", ends))
    say("far", far)
    taken(tmp_path, BEK)
    client, ftm = signed_in(officer()), {"format": "ftm", "purpose": "case"}
    page = client.get(PAGE, {"record": key("one")}).content.decode()
    assert f'name="record" value="{key("one")}"' in page
    given = _sent(client, **ftm, record=key("one")).decode()
    assert "01KG742ABC" in given
    assert "Olim Far" not in given
    (one,) = ImportSet.objects.as_system("the test asks for its set")
    assert "Calls" in client.get(PAGE, {"set": one.key}).content.decode()
    given = _sent(client, **ftm, set=one.key).decode()
    assert "Аскаров" in given
    assert "01KG742ABC" not in given
    for asked in ({"set": "0" * 32}, {"record": "0" * 32}, {"record": "x"}):
        assert client.get(PAGE, asked).status_code == 404
        assert client.post(f"{PAGE}take/", {**ftm, **asked}).status_code == 404


def test_who_observes_takes_nothing_out() -> None:
    client = signed_in(officer(role="observer"))
    answer = client.post(f"{PAGE}take/", {"format": "ftm", "purpose": "case"})
    assert answer.status_code == 422


def test_a_page_that_takes_out_is_not_got_by_its_address() -> None:
    assert signed_in(officer()).get(f"{PAGE}take/").status_code == 405
