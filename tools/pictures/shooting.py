"""A whole round of pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tools.pictures.camera import Camera
from tools.pictures.modes import EXERCISE_MODES, MODES, Mode
from tools.pictures.scenes import Scene, in_exercise, missing, scenes
from tools.pictures.sheets import contact_sheets
from tools.pictures.stage import Facts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be pictured.

    Attributes:
        only: parts of names of scenes; empty for all.
        modes: names of modes; empty for all.
    """

    out: Path
    only: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    with_exercise: bool = True


def shoot(browser: Browser, facts: Facts, wanted: Wanted) -> list[str]:
    """Take the pictures and the contact sheets; return what is to be told."""
    camera = Camera(browser, facts, wanted.out)
    every = scenes(facts)
    live, exercise = _chosen(every, wanted), _chosen(in_exercise(facts), wanted)
    for language in ("en", "ru"):
        modes = [one for one in _modes(wanted) if one.language == language]
        if not modes:
            continue
        camera.speak(language)
        camera.take(live, modes)
        if wanted.with_exercise:
            in_it = [one for one in modes if one.name in EXERCISE_MODES]
            camera.take(exercise, in_it, "exercise-")
    camera.speak("en")
    sheets = contact_sheets(browser, wanted.out)
    told = [f"not taken: {one}" for one in camera.failed]
    told += [f"no scene shows the route {one}" for one in missing(every)]
    return [*told, f"{camera.taken} pictures, {len(sheets)} contact sheets"]


def _chosen(found: Iterable[Scene], wanted: Wanted) -> list[Scene]:
    return [
        one for one in found if not wanted.only or any(part in one.name for part in wanted.only)
    ]


def _modes(wanted: Wanted) -> list[Mode]:
    return [one for one in MODES if not wanted.modes or one.name in wanted.modes]
