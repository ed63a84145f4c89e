"""Markings in the reader's words: the national word of each classification, codes, the audience."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borderliaison.forms.classifications import (
    classification_words,
    handling_note,
    handling_text,
    level_word,
)
from borderliaison.forms.errors import UnknownGrading
from borderliaison.forms.gradings import load_scale, meaning
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import (
    NODE_CEILING,
    Audience,
    Handling,
    Level,
    Marking,
    PageMarking,
)
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.services import office_names
from borderliaison.ui.parts.fields import Choice
from borderliaison.ui.parts.marks import GradingLabel, Marks
from borderliaison.ui.shell import MarkingLabels


@remembered
def marks_of(marking: Marking, office: OfficeCode, lang: str) -> Marks:
    """Return all the markings of one thing, as an officer of ``office`` reads them."""
    graded = None
    if marking.grading.value:
        try:
            known = meaning(marking.grading, lang)
            said, lines = known.text, tuple((one.label, one.text) for one in known.parts)
        except UnknownGrading:  # another office may grade by a scheme that this one does not know
            said, lines = _("This office does not know this grading."), ()
        graded = replace(GradingLabel.of(marking.grading, said), lines=lines)
    page = PageMarking(marking.classification, marking.handling, marking.audience)
    return Marks(graded, labels_of(page, lang))


def page_labels(page: PageMarking | None, office: OfficeCode, lang: str) -> MarkingLabels:
    """Return the strictest marking of a page in words; nothing where nothing marked is shown."""
    if page is None or page.audience is None:
        return MarkingLabels()
    labels = labels_of(page, lang)
    return MarkingLabels(
        labels.classification,
        labels.is_open,
        labels.handling,
        labels.audience,
        lead=_("This page shows up to"),
        short=labels.short,
    )


def labels_of(page: PageMarking, lang: str) -> MarkingLabels:
    """Return classification, handling and audience in words."""
    classification = page.classification
    codes = tuple(
        f"{code}: {page.handling.text}" if code is Handling.H3 else str(code)
        for code in page.handling.shown()
    )
    return MarkingLabels(
        classification=" / ".join(classification_words(page.classification, lang)),
        is_open=classification.level is Level.OPEN,
        handling=codes,
        audience=audience_words(page.audience, lang) if page.audience is not None else "",
        short=" / ".join(classification_words(classification, lang, short=True)),
    )


def audience_words(audience: Audience, lang: str) -> str:
    """Say who is addressed: the office where it is one, else how many."""
    offices = audience.offices()
    if len(offices) == 1:
        return office_names(lang).get(offices[0], offices[0])
    return ngettext("%(n)d office", "%(n)d offices", len(offices)) % {"n": len(offices)}


def level_choices(office: OfficeCode, lang: str) -> tuple[Choice, ...]:
    """Return the classifications that may be entered on this node, in the country's words."""
    return tuple(
        Choice(str(int(level)), level_word(level, office[:2], lang))
        for level in Level
        if level <= NODE_CEILING
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that a marking allows or forbids those who get it."""

    code: str
    text: str
    icon: str


def limits_of(marking: Marking, lang: str) -> tuple[Limit, ...]:
    """Say what a marking means for those who get what carries it."""
    page = PageMarking(marking.classification, marking.handling, marking.audience)
    words = " / ".join(classification_words(marking.classification, lang))
    levels = (Limit(words, _("in the words of our country"), "shield"),)
    codes = tuple(
        Limit(
            str(code),
            marking.handling.text
            if code is Handling.H3
            else handling_note(code, lang) or handling_text(code, lang),
            "lock",
        )
        for code in page.handling.shown()
    )
    return levels + codes


def handling_choices(lang: str) -> tuple[Choice, ...]:
    """Return the handling codes that restrict something, with what they say."""
    return tuple(
        Choice(str(code), str(code), note=handling_note(code, lang) or handling_text(code, lang))
        for code in Handling
        if code is not Handling.H0
    )


def grading_choices(scheme: str, lang: str) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return what a grading scheme offers for the source and for the information."""
    source, information = (
        tuple(
            Choice(one.value, f"{one.value} — {one.text.text(lang)}")
            for one in axis.values.values()
        )
        for axis in load_scale(scheme).axes[:2]
    )
    return source, information


def grade(scheme: str, value: str) -> tuple[str, str, str]:
    """Return scheme, version and value of a grading; empty where the scheme does not have it."""
    try:
        made = load_scale(scheme).grade(value)
    except UnknownGrading:
        return ("", "", "")
    return (made.scheme, made.version, made.value)
