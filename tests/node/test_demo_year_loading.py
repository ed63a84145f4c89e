"""The demo's year in a node: every form accepts it, and the nodes agree on keys, numbers and letters."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as project

from borderliaison.correspondence.models import Asked, Dissemination, Item, Receipt
from borderliaison.correspondence.registers.models import RegisterEntry
from borderliaison.forms.gradings import meaning
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Grading
from borderliaison.node.demo.year.loading import GRADED, NotADemo, load_year
from borderliaison.reports.content import ReportContent
from borderliaison.reports.models import RegisterLine
from tests.correspondence.cast import network

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

OFFICES = ("KG-BDB", "KG-DST", "KG-OSH", "KG-BIS", "UZ-DUS")
UNTIL = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def load_at(office: str, settings: Any) -> dict[str, Any]:
    settings.BLO_OFFICE = OfficeCode(office)
    network()
    load_year(replace(project.NODE, office=OfficeCode(office), demo=True), OFFICES, UNTIL)
    items = Item.objects.as_system("a test looks at everything")
    return {one.key: one for one in items.select_related("thread", "marking")}


def clear() -> None:
    for model in (Receipt, Dissemination, Asked, Item):
        model.objects.as_system("a test begins at another office").delete()


def test_bor_dobo_and_dostuk_agree_on_what_they_share(settings: Any) -> None:
    there = load_at("KG-BDB", settings)
    sent = {
        one.letter: one.item.key
        for one in Dissemination.objects.as_system("a test").select_related("item")
    }
    last = RegisterLine.objects.get(office="KG-BDB", year=2026).last
    clear()
    here = load_at("KG-DST", settings)
    shared = there.keys() & here.keys()
    assert any(there[key].is_own for key in shared)
    for key in shared:
        ours, theirs = here[key], there[key]
        assert (ours.content, ours.thread.key) == (theirs.content, theirs.thread.key)
        assert ours.is_own != theirs.is_own
        if theirs.is_own:
            assert sent[ours.letter] == key
    numbers = [ReportContent.from_data(one.content).number for one in there.values() if one.is_own]
    assert f"KG-BDB-2026-{last:04}" == max(one for one in numbers if "-2026-" in one)
    assert len(set(numbers)) == len(numbers)


def test_what_is_owed_at_the_end_of_the_year_is_what_was_just_asked(
    settings: Any,
) -> None:
    load_at("UZ-DUS", settings)
    owed = Asked.objects.as_system("a test").filter(state="open")
    assert Asked.objects.as_system("a test").count() > 50
    assert owed.count() < 10


def test_nothing_invented_is_brought_into_a_node_that_is_no_demo() -> None:
    with pytest.raises(NotADemo):
        load_year(replace(project.NODE, demo=False), OFFICES, UNTIL)
    assert not Item.objects.as_system("a test").exists()


def test_officers_can_read_what_the_grading_of_the_year_means() -> None:
    assert meaning(Grading(*GRADED), "en").parts


def test_the_registers_number_the_year_as_it_went(settings: Any) -> None:
    load_at("KG-BDB", settings)
    lines = RegisterEntry.objects.as_system("a test looks at everything").select_related("register")
    days = [(one.registered_at.year, one.register_id, one.number) for one in lines]
    assert {2025, 2026} == {year for year, _, _ in days}
    for register in {one for _, one, _ in days}:
        mine = [one for one in lines if one.register_id == register]
        mine.sort(key=lambda one: one.number)
        assert [one.registered_at for one in mine] == sorted(one.registered_at for one in mine)
