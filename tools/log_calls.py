"""Every place in the source where something is logged: which event, at which level, with which fields."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from borderliaison.node.logs import WARNED

SOURCE: Final = Path(__file__).resolve().parents[1] / "src" / "borderliaison"
LEVELS: Final = {
    "debug": "debug",
    "info": "info",
    "warning": "warning",
    "error": "error",
    "exception": "error",
}
REPORTS: Final = frozenset({"report", "_report", "_told"})
"""What hands an event on to the log of the process: its level is by ``WARNED``."""


@dataclass(frozen=True, slots=True)
class LogCall:
    """One call.

    Attributes:
        event: its name.
        level: ``debug``, ``info``, ``warning`` or ``error``.
        fields: what is said, by name: the expressions.
        where: file and line.
    """

    event: str
    level: str
    fields: dict[str, ast.expr]
    where: str


def log_calls(root: Path = SOURCE) -> Iterator[LogCall]:
    """Go through the calls of all packages; an event is a constant with a dot in it."""
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found = _call(node)
            if found is not None:
                event, level, fields, line = found
                yield LogCall(event, level, fields, f"{path.relative_to(root)}:{line}")


def _call(node: ast.AST) -> tuple[str, str, dict[str, ast.expr], int] | None:
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    place = 1 if name == "log" else 0  # structlog's log(level, event)
    if len(node.args) <= place or name not in {*LEVELS, *REPORTS, "log"}:
        return None
    event = node.args[place]
    if not isinstance(event, ast.Constant) or not isinstance(event.value, str):
        return None
    if "." not in event.value:
        return None
    reported = "warning" if name == "log" or event.value in WARNED else "info"
    fields = {one.arg: one.value for one in node.keywords if one.arg is not None}
    return event.value, LEVELS.get(name, reported), fields, node.lineno
