"""Programs save questions to the records for their officers, let them stand, and ask them."""

import json
from typing import Any

import pytest
from django.http import HttpResponse

from borderliaison.accounts.models import Account
from borderliaison.accounts.saved_views.keeping import save_view
from borderliaison.records.search import standing
from borderliaison.records.search.index.indexing import index_all
from borderliaison.reports.projection.keeping_up import catch_up
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout

ASKS = {"q": "Askarov", "kind": "Person"}


def comes(officer: Account, name: str) -> None:
    sent_lookout(officer, names=name)
    catch_up()
    index_all()
    standing.ask_again()


def code_of(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def captions(program: Program, path: str) -> set[str]:
    return {one["caption"] for one in program.read(path)["records"]}


def test_a_question_is_saved_shared_asked_and_removed(officer: Account, second: Account) -> None:
    program, other = Program(officer), Program(second)
    save_view(officer, "Board", "/board/?hours=24", is_shared=True)
    comes(officer, "Bek Askarov")
    key = program.do("/queries", {"name": "Askarovs", "asks": ASKS})["key"]
    assert program.read("/queries")["queries"] == [
        {"key": key, "name": "Askarovs", "own": True, "shared": False, "asks": ASKS}
    ]
    assert captions(program, f"/queries/{key}/records") == {"Bek Askarov"}
    assert code_of(other.get(f"/queries/{key}/records")) == (404, "E-API-03")
    again = {"name": "Askarovs", "asks": {**ASKS, "since": "2020-01-01"}, "shared": True}
    assert program.do("/queries", again)["key"] == key
    (shared,) = other.read("/queries")["queries"]
    assert (shared["own"], shared["shared"], shared["asks"]) == (False, True, again["asks"])
    assert captions(other, f"/queries/{key}/records?limit=1") == {"Bek Askarov"}
    assert code_of(other.post(f"/queries/{key}/remove")) == (404, "E-VIEW-04")
    program.do(f"/queries/{key}/remove")
    assert other.read("/queries")["queries"] == []
    program.do(f"/queries/{key}/restore")
    assert len(program.read("/queries")["queries"]) == 1


def test_a_standing_question_tells_what_is_new_until_it_was_looked_at(
    officer: Account, second: Account
) -> None:
    program, other = Program(officer), Program(second)
    comes(officer, "Bek Askarov")
    key = program.do("/standing", {"name": "Askarovs", "asks": ASKS})["key"]
    assert program.read("/standing")["standing"][0]["new"] == []
    comes(officer, "Тимур Аскаров")
    (one,) = program.read("/standing")["standing"]
    assert (one["name"], one["asks"], len(one["new"])) == ("Askarovs", ASKS, 1)
    assert program.read(f"/records/{one['new'][0]}")["caption"] == "Тимур Аскаров"
    assert captions(program, f"/standing/{key}/records") == {"Bek Askarov", "Тимур Аскаров"}
    program.do(f"/standing/{key}/looked")
    assert program.read("/standing")["standing"][0]["new"] == []
    assert other.read("/standing")["standing"] == []
    assert code_of(other.get(f"/standing/{key}/records")) == (404, "E-API-03")
    for doing in ("looked", "end", "resume"):
        assert code_of(other.post(f"/standing/{key}/{doing}")) == (404, "E-REC-22")
    program.do(f"/standing/{key}/name", {"name": "All Askarovs"})
    assert program.read("/standing")["standing"][0]["name"] == "All Askarovs"
    assert code_of(other.post(f"/standing/{key}/name", {"name": "Mine"})) == (404, "E-REC-22")
    program.do(f"/standing/{key}/end")
    assert program.read("/standing")["standing"] == []
    program.do(f"/standing/{key}/resume")
    assert len(program.read("/standing")["standing"]) == 1


@pytest.mark.parametrize(
    ("path", "said", "code"),
    [
        ("/queries", {"name": "", "asks": ASKS}, "E-VIEW-02"),
        ("/queries", {"name": "x", "asks": {"kind": "Spoon"}}, "E-API-05"),
        ("/queries", {"name": "x", "asks": {"colour": "red"}}, "E-API-05"),
        ("/standing", {"name": "x", "asks": {}}, "E-REC-20"),
        ("/standing", {"name": "x", "asks": {"q": "x", "since": "May"}}, "E-API-05"),
    ],
)
def test_what_is_no_question_is_refused(officer: Account, path: str, said: Any, code: str) -> None:
    assert code_of(Program(officer).post(path, said)) == (422, code)
