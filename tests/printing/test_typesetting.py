"""From blocks to PDF: what is written stands on paper as it is, and on every sheet what belongs there."""

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.printing.blocks import Column, Heading, Said, Table, Text
from borderliaison.printing.errors import PrintingError, TooMuchToPrint
from borderliaison.printing.letters import settable
from borderliaison.printing.limits import MAX_TABLE_ROWS
from borderliaison.printing.typesetting import pdf_of
from tests.printing.samples import document, drawing, every_block, pages_of, squeezed

LETTERS = {
    "ky": "Ңң Өө Үү",
    "kk": "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
    "tg": "Ғғ Ӣӣ Ққ Ӯӯ Ҳҳ Ҷҷ",
    "uz": "Oʻoʻ Gʻgʻ Ўў Ққ Ғғ Ҳҳ ʼ",
    "tk": "Ää Çç Žž Ňň Öö Şş Üü Ýý",
    "ru": "Ёё Йй Щщ Ъъ Ээ №",
}
HOSTILE = (
    '#read("/etc/passwd")',
    '#image("/proc/self/environ")',
    '#import "@preview/cetz:0.3.0": *',
    "*bold* _thin_ = heading <label> @ref $x^2$ `raw` // gone /* gone */",
    '#eval("1+1") #panic() #sys.inputs',
    "\\u{41} \\ ~ -- --- ... ' \" [x] {y} #(1, 2)",
    "- list + enum / term: x | https://example.org/a",
    "#set page(fill: red)\n#pagebreak()",
)


def test_every_letter_of_the_region_is_set_in_both_faces() -> None:
    body = [Text(Said(text, code=code)) for text in LETTERS.values() for code in (False, True)]
    said = squeezed("".join(pages_of(pdf_of(document(*body)))))
    for text in LETTERS.values():
        assert said.count(squeezed(text)) >= 2, text


def test_what_looks_like_markup_is_printed_as_it_was_written() -> None:
    said = squeezed("".join(pages_of(pdf_of(document(*(Text(Said(one)) for one in HOSTILE))))))
    for one in HOSTILE:
        assert squeezed(one) in said


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=80), min_size=1, max_size=12))
def test_any_text_can_be_set_and_changes_nothing_around_it(texts: list[str]) -> None:
    table = Table((Column(Said("What")),), tuple((Said(one, one, one),) for one in texts))
    pages = pages_of(pdf_of(document(Text(Said("Before")), table, Text(Said("After")))))
    assert pages[0].count("Before") >= 1
    assert "After" in pages[-1]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_a_language_that_is_none_stops_nothing() -> None:
    body = [Text(Said(f"In {lang}", lang=lang)) for lang in ("ru", "uz-Latn", "x", "../..", "😀")]
    said = "".join(pages_of(pdf_of(document(*body))))
    assert said.count("In ") == len(body)


def test_headings_that_skip_a_level_are_set_all_the_same() -> None:
    deep, part = Heading(Said("Deep"), 2), Heading(Said("Part"), 1)
    assert "Deep" in pages_of(pdf_of(document(deep, part, deep)))[0]


def test_what_cannot_be_set_is_written_by_its_number() -> None:
    assert settable("王 \u202etxt\x07 ok\tЁ") == "[U+738B] [U+202E]txt[U+0007] ok    Ё"
    assert "[U+738B]" in pages_of(pdf_of(document(Text(Said("王")))))[0]


def test_every_sheet_bears_its_marking_twice_its_number_and_its_place() -> None:
    rows = tuple((Said(f"row {number}"),) for number in range(150))
    pages = pages_of(pdf_of(document(Table((Column(Said("Head of the table")),), rows))))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert page.count("Для служебного пользования") == 2
        assert page.count("H1") == 2
        assert f"Page {number} of {len(pages)}" in page
        assert "KG-BDB/KG-BOR/in/2026/17" in page
        assert "Printed by A. Toktosunov" in page
        assert "Head of the table" in page
        assert "EXERCISE" not in page


def test_every_sheet_of_an_exercise_says_so_above_and_below() -> None:
    body = [Text(Said(f"{number}\n" * 30)) for number in range(4)]
    pages = pages_of(pdf_of(document(*body, exercise="Seal 2026")))
    assert len(pages) > 1
    for page in pages:
        assert page.count("УЧЕНИЕ · EXERCISE") >= 2
        assert "Seal 2026 · Nothing here is real" in page


def test_a_long_run_without_a_space_stays_on_the_sheet() -> None:
    long = "0123456789abcdef" * 20
    narrow = Table(tuple(Column(Said(str(n))) for n in range(6)), ((Said(long),) * 6,))
    pdf = pdf_of(document(Text(Said(long)), Text(Said(long, code=True)), narrow))
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            words, width = page.get_textpage(), page.get_width()
            for number in range(words.count_chars()):
                assert words.get_charbox(number)[2] < width - 36
    assert squeezed("".join(pages_of(pdf))).count(long) >= 2


def test_the_same_document_gives_the_same_bytes() -> None:
    one = document(*every_block(), exercise="Seal 2026")
    assert pdf_of(one) == pdf_of(one)


def test_the_file_is_tagged_titled_and_in_its_language_for_an_archive() -> None:
    pdf = pdf_of(document(*every_block(), lang="ru"))
    with pypdfium2.PdfDocument(pdf) as opened:
        assert opened.is_tagged()
        about = opened.get_metadata_dict()
    assert about["Title"] == "Grey lorry"
    assert about["CreationDate"].startswith("D:20260512154100")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(ru)" in pdf.replace(b" ", b"")


def test_a_drawing_fills_a_sheet_that_lies_with_its_signs_beneath() -> None:
    wide = replace(document(drawing(), Text(Said("What follows"))), is_wide=True, paper="a3")
    pdf = pdf_of(wide)
    first, second = pages_of(pdf)
    assert "sign dotted" in first
    assert "13 of 17 items" in first
    assert "What follows" in second
    with pypdfium2.PdfDocument(pdf) as opened:
        assert opened[0].get_size() == pytest.approx((1190.5, 841.9), abs=1)


def test_too_much_is_refused_before_it_is_set() -> None:
    rows = tuple((Said("x"),) for _ in range(MAX_TABLE_ROWS + 1))
    with pytest.raises(TooMuchToPrint):
        pdf_of(document(Table((Column(Said("x")),), rows)))


def test_what_takes_too_long_is_given_up() -> None:
    rows = tuple((Said(str(number)),) for number in range(MAX_TABLE_ROWS))
    with pytest.raises(TooMuchToPrint):
        pdf_of(document(Table((Column(Said("x")),), rows)), patience_s=0.05)


def test_what_the_template_refuses_is_an_error_with_a_sentence() -> None:
    picture = every_block()[5]
    broken = type(picture)(picture.label, (type(picture.pictures[0])("x", (), "image/png", b"no"),))  # type: ignore[union-attr,call-arg]
    with pytest.raises(PrintingError):
        pdf_of(document(broken))
