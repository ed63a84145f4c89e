"""Rows of a form: added and taken away by the server, kept by every save, with errors at their fields."""

import pytest
from django.test import Client

from borderliaison.reports.models import Draft
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, local, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def seizure(**changes: object) -> dict[str, object]:
    """A seizure as a browser posts it."""
    typed: dict[str, object] = {
        "event_at": local(-1),
        "agencies": ["KG-BOR"],
        "place_kind": "crossing",
        "crossing": "KG-BDB",
        "seized.0.substance": "heroin",
        "seized.0.quantity.amount": "85,505",
        "seized.0.quantity.unit": "kg",
        "seized.1.substance": "methamphetamine",
        "seized.1.quantity.amount": "10000",
        "seized.1.quantity.unit": "tablets",
        "concealment": ["load"],
        "mode": "lorry",
        "selection": "dog",
        "text_language": "en",
        "cover.level": "1",
        "cover.to": ["KG-OSH"],
    }
    return {**typed, **changes}


def begun() -> tuple[Client, Draft]:
    browser = signed_in(liaison())
    return browser, begin_draft(browser, "seizure")


def saved(draft: Draft) -> Draft:
    return Draft.objects.as_system("test").get(pk=draft.pk)


def test_an_empty_form_begins_with_the_rows_that_it_needs() -> None:
    browser, draft = begun()
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert 'name="seized.0.substance"' in page
    assert 'name="seized.1.substance"' not in page
    assert 'name="packages.0.content"' not in page
    assert "Add a package" in page
    assert '<optgroup label="Cannabis">' in page


def test_a_row_is_added_without_a_script_and_what_was_typed_is_kept() -> None:
    browser, draft = begun()
    typed = {**seizure(), "revision": 0, "rows.add": "seized"}
    answer = browser.post(f"/drafts/{draft.key}/rows/", typed)
    assert answer.status_code == 302
    assert answer.url.endswith("#row-seized-2")
    rows = saved(draft).values["seized"]
    assert [row.get("substance", "") for row in rows] == ["heroin", "methamphetamine", ""]
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert 'name="seized.2.substance"' in page
    assert 'value="85,505"' in page


def test_a_row_is_taken_away_and_those_after_it_move_up() -> None:
    browser, draft = begun()
    typed = {**seizure(), "revision": 0, "rows.remove": "seized.0"}
    answer = browser.post(f"/drafts/{draft.key}/rows/", typed)
    assert answer.url.endswith("#row-seized-0")
    (left,) = saved(draft).values["seized"]
    assert left["substance"] == "methamphetamine"


def test_with_a_script_the_group_alone_comes_back_with_the_new_row_marked() -> None:
    browser, draft = begun()
    typed = {**seizure(), "revision": 0, "rows.add": "seized"}
    answer = browser.post(f"/drafts/{draft.key}/rows/", typed, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert text.startswith("<fieldset")
    assert text.count("data-new") == 1
    assert "Substance 3" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"rows.remove": "seized.0"},
        {"rows.remove": "seized.7"},
        {"rows.remove": "cover.0"},
        {"rows.add": "subject"},
        {"rows.add": ""},
        {},
    ],
)
def test_what_cannot_be_added_or_taken_away_changes_no_row(asked: dict[str, str]) -> None:
    browser, draft = begun()
    one = {name: value for name, value in seizure().items() if not name.startswith("seized.1")}
    answer = browser.post(f"/drafts/{draft.key}/rows/", {**one, "revision": 0, **asked})
    assert answer.status_code == 302
    assert len(saved(draft).values["seized"]) == 1


def test_no_more_rows_than_the_form_allows() -> None:
    browser, draft = begun()
    many = {f"packages.{n}.pieces": "1" for n in range(30)}
    typed = {**seizure(**many), "revision": 0, "rows.add": "packages"}
    browser.post(f"/drafts/{draft.key}/rows/", typed)
    assert len(saved(draft).values["packages"]) == 30
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert "30 at most" in page


def test_a_row_added_in_a_page_that_is_behind_is_refused_by_name() -> None:
    browser, draft = begun()
    browser.post(f"/drafts/{draft.key}/save/", {**seizure(), "revision": 0})
    late = {**seizure(), "revision": 0, "rows.add": "seized"}
    answer = browser.post(f"/drafts/{draft.key}/rows/", late)
    assert answer.status_code == 409
    assert b"E-REP-02" in answer.content


def test_an_error_in_a_row_stands_at_its_field_and_in_the_summary() -> None:
    browser, draft = begun()
    typed = seizure(**{"seized.0.gross.amount": "80", "seized.0.gross.unit": "kg"})
    answer = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": 0, "send": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#f-seized-0-gross-amount"' in page
    assert "Enter 85.505 kg or more" in page
    assert 'id="f-seized-0-gross-amount-error"' in page


def test_totals_are_shown_with_the_factor_and_where_it_is_published() -> None:
    browser, draft = begun()
    browser.post(f"/drafts/{draft.key}/save/", {**seizure(), "revision": 0})
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert "0.900–3.000 kg" in page
    assert "UNODC" in page


