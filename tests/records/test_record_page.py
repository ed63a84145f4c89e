"""A record's page: every value with who says it; a person's only for a purpose, and each look is noted."""

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item
from borderliaison.records.models import Statement
from borderliaison.records.search.index.indexing import index_all
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db
PLATE = "KG 01 7784 AD"


@pytest.fixture
def desk() -> Client:
    network()
    return signed_in(liaison())


def _sent(desk: Client) -> Item:
    item = send(desk, begin_draft(desk), lookout(plate=PLATE, names="Bek Askarov"))
    catch_up()
    index_all()
    return item


def _key(item: Item, value: str) -> str:
    said = Statement.objects.as_system("test").filter(source__key=item.key, value=value)
    return str(said.values_list("entity__key", flat=True).get())


def test_a_value_leads_to_the_report_that_says_it(desk: Client) -> None:
    item = _sent(desk)
    page = desk.get(f"/records/{_key(item, PLATE)}/")
    said = page.content.decode()
    assert page.status_code == 200
    assert PLATE in said
    assert f'href="/messages/{item.thread.key}/#item-{item.key}"' in said
    line = AuditLine.objects.get(action="record.opened")
    assert (line.subject, line.ids) == (_key(item, PLATE), {})


def test_a_persons_record_is_shown_for_a_purpose_that_is_noted(desk: Client) -> None:
    item = _sent(desk)
    key = _key(item, "Bek Askarov")
    asked = desk.get(f"/records/{key}/")
    assert "Bek Askarov" not in asked.content.decode()
    assert not AuditLine.objects.filter(action="record.opened").exists()
    assert desk.post(f"/records/{key}/purpose/", {"purpose": "curiosity"}).status_code == 422
    shown = desk.post(f"/records/{key}/purpose/", {"purpose": "case"}, follow=True)
    assert "Bek Askarov" in shown.content.decode()
    line = AuditLine.objects.get(action="record.opened")
    assert (line.subject, line.ids) == (key, {"purpose": "case"})
    assert "Bek Askarov" in desk.get(f"/records/{key}/").content.decode()


def test_what_a_reader_may_not_know_is_no_page(desk: Client) -> None:
    item = _sent(desk)
    stranger = signed_in(officer("stranger", office="UZ-DUS", agency="UZ-CUS"))
    for key in (_key(item, PLATE), "0" * 32):
        assert stranger.get(f"/records/{key}/").status_code == 404
    assert PLATE not in stranger.get("/records/?q=7784").content.decode()


def test_the_search_finds_and_shows_why(desk: Client) -> None:
    item = _sent(desk)
    said = desk.get("/records/?q=askarov").content.decode()
    assert "<mark>Askarov</mark>" in said
    assert _key(item, "Bek Askarov") in said
    assert "Nothing that you may read" in desk.get("/records/?q=zzzz").content.decode()
