"""Names are given to files in one module: a rename that is not brought onto the disk may be undone.

After a loss of power a file that was renamed, and whose folder was not synced, may have its earlier name:
an authority would sign a serial twice, a backup that was noted would not be there.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import borderliaison

SOURCE = Path(borderliaison.__file__).parent
NAMES = {"rename", "renames", "hardlink_to"}
"""What gives a file a name; ``replace`` does it with one argument, a text's and a date's have more."""


def _given(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called, on = node.func.attr, node.func.value
        module = on.id if isinstance(on, ast.Name) else ""
        is_path = called == "replace" and len(node.args) == 1 and not node.keywords
        is_module = (module, called) in {("os", "replace"), ("os", "link"), ("shutil", "move")}
        if called in NAMES or is_path or is_module:
            yield node.lineno


def test_files_are_renamed_linked_and_replaced_in_one_module_alone() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != SOURCE / "kernel" / "durable.py"
        for line in _given(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_search_knows_what_it_looks_for() -> None:
    given = "os.replace(a, b); a.replace(b); a.rename(b); os.link(a, b); shutil.move(a, b)"
    assert len(list(_given(ast.parse(given)))) == len(given.split(";"))
    harmless = "text.replace('a', 'b'); day.replace(hour=0); replace(row, seen=True)"
    assert list(_given(ast.parse(harmless))) == []
