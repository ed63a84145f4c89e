"""The pages on which records are taken in."""

import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.marking import Audience
from borderliaison.offices.services import load_network
from borderliaison.records.interchange.alone import alone
from borderliaison.records.interchange.imports.naming import key_for
from borderliaison.records.models import ImportSet, Statement
from tests.accounts.people import officer, signed_in
from tests.records.cast import BORDER, CUSTOMS
from tests.records.interchange.cast import BEK, OURS, taken

pytestmark = pytest.mark.django_db
PAGE = "/records/in/"
TRAVELLERS = (
    "name,born,citizenship,document,issued_by,plate,registered_in,crossing_point,time,direction"
)
ROWS = f"""{TRAVELLERS}
Bek Askarov,12.05.1987,kg,AN1234567,kg,01KG123ABC,kg,KG-DST,12.05.2026 08:30,in
Shavkat Karimov,never,uz,AB7654321,uz,,,KG-DST,12.05.2026 09:10,out
"""


@pytest.fixture(autouse=True)
def _network() -> None:
    load_network()


def _sent(client: Client, text: str = ROWS, name: str = "may.csv") -> str:
    """Send a file; return the address of the page on which it is looked at."""
    file = io.BytesIO(text.encode())
    file.name = name
    answer = client.post(PAGE, {"file": file})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def _statements() -> list[str]:
    return list(Statement.objects.as_system("test").values_list("value", flat=True))


def test_a_table_is_offered_its_specification_and_tried_before_anything_is_written() -> None:
    client = signed_in(officer())
    page = client.get(_sent(client)).content.decode()
    assert '<option value="travellers" selected>' in page
    assert "6 things" in page
    flaw = re.search(r'<th scope="row" class="num">(\d+)</th><td[^>]*>([^<]*)<', page)
    assert flaw is not None
    assert flaw.groups() == ("3", "born")
    assert _statements() == []


def test_columns_are_chosen_one_by_one_and_kept_for_other_tables() -> None:
    client = signed_in(officer())
    address = _sent(client, "Кто,Машина,Оценка\nБек,01KG123ABC,B2\nБек,01KG123ABC,Z9\n", "x.csv")
    assert b"Try it" in client.get(address).content
    mapped = {
        "spec": "own", "thing-1": "Person", "thing-2": "Vehicle", "link-1": "Use", "link-1-from": "1",
        "link-1-to": "2", "column-0": "1.name", "column-1": "2.registrationNumber",
        "column-2": "grade", "apart-0": "yes", "apart-1": "yes", "dates": "dmy",
    }  # fmt: skip
    assert b'name="link-2"' in client.post(address, mapped).content
    page = client.post(address, mapped | {"do": "try"}).content.decode()
    assert "2 things" in page
    assert "1 link " in page
    assert "1 flaw" in page
    assert ">Оценка<" in page
    assert re.search(r'value="1\.name" selected>1\. [^<]* · Name<', page)
    kept = client.post(address, mapped | {"do": "save", "save_as": "lorries"}).content.decode()
    assert '<option value="lorries" selected>' in kept
    again = client.get(_sent(client, "Кто,Машина,Оценка\nАйбек,02KG1,A1\n")).content.decode()
    assert '<option value="lorries" selected>' in again


def test_a_table_that_no_specification_fits_is_read_by_the_words_of_its_heading() -> None:
    client = signed_in(officer())
    address = _sent(client, "Имя,Дата рождения\nБек Аскаров,12.05.1987\n", "x.csv")
    page = client.get(address).content.decode()
    assert "1 thing " in page
    assert "no flaws" in page
    assert '<option value="1.birthDate" selected>' in page


def test_a_link_wants_a_column_for_both_its_ends() -> None:
    client = signed_in(officer())
    address = _sent(client, "a,b\n1,2\n")
    mapped = {"spec": "own", "thing-1": "Person", "thing-2": "Vehicle", "column-0": "1.name"}
    link = {"link-1": "Use", "link-1-from": "1", "link-1-to": "2"}
    answer = client.post(address, mapped | link | {"do": "try"})
    assert answer.status_code == 422
    assert b"E-RIO-12" in answer.content


