"""Out of the records and in again, by every format both ways: nothing that a format can hold is lost.

An i2 chart has no place for the language of a value and for who may read each value: it names the strictest
marking of all. The others carry both beside each value; whoever takes a file in marks his set himself.
"""

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Grading, Handling, HandlingCodes, Marking
from borderliaison.markings.services import intern
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.formats.format import Format
from borderliaison.records.interchange.formats.known import FORMATS, reader_of
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.imports.specs.known import shipped_specs
from borderliaison.records.interchange.imports.specs.mapping import mapped
from borderliaison.records.interchange.imports.specs.spec import Spec
from borderliaison.records.interchange.imports.specs.tables import read_table
from borderliaison.records.interchange.items import Heading, Item, Told, ends_of, merged
from borderliaison.records.models import Entity, Link
from borderliaison.records.statements.drafted import Drafted, Origin, Said
from borderliaison.records.statements.writing import write
from tests.records.cast import AT, BORDER, FOR_BORDER, key, pk, source
from tests.records.interchange.cast import taken

BOTH_WAYS = [one for one in FORMATS.values() if one.read is not None and one.write is not None]
both_ways = pytest.mark.parametrize("one", BOTH_WAYS, ids=lambda one: one.name)
FTM = FORMATS["ftm"]
ALL = Selection("Trip")
NOTE = "Ask Dostuk:\n<who> & “when”, трижды"
SURE = replace(FOR_BORDER, grading=Grading("4x4", "1", "A1"), originator=OfficeCode("KG-BDB"))
HEARD = replace(
    SURE, grading=Grading("4x4", "1", "C3"), handling=HandlingCodes(frozenset({Handling.H1}))
)


def _say(name: str, marking: Marking, *drafted: Drafted) -> None:
    pk = intern(marking).pk
    write(Origin(source(name), "report", "KG-BDB", AT, AT, "KG", pk), drafted)


def _of(what: str, schema: str, *said: Said) -> Drafted:
    return Drafted(key("trip", what), schema, said)


def _ends(begin: str, one: str, end: str, other: str) -> tuple[Said, Said]:
    return Said(begin, key("trip", one)), Said(end, key("trip", other))


@pytest.fixture
def said(db: None) -> None:
    """Two people, what they use, a paper of one of them; what is heard of them contradicts in part."""
    bek = _of("bek", "Person", Said("name", "Бек Аскаров", "rus"), Said("birthDate", "1987-05-12"))
    aida = _of("aida", "Person", Said("name", "Aida"))
    tel = _of("tel", "Phone", Said("number", "+996555000111"))
    paper = _of("doc", "TravelDocument", Said("number", "AN1"), Said("holder", bek.key))
    uses = _of("uses", "Use", *_ends("user", "bek", "used", "tel"), Said("summary", NOTE))
    calls = _of("calls", "Use", *_ends("user", "aida", "used", "tel"), Said("startDate", "2026-05"))
    kin = _of("kin", "Family", *_ends("person", "aida", "relative", "bek"))
    _say("sure", SURE, bek, aida, tel, paper, uses, kin)
    other = _of("bek", "Person", Said("birthDate", "1988"), Said("notes", NOTE))
    _say("heard", HEARD, other, aida, tel, calls)


def _out(one: Format, folder: Path, selection: Selection = ALL) -> tuple[bytes, Heading]:
    file = io.BytesIO()
    exporter = Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "case")
    heading = export(exporter, selection, one, file, folder)
    return file.getvalue(), heading


def _read(one: Format, data: bytes) -> list[Item]:
    """Return what a file says, each item once."""
    findings, found = Findings(), dict[str, list[Item]]()
    for item in taken_in(reader_of(one)(io.BytesIO(data), findings), findings, "KG"):
        found.setdefault(item.key, []).append(item)
    assert findings.total == 0, findings.counts
    return [merged(some) for some in found.values()]


def _words(
    items: Iterable[Item], *, languages: bool = True
) -> set[tuple[str, str, frozenset[Told]]]:
    """Return what is said by each item, links by the names of what they lead to."""
    several = list(items)
    names = {one.key: min(one.values(one.kind.caption[0])) for one in several if not one.kind.edge}

    def plain(told: Told) -> Told:
        value = names.get(told.value, told.value)
        return Told(told.prop, value, told.language if languages else "", told.grading)

    return {
        (one.schema, names.get(one.key, ""), frozenset(map(plain, one.told))) for one in several
    }


