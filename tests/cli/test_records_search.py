"""``blo records search`` finds what an officer may read, and prints nobody's name."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from borderliaison.cli import Exit, run
from borderliaison.kernel.marking import Handling, HandlingCodes, Marking
from borderliaison.offices.services import load_network
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.statements.drafted import Drafted, Said
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send
from tests.records.cast import ALL, drafted, key, say

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


def _found(capsys: pytest.CaptureFixture[str], *asked: str) -> list[str]:
    """Return the kinds of what is found."""
    assert run(["records", "search", "--json", "--for", "toktosunov", *asked]) == Exit.DONE
    return sorted(one["kind"] for one in json.loads(capsys.readouterr().out)["records"])


def test_the_filters_of_the_page_narrow_what_is_found(
    node_directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    load_network()
    officer()
    handled = replace(ALL, handling=HandlingCodes(frozenset({Handling.H1})))
    _passes("one", "dostuk", "2026-05-12", Drafted(key("stop"), "Seizure", _at("dostuk")))
    _passes("two", "bor-dobo", "2026-05-20", marking=handled)
    say("other", drafted("other", "Vehicle", registrationNumber="01KG999ZZZ", registeredIn="kg"))
    index_all()
    vehicles = ("--kind", "Vehicle")
    assert len(_found(capsys, *vehicles)) == 2
    assert _found(capsys, *vehicles, "--points", "2") == ["Vehicle"]
    assert _found(capsys, *vehicles, "--points", "3") == []
    near = (*vehicles, "--near", "Seizure", "--days", "1")
    assert _found(capsys, *near) == ["Vehicle"]
    assert _found(capsys, *vehicles, "--near", "Detention") == []
    assert _found(capsys, *vehicles, "--handling", "H1") == ["Vehicle"]
    with_plate = (*vehicles, "--where", "registrationNumber: 742")
    assert _found(capsys, *with_plate) == ["Vehicle"]
    assert _found(capsys, *with_plate, "--where", "registrationNumber: 999") == []
    either = (*with_plate, "--where", "registrationNumber: 999", "--any")
    assert _found(capsys, *either) == ["Vehicle", "Vehicle"]
    assert _found(capsys, *vehicles, "--where", "linked Crossing CrossingPoint") == ["Vehicle"]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--kind", "Lorry"), ("--points", "none"), ("--handling", "H9"), ("--where", "colour ?")],
)
def test_a_filter_that_is_none_is_refused_and_not_left_out(
    option: str, value: str, node_directory: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    officer()
    asked = ["records", "search", "--for", "toktosunov", option, value]
    assert run(asked) == Exit.USAGE
    assert option in capsys.readouterr().err


def _at(point: str) -> tuple[Said, ...]:
    return (Said("crossing", key(point)), Said("date", "2026-05-12"))


def _passes(name: str, point: str, day: str, *more: Drafted, marking: Marking = ALL) -> None:
    """Let a source say that the lorry passed a crossing point."""
    lorry = drafted(name, "Vehicle", registrationNumber="01KG742ABC", registeredIn="kg")
    ends = (Said("traveller", key(name)), Said("crossingPoint", key(point)), Said("date", day))
    place = Drafted(key(point), "CrossingPoint", (Said("code", point),))
    say(name, lorry, place, Drafted(key(name, "pass"), "Crossing", ends), *more, marking=marking)
