"""Tables from a spreadsheet become rows: what stands on the clipboard, in several languages and orders."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.forms.check import check
from borderliaison.forms.load import load_form
from borderliaison.forms.pasting import MAX_LINES, find_code, paste, read_table
from borderliaison.forms.schema import FormField

SEIZED = load_form("seizure", 1).field("seized")
DETAINED = load_form("seizure", 1).field("detained")
VEHICLES = load_form("seizure", 1).field("vehicles")


def table(*lines: str) -> str:
    return "\r\n".join(line.replace("|", "\t") for line in lines) + "\r\n"


def test_columns_are_known_by_their_headings_in_any_order_and_language():
    english = paste(SEIZED, table("Net quantity|Substance or goods", "85,505 kg|Heroin"))
    russian = paste(SEIZED, table("Количество нетто|Вещество или товар", "85,505 кг|Героин"))
    assert english.rows == russian.rows
    assert english.rows == (
        {"quantity": {"amount": "85,505", "unit": "kg"}, "substance": "heroin"},
    )


def test_without_headings_columns_are_taken_in_the_order_of_the_form():
    found = paste(DETAINED, table("2|мужской|взрослый|Таджикистан", "1|Female|Adult|KG"))
    assert [list(row) for row in found.rows] == [["count", "sex", "age", "citizenship"]] * 2
    assert found.rows[1]["citizenship"] == "KG"
    assert found.rows[0]["citizenship"] == "TJ"


@pytest.mark.parametrize(
    "lines",
    [
        ("Substance or goods|Net quantity|Unit", "Heroin|500|g"),
        ("Substance or goods|Net quantity, g", "Heroin|500"),
        ("Вещество или товар|Количество нетто (г)", "Героин|500"),
        ("Вещество или товар|Количество нетто|ед. изм.", "geroin|500|граммы"),
    ],
)
def test_a_unit_stands_in_the_cell_its_heading_or_a_column_of_its_own(lines):
    (row,) = paste(SEIZED, table(*lines)).rows
    assert row == {"substance": "heroin", "quantity": {"amount": "500", "unit": "g"}}


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 234,5 kg", "1234,5"),
        ("1,234.5 kg", "1234.5"),
        ("1.234.567 kg", "1234567"),
        ("1\u202f000 kg", "1000"),
        ("0.5 kg", "0.5"),
        ("about a sack", "about a sack"),
    ],
)
def test_an_amount_is_read_as_people_write_it_and_what_is_none_stays(cell, amount):
    (row,) = paste(SEIZED, table("Heroin||" + cell)).rows
    assert row["quantity"]["amount"] == amount


def test_a_column_that_no_field_knows_is_named_and_counted():
    found = paste(SEIZED, table("Substance or goods|Found by", "Heroin|dog", "Opium|"))
    assert found.unknown == ("Found by",)
    assert found.cells == 1
    assert [row["substance"] for row in found.rows] == ["heroin", "opium"]


def test_what_is_not_in_a_list_is_kept_as_typed_so_that_its_field_says_so(context):
    found = paste(SEIZED, table("Heroine powder||12 kg"))
    assert found.rows[0]["substance"] == "Heroine powder"
    raw = {"seized": list(found.rows)}
    errors = check(load_form("seizure", 1), raw, context).errors
    assert "Heroine powder" in errors["seized.0.substance"].text("en")


def test_a_cell_with_a_line_break_or_a_quote_stays_one_cell():
    found = paste(VEHICLES, 'truck\t01 123 AB\tKG\t\t"white ""Kamaz""\nwith trailer"\n')
    assert found.rows[0]["make"] == 'white "Kamaz"\nwith trailer'


def test_other_headings_of_a_field_are_known_too():
    cells = tuple(
        FormField(one.name, one.type, one.label, options=one.options, codes=one.codes,
                  headings=("Гос. номер",) if one.name == "plate" else ())
        for one in VEHICLES.fields
    )  # fmt: skip
    field = FormField("vehicles", VEHICLES.type, VEHICLES.label, fields=cells)
    for heading in ("гос номер", "ГОС. НОМЕР", "Гос.номер"):
        assert paste(field, table(heading, "01 KG 123")).rows == ({"plate": "01 KG 123"},)


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(ValueError, match="lines"):
        read_table("x\n" * (MAX_LINES + 1))
    with pytest.raises(ValueError, match="long"):
        read_table("x" * 300_000)


CELLS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_what_is_read(lines):
    written = io.StringIO()
    csv.writer(written, csv.excel_tab).writerows(lines)
    assert read_table(written.getvalue()) == [[cell.strip() for cell in line] for line in lines]


@given(st.text(max_size=200))
def test_anything_pasted_is_answered(text):
    for field in (SEIZED, DETAINED, VEHICLES):
        try:
            found = paste(field, text)
        except ValueError:
            continue
        assert all(set(row) <= {one.name for one in field.fields} for row in found.rows)


def test_a_code_is_found_by_any_of_its_names():
    assert SEIZED.fields[0].codes
    for said in ("heroin", "Героин", "GEROIN", " heroin "):
        assert find_code(SEIZED.fields[0].codes, said) == "heroin"
    assert find_code(SEIZED.fields[0].codes, "sugar") == ""
