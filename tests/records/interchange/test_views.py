"""The page on which records are taken out."""

import io
import zipfile

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.offices.services import load_network
from tests.accounts.people import officer, signed_in
from tests.records.cast import drafted, say

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


def test_who_observes_takes_nothing_out() -> None:
    client = signed_in(officer(role="observer"))
    answer = client.post(f"{PAGE}take/", {"format": "ftm", "purpose": "case"})
    assert answer.status_code == 422


def test_a_page_that_takes_out_is_not_got_by_its_address() -> None:
    assert signed_in(officer()).get(f"{PAGE}take/").status_code == 405
