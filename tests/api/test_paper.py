"""Paper for programs: the PDF of the pages, audited, for who may read what stands on it."""

import json

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from tests.accounts.people import officer as account
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout


def test_a_report_and_its_thread_are_taken_as_pdf_and_noted(officer: Account) -> None:
    item = sent_lookout(officer, **{"cover.own": ["KG-BOR"]})
    program = Program(officer)
    for path, subject in (
        (f"/items/{item.key}/paper?second=ru", item.key),
        (f"/threads/{item.thread.key}/paper", item.thread.key),
    ):
        answer = program.get(path)
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert AuditLine.objects.filter(action="paper.taken", subject=subject).count() == 1
    other = Program(account("mamatov", agency="KG-DCS", officer_id="KG-BDB/0050"))
    for path in (f"/items/{item.key}/paper", f"/threads/{item.thread.key}/paper"):
        refused = other.get(path)
        assert (refused.status_code, json.loads(refused.content)["code"]) == (404, "E-API-03")
    assert AuditLine.objects.filter(action="paper.taken").count() == 2
    assert program.get(f"/items/{item.key}/paper?second=../x").status_code == 422
