"""NUL in an address or in typed text: answered by name on every database, and nothing fails."""

import pytest

from borderliaison.reports.models import Draft
from tests.accounts.people import browser, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, sent_lookout

pytestmark = pytest.mark.django_db
NUL = "\x00"


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.mark.parametrize(
    "path",
    ["/messages/%00/", "/drafts/%00/", "/offices/%00/", "/authorise/a%00b/", "/%00", "/new/%00/"],
)
def test_an_address_with_nul_does_not_exist(path: str) -> None:
    assert signed_in(liaison()).get(path).status_code == 404
    assert browser().get(path).status_code in (302, 404)


def test_typed_text_with_nul_is_named_and_the_draft_stays_as_it_was() -> None:
    officer = signed_in(liaison())
    draft = begin_draft(officer)
    officer.post(f"/drafts/{draft.key}/save/", {**lookout(), "revision": 0})
    for typed in (lookout(subject=f"Grey{NUL}lorry"), {**lookout(), f"sub{NUL}ject": "x"}):
        answer = officer.post(f"/drafts/{draft.key}/save/", {**typed, "revision": 1})
        assert answer.status_code == 400
        assert b"E-WEB-422" in answer.content
    kept = Draft.objects.as_system("test").get(pk=draft.pk)
    assert kept.values["subject"] == "Grey lorry with trailer"


def test_text_with_nul_is_refused_on_every_page_that_takes_text() -> None:
    account = liaison()
    item = sent_lookout(account)
    officer = signed_in(account)
    said = {"text": f"Under{NUL}stood", "to": ["KG-DST"], "about": item.key}
    assert officer.post(f"/messages/{item.thread.key}/say/", said).status_code == 400
    assert officer.get("/messages/?find=%00").status_code == 400
    answer = browser().post("/sign-in", {"login": f"a{NUL}", "password": "x"})
    assert answer.status_code == 400
