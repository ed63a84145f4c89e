"""The card of what was chosen on the map says what a list would, and no more."""

import pytest

from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def test_a_report_is_named_with_its_markings_and_leads_to_its_thread() -> None:
    desk = signed_in(liaison())
    item = send(desk, begin_draft(desk), lookout())
    page = desk.get("/map/card/", {"event": item.key, "more": "3"}).content.decode()
    assert f"/messages/{item.thread.key}/#item-{item.key}" in page
    assert "Lookout" in page
    assert "H1" in page
    assert "3 older events are here too" in page


def test_a_report_that_one_may_not_read_is_as_one_that_does_not_exist() -> None:
    desk = signed_in(liaison())
    item = send(desk, begin_draft(desk), lookout(**{"cover.own": ["KG-BOR"]}))
    customs = signed_in(officer("stranger", agency="KG-CUS", role="head"))
    answers = [customs.get("/map/card/", {"event": key}) for key in (item.key, "0" * 32)]
    assert answers[0].content == answers[1].content
    assert "can no longer be read" in answers[0].content.decode()


def test_an_office_says_where_it_is_and_how_exactly_that_is_known() -> None:
    page = signed_in(liaison()).get("/map/card/", {"office": "KG-BDB"}).content.decode()
    assert "39.530, 73.260" in page
    assert "± 15 km" in page
    assert "/offices/KG-BDB/" in page


@pytest.mark.parametrize("code", ["KG-XXX", "x" * 500])
def test_an_office_that_does_not_exist_has_no_card(code: str) -> None:
    assert signed_in(liaison()).get("/map/card/", {"office": code}).status_code == 404
