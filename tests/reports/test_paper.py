"""Every form, in every version, says the same on paper as on the page, value by value, in two languages."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string

from borderliaison.forms.check import check
from borderliaison.forms.context import EMPTY_DIRECTORY, Context
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import ShownField, ShownPart
from borderliaison.forms.words import LANGUAGES
from borderliaison.kernel.realm import LIVE
from borderliaison.printing.blocks import Block, Heading, Said
from borderliaison.printing.typesetting import pdf_of
from borderliaison.reports.card import CardView, card_of, layout_of, telling_totals
from borderliaison.reports.paper import parts_on_paper
from tests.forms.filled import filled
from tests.printing.samples import document, pages_of, squeezed

ZONE = "Asia/Bishkek"
NOW = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
NAMES = {
    "HERE": "KG-BDB", "THERE": "KG-DST", "OFFICE": "KG-DST", "AGENCY": "KG-BOR",
    "THIS_WEEK": "2026-W20",
}  # fmt: skip
VERSIONS = [(name, version) for name, versions in known_forms().items() for version in versions]


def values_of(name: str) -> dict[str, Any]:
    """Return what a form holds when everything is filled in that the tests fill in."""

    def at(hours: float) -> str:
        return f"{NOW.astimezone(ZoneInfo(ZONE)) + timedelta(hours=hours):%Y-%m-%d %H:%M}"

    typed = filled(name, at, NAMES)
    return dict(check(load_form(name), typed, Context(NOW, ZONE, LIVE)).values)


def card(name: str, version: int, lang: str) -> CardView:
    """Return the card of a filled form; what an older version does not have is shown all the same."""
    return card_of(load_form(name, version), values_of(name), lang, EMPTY_DIRECTORY)


def on_paper(parts: tuple[ShownPart, ...]) -> list[str]:
    """Return everything that a form says: the value of every field and of every cell, and the totals."""
    rows = [row for part in parts for row in part.rows]
    return [squeezed(text) for row in rows for text in _said(row) if text]


def _said(field: ShownField) -> Iterator[str]:
    if not field.rows:
        yield field.text
        yield field.also
    for row in field.rows:
        for cell in row:
            yield from _said(cell)
    for total in telling_totals(field):
        yield from (total.amount, total.equivalent, total.note)


def on_screen(form: Form, parts: tuple[ShownPart, ...]) -> list[str]:
    """Return the same but for what stands in the card's head line, and in the line of a row in short."""
    layout = layout_of(form.form_id)
    found: list[str] = []
    for part in parts:
        for row in part.rows:
            if layout is not None and row.name in layout.head:
                continue
            if not row.rows:
                found += _said(row)
                continue
            in_line = form.field(row.name).options["line"]
            found += [line for _code, line in row.items]
            found += [
                text
                for cells in row.rows
                for one in cells
                if one.name not in in_line
                for text in _said(one)
            ]
    return [squeezed(text) for text in found if text]


def on_the_page(view: CardView, name: str) -> str:
    """Return the words of a report's card as the page shows them."""
    item = SimpleNamespace(key="0" * 32, author_name="A. Toktosunov", created_at=NOW)
    content = SimpleNamespace(form=name, source="", revision=1)
    made = render_to_string(
        "reports/items/report.html",
        {"card": {"view": view, "content": content}, "one": SimpleNamespace(item=item, role="")},
    )
    return squeezed(html.unescape(re.sub(r"<[^>]*>", " ", made)))


@pytest.fixture(scope="module")
def papers() -> dict[str, str]:
    """Every form in every version, in Russian and each in one of the other languages, as one PDF."""
    body: list[Block] = []
    others = [lang for lang in LANGUAGES if lang != "ru"]
    for place, (name, version) in enumerate(VERSIONS):
        body.append(Heading(Said(f"@@{name}.v{version}@@")))
        second = card(name, version, others[place % len(others)])
        body += parts_on_paper(card(name, version, "ru"), second, "en")
    whole = squeezed("\n".join(pages_of(pdf_of(document(*body, lang="ru")))))
    pieces = re.split("@@(.+?)@@", whole)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_every_value_stands_on_the_page_and_on_paper(
    name: str, version: int, papers: dict[str, str]
) -> None:
    view = card(name, version, "ru")
    page, paper = on_the_page(view, name), papers[f"{name}.v{version}"]
    shown = on_screen(load_form(name, version), view.parts)
    assert len(shown) >= 3
    assert [one for one in shown if one not in page] == []
    assert [one for one in on_paper(view.parts) if one not in paper] == []


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_the_second_language_stands_beside_the_first(
    name: str, version: int, papers: dict[str, str]
) -> None:
    others = [lang for lang in LANGUAGES if lang != "ru"]
    second = card(name, version, others[VERSIONS.index((name, version)) % len(others)])
    paper = papers[f"{name}.v{version}"]
    labels = [row.label for part in second.parts for row in part.rows]
    assert [one for one in labels if squeezed(one) not in paper] == []
    said = [row.text for part in second.parts for row in part.rows if not row.rows]
    assert [one for one in said if squeezed(one) not in paper] == []
