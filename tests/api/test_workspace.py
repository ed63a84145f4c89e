"""Programs take an officer's workspace out and bring it in."""

import json

from borderliaison.accounts.models import Account
from tests.accounts.people import officer as account
from tests.api.programs import Program
from tests.charts.cast import grey_lorry, key


def test_a_workspace_goes_out_and_comes_in(officer: Account) -> None:
    grey_lorry()
    program = Program(officer)
    program.do("/charts", {"name": "Lorry", "records": [key("lorry"), key("tilekov")]})
    program.do("/queries", {"name": "Lorries", "asks": {"q": "7784"}})
    program.do("/standing", {"name": "Lorries", "asks": {"q": "7784"}})
    file = program.read("/workspace?purpose=case")
    other = Program(account("abdykadyrov", officer_id="KG-BDB/0090"))
    assert other.do("/workspace", file) == {
        "views": 1, "standing": 1, "specs": 0, "charts": 1, "there": 0,
    }  # fmt: skip
    assert other.read("/charts")["charts"][0]["name"] == "Lorry"
    refused = other.post("/workspace", {**file, "version": 2})
    said = json.loads(refused.content)
    assert (refused.status_code, said["errors"][0]["at"]) == (422, "version")
    assert said["errors"][0]["code"] == "E-WSP-01"
    assert other.get("/workspace?purpose=fun").status_code == 422
