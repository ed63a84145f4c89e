"""Whom a draft may be addressed to: offices in groups, each as a whole or by its agencies."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from borderliaison.correspondence.cover import Cover
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import counterparts_of, office_names, reporting_line
from borderliaison.offices.short_names import (
    agencies_by_office,
    short_agency_names,
    short_office_names,
)
from borderliaison.reports.covering import TO
from borderliaison.reports.drafting import Desk
from borderliaison.ui.parts.fields import Choice, FieldView, Widget


@dataclass(frozen=True, slots=True)
class Addressee:
    """An office that may be addressed: the whole of it, or some of its agencies."""

    code: str
    name: str
    full: str
    country: str
    is_abroad: bool
    is_chosen: bool
    agencies: tuple[Choice, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddresseeGroup:
    """Offices under one heading; folded away where they are many and far."""

    label: str
    offices: tuple[Addressee, ...]
    is_folded: bool = False

    @property
    def chosen(self) -> int:
        """How many of them are addressed."""
        return sum(one.is_chosen or bool(one.chosen) for one in self.offices)


@dataclass(frozen=True, slots=True)
class Addressed:
    """All offices, grouped, and what is wrong with the choice."""

    groups: tuple[AddresseeGroup, ...]
    error: str = ""

    @property
    def field(self) -> FieldView:
        """The choice as a field, for the summary of errors."""
        return FieldView(TO, _("To whom"), Widget.CHECKBOXES, error=self.error)


def recipient_groups(desk: Desk, cover: Cover, error: str) -> Addressed:
    """Return the offices that may be addressed: the reporting line, counterparts, then the rest."""
    own = desk.acting.author.office
    names, short = office_names(desk.lang), short_office_names(desk.lang)
    agency_words, working = short_agency_names(desk.lang), agencies_by_office()
    line, facing = reporting_line(own), counterparts_of(own)
    home = [one for one in names if one[:2] == own[:2]]
    away = [one for one in names if one[:2] != own[:2]]

    def office(code: str) -> Addressee:
        agencies = working.get(OfficeCode(code), ())
        return Addressee(
            code=code,
            name=short.get(code, code),
            full=names.get(code, code),
            country=code[:2],
            is_abroad=code[:2] != own[:2],
            is_chosen=code in cover.to,
            agencies=tuple(Choice(f"{code}:{one}", agency_words.get(one, one)) for one in agencies),
            chosen=tuple(one for one in cover.to if one.startswith(f"{code}:")),
        )

    taken: set[str] = {own}
    groups = []
    for label, codes, is_folded in (
        (_("Your reporting line"), line, False),
        (_("Counterpart across the border"), facing, False),
        (_("Own country"), home, False),
        (_("Other countries"), away, True),
    ):
        offices = tuple(office(one) for one in codes if one not in taken)
        taken |= {one.code for one in offices}
        if offices:
            groups.append(AddresseeGroup(label, offices, is_folded))
    return Addressed(tuple(groups), error)
