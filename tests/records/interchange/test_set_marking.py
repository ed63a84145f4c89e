"""A set bears any marking that a report may bear, and says who gave it."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from borderliaison.forms.errors import UnknownGrading
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Handling, HandlingCodes, Level, Marking
from borderliaison.offices.errors import AgencyNotInOffice, UnknownOffice
from borderliaison.offices.services import load_network
from borderliaison.records.interchange.errors import HandlingUnsaid
from borderliaison.records.interchange.exports.permitted import may_leave
from borderliaison.records.interchange.imports.set_marking import SetMarking
from borderliaison.records.models import Entity, ImportSet, Judgement, Source, Statement
from borderliaison.records.resolution.judging import Judge, Why, judge
from borderliaison.records.resolution.models import Basis, Verdict
from tests.accounts.people import officer, signed_in
from tests.records.cast import BORDER, CUSTOMS, key, person
from tests.records.interchange.cast import ALL, OURS, taken

pytestmark = pytest.mark.django_db
HERE = OfficeCode("KG-BDB")
TABLE = "name\nBek Askarov\n"


@pytest.fixture(autouse=True)
def _network() -> None:
    load_network()


def _codes(*codes: str, text: str = "", given_by: str = "") -> HandlingCodes:
    return SetMarking(handling=codes, handling_text=text, given_by=given_by).of(HERE).handling


def test_nothing_chosen_is_for_official_use_by_all_of_this_office_and_ours() -> None:
    marking = SetMarking().of(HERE)
    assert marking.classification.level is Level.OFFICIAL
    assert marking.audience == OURS.audience
    assert (marking.originator, marking.handling) == (HERE, HandlingCodes())


def test_what_another_office_gave_is_asked_for_before_it_goes_on_unless_it_was_said_otherwise() -> (
    None
):
    given = SetMarking(given_by="KG-DST").of(HERE)
    assert given.originator == "KG-DST"
    assert given.handling.codes == {Handling.H2}
    assert not may_leave(given, HERE)
    assert _codes("H1", given_by="KG-DST").codes == {Handling.H1}
    assert _codes("H0", given_by="KG-DST") == HandlingCodes()
    assert _codes(given_by="KG-BDB") == HandlingCodes()


def test_what_the_vocabulary_does_not_have_is_refused() -> None:
    assert _codes("H3", text=" ask \n first ").text == "ask first"
    for chosen, wrong in (
        (SetMarking(handling=("H3",)), HandlingUnsaid),
        (SetMarking(handling_text="ask first"), HandlingUnsaid),
        (SetMarking(given_by="XX-NON"), UnknownOffice),
        (SetMarking(agencies=("UZ-CUS",)), AgencyNotInOffice),
        (SetMarking(scheme="4x4", grade="Z9"), UnknownGrading),
    ):
        with pytest.raises(wrong):
            chosen.of(HERE)


def _page(client: Client) -> str:
    answer = client.post("/records/in/", {"table": TABLE})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def test_an_officer_chooses_codes_and_giver_on_the_page() -> None:
    client = signed_in(officer())
    address = _page(client)
    mapped = {"spec": "own", "thing-1": "Person", "column-0": "1.name", "apart-0": "yes"}
    chosen = mapped | {"handling": ["H1", "H3"], "given_by": "KG-DST", "do": "try"}
    refused = client.post(address, chosen)
    assert refused.status_code == 422
    assert b"E-RIO-20" in refused.content
    page = client.post(address, chosen | {"handling_text": "Ask first"}).content.decode()
    assert "1 thing" in page
    assert 'name="handling" value="H3" checked' in page
    assert 'value="KG-DST" selected' in page
    assert client.post(address, chosen | {"given_by": "XX-NON"}).status_code == 422


def test_the_marking_of_a_set_stands_beside_it(tmp_path: Path) -> None:
    taken(tmp_path, *ALL, marking=SetMarking(handling=("H1",), given_by="KG-DST").of(HERE))
    page = signed_in(officer()).get("/records/in/").content.decode()
    row = page[page.index('id="set-') :]
    said = row[: row.index("</th>")]
    assert ("H1" in said, "given by Dostuk" in said) == (True, True)


def test_the_same_set_under_another_marking_is_marked_anew_and_judgements_stay(
    tmp_path: Path,
) -> None:
    taken(tmp_path, *ALL)
    (bek,) = Entity.objects.filter(schema="Person").values_list("key", flat=True)
    person("a", "Бек Аскаров", "1987-05-12")
    why = Why(Basis.PAPERS)
    judge(Judge(BORDER, "KG-BDB-07", writes=True), bek, key("a"), Verdict.SAME, why)
    marked = SetMarking(handling=("H1",), given_by="KG-DST").of(HERE)
    again = replace(marked, grading=OURS.grading)
    assert taken(tmp_path, *ALL, marking=again)
    assert ImportSet.objects.as_system("test").get().marking.value == again
    assert _of_import() == {(Handling.H1,)}
    assert Judgement.objects.as_system("test").filter(undone_at=None).count() == 1
    assert not taken(tmp_path, *ALL, marking=again)


def test_what_is_kept_to_another_agency_is_not_read_with_its_new_marking(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    assert Statement.objects.readable_by(CUSTOMS).exists()
    taken(tmp_path, *ALL, marking=SetMarking(agencies=("KG-BOR",)).of(HERE))
    assert not Statement.objects.readable_by(CUSTOMS).exists()


def _of_import() -> set[tuple[Handling, ...]]:
    said = Statement.objects.as_system("test").filter(source__kind=Source.Kind.IMPORT)
    markings: list[Marking] = [one.marking.value for one in said.select_related("marking")]
    return {one.handling.shown() for one in markings}
