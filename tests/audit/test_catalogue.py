"""The audit's catalogue says what the code writes, and nothing else."""

import ast
import re
from pathlib import Path

import borderliaison

SOURCE = Path(borderliaison.__file__).parent
CATALOGUE = Path(__file__).parents[2] / "docs" / "reference" / "audit.md"
ACTION = re.compile(r"^[a-z]+\.[a-z_]+$")
WRITERS = {"record", "decide", "_decide", "_record", "_audit", "_tell"}


def _name(called: ast.expr) -> str:
    return str(getattr(called, "id", getattr(called, "attr", "")))


def _written() -> set[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and ACTION.match(str(argument.value)):
                        found.add(str(argument.value))
    return found


def _documented() -> set[str]:
    rows = CATALOGUE.read_text(encoding="utf-8").splitlines()
    return {row.split("`")[1] for row in rows if row.startswith("| `")}


def test_the_catalogue_and_the_code_name_the_same_actions() -> None:
    assert _written() == _documented()