@both_ways
def test_all_comes_back_with_grades_notes_and_the_direction_of_links(
    one: Format, said: None, tmp_path: Path
) -> None:
    known = _read(FTM, _out(FTM, tmp_path)[0])
    has_languages = one.name != "anx"
    back = _read(one, _out(one, tmp_path)[0])
    assert _words(back, languages=has_languages) == _words(known, languages=has_languages)
    links = {item.schema: ends_of(item) for item in back if item.schema in ("Family", "Use")}
    people = {item.values("name")[0]: item.key for item in back if item.schema == "Person"}
    assert links["Family"] == (people["Aida"], people["Бек Аскаров"])
    grades = {t.grading.value for item in back for t in item.told if t.prop == "birthDate"}
    assert grades == {"A1", "C3"}
    notes = [t.value for item in back for t in item.told if t.prop in ("notes", "summary")]
    assert notes == [NOTE, NOTE]


@both_ways
def test_a_file_taken_in_as_a_set_gives_the_same_file_again(
    one: Format, said: None, tmp_path: Path
) -> None:
    first = _read(one, _out(one, tmp_path)[0])
    Entity.objects.all().delete()
    taken(tmp_path, *first, title="Trip")
    assert _words(_read(one, _out(one, tmp_path)[0])) == _words(first)


def _share_a_phone() -> None:
    ends = (
        *_ends("user", "bek", "used", "other"),
        *_ends("user", "aida", "used", "other"),
    )
    said = [_of(one, "Person", Said("name", one)) for one in ("bek", "aida")]
    other = _of("other", "Phone", Said("number", "+996555000222"))
    _say("more", SURE, *said, other, _of("shared", "Use", *ends))


def _lines() -> int:
    """Return how many lines a reader sees, each once whoever says it."""
    drawn = Link.objects.readable_by(BORDER).values("entity", "begin", "end", "kind")
    return drawn.distinct().count()


@both_ways
def test_a_link_with_several_beginnings_is_as_many_lines_and_comes_back_as_one(
    one: Format, said: None, tmp_path: Path
) -> None:
    _share_a_phone()
    known = _read(FTM, _out(FTM, tmp_path)[0])
    data = _out(one, tmp_path)[0]
    has_languages = one.name != "anx"
    assert _words(_read(one, data), languages=has_languages) == _words(
        known, languages=has_languages
    )
    words = {"anx": "<LinkStyle ", "graphml": "<edge ", "gexf": "<edge ", "stix": "source_ref"}
    if one.name in words:
        text = data.decode("utf-16" if one.name == "anx" else "utf-8")
        assert text.count(words[one.name]) == _lines()


def test_a_link_goes_out_where_any_two_of_its_ends_do(said: None, tmp_path: Path) -> None:
    _share_a_phone()
    selection = Selection("Some", [pk("trip", "aida"), pk("trip", "other")])
    (link,) = [one for one in _read(FTM, _out(FTM, tmp_path, selection)[0]) if one.kind.edge]
    assert (link.key, ends_of(link)) == (
        key("trip", "shared"),
        (key("trip", "aida"), key("trip", "other")),
    )
    assert len(link.told) == len(_ends("user", "aida", "used", "other"))


@both_ways
def test_a_file_says_under_what_it_is_read(one: Format, said: None, tmp_path: Path) -> None:
    data, heading = _out(one, tmp_path)
    text = data.decode("utf-16" if one.name == "anx" else "utf-8")
    assert heading.marking.handling.codes == {Handling.H1}
    if one.name in ("anx", "graphml", "gexf"):
        assert heading.marking_text in text
    if one.name != "anx":
        told = json.dumps({"handling": ["H1"]})[1:-1]
        assert told in text.replace("&quot;", '"')


@pytest.mark.parametrize("spec", shipped_specs(), ids=lambda one: one.name)
def test_a_table_says_the_same_as_csv_tsv_and_workbook(spec: Spec) -> None:
    columns = sorted(spec.columns())
    rows = [[f"{name} {line}" for name in columns] for line in (1, 2)]
    said = []
    for separator in (",", "\t", ";"):
        text = "\n".join(separator.join(row) for row in (columns, *rows))
        said.append(_mapped(spec, text.encode()))
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (columns, *rows):
        book.active.append(row)
    book.save(file)
    said.append(_mapped(spec, file.getvalue()))
    assert said[0]
    assert all(one == said[0] for one in said)


def _mapped(spec: Spec, data: bytes) -> list[Item]:
    findings = Findings()
    return list(mapped(spec, read_table(io.BytesIO(data), findings).lines, findings))
