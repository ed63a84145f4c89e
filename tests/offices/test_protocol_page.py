"""The tables of PR-3 are the tables of the code."""

import re
from pathlib import Path

from borderliaison.offices.trust.held import REFUSALS, Arrival
from borderliaison.offices.trust.verdicts import Reason

PAGE = Path(__file__).resolve().parents[2] / "docs" / "protocols" / "PR-3-directory.md"


def table(heading: str) -> list[list[str]]:
    section = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_arrival_stands_in_the_table_with_its_code_and_alarm() -> None:
    told = {(row[2], row[3], row[4]) for row in table("3. What becomes")}
    known = set()
    for arrival in Arrival:
        error = REFUSALS.get(arrival)
        alarm = "" if error is None else "yes" if error.alarm else "no"
        known.add((str(arrival), error.code if error else "", alarm))
    assert told == known


def test_each_reason_stands_in_the_table() -> None:
    told = {row[3] for row in table("4. With whom")}
    assert told | {"own_country"} == {str(reason) for reason in Reason}
