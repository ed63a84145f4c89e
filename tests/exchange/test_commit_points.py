"""A commit point kills only where that was asked for, and only on a demo node."""

import os
import signal

import pytest

from borderliaison.exchange import commit_points
from borderliaison.exchange.commit_points import VARIABLE, CommitPoint, arm, reach


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that would have killed this process."""
    sent: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _pid, number: sent.append(number))
    monkeypatch.setattr(commit_points, "_armed", None)
    return sent


@pytest.mark.parametrize(("demo", "dies"), [(True, [signal.SIGKILL]), (False, [])])
def test_only_a_demo_node_dies_where_it_is_told_to(
    killed: list[int], monkeypatch: pytest.MonkeyPatch, demo: bool, dies: list[int]
) -> None:
    monkeypatch.setenv(VARIABLE, CommitPoint.BEFORE_SEND)
    arm(demo)
    reach(CommitPoint.AFTER_SEND)
    reach(CommitPoint.BEFORE_SEND)
    assert killed == dies


def test_it_dies_the_time_it_is_told_to(killed: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"{CommitPoint.AFTER_CHUNK} 3")
    arm(demo=True)
    for _ in range(2):
        reach(CommitPoint.AFTER_CHUNK)
    assert killed == []
    reach(CommitPoint.AFTER_CHUNK)
    assert killed == [signal.SIGKILL]


def test_without_being_told_nothing_dies(
    killed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    arm(demo=True)
    for point in CommitPoint:
        reach(point)
    assert killed == []


def test_a_point_that_does_not_exist_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "whenever")
    with pytest.raises(ValueError, match="whenever"):
        arm(demo=True)
