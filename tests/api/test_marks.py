"""Programs draw over pictures for their officers, as the viewer does."""

import json

import pytest
from django.http import HttpResponse

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.files.adding import keep
from borderliaison.files.models import Attachment
from borderliaison.files.owners import ITEM, Owner
from tests.accounts.people import officer as account
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout
from tests.files.samples import prepared

BOX = {"kind": "box", "corners": [9000, 8000, 100, 200], "text": "This one"}


@pytest.fixture
def file(officer: Account) -> Attachment:
    item = sent_lookout(officer)
    return keep(
        prepared(), Owner(ITEM, item.key, item.marking_id, officer.officer_id, officer.realm)
    )


def code_of(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def test_a_mark_is_drawn_seen_by_colleagues_and_taken_away_by_its_author(
    officer: Account, second: Account, file: Attachment
) -> None:
    program, other, path = Program(officer), Program(second), f"/files/{file.key}/marks"
    done = program.do(path, BOX)
    (mark,) = other.read(path)["marks"]
    assert (mark["number"], mark["corners"], mark["text"]) == (
        done["number"], [100, 200, 9000, 8000], "This one",
    )  # fmt: skip
    assert (mark["officer"], mark["page"]) == (officer.officer_id, 1)
    assert other.read(f"/files/{file.key}")["marks"] == [mark]
    away = f"{path}/{done['number']}/remove"
    assert code_of(other.post(away)) == (404, "E-API-03")
    assert program.do(away) == done
    assert program.read(path)["marks"] == []
    drawn = AuditLine.objects.filter(subject=file.key, action__in=["file.marked", "file.unmarked"])
    assert [one.ids["mark"] for one in drawn] == [str(done["number"])] * 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({**BOX, "page": 2}, "E-FIL-14"),
        ({**BOX, "kind": "note", "text": " "}, "E-FIL-14"),
        ({**BOX, "corners": [5, 5, 6, 6]}, "E-FIL-14"),
        ({**BOX, "corners": [0, 0, 0, 20_000]}, "E-API-05"),
        ({**BOX, "kind": "circle"}, "E-API-05"),
    ],
)
def test_what_is_no_mark_is_refused(
    officer: Account, file: Attachment, said: object, code: str
) -> None:
    program = Program(officer)
    assert code_of(program.post(f"/files/{file.key}/marks", said)) == (422, code)
    assert program.read(f"/files/{file.key}/marks")["marks"] == []


def test_who_observes_draws_nothing(officer: Account, file: Attachment) -> None:
    observer = Program(account("observer", role="observer", officer_id="KG-BDB/0071"))
    assert code_of(observer.post(f"/files/{file.key}/marks", BOX))[0] == 403
