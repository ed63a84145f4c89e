"""``blo exchange`` as an administrator types it, where something was refused, stopped or lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.cli import Exit, run
from borderliaison.exchange.incoming.receiving import receive_frame
from borderliaison.exchange.models import InStream, Quarantined
from borderliaison.exchange.workplace import Workplace
from tests.exchange.offices import DOSTUK, OSH, Peer
from tests.exchange.test_forks import forked_by_peer, next_epoch

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]
WHY = ["--why", "They had cloned their server", "--by", "root"]


@pytest.fixture(autouse=True)
def _on_this_node(node_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))


def asked(said: Said, *words: str) -> Any:
    assert run(["exchange", *words, "--json"]) == Exit.DONE
    return json.loads(said.readouterr().out)


def unlisted(place: Workplace) -> int:
    """Let a frame come from an office that the directory does not list."""
    receive_frame(place, Peer(OSH, place.public).send())
    return Quarantined.objects.get().pk


def test_a_fork_is_listed_shown_and_ended_with_a_reason(
    place: Workplace, dostuk: Peer, capsys: Said
) -> None:
    assert asked(capsys, "forks") == []
    later = next_epoch(forked_by_peer(place, dostuk))
    (fork,) = asked(capsys, "forks")
    assert (fork["peer"], fork["outgoing"], fork["seq"]) == (DOSTUK, False, 1)
    proof = str(fork["evidence"][0])
    assert run(["exchange", "forks"]) == Exit.DONE
    out, hint = capsys.readouterr()
    assert out.startswith(f"from {DOSTUK}\tlive\t")
    assert out.endswith(f"proof: {proof}\n")
    assert "quarantine show" in hint
    shown = asked(capsys, "quarantine", "show", proof)
    assert shown["content"]
    assert shown["held_head"]
    assert shown["reason"] == "fork"
    assert run(["exchange", "quarantine", "drop", proof, *WHY]) == Exit.FAILED
    assert "E-EXC-45" in capsys.readouterr().err
    assert run(["exchange", "unfreeze", DOSTUK]) == Exit.USAGE  # a decision has a reason
    assert "--why" in capsys.readouterr().err
    assert asked(capsys, "unfreeze", DOSTUK, *WHY) == {"closed": 1}
    assert AuditLine.objects.filter(action="exchange.unfrozen", subject=DOSTUK).exists()
    receive_frame(place, later.send())
    assert InStream.objects.get(epoch=2).seq == 1
    assert run(["exchange", "unfreeze", DOSTUK, *WHY]) == Exit.FAILED
    assert asked(capsys, "quarantine", "drop", proof, *WHY) == {"dropped": int(proof)}


def test_quarantine_says_what_why_from_whom_and_how_often(place: Workplace, capsys: Said) -> None:
    assert run(["exchange", "quarantine"]) == Exit.DONE
    assert capsys.readouterr() == ("", "0 in quarantine\n")
    number = unlisted(place)
    (kept,) = asked(capsys, "quarantine")
    assert (kept["id"], kept["claimed_sender"], kept["times"]) == (number, OSH, 1)
    assert kept["sentence"]
    assert kept["digest"]
    assert "content" not in kept
    assert run(["exchange", "quarantine"]) == Exit.DONE
    out, _ = capsys.readouterr()
    assert out.split("\t")[0] == str(number)
    assert OSH in out
    assert run(["exchange", "quarantine", "show", str(number)]) == Exit.DONE
    assert f"claimed_sender\t{OSH}" in capsys.readouterr().out


def test_nothing_is_judged_again_without_a_worker_and_what_is_not_there_is_said(
    place: Workplace, capsys: Said
) -> None:
    number = str(unlisted(place))
    assert run(["exchange", "quarantine", "release", number]) == Exit.TRY_AGAIN
    assert "E-EXC" in capsys.readouterr().err
    for words in (["show", "999"], ["drop", "999", *WHY]):
        assert run(["exchange", "quarantine", *words]) == Exit.FAILED
        assert "E-EXC" in capsys.readouterr().err
    assert asked(capsys, "quarantine", "drop", number, *WHY) == {"dropped": int(number)}
    assert not Quarantined.objects.exists()


def test_where_nothing_is_lacking_there_is_nothing_to_open(capsys: Said) -> None:
    assert run(["exchange", "open", *WHY]) == Exit.FAILED
    assert "E-EXC" in capsys.readouterr().err


def test_standing_is_counted_without_any_content(
    place: Workplace, dostuk: Peer, capsys: Said
) -> None:
    receive_frame(place, dostuk.send())
    found = asked(capsys, "status")
    assert found["letters"]["received"] == 1
    assert found["recovery"] is None
    assert run(["exchange", "status"]) == Exit.DONE
    assert "1\treceived\n" in capsys.readouterr().out
    assert asked(capsys, "retry") == {"retried": 0}
