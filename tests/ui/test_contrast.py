"""Text reaches 4.5:1 and outlines 3:1 in every theme, computed from the tokens themselves.

Source: WCAG 2.2, success criteria 1.4.3 and 1.4.11; relative luminance as in its glossary.
"""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "frontend" / "src" / "styles"
TOKEN = re.compile(r"^\s*--([a-z0-9-]+):\s*(.+?);", re.MULTILINE)
BOTH = re.compile(r"light-dark\((#[0-9a-f]{6}|transparent),\s*(#[0-9a-f]{6}|transparent)\)")
THEMES = ("light", "dark")
TEXT, OUTLINE = 4.5, 3.0

SURFACES = ("surface", "surface-2", "surface-3", "sel-bg")
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in SURFACES],
    *[(ink, "canvas") for ink in ("ink", "ink-2", "ink-3")],
    *[(tone, "surface") for tone in ("accent", "red", "amber", "green", "violet", "teal")],
    *[(tone, f"{tone}-soft") for tone in ("accent", "red", "amber", "green", "violet")],
    *[("ink", f"{tone}-soft") for tone in ("accent", "red", "amber", "green", "violet")],
    *[("ink-2", f"{tone}-soft") for tone in ("accent", "red", "amber", "violet")],
    ("accent", "sel-bg"),
    ("accent", "surface-2"),
    ("accent", "canvas"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-hover"),
    ("accent-hover", "surface"),
    ("red-solid-ink", "red-solid"),
    ("red", "surface-2"),
    ("amber-fill-ink", "amber-fill"),
    ("green-ink", "green"),
    ("cls-ink", "cls"),
    ("ink", "band"),
    ("ink-3", "band"),
    ("rail-ink", "rail"),
    ("rail-on", "rail-sel"),
    ("status-ink", "status"),
    ("status-dim", "status"),
]
OUTLINE_PAIRS = [
    *[("line-strong", ground) for ground in ("surface", "surface-2")],
    *[(tone, "surface") for tone in ("accent", "red", "amber", "green", "violet", "ink-2")],
    *[(tone, "sel-bg") for tone in ("accent", "red", "amber", "green")],
    ("cls", "surface"),
    ("rail-mark", "rail"),
    ("rail-mark", "rail-sel"),
    ("amber-fill", "rail"),
    *[(state, "status") for state in ("status-good", "status-warn", "status-bad")],
]


def tokens(*parts: tuple[str, str]) -> dict[str, dict[str, str]]:
    """Return the colours of each theme; later parts replace earlier ones."""
    found: dict[str, dict[str, str]] = {theme: {} for theme in THEMES}
    for file, selector in parts:
        css = (STYLES / file).read_text(encoding="utf-8")
        block = css.split(f"{selector} {{", 1)[1].split("\n}", 1)[0]
        for name, value in TOKEN.findall(block):
            pair = BOTH.fullmatch(value)
            values = pair.groups() if pair else (value, value)
            for theme, one in zip(THEMES, values, strict=True):
                named = re.fullmatch(r"var\(--([a-z0-9-]+)\)", one)
                found[theme][name] = found[theme][named.group(1)] if named else one
    return found


ROOT = ("tokens.css", ":root")
REALMS = {
    "live": tokens(ROOT),
    "exercise": tokens(ROOT, ("exercise.css", ':root[data-realm="exercise"]')),
    "quiet": tokens(ROOT, ("tokens.css", ":root[data-quiet]")),
}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("realm", REALMS)
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_PAIRS, TEXT), (OUTLINE_PAIRS, OUTLINE)], ids=["text", "outlines"]
)
def test_every_pair_can_be_told_apart(
    pairs: list[tuple[str, str]], least: float, realm: str, theme: str
) -> None:
    colours = REALMS[realm][theme]
    faint = {
        f"{front} on {ground}": round(contrast(colours[front], colours[ground]), 2)
        for front, ground in pairs
        if contrast(colours[front], colours[ground]) < least
    }
    assert faint == {}
