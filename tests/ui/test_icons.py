"""Every icon that code, templates or data name is in the sprite, and in Tabler's own set."""

import re
from pathlib import Path

import pytest

from borderliaison.forms.codes import load_codes
from borderliaison.forms.icons import load_icons
from borderliaison.forms.load import known_forms, load_form
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


def test_every_form_has_an_icon_and_none_that_of_another() -> None:
    icons = {name: load_form(name).icon for name in known_forms()}
    assert set(icons.values()) <= sprite()
    assert len(set(icons.values())) == len(icons), icons


@pytest.mark.parametrize("name", ["substance", "precursor"])
def test_every_substance_has_an_icon_and_only_those_of_a_group_share_one(name: str) -> None:
    groups: dict[str, set[str]] = {}
    for code in load_codes(name).codes.values():
        groups.setdefault(code.icon, set()).add(code.group)
    assert set(groups) <= sprite()
    assert {icon: shared for icon, shared in groups.items() if len(shared) > 1} == {}


def test_what_is_said_of_icons_is_said_of_forms_and_codes_that_there_are() -> None:
    said = load_icons()
    assert set(said["forms"]) <= set(known_forms())
    for name, codes in said["codes"].items():
        assert set(codes) <= set(load_codes(name).codes), name


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw("{% icon 'road' %}")
    assert 'role="img" aria-label="Road"' in draw("{% icon 'road' label='Road' %}")
