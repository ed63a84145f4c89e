"""Asking and answering: what a request must say, and that "no record" is an answer."""

from typing import Any

import pytest

from borderliaison.forms.check import check
from borderliaison.forms.codes import load_codes
from borderliaison.forms.context import Context
from borderliaison.forms.load import load_form
from borderliaison.forms.show import title

ASKED: dict[str, Any] = {
    "agencies": ["KG-CUS"],
    "text_language": "en",
    "kind": "vehicle",
    "subject": "grey lorry with trailer",
    "question": "Who has owned it since 2024?",
    "plate": "KG 01 7784 AD",
    "purpose": "check_now",
    "use": "information",
    "legal_basis": "Agreement 12, article 5",
    "grounds": "The load is not as declared",
    "answer_by": "2026-05-15 06:00",
    "urgency": "Immediate",
}


def test_a_request_says_what_why_on_which_basis_and_until_when(context: Context):
    form = load_form("request", 1)
    found = check(form, ASKED, context)
    assert found.ok
    assert title(form, found.values, "en") == "Vehicle: grey lorry with trailer"
    needed = {"question", "purpose", "use", "legal_basis", "grounds", "answer_by"}
    assert needed <= set(check(form, {}, context).missing)


def test_no_record_is_an_answer_that_says_where_one_looked(context: Context):
    form = load_form("answer", 1)
    said = {"outcome": "no_record", "searched": ["vehicles"], "as_of": "2026-05-14 20:00"}
    assert check(form, said, context).ok
    assert set(check(form, {"outcome": "no_record"}, context).missing) == {"searched", "as_of"}
    assert "no_record" not in load_codes("refusal").codes


def test_an_answer_in_part_says_what_is_missing(context: Context):
    missing = check(load_form("answer", 1), {"outcome": "partly"}, context).missing
    assert {"summary", "answer", "still_missing"} <= set(missing)


def test_a_refusal_for_political_or_asylum_reasons_needs_no_grounds(context: Context):
    form = load_form("refusal", 1)
    assert check(form, {"reason": "political_or_asylum"}, context).ok
    assert set(check(form, {"reason": "other"}, context).missing) == {"explanation"}


@pytest.mark.parametrize("answer_by", ["2026-05-14 20:00", "2026-09-14 20:00"])
def test_a_new_deadline_lies_ahead_and_within_ninety_days(context: Context, answer_by: str):
    said = {"answer_by": answer_by, "why": "The register is closed", "text_language": "en"}
    assert set(check(load_form("extension", 1), said, context).wrong) == {"answer_by"}
