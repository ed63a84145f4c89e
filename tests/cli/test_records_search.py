"""``blo records search`` finds what an officer may read, and prints nobody's name."""

import json
from pathlib import Path

import pytest

from borderliaison.cli import Exit, run
from borderliaison.records.search.indexing import index_all
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_records_are_found_for_the_officer_who_may_read_them(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    network()
    writer = liaison()
    stranger = officer("stranger", office="UZ-DUS", agency="UZ-CUS", officer_id="UZ-DUS/0007")
    browser = signed_in(writer)
    send(browser, begin_draft(browser), lookout(names="Bek Askarov"))
    catch_up()
    index_all()
    asked = ["records", "search", "аскаров", "--kind", "Person", "--json", "--for"]
    assert run([*asked, writer.login]) == Exit.DONE
    said = capsys.readouterr().out
    (found,) = json.loads(said)["records"]
    assert (found["kind"], found["sources"]) == ("Person", 1)
    assert "Askarov" not in said
    assert run([*asked, stranger.login]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == {"records": [], "cut": False}
