"""What the exchange logs is in its catalogue, and everything in the catalogue is logged."""

import ast
from pathlib import Path

import borderliaison.exchange
from borderliaison.exchange.events import EVENTS

PACKAGE = Path(borderliaison.exchange.__file__).parent


def test_the_catalogue_holds_exactly_what_is_logged() -> None:
    logged = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "log"
        and isinstance(node.args[0], ast.Constant)
    }
    assert logged == set(EVENTS)
