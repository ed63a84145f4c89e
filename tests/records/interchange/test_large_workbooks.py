"""A workbook with many texts is looked at without reading more of it than is asked for."""

import io
import zipfile
from collections.abc import Iterator
from typing import IO

import pytest
from openpyxl import Workbook

from borderliaison.offices.services import load_network
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.imports import views
from borderliaison.records.interchange.imports.specs import workbook
from borderliaison.records.interchange.imports.specs.tables import read_table
from borderliaison.records.interchange.imports.specs.workbook import Texts
from tests.accounts.people import officer, signed_in

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def _strings(*texts: str) -> bytes:
    return f'<sst xmlns="{_MAIN}">{"".join(f"<si>{one}</si>" for one in texts)}</sst>'.encode()


def _large(rows: int, *texts: str) -> io.BytesIO:
    """Return a workbook of two columns, whose cells name texts by their numbers; some are named by none."""
    plain, made = io.BytesIO(), io.BytesIO()
    Workbook().save(plain)
    lines = (
        f'<row r="{one}"><c r="A{one}" t="s"><v>{2 * one - 2}</v></c>'
        f'<c r="B{one}" t="s"><v>{2 * one - 1}</v></c></row>'
        for one in range(1, rows + 1)
    )
    parts = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}'
        "</sheetData></worksheet>".encode(),
        "xl/sharedStrings.xml": _strings(*texts),
    }
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        types = old.read("[Content_Types].xml").decode()
        name = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/>'
        parts["[Content_Types].xml"] = types.replace("</Types>", f"{name}</Types>").encode()
        for one in old.namelist():
            if one not in parts:
                new.writestr(one, old.read(one))
        for one, data in parts.items():
            new.writestr(one, data)
    made.seek(0)
    return made


def _texts(rows: int) -> Iterator[str]:
    yield from ("<t>name</t>", "<t>number</t>")
    for one in range(rows):
        yield from (f"<t>Bek {one}</t>", f"<t>+9965551{one:05}</t>")


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    inner = workbook._texts

    def counting(file: IO[bytes]) -> Iterator[str]:
        for one in inner(file):
            read.append(one)
            yield one

    monkeypatch.setattr(workbook, "_texts", counting)
    return read


def test_of_thirty_megabytes_of_texts_the_heading_and_first_lines_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filling = (f"<t>{one:0200}</t>" for one in range(150_000))
    file = _large(4, *_texts(3), *filling)
    with zipfile.ZipFile(file) as packed:
        assert packed.getinfo("xl/sharedStrings.xml").file_size > 28 * 1024**2
    file.seek(0)
    read = _counted(monkeypatch)
    table = read_table(file, Findings())
    assert table.columns == ("name", "number")
    assert [cells["name"] for _, cells in table.lines] == ["Bek 0", "Bek 1", "Bek 2"]
    assert len(read) == 8


def test_texts_are_read_in_any_order_and_only_as_they_are_written() -> None:
    said = (
        "<t>Бек</t>",
        '<r><rPr><b/></rPr><t>Bek </t></r><r><t xml:space="preserve">Askarov</t></r>'
        "<rPh><t>spoken</t></rPh>",
        "<t/>",
        "<t>_x005F_x0041_</t>",
    )
    texts = Texts(io.BytesIO(_strings(*said)))
    assert [texts[one] for one in (1, 0, 3, 2, 1)] == [
        "Bek Askarov", "Бек", "_x0041_", "", "Bek Askarov",
    ]  # fmt: skip
    for number in (4, -1):
        with pytest.raises(IndexError):
            texts[number]


def test_the_page_looks_at_the_beginning_of_a_large_file_and_says_so(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_network()
    monkeypatch.setattr(views, "TRIED", 10)
    read = _counted(monkeypatch)
    client = signed_in(officer())
    file = _large(2001, *_texts(2000))
    file.name = "large.xlsx"
    at = client.post("/records/in/", {"file": file})["Location"]
    mapped = {"spec": "own", "thing-1": "Person", "column-0": "1.name", "title": "Large"}
    assert client.get(at).status_code == 200
    assert len(read) < 100
    tried = client.post(at, {**mapped, "do": "try"})
    assert (tried.context["looked"].things, len(read) < 100) == (10, True)
    assert "That is the beginning of a large file." in tried.content.decode()


def test_of_a_large_file_of_nothing_but_flaws_the_page_looks_at_the_beginning(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_network()
    monkeypatch.setattr(views, "TRIED", 10)
    client = signed_in(officer())
    file = io.BytesIO(b"name,born\n" + b"Bek\n" * 5000)
    file.name = "flawed.csv"
    at = client.post("/records/in/", {"file": file})["Location"]
    mapped = {"spec": "own", "thing-1": "Person", "column-0": "1.name", "title": "Flawed"}
    tried = client.post(at, {**mapped, "do": "try"})
    assert (tried.context["looked"].things, tried.context["looked"].findings.total) == (0, 10)
    assert "That is the beginning of a large file." in tried.content.decode()
    taken = client.post(at, {**mapped, "do": "take"})
    assert taken.status_code == 302
