"""The update for i2 tells what changed, names what is withdrawn, and is remembered for each reader."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from borderliaison.forms.recorded import all_recorded
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Handling, HandlingCodes
from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.exports import i2_update
from borderliaison.records.interchange.exports.exporting import Exporter
from borderliaison.records.interchange.exports.i2_update import Update, update
from borderliaison.records.interchange.formats.tables import columns, write_changes
from borderliaison.records.models import HandedOver
from borderliaison.records.ontology.model import schema, schemata
from borderliaison.records.statements.writing import withdraw
from tests.records.cast import ALL, BORDER, CUSTOMS, FOR_BORDER, drafted, key, say, source

pytestmark = pytest.mark.django_db
Rows = list[dict[str, str]]


def _updated(
    folder: Path, reader: Reader = BORDER, *, whole: bool = False
) -> tuple[Update, Rows, Rows, str]:
    file = io.BytesIO()
    exporter = Exporter("KG-BDB/0001", reader, OfficeCode("KG-BDB"), "case")
    found = update(exporter, "Week 20", file, folder, whole=whole)
    with zipfile.ZipFile(file) as archive:
        tables = [
            list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in ("entities.csv", "links.csv")
        ]
        return found, *tables, archive.read("guide.txt").decode("utf-8-sig")


def _counts(found: Update) -> tuple[int, int, int]:
    return found.added, found.changed, found.removed


def _week() -> None:
    say(
        "one",
        drafted("one", "Person", name="Bek"),
        drafted("one", "Phone", "tel", number="+996555000111"),
        drafted("one", "Use", "use", user=key("one"), used=key("one", "tel")),
    )


def test_the_first_update_has_everything_and_the_next_one_nothing(tmp_path: Path) -> None:
    _week()
    found, things, links, guide = _updated(tmp_path)
    assert _counts(found) == (3, 0, 0)
    bek = next(row for row in things if row["Label"] == "Bek")
    assert (bek["Key"], bek["Kind"], bek["Change"], bek["Offices"]) == (
        key("one"), "Person", "added", "KG-BDB",
    )  # fmt: skip
    assert {row["number"] for row in things} == {"", "+996555000111"}
    assert [(row["From"], row["To"], row["Direction"]) for row in links] == [
        (key("one"), key("one", "tel"), "directed")
    ]
    assert "Week 20" in guide
    assert "iBase" in guide
    again, things, links, _ = _updated(tmp_path)
    assert (_counts(again), things, links) == ((0, 0, 0), [], [])
    assert _counts(_updated(tmp_path, whole=True)[0]) == (3, 0, 0)


def test_what_changed_is_told_and_what_was_withdrawn_is_named(tmp_path: Path) -> None:
    _week()
    say("two", drafted("two", "Person", name="=cmd|' /C calc'!A0"))
    _updated(tmp_path)
    say("two", drafted("two", "Person", name="Aida"))
    withdraw(source("one"))
    found, things, links, _ = _updated(tmp_path)
    assert _counts(found) == (0, 1, 3)
    assert [(row["Label"], row["Change"]) for row in things][:1] == [("Aida", "changed")]
    gone = {row["Key"] for row in links if row["Change"] == "removed"}
    assert gone == {key("one"), key("one", "tel"), key("one", "use")}
    assert HandedOver.objects.count() == 1


def test_another_marking_is_told_and_what_may_not_leave_any_more_is_named(tmp_path: Path) -> None:
    _week()
    say("two", drafted("two", "Person", name="Aida"))
    _updated(tmp_path)
    say("two", drafted("two", "Person", name="Aida"), marking=FOR_BORDER)
    found, things, links, _ = _updated(tmp_path)
    assert _counts(found) == (0, 1, 0)
    assert [(row["Label"], row["Change"]) for row in things] == [("Aida", "changed")]
    kept = HandlingCodes(frozenset({Handling.H2}))
    theirs = replace(ALL, handling=kept, originator=OfficeCode("UZ-BDB"))
    say("two", drafted("two", "Person", name="Aida"), marking=theirs)
    found, things, links, _ = _updated(tmp_path)
    assert _counts(found) == (0, 0, 1)
    assert {(row["Key"], row["Change"]) for row in (*things, *links)} == {(key("two"), "removed")}
    assert _counts(_updated(tmp_path)[0]) == (0, 0, 0)


def test_two_updates_at_once_tell_the_same_and_both_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _week()
    others: list[Update] = []

    def slowly(*args: Any) -> None:
        write_changes(*args)
        if not others:
            monkeypatch.undo()
            others.append(_updated(tmp_path)[0])

    monkeypatch.setattr(i2_update, "write_changes", slowly)
    found = _updated(tmp_path)[0]
    assert [_counts(one) for one in (found, *others)] == [(3, 0, 0), (3, 0, 0)]
    assert _counts(_updated(tmp_path)[0]) == (0, 0, 0)


def test_each_reader_has_his_own_update_and_nothing_of_others(tmp_path: Path) -> None:
    _week()
    say("two", drafted("two", "Person", name="Aida"), marking=FOR_BORDER)
    assert _counts(_updated(tmp_path)[0]) == (4, 0, 0)
    assert _counts(_updated(tmp_path, CUSTOMS)[0]) == (3, 0, 0)


def test_every_week_has_the_same_columns_so_that_a_saved_specification_fits(tmp_path: Path) -> None:
    _week()
    before = _headings(tmp_path)
    for name, more in (("two", {"wikidataId": "Q42"}), ("three", {"birthDate": "1987"})):
        say(name, drafted(name, "Person", name="Aida", **more))
        assert _headings(tmp_path) == before
    assert _headings(tmp_path) == before
    withdraw(source("one"))
    assert _headings(tmp_path, whole=True) == before


def _headings(folder: Path, *, whole: bool = False) -> list[str]:
    file = io.BytesIO()
    exporter = Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "case")
    update(exporter, "Week 20", file, folder, whole=whole)
    with zipfile.ZipFile(file) as archive:
        tables = [archive.read(name).decode("utf-8-sig") for name in ("entities.csv", "links.csv")]
    return [table.splitlines()[0] for table in tables]


def test_what_has_no_column_of_its_own_is_in_one_for_all_such(tmp_path: Path) -> None:
    said = {"wikidataId": "Q42", "birthDate": "1987-05-12"}
    say("two", drafted("two", "Person", name="Aida", **said))
    (row,) = _updated(tmp_path)[1]
    assert (row["birthDate"], row["More"]) == ("1987-05-12", "wikidataId: Q42")


def test_all_that_forms_say_has_a_column_and_each_column_a_property() -> None:
    tables = columns()
    known = schemata().values()
    things = {name for one in known if one.edge is None for name in one.properties}
    links = {name for one in known if one.edge is not None for name in one.properties}
    assert set(tables["entities.csv"]) <= things
    assert set(tables["links.csv"]) <= links
    assert all(len(set(names)) == len(names) for names in tables.values())
    for form in all_recorded():
        says = [(form.schema, form.event), *((one.schema, one.says) for one in form.things)]
        for schema_name, said in says:
            for prop in said:
                is_line = schema(schema_name).properties[prop].type.name == "entity"
                assert is_line or prop in tables["entities.csv"], prop
        assert {prop for one in form.links for prop in one.says} <= set(tables["links.csv"])


def test_what_somebody_wrote_is_no_formula(tmp_path: Path) -> None:
    say("two", drafted("two", "Person", name="=cmd|' /C calc'!A0"))
    assert _updated(tmp_path)[1][0]["Label"].startswith("'=")