@pytest.mark.django_db(transaction=True)
def test_a_pasted_table_is_taken_in_beside_the_pages_and_taken_back() -> None:
    client = signed_in(officer())
    pasted = "caller\tcalled\ttime\tseconds\n+996555000111\t+996555000222\t12.05.2026 08:30\t61\n"
    address = client.post(PAGE, {"table": pasted})["Location"]
    given = {"title": "Calls", "source": "B", "information": "2", "level": "1", "agency": "KG-BSC"}
    assert client.post(address, given | {"do": "take"}).status_code == 302
    until = time.monotonic() + 120
    while b"It is in the records" not in (page := client.get(address).content):
        assert time.monotonic() < until, page
        time.sleep(0.05)
    assert b"2 things" in page
    assert "+996555000111" in _statements()
    (one,) = ImportSet.objects.as_system("test")
    assert (one.title, one.links) == ("Calls", 1)
    (said,) = AuditLine.objects.filter(action="records.imported")
    assert said.ids["things"] == "2"
    assert b"Calls" in client.get(PAGE).content
    with alone(one.key):
        assert b"E-RIO-16" in client.post(f"{PAGE}{one.key}/back/").content
    assert client.post(f"{PAGE}{one.key}/back/", follow=True).status_code == 200
    assert _statements() == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("chart.anb", "x", b"E-RIO-03"),
        ("thing.pdf", "x", b"E-RIO-01"),
        ("x.kml", "x", b"E-RIO-06"),
        ("x.csv", "a,a\n1,2\n", b"E-RIO-17"),
        ("x.csv", "\n", b"E-RIO-17"),
        ("x.csv", "", b"E-RIO-22"),
        ("chart.anx", "", b"E-RIO-22"),
        ("chart.anx", "<Chart", b"E-RIO-02"),
        ("net.graphml", "<gexf/>", b"E-RIO-02"),
        ("net.gexf", "no xml", b"E-RIO-02"),
        ("bundle.stix.json", "{}", b"E-RIO-02"),
        ("things.ftm.json", "[", b"E-RIO-02"),
    ],
)
def test_what_cannot_be_read_is_said_at_once(name: str, text: str, code: bytes) -> None:
    file = io.BytesIO(text.encode())
    file.name = name
    answer = signed_in(officer()).post(PAGE, {"file": file})
    assert answer.status_code == 422
    assert code in answer.content


def test_nothing_and_half_a_grade_are_refused() -> None:
    client = signed_in(officer())
    assert b"E-RIO-10" in client.post(PAGE, {"table": " \n"}).content
    address = _sent(client)
    assert b"E-RIO-13" in client.post(address, {"source": "B", "do": "take"}).content


def test_who_observes_takes_nothing_in() -> None:
    client = signed_in(officer(role="observer"))
    assert b"<textarea" not in client.get(PAGE).content
    assert client.post(PAGE, {"table": "a,b\n1,2\n"}).status_code == 422


def test_a_file_is_its_senders_alone_and_gone_when_he_leaves_it() -> None:
    client = signed_in(officer())
    address = _sent(client)
    other = signed_in(officer("abdyrakhmanova", agency="KG-CUS", officer_id="KG-BDB/0001"))
    assert other.get(address).status_code == 404
    assert client.post(address, {"do": "drop"}).status_code == 302
    assert client.get(address).status_code == 404


def test_an_empty_list_says_what_a_set_is() -> None:
    assert b"No set was taken in yet" in signed_in(officer()).get(PAGE).content


def test_whether_others_have_a_set_of_a_title_is_not_to_be_learned(tmp_path: Path) -> None:
    marking = replace(OURS, audience=Audience.of(("KG-BDB", "KG-BOR")))
    before = key_for(CUSTOMS, "Calls")
    taken(tmp_path, BEK, title="Calls", marking=marking)
    assert key_for(CUSTOMS, "Calls") == before
    assert key_for(BORDER, "Calls") != before