def test_a_seizure_is_sent_and_its_card_shows_every_row() -> None:
    account = liaison()
    browser = signed_in(account)
    item = send(browser, begin_draft(browser, "seizure"), seizure())
    assert item.title == "Heroin 85.505 kg, methamphetamine 10\u202f000 tablets, Bor-Dobo"
    page = browser.get(f"/messages/{item.thread.key}/").content.decode()
    assert "Methamphetamine 10\u202f000 tablets" in page
    assert "0.900–3.000 kg" in page
    assert "85.505 kg" in page


def test_a_row_moves_up_and_down_and_keeps_what_stands_in_it() -> None:
    browser, draft = begun()
    typed = {**seizure(), "revision": 0, "rows.up": "seized.1"}
    answer = browser.post(f"/drafts/{draft.key}/rows/", typed)
    assert answer.url.endswith("#row-seized-0")
    assert [row["substance"] for row in saved(draft).values["seized"]] == [
        "methamphetamine",
        "heroin",
    ]
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert 'aria-label="Move up: Substance 1" title="Move up: Substance 1" disabled' in page
    again = {**typed, "revision": saved(draft).revision}
    browser.post(f"/drafts/{draft.key}/rows/", {**again, "rows.up": "seized.0"})
    assert len(saved(draft).values["seized"]) == 2


def test_one_more_like_a_row_has_what_was_chosen_in_it_and_nothing_that_was_typed() -> None:
    browser, draft = begun()
    one = {
        "packages.0.content": "heroin", "packages.0.packaging": "film", "packages.0.pieces": "82",
        "packages.0.seal": "DST 004417", "packages.0.net.amount": "85.505", "packages.0.net.unit": "kg",
        "packages.1.content": "opium",
    }  # fmt: skip
    typed = {**seizure(), **one, "revision": 0, "rows.again": "packages.0"}
    answer = browser.post(f"/drafts/{draft.key}/rows/", typed)
    assert answer.url.endswith("#row-packages-1")
    first, like, last = saved(draft).values["packages"]
    assert like == {"content": "heroin", "packaging": "film", "net": {"unit": "kg"}}
    assert (first["seal"], last["content"]) == ("DST 004417", "opium")
    nowhere = {**typed, "revision": saved(draft).revision, "rows.again": "packages.9"}
    browser.post(f"/drafts/{draft.key}/rows/", nowhere)
    assert len(saved(draft).values["packages"]) <= 3


def pasting(table: str, **more: object) -> dict[str, object]:
    typed = {**seizure(), "rows.table.packages": table, "rows.paste": "packages", **more}
    return {"revision": 0, **typed}


def test_a_table_is_pasted_without_a_script_and_its_errors_stand_at_their_fields() -> None:
    browser, draft = begun()
    table = (
        "What is in it\tPieces\tPackaging\tRemark\n"
        "Героин\t82\tbag\twet\n"
        "cannabis resin\televen\tbag\t\n"
    )
    answer = browser.post(f"/drafts/{draft.key}/rows/", pasting(table))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "2 rows were added from the table." in page
    assert "Columns that fill no field were left off: Remark." in page
    assert 'id="f-packages-1-pieces-error"' in page
    rows = saved(draft).values["packages"]
    assert [row["content"] for row in rows] == ["heroin", "cannabis_resin"]
    assert rows[1]["pieces"] == "eleven"


def test_pasted_rows_are_taken_away_again_and_the_others_stay() -> None:
    browser, draft = begun()
    one = {"packages.0.content": "opium", "packages.0.pieces": "3"}
    table = "heroin\tbag\t\t82\nheroin\tbag\t\t11"
    answer = browser.post(
        f"/drafts/{draft.key}/rows/", pasting(table, **one), headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert page.startswith("<fieldset")
    assert 'name="rows.undo" value="packages.1.2"' in page
    rows = {
        f"packages.{place}.{name}": value
        for place, row in enumerate(saved(draft).values["packages"])
        for name, value in row.items()
        if isinstance(value, str)
    }
    undo = {**seizure(), **rows, "revision": saved(draft).revision, "rows.undo": "packages.1.2"}
    browser.post(f"/drafts/{draft.key}/rows/", undo)
    (left,) = saved(draft).values["packages"]
    assert left["content"] == "opium"


def test_rows_that_do_not_fit_are_counted() -> None:
    browser, draft = begun()
    table = "\n".join("heroin\tbag\t\t1" for _ in range(35))
    page = browser.post(f"/drafts/{draft.key}/rows/", pasting(table)).content.decode()
    assert "30 rows were added from the table." in page
    assert "5 more rows do not fit and were left off." in page


@pytest.mark.parametrize(
    ("table", "says"),
    [("", "Nothing stands in this table."), ("x\n" * 1001, "This is no table")],
)
def test_what_is_no_table_changes_nothing_and_is_said(table: str, says: str) -> None:
    browser, draft = begun()
    page = browser.post(f"/drafts/{draft.key}/rows/", pasting(table)).content.decode()
    assert says in page
    assert len(saved(draft).values["seized"]) == 2
