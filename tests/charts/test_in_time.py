"""Time goes forward on what reports say, too: a link of a report is as old as what it reports."""

import pytest

from borderliaison.accounts.models import Account
from borderliaison.charts.network.finding import Wish, found
from borderliaison.records.models import Statement
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, local, lookout, network, send

pytestmark = pytest.mark.django_db
_PLATE = "01KG318ADN"


@pytest.fixture
def officer_who_wrote_two() -> Account:
    """Return who reported a lorry twice: with a driver first, two days later with a telephone."""
    network()
    writer = liaison()
    browser = signed_in(writer)
    for hours, who in ((-60, {"names": "Bek Askarov"}), (-12, {"telephones": "+996 555 140 417"})):
        typed = lookout(plate=_PLATE, event_at=local(hours), **who)
        send(browser, begin_draft(browser), typed)
    catch_up()
    return writer


def _key(value: str) -> str:
    said = Statement.objects.as_system("test").select_related("entity").get(value=value)
    return said.entity.key


def _around(who: Account, key: str, gap_days: int | None = None) -> set[str]:
    wish = Wish("around", (key,), (), 4, True, True, gap_days)
    return {one for way in found(who.reader(), wish, "en").ways for one in way}


def test_time_goes_forward_from_one_report_to_a_later_one_and_not_back(
    officer_who_wrote_two: Account,
) -> None:
    driver, phone = _key("Bek Askarov"), _key("+996555140417")
    assert phone in _around(officer_who_wrote_two, driver)
    back = _around(officer_who_wrote_two, phone)
    assert back
    assert driver not in back


def test_what_comes_too_long_after_is_not_gone_on_to(officer_who_wrote_two: Account) -> None:
    driver, phone = _key("Bek Askarov"), _key("+996555140417")
    assert phone in _around(officer_who_wrote_two, driver, 2)
    assert phone not in _around(officer_who_wrote_two, driver, 1)
