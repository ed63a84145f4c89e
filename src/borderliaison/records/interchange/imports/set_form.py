"""How a set is named, graded and marked on the page where it is taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from borderliaison.forms.gradings import DEFAULT_SCHEME
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Handling, Level, Marking
from borderliaison.kernel.realm import Realm
from borderliaison.offices.services import agencies_in, all_offices
from borderliaison.offices.short_names import short_agency_names, short_office_names
from borderliaison.records.interchange.errors import HalfGraded
from borderliaison.records.interchange.imports.set_marking import MAX_HANDLING_TEXT, SetMarking
from borderliaison.ui.parts.fields import Choice
from borderliaison.wording.marks import grading_choices, handling_choices, level_choices

MAX_TITLE: Final = 200
_MAX_CODE: Final = 16
_OFFICIAL: Final = str(int(Level.OFFICIAL))


@dataclass(frozen=True, slots=True)
class SetForm:
    """What was chosen for a set.

    Attributes:
        title: its name.
        level: of its classification.
        source: how reliable who says it is; empty where it is not graded.
        information: how firm what he says is; likewise.
        agencies: who of the office reads it; none means all.
        handling: the codes that hold; see ``SetMarking``.
        handling_text: what H3 asks for.
        given_by: the office that gave it; empty means this one.
    """

    title: str
    level: str = _OFFICIAL
    source: str = ""
    information: str = ""
    agencies: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    handling_text: str = ""
    given_by: str = ""

    def marking(self, office: OfficeCode, realm: Realm) -> Marking:
        """Return the marking of the set.

        Raises:
            HalfGraded: only one half of the grade was chosen.
            UnknownGrading, HandlingUnsaid, UnknownOffice, AgencyNotInOffice: see ``SetMarking``.
        """
        if bool(self.source) != bool(self.information):
            raise HalfGraded
        chosen = SetMarking(
            self.level == str(int(Level.OPEN)), self.handling, self.handling_text, self.agencies,
            DEFAULT_SCHEME, self.source + self.information, self.given_by,
        )  # fmt: skip
        return chosen.of(office, realm)


def as_title(text: str) -> str:
    """Return a title as it is kept: without signs that nobody sees, and no longer than it may be."""
    seen = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return seen.strip()[:MAX_TITLE].strip()


def read_set(posted: QueryDict, title: str, office: OfficeCode) -> SetForm:
    """Return what was chosen; a set without a name is called as its file."""
    there = agencies_in(office)
    return SetForm(
        as_title(posted.get("title", "")) or as_title(title),
        posted.get("level", _OFFICIAL),
        posted.get("source", "")[:1],
        posted.get("information", "")[:1],
        tuple(one for one in there if one in posted.getlist("agency")),
        tuple(str(one) for one in Handling if one in posted.getlist("handling")),
        posted.get("handling_text", "")[:MAX_HANDLING_TEXT],
        posted.get("given_by", "")[:_MAX_CODE],
    )


@dataclass(frozen=True, slots=True)
class SetChoices:
    """What can be chosen for a set."""

    levels: Sequence[Choice]
    sources: Sequence[Choice]
    information: Sequence[Choice]
    agencies: Sequence[Choice]
    handling: Sequence[Choice]
    givers: Sequence[Choice]
    most_text: int = MAX_HANDLING_TEXT


def set_choices(office: OfficeCode, lang: str) -> SetChoices:
    """Return what can be chosen for a set in this office."""
    none = Choice("", _("not graded"))
    sources, information = grading_choices(DEFAULT_SCHEME, lang)
    names = short_agency_names(lang)
    agencies = tuple(Choice(one, names.get(one, one)) for one in agencies_in(office))
    levels = level_choices(office, lang)
    offices = short_office_names(lang)
    ours = Choice("", offices.get(office, office))
    others = (one.code for one in all_offices() if one.code != office)
    givers = (ours, *(Choice(one, offices.get(OfficeCode(one), one)) for one in others))
    return SetChoices(
        levels, (none, *sources), (none, *information), agencies, handling_choices(lang), givers
    )
