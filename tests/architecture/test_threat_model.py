"""The threat model against the tests: a countermeasure that no test holds is a hope."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FEWEST_WORDS = 4
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")


def test_each_countermeasure_names_a_test_that_exists() -> None:
    there: set[str] = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        there.update(re.findall(r"def (test_\w+)\(", file.read_text(encoding="utf-8")))
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert named
    assert named - there == set()
    vague = {name for name in named if name.count("_") < FEWEST_WORDS}
    assert vague == set(), "a name says what holds, or nobody can tell whether it is the right test"


def test_each_residual_risk_that_is_named_is_described() -> None:
    described = set(re.findall(r"^\| (R\d+) \|", PAGE, flags=re.MULTILINE))
    named = set(re.findall(r"\bR\d+\b", PAGE))
    assert named == described


def test_the_page_is_dated() -> None:
    assert re.search(r"\*\*Dated \d{4}-\d{2}-\d{2}, for version \d+\.\d+", PAGE)
