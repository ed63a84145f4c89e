"""Benchmarks and tools ask for names of the product that it has: most import them where they use them."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
FILES = sorted(
    str(one.relative_to(HERE))
    for one in (*HERE.glob("benchmarks/**/*.py"), *HERE.glob("tools/**/*.py"))
)


def _asked(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("borderliaison"):
            yield from ((str(node.module), one.name) for one in node.names if one.name != "*")


def _is_there(module: str, name: str) -> bool:
    if hasattr(import_module(module), name):
        return True
    try:
        import_module(f"{module}.{name}")
    except ImportError:
        return False
    return True


@pytest.mark.parametrize("file", FILES)
def test_what_is_imported_of_the_product_is_there(file: str) -> None:
    assert [one for one in _asked(HERE / file) if not _is_there(*one)] == []
