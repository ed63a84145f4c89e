"""The cover of a draft on its page: classification, handling, grading, who reads it in the own office."""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from borderliaison.correspondence.cover import Cover
from borderliaison.offices.services import agencies_in, audience_names, audience_of
from borderliaison.offices.short_names import short_agency_names
from borderliaison.reports.drafting import Desk
from borderliaison.ui.parts.fields import Choice, FieldView, Widget
from borderliaison.wording.marks import (
    grade,
    grading_choices,
    handling_choices,
    level_choices,
)

DEFAULT_SCHEME = "4x4"
TO = "cover.to"
AUDIENCE = "cover.audience"
TEXT = "cover.handling_text"


def cover_of(post: QueryDict) -> Cover:
    """Read the cover from the page's own inputs, as far as it is filled in."""
    level = post.get("cover.level", "")
    source, information = post.get("cover.source", ""), post.get("cover.information", "")
    graded = bool(source and information)
    return Cover.from_data(
        {
            "level": int(level) if level in ("0", "1") else None,
            "handling": post.getlist("cover.handling"),
            "handling_text": post.get("cover.handling_text", ""),
            "grading": list(
                grade(DEFAULT_SCHEME, source + information) if graded else ("", "", "")
            ),
            "own": post.getlist("cover.own"),
            "to": list(dict.fromkeys([*post.getlist(TO), *_written_out(post.getlist(AUDIENCE))])),
        }
    )


def _written_out(names: list[str]) -> list[str]:
    """Return the lines of named audiences, each as if it had been ticked: nothing stays implicit."""
    known = audience_names("en")
    return [
        f"{line.office}:{line.agency}"
        for name in names
        if name in known
        for line in sorted(audience_of(name).lines)
    ]


def cover_errors(cover: Cover) -> dict[str, str]:
    """Return what is missing beside the form: who is addressed, and what H3 asks for."""
    found = {}
    if "H3" in cover.handling and not cover.handling_text.strip():
        found[TEXT] = _("Say what H3 asks for: “no copies”, “return after use”")
    if not cover.to:
        found[TO] = _("Nobody is addressed. Choose at least one office.")
    return found


def cover_fields(desk: Desk, cover: Cover, errors: Mapping[str, str]) -> dict[str, FieldView]:
    """Return the fields of the cover: classification, handling, grading, own agencies."""
    own = desk.acting.author.office
    names = short_agency_names(desk.lang)
    grade = cover.grading[2]
    sources, informations = grading_choices(DEFAULT_SCHEME, desk.lang)
    return {
        "source": FieldView(
            "cover.source", _("Source"), Widget.SELECT, grade[:1], choices=sources,
            blank=_("Not graded"), columns=6,
        ),
        "information": FieldView(
            "cover.information", _("Information"), Widget.SELECT, grade[1:], choices=informations,
            blank=_("Not graded"), columns=6,
        ),
        "level": FieldView(
            "cover.level", _("Classification"), Widget.RADIOS, str(cover.level),
            choices=level_choices(own, desk.lang), is_required=True, columns=4,
        ),
        "handling": FieldView(
            "cover.handling", _("Handling"), Widget.CHECKBOXES, cover.handling,
            choices=handling_choices(desk.lang), hint=_("None ticked means H0: no limits"),
            is_required=True, columns=8,
        ),
        "handling_text": FieldView(
            TEXT, _("What H3 asks for"), Widget.TEXT, cover.handling_text,
            error=errors.get(TEXT, ""), is_required=True, maxlength=200,
        ),
        "own": FieldView(
            "cover.own", _("Who reads it in this office"), Widget.CHECKBOXES, cover.own,
            choices=tuple(Choice(one, names.get(one, one)) for one in agencies_in(own)),
            hint=_("None ticked means every agency of this office"), is_required=True, columns=12,
        ),
    }  # fmt: skip
