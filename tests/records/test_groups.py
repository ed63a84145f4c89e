"""The page of groups shows what hangs together for its reader, and leads with it onto a chart."""

import pytest
from django.test import Client
from lxml import html

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.marking import PageMarking
from borderliaison.records.graph.network import network as network_of
from borderliaison.records.groups.finding import Groups, groups
from borderliaison.records.groups.kept import parts_of
from borderliaison.records.models import Statement
from borderliaison.records.resolution.judging import Judge, Why, judge, take_back
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.statements.drafted import Drafted, Said
from borderliaison.records.statements.writing import withdraw
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send
from tests.records import cast
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, drafted, key, pk, say
from tests.records.graph.cast import uses

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    network()
    desk = signed_in(liaison())
    desk.post("/records/groups/purpose/", {"purpose": "case"})
    return desk


def _reported(desk: Client, plate: str, *names: str) -> None:
    send(desk, begin_draft(desk), lookout(plate=plate, names="\n".join(names)))
    catch_up()


def _rows(desk: Client, query: str = "") -> list[html.HtmlElement]:
    page = html.fromstring(desk.get(f"/records/groups/{query}").content)
    return list(page.xpath('//li[contains(@class, "hit")]'))


def test_two_reports_that_name_one_plate_make_a_group_with_whom_they_name(desk: Client) -> None:
    _reported(desk, "01KG742ABC", "Bek Askarov", "Timur Isaev")
    assert _rows(desk) == []
    _reported(desk, "01 KG 742 ABC", "Bek Askarov")
    _reported(desk, "05KG111XYZ", "Somebody Else")
    (row,) = _rows(desk, "?days=30")
    assert "Bek Askarov, Timur Isaev" in row.xpath("string(.//h3)")
    parts = row.xpath(".//dl/div")
    assert [" ".join(one.xpath("string(dt)").split()) for one in parts] == [
        "People 3", "Vehicles 1", "Lookouts 2",
    ]  # fmt: skip
    assert parts[0].xpath("string(dd)") == "Bek Askarov ×2, Timur Isaev"
    keys = row.xpath('.//input[@name="item"]/@value')
    assert len(keys) == 6
    (form,) = row.xpath(".//form")
    assert {one.get("name") for one in form.xpath(".//input")} == {"item"}, "keys alone go there"
    onto = desk.get("/charts/onto/", {"item": keys})
    page = html.fromstring(onto.content)
    (name,) = page.xpath('//input[@id="chart-name"]/@value')
    assert name.startswith("Lookout, Vehicle, Person, "), "those with the most links first"
    assert len(page.xpath('//form//input[@name="item"]')) == 6


def test_an_office_without_records_is_told_what_would_stand_here(desk: Client) -> None:
    page = desk.get("/records/groups/?days=all").content.decode()
    assert "Nothing hangs together in this time" in page


def test_people_in_groups_are_shown_for_a_purpose_and_the_look_is_written_down() -> None:
    network()
    desk = signed_in(liaison())
    _reported(desk, "01KG742ABC", "Bek Askarov")
    _reported(desk, "01KG742ABC", "Bek Askarov")
    asked = desk.get("/records/groups/").content.decode()
    assert "Why are you looking?" in asked
    assert "Askarov" not in asked
    wrong = desk.post("/records/groups/purpose/", {"purpose": "none"})
    assert wrong.status_code == 422
    assert desk.post("/records/groups/purpose/", {"purpose": "case"}).status_code == 302
    assert len(_rows(desk)) == 1
    (line,) = AuditLine.objects.filter(action="record.groups_opened")
    assert line.ids == {"days": "365", "purpose": "case"}


def _seen(reader: object = BORDER) -> Groups:
    return groups(reader, None, "en")  # type: ignore[arg-type]


def _titles() -> list[set[str]]:
    return [set(one.title.split(", ")) for one in _seen().some]


def test_the_marking_counts_the_links_by_which_a_group_hangs_together() -> None:
    two = [Drafted(key("a", one), "Person", (Said("name", one),)) for one in ("Bek", "Askar")]
    knows = {"person": two[0].key, "associate": two[1].key}
    say("a", *two, drafted("a", "Associate", "known", **knows))
    bare = [Drafted(one.key, "Person", ()) for one in two]
    say("b", *bare, drafted("b", "Associate", "known", **knows), marking=FOR_BORDER)
    assert _seen().marking == PageMarking.of({ALL, FOR_BORDER})
    assert _seen(CUSTOMS).total == 0


def test_a_second_look_walks_no_lines_and_shows_nothing_of_what_was_taken_back() -> None:
    uses("a", "Bek", "01KG742ABC")
    uses("b", "Askar", "01KG742ABC")
    uses("c", "Cholpon", "01KG742ABC")
    assert _titles() == [{"Askar", "Bek", "Cholpon"}]
    assert parts_of(network_of(BORDER), None) is parts_of(network_of(BORDER), None)
    withdraw(cast.source("b"))
    assert _titles() == [{"Bek", "Cholpon"}]
    assert [one.sources for one in _seen().some] == [2]
    withdraw(cast.source("c"))
    assert _titles() == []


def test_a_judgement_and_its_taking_back_are_followed_at_once() -> None:
    uses("a", "Bek", "01KG742ABC")
    uses("b", "Askar", "05KG555XYZ")
    assert _titles() == []
    who = Judge(BORDER, "KG-BDB-07", writes=True)
    ends = key("a", "person Bek"), key("b", "person Askar")
    made = judge(who, *ends, Verdict.SAME, Why(Basis.PAPERS))
    assert len(_titles()) == 1
    take_back(who, made.key, "another birthmark")
    assert _titles() == []


def test_what_is_deleted_while_a_set_is_being_taken_back_is_not_shown_in_the_meantime() -> None:
    uses("a", "Bek", "01KG742ABC")
    uses("b", "Askar", "01KG742ABC")
    assert _titles() == [{"Askar", "Bek"}]
    Statement.objects.as_system("test").filter(entity=pk("b", "person Askar")).delete()
    assert _titles() == [{"Bek"}]
