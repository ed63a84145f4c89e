"""``blo records withdraw`` and ``expire`` as an administrator types them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from borderliaison.audit.models import AuditLine
from borderliaison.cli import Exit, run
from borderliaison.correspondence.models import Item
from borderliaison.forms.schema import Term
from borderliaison.node.jobs import registered
from borderliaison.records.models import Source
from borderliaison.reports.content import ReportContent
from borderliaison.reports.projection import terms
from borderliaison.reports.projection.keeping_up import catch_up
from tests.correspondence.cast import liaison, network, sent_lookout

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report(node_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Item:
    """A lookout in the records of this node."""
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    network()
    item = sent_lookout(liaison())
    catch_up()
    return item


def test_a_report_is_taken_out_by_its_number_and_put_back_by_its_key(
    report: Item, capsys: pytest.CaptureFixture[str]
) -> None:
    number = ReportContent.from_data(report.content).number
    assert run(["records", "withdraw", number]) == Exit.USAGE
    assert run(["records", "withdraw", number, "--why", "Of another man", "--by", "asan"]) == 0
    assert not Source.objects.exists()
    assert AuditLine.objects.get(action="records.withdrawn").actor == "asan"
    assert run(["records", "withdraw", report.key, "--again"]) == Exit.DONE
    assert Source.objects.get().key == report.key
    assert run(["records", "withdraw", "KG-BDB-1999-0001", "--why", "x"]) == Exit.FAILED
    assert "E-REP-17" in capsys.readouterr().err


def test_what_would_expire_is_counted_by_form_before_it_goes(
    report: Item, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    term = Term(10, "sent", "Order 7 of an invented office")
    monkeypatch.setattr(terms, "term_of", {"lookout": term}.get)

    def said(*words: str) -> object:
        assert run(["records", "expire", "--json", *words]) == Exit.DONE
        return json.loads(capsys.readouterr().out)

    capsys.readouterr()
    assert said() == {"expired": {}, "soon": {"lookout": 1}, "is_dry_run": False}
    then = datetime.now(UTC) - timedelta(days=11)
    Item.objects.as_system("test").update(created_at=then)
    assert said("--dry-run") == {"expired": {"lookout": 1}, "soon": {}, "is_dry_run": True}
    assert Source.objects.exists()
    assert said() == {"expired": {"lookout": 1}, "soon": {}, "is_dry_run": False}
    assert not Source.objects.exists()


@pytest.mark.usefixtures("report")
def test_where_no_term_is_stated_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["records", "expire", "--dry-run"]) == Exit.DONE
    assert "No term is over" in capsys.readouterr().err


@pytest.mark.usefixtures("report")
def test_a_node_does_it_once_a_day() -> None:
    job = next(one for one in registered() if one.name == "expire-records")
    assert (job.every, job.run(settings.NODE)) == (timedelta(days=1), "0 expired")
