"""A value of an import names its set, and leads to it, for whoever may read the set."""

from pathlib import Path

import pytest

from borderliaison.kernel.marking import Grading, Marking
from borderliaison.records.interchange.imports.sources import pages_of
from borderliaison.records.interchange.items import Item, Told
from borderliaison.records.models import ImportSet, Source, Statement
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import network
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, say
from tests.records.interchange.cast import taken

pytestmark = pytest.mark.django_db
_TITLE = "Vehicles of May"


def _taken_in(folder: Path, marking: Marking = ALL) -> str:
    """Take in a set of a lorry and a graded person; return its key."""
    graded = Told("name", "Bek Askarov", grading=Grading("4x4", "1", "B2"))
    lorry = Item("lorry", "Vehicle", (Told("registrationNumber", "KG 01 7784 AD"),))
    taken(folder, lorry, Item("bek", "Person", (graded,)), title=_TITLE, marking=marking)
    return ImportSet.objects.as_system("test").get().key


def test_each_part_of_a_set_is_called_by_the_set_and_leads_to_it(tmp_path: Path) -> None:
    key = _taken_in(tmp_path)
    sources = set(Source.objects.values_list("key", flat=True))
    assert len(sources) > 1
    for lang, title in (("en", "Set: Vehicles of May"), ("ru", "Набор: Vehicles of May")):
        found = pages_of(BORDER, sources, lang)
        assert set(found) == sources
        assert {(one.title, one.url) for one in found.values()} == {
            (title, f"/records/in/#set-{key}")
        }


def test_a_set_that_one_may_not_read_is_not_named(tmp_path: Path) -> None:
    _taken_in(tmp_path, FOR_BORDER)
    say("one")
    sources = set(Source.objects.values_list("key", flat=True))
    assert pages_of(CUSTOMS, sources, "en") == {}
    assert len(pages_of(BORDER, sources, "en")) == len(sources) - 1


def test_the_page_of_a_record_leads_to_the_row_of_its_set(tmp_path: Path) -> None:
    network()
    key = _taken_in(tmp_path)
    browser = signed_in(officer())
    lorry = Statement.objects.as_system("test").get(prop="registrationNumber").entity.key
    page = browser.get(f"/records/{lorry}/").content.decode()
    assert f'<a href="/records/in/#set-{key}">Set: Vehicles of May</a>' in page
    assert f'id="set-{key}"' in browser.get("/records/in/").content.decode()
