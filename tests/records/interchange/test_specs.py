"""Tables become things and links as a specification says, with each flaw and its line."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from borderliaison.records.interchange.errors import (
    BadSpec,
    InterchangeError,
    LargeWorkbook,
    NoHeading,
    UnreadableFile,
)
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.imports.saved import spec_named, specs
from borderliaison.records.interchange.imports.specs import tables
from borderliaison.records.interchange.imports.specs.known import fitting, shipped, shipped_specs
from borderliaison.records.interchange.imports.specs.mapping import mapped
from borderliaison.records.interchange.imports.specs.spec import Spec, parse_spec
from borderliaison.records.interchange.imports.specs.tables import read_table
from borderliaison.records.interchange.items import Item, ends_of
from borderliaison.records.models import Entity, ImportSpec, Link
from tests.records.interchange.cast import B2, taken

CARS = """
spec: cars
label: {en: Cars, ru: Машины}
language: rus
dates: ["%d.%m.%Y"]
grade: {scheme: 4x4, column: Оценка}
things:
  - as: owner
    schema: Person
    key: [Владелец]
    says:
      name: {column: Владелец, split: ";"}
      gender: {column: Пол, values: {М: male, Ж: female}}
      birthDate: Рожд.
  - as: car
    schema: Vehicle
    key: [Номер]
    says: {registrationNumber: Номер, registeredIn: =kg}
links:
  - schema: Ownership
    from: owner
    to: car
    says: {startDate: С}
