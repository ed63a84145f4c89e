"""Records follow the reports: drawn once, drawn again where the rules changed, corrected with them."""

import pytest

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.forms.recorded import rules_digest
from borderliaison.records.models import Link, Source, Statement
from borderliaison.reports.models import DrawnTo
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _said(prop: str, who: Account) -> list[str]:
    found = Statement.objects.readable_by(who.reader()).filter(prop=prop)
    return sorted(found.values_list("value", flat=True))


def test_a_report_is_in_the_records_under_its_own_marking_and_once() -> None:
    writer = liaison()
    browser = signed_in(writer)
    item = send(browser, begin_draft(browser), lookout(plate="KG 01 7784 AD", names="Bek Askarov"))
    assert catch_up() == 1
    assert _said("registrationNumber", writer) == ["KG 01 7784 AD"]
    assert _said("name", writer) == sorted(["Bek Askarov", item.title])
    stranger = officer("stranger", office="UZ-DUS", agency="UZ-CUS", officer_id="UZ-DUS/0007")
    assert _said("registrationNumber", stranger) == []
    numbers = set(Statement.objects.as_system("test").values_list("pk", flat=True))
    assert catch_up() == 0
    DrawnTo.objects.update(item=0)
    assert catch_up() == 1
    assert set(Statement.objects.as_system("test").values_list("pk", flat=True)) == numbers


def test_changed_rules_draw_everything_again() -> None:
    browser = signed_in(liaison())
    send(browser, begin_draft(browser), lookout())
    catch_up()
    DrawnTo.objects.update(rules="of an earlier version")
    assert catch_up() == 1


def test_what_was_drawn_before_links_said_when_they_were_is_drawn_again() -> None:
    writer = liaison()
    browser = signed_in(writer)
    send(browser, begin_draft(browser), lookout())
    catch_up()
    Link.objects.as_system("as it was drawn before").update(since=None)
    Source.objects.update(digest="of what was said before")
    DrawnTo.objects.update(rules=rules_digest())
    assert catch_up() == 1
    drawn = Link.objects.as_system("test").filter(kind="Involvement")
    assert drawn.exists()
    assert not drawn.filter(since=None).exists()


@pytest.mark.parametrize("corrected_first", [True, False])
def test_a_correction_takes_the_place_of_what_it_corrects(corrected_first: bool) -> None:
    browser = signed_in(liaison())
    came = [
        send(browser, begin_draft(browser), lookout(plate=plate))
        for plate in ("KG 01 7784 AD", "KG 01 7785 AD")
    ]
    corrected, correction = came if corrected_first else came[::-1]
    Item.objects.as_system("test").filter(pk=correction.pk).update(corrects=corrected.key)
    assert catch_up() == 2
    plates = Statement.objects.as_system("test").filter(prop="registrationNumber")
    assert [one.value for one in plates] == [correction.content["values"]["plate"]]
    assert [one.key for one in Source.objects.all()] == [corrected.key]
