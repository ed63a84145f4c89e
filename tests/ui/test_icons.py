"""Every icon that code, templates or data name is in the sprite, and in Tabler's own set."""

import re
from pathlib import Path

import pytest

from borderliaison.ui import manifest
from borderliaison.ui.parts.feed import KIND_ICONS
from borderliaison.ui.parts.offices import OfficeKind
from borderliaison.ui.shell import LinkWord
from tests.ui.rendering import draw

SOURCE = Path(__file__).parents[2] / "src" / "borderliaison"
IN_TEMPLATES = re.compile(
    r"""\{%\s*icon\s+['"]([a-z0-9-]+)['"]|\bicon(?:_after)?=['"]([a-z0-9-]+)['"]"""
)
IN_DATA = re.compile(r"^\s*icon:\s*([a-z0-9-]+)\s*$", re.MULTILINE)


def sprite() -> set[str]:
    file = manifest.BUILD / str(manifest.entry("icons.svg")["file"])
    return set(re.findall(r'<symbol id="([^"]+)"', file.read_text(encoding="utf-8")))


def named_in(pattern: re.Pattern[str], suffix: str) -> dict[str, str]:
    found = {}
    for path in sorted(SOURCE.rglob(f"*{suffix}")):
        if "ftm" in path.parts:  # another's data; its icons are shown nowhere
            continue
        for match in pattern.finditer(path.read_text(encoding="utf-8")):
            name = next(group for group in match.groups() if group)
            found.setdefault(name, str(path.relative_to(SOURCE)))
    return found


@pytest.mark.parametrize(
    ("pattern", "suffix"), [(IN_TEMPLATES, ".html"), (IN_DATA, ".yaml")], ids=["templates", "data"]
)
def test_every_icon_that_is_named_is_in_the_sprite(pattern: re.Pattern[str], suffix: str) -> None:
    known = sprite()
    assert {n: where for n, where in named_in(pattern, suffix).items() if n not in known} == {}


def test_kinds_offices_and_links_have_their_icons() -> None:
    named = (
        set(KIND_ICONS.values()) | {one.icon for one in OfficeKind} | {one.icon for one in LinkWord}
    )
    assert named - sprite() == set()


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw("{% icon 'road' %}")
    assert 'role="img" aria-label="Road"' in draw("{% icon 'road' label='Road' %}")