"""
TABLE = """Владелец;Пол;Рожд.;Номер;С;Оценка
Бек Аскаров;М;02.03.1987;01KG742ABC;01.05.2026;B2
бек  аскаров;;;01KG999XYZ;;
;;;02KG111AAA;;Z9
Аида;Ж;весна;;;
Аида;Ж
"""


def _items(spec: Spec, table: bytes) -> tuple[list[Item], Findings]:
    findings = Findings()
    lines = read_table(io.BytesIO(table), findings).lines
    return list(taken_in(mapped(spec, lines, findings), findings, "KG")), findings


def _said(items: Iterator[Item] | list[Item]) -> list[tuple[str, dict[str, str]]]:
    return [(one.schema, {told.prop: told.value for told in one.told}) for one in items]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_table_of_any_encoding_becomes_things_and_links(encoding: str) -> None:
    found, findings = _items(parse_spec(CARS, "cars.yaml"), TABLE.encode(encoding))
    bek, car, owns = found[:3]
    assert _said([bek, car]) == [
        ("Person", {"name": "Бек Аскаров", "gender": "male", "birthDate": "1987-03-02"}),
        ("Vehicle", {"registrationNumber": "01KG742ABC", "registeredIn": "kg"}),
    ]
    assert (ends_of(owns), owns.line) == ((bek.key, car.key), 2)
    assert {told.grading for told in bek.told} == {B2}
    assert found[3].key == bek.key
    assert [(one.flaw, one.line, one.field) for one in findings.first] == [
        (Flaw.GRADE, 4, "Оценка"),
        (Flaw.VALUE, 5, "Person:birthDate"),
        (Flaw.LINE, 6, ""),
    ]


def test_a_workbook_is_read_with_its_dates_and_numbers() -> None:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["caller", "called", "time", "seconds"])
    sheet.append([996555000111, "+996555000222", datetime(2026, 5, 12, 3, 30), 61.0])
    book.save(file)
    found, findings = _items(parse_spec(shipped()["calls"], "calls.yaml"), file.getvalue())
    assert findings.total == 0
    assert _said(found)[0] == ("Phone", {"number": "996555000111"})
    call = _said(found)[2][1]
    assert (call["startDate"], call["duration"]) == ("2026-05-12T03:30:00+06:00", "61")


def test_a_line_that_speaks_of_a_link_and_lacks_an_end_is_named() -> None:
    rows = (";;;01KG742ABC;01.05.2026;", "Аида;;;;02.05.2026;", "Бек;;;;;", ";;;;03.05.2026;")
    table = "\n".join((TABLE.splitlines()[0], *rows)).encode()
    found, findings = _items(parse_spec(CARS, "cars.yaml"), table)
    assert [one.schema for one in found] == ["Vehicle", "Person", "Person"]
    half = [(one.flaw, one.line, one.field) for one in findings.first]
    assert half == [
        (Flaw.HALF, number, name)
        for number, name in ((2, "Владелец"), (3, "Номер"), (5, "Владелец"))
    ]


def test_a_reference_leads_to_another_thing_of_the_line() -> None:
    table = b"name,document,issued_by,born,citizenship,plate,registered_in,crossing_point,time,direction\n"
    row = b"Bek,A1,kg,1987,kg,,,KG-DST,12.05.2026 09:30,exit\n"
    found, findings = _items(parse_spec(shipped()["travellers"], "t.yaml"), table + row)
    assert findings.total == 0
    assert [one.schema for one in found] == [
        "Person",
        "TravelDocument",
        "CrossingPoint",
        "Crossing",
    ]
    assert found[1].values("holder") == [found[0].key]
    assert found[3].values("date") == ["2026-05-12T09:30:00+06:00"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("schema: Vehicle", "schema: Spaceship"), "is no kind of thing"),
        (("schema: Ownership", "schema: Person"), "is no kind of link"),
        (("birthDate: Рожд.", "colour: Рожд."), "has no such 'colour'"),
        (("from: owner", "from: driver"), "there is no thing 'driver'"),
        (("from: owner", "from: car"), "Ownership has no Vehicle here"),
        (("scheme: 4x4", "scheme: stars"), "stars"),
        (("dates:", "days:"), "unknown key"),
        (("language: rus", "zone: Asia/Nowhere"), "there is no time zone 'Asia/Nowhere'"),
        (("language: rus", "zone: Asia"), "there is no time zone 'Asia'"),
        (("language: rus", "zone: ../../etc"), "there is no time zone"),
        (("%d.%m.%Y", "%d %d"), "no way to write a date"),
        (("%d.%m.%Y", "%Q"), "no way to write a date"),
        (("{column: Владелец, split", "{column: Владелец, holder: '@x', split"), "unknown key"),
    ],
)
def test_a_specification_that_does_not_fit_is_refused_with_its_line(
    change: tuple[str, str], said: str
) -> None:
    with pytest.raises(BadSpec) as refused:
        parse_spec(CARS.replace(*change), "cars.yaml")
    assert said in str(refused.value)
    assert "cars.yaml:" in str(refused.value)


@pytest.mark.parametrize("data", [b"\xd0\x00\x11", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        list(read_table(io.BytesIO(data), Findings()).lines)


@pytest.mark.parametrize("data", [b"", b" , \n1,2\n", b"a,a\n1,2\n"])
def test_a_table_whose_columns_have_no_names_of_their_own_is_refused(data: bytes) -> None:
    with pytest.raises(NoHeading):
        read_table(io.BytesIO(data), Findings())


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "Фамилия, имя, отчество;Рождён\nАскаров, Бек;1987\n",
            ["Фамилия, имя, отчество", "Рождён"],
        ),
        ('"Name; title",kg\n"Bek; driver",1.5\n', ["Name; title", "kg"]),
        ("plate;kg\n01KG742ABC;1,5\n", ["plate", "kg"]),
        ("sep=|\nplate|kg\n01KG742ABC|1,5\n", ["plate", "kg"]),
        ("plate\n01KG742ABC\n", ["plate"]),
    ],
)
def test_a_table_is_parted_as_its_lines_are(text: str, columns: list[str]) -> None:
    findings = Findings()
    table = read_table(io.BytesIO(text.encode()), findings)
    assert list(table.columns) == columns
    assert [len(cells) for _, cells in table.lines] == [len(columns)]
    assert not findings.counts


def test_a_letter_far_below_says_what_all_letters_are() -> None:
    text = "name\n" + "Bek\n" * 40_000 + "Аскаров\n"
    *_, (_, last) = read_table(io.BytesIO(text.encode("cp1251")), Findings()).lines
    assert last == {"name": "Аскаров"}


def _workbook(sheet: str) -> bytes:
    """Return a workbook whose sheet is written as it is given."""
    book = Workbook()
    book.active["A1"] = "plate"
    packed = io.BytesIO()
    book.save(packed)
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = sheet.encode() if name.startswith("xl/worksheets/") else old.read(name)
            new.writestr(name, text)
    return made.getvalue()


_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><sheetData>{}</sheetData></worksheet>'
)
_ROW = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>{2}</t></is></c></row>'


def test_a_workbook_is_as_large_as_its_cells_whatever_it_says_of_itself() -> None:
    rows = _ROW.format(1, "A", "plate") + _ROW.format(2, "A", "01KG742ABC")
    table = read_table(io.BytesIO(_workbook(_SHEET.format(rows))), Findings())
    assert [cells for _, cells in table.lines] == [{"plate": "01KG742ABC"}]


def test_a_workbook_of_thousands_of_columns_is_refused() -> None:
    with pytest.raises(LargeWorkbook):
        read_table(io.BytesIO(_workbook(_SHEET.format(_ROW.format(1, "XFD", "plate")))), Findings())


@pytest.mark.parametrize(
    ("name", "most"), [("_MAX_UNPACKED", 999), ("_MAX_STRINGS", 9), ("_MAX_CELLS", 3)]
)
def test_a_workbook_of_more_than_is_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    book, packed = Workbook(), io.BytesIO()
    book.active.append(["plate", "kind"])
    book.active.append(["01KG742ABC", "lorry"])
    book.save(packed)
    with zipfile.ZipFile(packed, "a") as whole:
        whole.writestr("xl/sharedStrings.xml", "<sst/>" * 10)
    monkeypatch.setattr(tables, name, most)
    with pytest.raises(LargeWorkbook):
        list(read_table(io.BytesIO(packed.getvalue()), Findings()).lines)


def test_a_line_far_below_ends_a_workbook_instead_of_a_million_empty_ones() -> None:
    rows = _ROW.format(1, "A", "plate") + _ROW.format(10**15, "A", "01KG742ABC")
    table = read_table(io.BytesIO(_workbook(_SHEET.format(rows))), Findings())
    with pytest.raises(LargeWorkbook):
        list(table.lines)


@pytest.mark.parametrize("cut", [100, 400, 1000, 4000])
def test_a_workbook_that_is_cut_or_locked_is_refused(cut: int) -> None:
    book, packed = Workbook(), io.BytesIO()
    book.active.append(["plate"])
    book.save(packed)
    whole = bytearray(packed.getvalue())
    for at in range(cut, len(whole), 997):
        whole[at] ^= 0xFF
    locked = whole.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
    for data in (bytes(whole), bytes(locked), bytes(whole[:-cut])):
        with suppress(InterchangeError):
            list(read_table(io.BytesIO(data), Findings()).lines)


def test_a_sheet_that_is_cut_is_refused_after_what_could_be_read() -> None:
    rows = _ROW.format(1, "A", "plate") + _ROW.format(2, "A", "01KG742ABC")
    table = read_table(io.BytesIO(_workbook(_SHEET.format(rows)[:-40])), Findings())
    with pytest.raises(UnreadableFile):
        list(table.lines)


def test_a_line_is_the_same_thing_with_marks_that_nobody_sees() -> None:
    rows = ["Бек Йо", "\u200fБек Йо", "Бе\u200bк Йо", "Бек И\u0306о", "\u200b"]
    table = "Владелец,Пол,Рожд.,Номер,С,Оценка\n" + "".join(f"{one},,,,,\n" for one in rows)
    found, _ = _items(parse_spec(CARS, "cars.yaml"), table.encode())
    assert len({one.key for one in found if one.schema == "Person"}) == 1


@pytest.mark.django_db
def test_a_saved_specification_that_cannot_be_read_any_more_stops_no_other() -> None:
    text = "spec: old\nlabel: {en: Old}\nzone: Asia/Nowhere\nthings: []\n"
    row = {"text": text, "officer": "KG-BDB/0001", "saved_at": datetime.now(UTC)}
    ImportSpec.objects.create(name="old", **row)
    assert {one.name for one in specs()} == {one.name for one in shipped_specs()}
    with pytest.raises(BadSpec):
        spec_named("old")


def test_every_shipped_specification_is_whole_and_found_by_its_columns() -> None:
    specs = shipped_specs()
    for one in specs:
        assert fitting(one.columns(), specs)[0] == one
    assert not fitting(["colour"], specs)


@pytest.mark.django_db
def test_the_same_table_with_a_line_before_changes_only_that_line(tmp_path: Path) -> None:
    spec = parse_spec(shipped()["network"], "network.yaml")
    table = b"source,target,weight\n1,2,3\n2,3,1\n"
    taken(tmp_path, *_items(spec, table)[0])
    before = set(Link.objects.as_system("test").values_list("pk", flat=True))
    assert (len(before), Entity.objects.count()) == (2, 5)
    taken(tmp_path, *_items(spec, table.replace(b"1,2", b"9,1,4\n1,2"))[0])
    after = set(Link.objects.as_system("test").values_list("pk", flat=True))
    assert (before < after, len(after)) == (True, 3)
