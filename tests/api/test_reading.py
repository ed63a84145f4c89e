"""What programs read: forms with their words, items page by page, receipts, requests, events."""

import json

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.feed.services import announce
from borderliaison.forms.load import known_forms
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.services import intern
from tests.accounts.people import officer as account
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout, sent_request
from tests.correspondence.letters import message


def test_every_form_is_listed_and_read_in_each_version(officer: Account) -> None:
    program = Program(officer, may_write=False)
    listed = program.read("/forms")["forms"]
    assert {one["id"]: one["versions"] for one in listed} == {
        name: list(numbers) for name, numbers in known_forms().items()
    }
    for one in listed:
        form = program.read(f"/forms/{one['id']}?version={one['versions'][0]}")
        assert form["parts"]
        assert {"en", "ru"} <= set(form["label"])
    assert program.get("/forms/lookout?version=999").status_code == 404
    assert program.get("/forms/none").status_code == 404


def test_a_field_names_its_codes_and_the_list_has_their_words(officer: Account) -> None:
    program = Program(officer)
    fields = {
        field["name"]: field
        for part in program.read("/forms/lookout")["parts"]
        for field in part["fields"]
    }
    assert fields["urgency"]["required"]
    name, version = fields["urgency"]["codes"], fields["urgency"]["codes_version"]
    codes = program.read(f"/codes/{name}?version={version}")["codes"]
    assert codes[0]["code"] == "Immediate"
    assert codes[0]["label"]["ru"] == "Немедленно"
    assert any(one["name"] == name for one in program.read("/codes")["codes"])


def test_the_network_is_read_at_once(officer: Account) -> None:
    network = Program(officer).read("/offices")
    dostuk = next(one for one in network["offices"] if one["code"] == "KG-DST")
    assert network["own"] == "KG-BDB"
    assert "KG-CUS" in dostuk["agencies"]
    assert dostuk["zone"] == "Asia/Bishkek"


def test_reports_come_page_by_page_in_the_order_in_which_they_came(officer: Account) -> None:
    sent = [sent_lookout(officer).key for _ in range(3)]
    program = Program(officer)
    first = program.read("/reports?form=lookout&limit=2")
    then = program.read(f"/reports?limit=2&after={first['next']}")
    assert [one["key"] for one in first["items"] + then["items"]] == sent
    assert then["next"] == ""
    assert program.read("/reports?form=alert")["items"] == []


def test_an_item_says_what_was_written_and_under_which_marking(officer: Account) -> None:
    item = sent_lookout(officer, subject="Grey lorry")
    read = Program(officer).read(f"/items/{item.key}")
    assert read["content"]["form"] == "lookout"
    assert read["content"]["values"]["subject"] == "Grey lorry"
    assert read["marking"] == item.marking.value.to_data()
    assert read["own"]


def test_reading_tells_nobody_and_acknowledging_does(officer: Account) -> None:
    receive_item(message("Understood"))
    program = Program(officer)
    key = program.read("/messages")["items"][0]["key"]
    assert not program.read(f"/items/{key}")["opened"]
    program.do(f"/items/{key}/acknowledge")
    assert program.read(f"/items/{key}")["opened"]


def test_the_receipts_say_how_far_an_item_has_come(officer: Account) -> None:
    item = sent_lookout(officer, **{"cover.to": ["KG-DST", "UZ-DUS"]})
    receipts = Program(officer).read(f"/items/{item.key}/receipts")["receipts"]
    assert {one["office"] for one in receipts} == {"KG-DST", "UZ-DUS"}
    abroad = next(one for one in receipts if one["office"] == "UZ-DUS")
    assert abroad["why"] == "held_authorisation"
    assert abroad["steps"][0]["step"] == "saved"


def test_threads_and_what_is_said_in_one(officer: Account) -> None:
    item = sent_lookout(officer)
    program = Program(officer)
    listed = program.read("/threads")
    assert (listed["total"], listed["pages"]) == (1, 1)
    assert listed["threads"][0]["key"] == item.thread.key
    assert [one["key"] for one in program.read(f"/threads/{item.thread.key}")["items"]] == [
        item.key
    ]


def test_a_request_says_how_it_stands_with_each_office(officer: Account) -> None:
    item = sent_request(officer)
    program = Program(officer)
    asked = program.read("/requests?state=open")["requests"]
    assert {one["office"] for one in asked} == {"KG-DST", "KG-OSH"}
    assert {one["request"] for one in asked} == {item.key}
    first, then = (program.read(f"/requests?limit=1&page={one}") for one in (1, 2))
    assert (first["more"], then["more"]) == (True, False)
    assert first["requests"] + then["requests"] == asked
    read = program.read(f"/requests/{item.key}")
    assert len(read["asked"]) == 2
    assert read["moves"] == []
    lookout = sent_lookout(officer)
    assert program.get(f"/requests/{lookout.key}").status_code == 404


def test_events_are_told_once_and_only_to_whoever_may_know(officer: Account) -> None:
    known = Marking(audience=Audience.of(("KG-BDB", "KG-BOR")), originator="KG-BDB")  # type: ignore[arg-type]
    hidden = Marking(audience=Audience.of(("KG-BDB", "KG-CUS")), originator="KG-BDB")  # type: ignore[arg-type]
    program = Program(officer)
    place = program.read("/events")["next"]
    announce("thread", "for-us", intern(known).pk)
    announce("thread", "for-others", intern(hidden).pk)
    announce("link", "KG-DST")
    told = program.read(f"/events?after={place}&limit=1")
    assert [(one["kind"], one["subject"]) for one in told["events"]] == [("thread", "for-us")]
    rest = program.read(f"/events?after={told['next']}")
    assert [one["subject"] for one in rest["events"]] == ["KG-DST"]
    assert program.read(f"/events?after={rest['next']}")["events"] == []


def test_a_place_in_the_events_is_its_officers_own(officer: Account) -> None:
    place = Program(officer).read("/events")["next"]
    other = Program(account("mamatov", full_name="B. Mamatov"))
    answer = other.get(f"/events?after={place}")
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["at"] == "query.after"
