"""What goes out is what its reader may read and pass on, each thing once, with an audit line."""

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Grading, Handling, HandlingCodes, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.errors import NoPurpose
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.ftm import FTM, read
from borderliaison.records.interchange.items import Heading, Item, Told, merged
from borderliaison.records.models import Entity
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, drafted, key, lorry, pk, say
from tests.records.interchange.cast import ALL as ITEMS
from tests.records.interchange.cast import said_again, taken

pytestmark = pytest.mark.django_db
KEPT = HandlingCodes(frozenset({Handling.H2}))


def _exported(
    folder: Path, reader: Reader = BORDER, *, pks: list[int] | None = None, kinds: str = ""
) -> tuple[list[dict[str, Any]], Heading]:
    file = io.BytesIO()
    exporter = Exporter("KG-BDB/0001", reader, OfficeCode("KG-BDB"), "case")
    selection = Selection("Test", pks, frozenset(kinds.split()))
    heading = export(exporter, selection, FTM, file, folder)
    return [json.loads(line) for line in file.getvalue().splitlines()], heading


def test_two_readers_get_what_each_may_read_and_nothing_betrays_more(tmp_path: Path) -> None:
    say(
        "one",
        drafted("one", "Person", name="Bek"),
        drafted("one", "Phone", "tel", number="+996555000111"),
    )
    secret = drafted("two", "Use", user=key("one"), used=key("one", "tel"))
    say("two", drafted("two", "Person", "him", name="Aida"), secret, marking=FOR_BORDER)
    all_, _ = _exported(tmp_path)
    some, heading = _exported(tmp_path, CUSTOMS)
    assert sorted(one["caption"] for one in some) == ["+996555000111", "Bek"]
    assert len(all_) == 4
    assert (heading.things, heading.links, heading.withheld) == (2, 0, 0)
    assert "Aida" not in json.dumps(some)


def test_what_its_originator_keeps_is_withheld_and_counted(tmp_path: Path) -> None:
    kept = Marking(
        handling=KEPT, audience=Audience.of(("KG-BDB", "*")), originator=OfficeCode("KG-DST")
    )
    say("one", drafted("one", "Person", name="Bek", birthDate="1987"), marking=kept)
    ours = replace(kept, originator=OfficeCode("KG-BDB"))
    say("two", drafted("two", "Person", name="Aida"), marking=ours)
    found, heading = _exported(tmp_path)
    assert [one["caption"] for one in found] == ["Aida"]
    assert (heading.withheld, heading.marking.handling) == (2, KEPT)
    assert "H2" in heading.marking_text


def test_one_thing_of_several_sources_goes_out_once_with_all_that_is_said(tmp_path: Path) -> None:
    lorry("one", "01KG742ABC")
    say(
        "two",
        drafted(
            "two", "Vehicle", registrationNumber="01 KG 742 ABC", registeredIn="kg", make="KAMAZ"
        ),
    )
    say("two2", drafted("two2", "Person", name="Bek"))
    (car,), _ = _exported(tmp_path, kinds="Vehicle")
    assert car["id"] == min(key("one"), key("two"))
    assert set(car["properties"]["registrationNumber"]) == {"01KG742ABC", "01 KG 742 ABC"}
    offices = {one["office"] for one in car["borderliaison"]["statements"]}
    assert offices == {"KG-BDB"}


def test_many_that_are_one_cost_no_more_questions_than_few(tmp_path: Path) -> None:
    def asked(groups: Iterable[int]) -> int:
        for number in groups:
            lorry(f"one{number}", f"01KG{number}ABC")
            lorry(f"two{number}", f"01 KG {number} ABC")
        with CaptureQueriesContext(connection) as asked:
            things, _ = _exported(tmp_path)
        assert len(things) == max(groups) - 99
        return len(asked)

    assert asked(range(100, 103)) == asked(range(103, 120))


def test_what_is_said_under_two_kinds_is_the_one_that_says_more_and_has_what_that_has() -> None:
    person = Item("a", "Person", (Told("name", "Bek"), Told("birthDate", "1987")))
    firm = Item("a", "Company", (Told("name", "Firm"), Told("jurisdiction", "kg")))
    found = merged([person, firm])
    assert {one.prop for one in found.told} <= found.kind.properties.keys()
    assert {one.value for one in found.told if one.prop == "name"} == {"Bek", "Firm"}


def test_some_go_out_with_the_links_among_them_alone(tmp_path: Path) -> None:
    say(
        "one",
        drafted("one", "Person", name="Bek"),
        drafted("one", "Phone", "tel", number="+996555000111"),
        drafted("one", "Phone", "other", number="+996555000222"),
        drafted("one", "Use", "u1", user=key("one"), used=key("one", "tel")),
        drafted("one", "Use", "u2", user=key("one"), used=key("one", "other")),
        drafted("one", "TravelDocument", "doc", number="A1", holder=key("one")),
    )
    found, heading = _exported(tmp_path, pks=[pk("one"), pk("one", "tel")])
    assert {one["id"] for one in found} == {key("one"), key("one", "tel"), key("one", "u1")}
    assert (heading.things, heading.links) == (2, 1)
    (paper,), _ = _exported(tmp_path, pks=[pk("one", "doc")])
    assert "holder" not in paper["properties"]


def test_a_set_comes_back_from_its_own_export(tmp_path: Path) -> None:
    taken(tmp_path, *ITEMS)
    file, again = io.BytesIO(), io.BytesIO()
    exporter = Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "case")
    export(exporter, Selection("A"), FTM, file, tmp_path)
    file.seek(0)
    out = list(read(file, Findings()))
    Entity.objects.all().delete()
    taken(tmp_path, *out, title="Again")
    export(exporter, Selection("B"), FTM, again, tmp_path)
    again.seek(0)
    back = list(read(again, Findings()))
    assert _without_keys(back) == _without_keys(out)


def _without_keys(items: list[Item]) -> list[tuple[str, list[tuple[str, str, Grading]]]]:
    """Return what is said, without the keys, which are those of the set."""

    def plain(one: Told) -> tuple[str, str, Grading]:
        is_key = len(one.value) == 32
        return one.prop, "" if is_key else one.value, one.grading

    return sorted(
        (name, sorted(map(plain, told), key=repr)) for _, name, told in said_again(iter(items))
    )


def test_an_export_has_a_purpose_and_an_audit_line_without_names(tmp_path: Path) -> None:
    say("one", drafted("one", "Person", name="Bek"), marking=ALL)
    _exported(tmp_path)
    line = AuditLine.objects.get(action="records.exported")
    assert (line.ids["purpose"], line.ids["things"]) == ("case", "1")
    assert not list(tmp_path.iterdir())
    exporter = Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "curiosity")
    with pytest.raises(NoPurpose):
        export(exporter, Selection("A"), FTM, io.BytesIO(), tmp_path)
