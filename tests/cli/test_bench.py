"""``blo bench``: the measurements that it names are there; without the source tree it says so."""

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES
from benchmarks.figures import of_rounds, quantile, ratios, table
from borderliaison.cli import Exit, bench, run


def test_every_measurement_can_be_asked_for_and_told_as_a_table() -> None:
    assert set(NAMES) == set(bench.MEASUREMENTS)
    for name in NAMES:
        module = import_module(f"benchmarks.{name}")
        assert callable(module.measure)
        assert callable(module.as_table)


def test_without_the_source_tree_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "SOURCE_TREE", tmp_path)
    assert run(["bench", "exchange"]) == Exit.FAILED
    assert "source tree" in capsys.readouterr().err


def test_figures_are_the_middle_round_and_ratios_are_of_one_round() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([1, 2, 3, 4], 0.99) == 4
    assert ratios([2, 9, 8], [1, 3, 4]) == {"median": 2.0, "low": 2.0, "high": 3.0}
    assert of_rounds([{"p50_ms": 1.0}, {"p50_ms": 3.0}]) == {
        "p50_ms": {"median": 2.0, "low": 1.0, "high": 3.0}
    }
    assert table(("a", "b"), [("1", "22")]) == "  a  b\n  1  22"
