"""Alerts: a schema of its own beside the lookout, with the same block of the Common Alerting Protocol."""

from typing import Any

import pytest

from borderliaison.forms.check import check
from borderliaison.forms.codes import load_codes
from borderliaison.forms.context import Context
from borderliaison.forms.load import load_form
from borderliaison.forms.show import title

QUEUE: dict[str, Any] = {
    "event_at": "14.05.2026 20:30",
    "agencies": ["KG-BOR"],
    "event": "queue",
    "headline": "lorries wait 14 hours",
    "description": "The scanner is out of order since noon",
    "text_language": "en",
    "whom": "Shifts at the lorry lanes",
    "where": "dostuk",
    "window": {"from": "2026-05-14 21:00", "until": "2026-05-15 12:00"},
    "expires": "2026-05-15 12:00",
    "response": ["Prepare"],
    "instruction": "Send lorries with perishable goods to the second lane",
    "urgency": "Expected",
    "severity": "Minor",
    "certainty": "Observed",
    "category": ["Transport"],
}


def test_an_alert_says_what_whom_where_when_and_what_to_do(context: Context) -> None:
    form = load_form("alert", 1)
    found = check(form, QUEUE, context)
    assert found.errors == {}
    assert found.values["status"] == "Actual"
    assert title(form, found.values, "en") == "Long queue: lorries wait 14 hours"
    missing = check(form, {}, context).missing
    assert {"event", "whom", "where", "window", "expires", "response"} <= set(missing)


def test_an_action_is_explained_and_none_need_not_be(context: Context) -> None:
    form = load_form("alert", 1)
    bare = {name: value for name, value in QUEUE.items() if name != "instruction"}
    assert set(check(form, bare, context).missing) == {"instruction"}
    assert check(form, bare | {"response": ["None"]}, context).ok


@pytest.mark.parametrize("name", ["urgency", "severity", "certainty", "category", "status"])
def test_alert_and_lookout_have_the_same_words_of_cap(name: str) -> None:
    assert load_form("alert", 1).field(name) == load_form("lookout", 1).field(name)


def test_recommended_actions_are_those_of_the_standard() -> None:
    assert set(load_codes("cap_response", 1).codes) == {
        *("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear"),
        "None",
    }
