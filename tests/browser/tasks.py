"""Ten tasks of a day, done through real pages, and how many fields their paper has.

Each begins at the messages, where an officer is most of the time. Where a task ends in a report, its
paper is the printed form: its fields, those of a row once, its marking, handling and addressees. The
heading (office, officer, number, date, signature), which paper asks for too, is left out of the count.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from borderliaison.correspondence.models import Item
from borderliaison.forms.load import load_form
from tests.browser.hands import Hands
from tests.browser.office import Office, meanwhile

COVER = 3
"""Classification, handling, to whom."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task.

    Attributes:
        name: what the officer does.
        paper: what the same is on paper, in words.
        fields: how many fields that has; None where it is the form of the report that comes of it.
        do: does it.
        by_second: done by the second officer.
    """

    name: str
    paper: str
    fields: int | None
    do: Callable[[Hands, Office], None]
    by_second: bool = False

    def paper_fields(self) -> tuple[int, int]:
        """Return how many fields the paper has, and how many of them are written, of what was made last."""
        return meanwhile(_of_latest) if self.fields is None else (self.fields, self.fields)


def _of_latest() -> tuple[int, int]:
    item = Item.objects.as_system("test").filter(payload_type="report").latest("id")
    form = load_form(item.content["form"], item.content["version"])
    printed = sum(len(one.fields) or 1 for part in form.parts for one in part.fields)
    written = sum(_leaves(one) for one in item.content["values"].values())
    return printed + COVER, written + COVER


def _leaves(value: Any) -> int:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sum(_leaves(one) for row in value for one in row.values())
    return int(value not in ("", None, [], {}))


def write_lookout(hands: Hands, _office: Office) -> None:
    page = hands.page
    _begin(hands, "lookout")
    expect(page.get_by_label("Subject in a few words")).to_be_visible()
    hands.press("Alt+2", "ArrowRight", "Tab")
    hands.write("Grey lorry with trailer")
    hands.press("Tab")
    hands.write("KG 01 7784 AD")
    hands.press("Alt+3", "Space", "Alt+4")
    hands.write("Dos")
    hands.click(page.get_by_role("button", name="Expected window, until: +24 h"))
    hands.press("Alt+5", "Space", "Alt+6")
    hands.write("Driver changed at Sary-Tash, load not as declared")
    for label, value in (("Urgency", "Immediate"), ("Severity", "Severe"), ("Certainty", "Likely")):
        hands.choose(page.get_by_role("combobox", name=label, exact=True), value)
    hands.press("Control+Enter")
    page.wait_for_url("**/messages/*/")


def answer_request(hands: Hands, _office: Office) -> None:
    page = hands.page
    hands.press("1")
    page.wait_for_url("**/drafts/*/")
    hands.click(page.get_by_text("No record", exact=False).first)
    hands.click(page.locator('[name="searched"]').first)
    hands.press("Control+Enter")
    page.wait_for_url("**/messages/*/*")


def nil_week(hands: Hands, _office: Office) -> None:
    hands.press("n")
    hands.page.wait_for_url("**/new/")
    hands.press("0")
    hands.page.wait_for_url("**/messages/*/")


def report_measures(hands: Hands, office: Office) -> None:
    page = hands.page
    hands.click(page.locator(f"a[href*='{office.thread}']").first)
    page.wait_for_url("**/messages/*/")
    hands.press("a")
    expect(page.get_by_label("What was done")).to_be_focused()
    hands.press("Control+Enter")
    page.wait_for_url("**/messages/*/#item-*")


def authorise(hands: Hands, _office: Office) -> None:
    page = hands.page
    hands.click(page.locator('.rail-item[href="/authorise/"]'))
    page.wait_for_url("**/authorise/")
    hands.press("a")
    page.wait_for_url("**/authorise/*/")
    hands.fill(page.get_by_label("Legal basis"), "Agreement 12, article 5")
    hands.press("Control+Enter")
    expect(page.get_by_label("Legal basis")).to_have_count(0)


def seizure(hands: Hands, _office: Office) -> None:
    page = hands.page
    _begin(hands, "seizure")
    substance = page.get_by_role("combobox", name="Substance or goods").first
    hands.fill(substance, "heroin")
    hands.press("Enter")
    hands.fill(page.locator('[name="seized.0.quantity.amount"]'), "1,2 kg")
    hands.click(page.get_by_role("button", name=re.compile("^Add a package")))
    expect(page.get_by_role("combobox", name="What is in it")).to_be_focused()
    hands.write("heroin")
    hands.press("Enter")
    hands.choose(page.locator('[name="packages.0.packaging"]'), "film")
    hands.fill(page.locator('[name="packages.0.pieces"]'), "1")
    hands.fill(page.locator('[name="packages.0.net.amount"]'), "0,7 kg")
    hands.press("Alt+c")
    expect(page.locator('[name="packages.1.pieces"]')).to_be_visible()
    hands.fill(page.locator('[name="packages.1.pieces"]'), "1")
    hands.fill(page.locator('[name="packages.1.net.amount"]'), "0,5")
    hands.click(page.locator('[name="concealment"]').first)
    hands.click(page.get_by_role("radio", name="On foot"))
    hands.click(page.get_by_role("radio", name="Dog", exact=False))
    hands.press("Control+Enter")
    page.wait_for_url("**/messages/*/")


def search_plate(hands: Hands, _office: Office) -> None:
    page = hands.page
    hands.press("/")
    hands.write("7784")
    hands.press("Enter")
    page.wait_for_url(re.compile("q=7784"))
    expect(page.locator("main")).to_contain_text("grey lorry", ignore_case=True)
    hands.press("j", "Enter")
    page.wait_for_url("**/messages/*/*")


def find_counterpart(hands: Hands, _office: Office) -> None:
    hands.press("Control+k")
    hands.write("кызыл")
    expect(hands.page.locator(".everything-entry[aria-selected=true]")).to_contain_text("Kyzyl-Art")
    hands.press("Enter")
    hands.page.wait_for_url("**/offices/TJ-*/")
    expect(hands.page.get_by_role("heading", name="Who works here")).to_be_visible()


def correct_report(hands: Hands, _office: Office) -> None:
    page = hands.page
    hands.click(page.locator("a.thread-item").first)
    page.wait_for_url("**/messages/*/")
    hands.click(page.get_by_role("button", name=re.compile("^Correct")).first)
    page.wait_for_url("**/drafts/*/")
    hands.fill(page.get_by_label("Registration plate"), "KG 01 7748 AD")
    hands.press("Control+Enter")
    page.wait_for_url("**/messages/*/*")


def print_register(hands: Hands, _office: Office) -> None:
    page = hands.page
    page.evaluate("window.print = () => { document.title = 'printed' }")
    hands.press("r")
    page.wait_for_url("**/register/*")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    hands.click(page.get_by_role("button", name="Print"))
    expect(page).to_have_title("printed")


def _begin(hands: Hands, form: str) -> None:
    """Begin a form from wherever one is."""
    hands.press("Control+k")
    hands.write(form)
    chosen = hands.page.locator(".everything-entry[aria-selected=true]")
    expect(chosen).to_contain_text(form, ignore_case=True)
    expect(chosen).to_have_attribute("formaction", re.compile(form))
    hands.press("Enter")
    hands.page.wait_for_url("**/drafts/*/")


REPORT = "the printed form"
TASKS = (
    Task("Write a lookout", REPORT, None, write_lookout),
    Task("Correct a plate in a report", "the printed form, again", None, correct_report),
    Task("Answer a request: no record", REPORT, None, answer_request),
    Task("Send the nil return of a week", REPORT, None, nil_week),
    Task("Acknowledge a warning", "the slip: number, time, name, signature", 4, report_measures, True),
    Task("Authorise what crosses the border", "the resolution: basis, decision, name, date, signature", 5,
         authorise, True),
    Task("Report a seizure with two packages", REPORT, None, seizure),
    Task("Search for a plate", "the card index: plate, who asks, when", 3, search_plate),
    Task("Find who works at the counterpart", "the call sheet: the office", 1, find_counterpart),
    Task("Print the register for the signature", "the book: nothing to fill in", 0, print_register),
)  # fmt: skip
