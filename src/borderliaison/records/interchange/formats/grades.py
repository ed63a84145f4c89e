"""Grades as other systems write them: a letter for the source, a figure for what it says."""

from collections.abc import Sequence
from typing import Final

from borderliaison.forms.errors import UnknownGrading
from borderliaison.forms.gradings import known_scales, load_scale
from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.items import UNGRADED

NOT_GRADED: Final = "-"


def written(grading: Grading) -> tuple[str, str]:
    """Return both halves of a grade, each with its scheme: ``B (4x4)``; nothing for no grade."""
    if grading == UNGRADED:
        return "", ""
    of = f" ({grading.scheme} {grading.version})"
    return grading.value[:1] + of, grading.value[1:] + of


def read(source: str, information: str) -> Grading | None:
    """Return the grade of what ``written`` wrote; None where it is not that."""
    one, _, scheme = source.partition(" (")
    other, _, same = information.partition(" (")
    if not scheme or scheme != same:
        return None
    name, _, version = scheme.rstrip(")").partition(" ")
    return _graded(name, version, one + other)


def scheme_of(sources: Sequence[str], informations: Sequence[str]) -> str:
    """Return the scheme whose letters and figures two lists have, all of them; empty where none has."""
    both = (sources, informations)
    lists = [{one.strip()[:1].upper() for one in some} - {NOT_GRADED, ""} for some in both]
    for name in known_scales():
        axes = [set(one.values) for one in load_scale(name).axes if not one.optional]
        if axes == lists:
            return name
    return ""


def in_scheme(scheme: str, source: str, information: str) -> Grading | None:
    """Return the grade of two words of such lists; None where they are none."""
    return _graded(scheme, "", source.strip()[:1].upper() + information.strip()[:1].upper())


def _graded(scheme: str, version: str, value: str) -> Grading | None:
    try:
        return load_scale(scheme, version).grade(value)
    except UnknownGrading:
        return None
