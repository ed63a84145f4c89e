"""SQL that is written by hand passes the guard of marked tables: each place is here, with its reason.

Whoever adds one says why no officer sees the result of it, or where the filter is.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

import borderliaison
from borderliaison.markings.models import MarkedModel

SOURCE = Path(borderliaison.__file__).parent
STATEMENT = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|JOIN|FROM)\b")
GUARD = {"_base_manager"}
"""What Django asks for itself; nobody else does."""

WHY = {
    "correspondence/arrivals/items.py": "whether what arrives is here already; keys go to nobody",
    "correspondence/arrivals/keeping.py": "writes what arrived, with its marking",
    "correspondence/arrivals/receiving.py": "letters of ours, to announce their progress",
    "correspondence/registers/entering.py": "gives numbers in a register; pages show them filtered",
    "correspondence/search/indexing.py": "writes what an item is found by, with the item's marking",
    "exchange/deliveries.py": "what goes with an acknowledged entry, to be announced under its marking",
    "exchange/incoming/arrivals.py": "the ledger: letters are bytes here, and nobody reads them",
    "exchange/services.py": "how many entries wait for each peer; the ledger holds bytes",
    "exchange/outgoing/sealing.py": "what is to be sealed, for the recipients that its sender chose",
    "node/demo/proof.py": "the demo looks into its own invented databases",
    "reports/places.py": "writes where a report happened, with the report's marking",
}
"""By module, why it may."""


def _marked_tables() -> set[str]:
    return {one._meta.db_table for one in apps.get_models() if issubclass(one, MarkedModel)}


def _names_marked_tables(tree: ast.AST, tables: set[str]) -> bool:
    texts = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
    return any(
        isinstance(text, str) and STATEMENT.search(text) and tables & set(re.findall(r"\w+", text))
        for text in texts
    )


def _modules() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_with_sql_on_a_marked_table_is_known_with_its_reason() -> None:
    tables = _marked_tables()
    found = {name for name, tree in _modules() if _names_marked_tables(tree, tables)}
    assert found == set(WHY)


def test_nobody_but_django_asks_without_a_filter() -> None:
    found = [
        f"{name}:{one.lineno}"
        for name, tree in _modules()
        for one in ast.walk(tree)
        if isinstance(one, ast.Attribute) and one.attr in GUARD
    ]
    assert found == []


def test_the_search_sees_sql_in_whatever_form_it_stands() -> None:
    tables = {"reports_draft"}
    for text in (
        'A = "SELECT id FROM reports_draft"',
        'f("DELETE " "FROM reports_draft WHERE id = %s", 1)',
        'f(f"SELECT {columns} FROM reports_draft")',
        'A = "SELECT 1 FROM a JOIN \\"reports_draft\\" ON 1"',
    ):
        assert _names_marked_tables(ast.parse(text), tables), text
    assert not _names_marked_tables(ast.parse('A = "reports_drafts FROM here"'), tables)
