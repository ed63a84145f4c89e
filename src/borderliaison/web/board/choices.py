"""What the board's filters offer, and what is chosen of it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.load import load_form
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.models import Country
from borderliaison.offices.services import all_offices
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.fields import Choice
from borderliaison.web.board.filters import LINK, WINDOWS, Filters, Lane, Whose
from borderliaison.web.board.levels import Level, Panel, Scope

DAY_H = 24


@dataclass(frozen=True, slots=True)
class Way:
    """One of several views of the same, with its address.

    Attributes:
        value: of the field that chooses it in a form.
    """

    words: str
    url: str
    is_chosen: bool = False
    icon: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """All that may be chosen.

    Attributes:
        narrowed: what leaves something out now; its address is the view without it.
        wider: the view of all offices, and of those of the level alone.
    """

    windows: tuple[Way, ...]
    middles: tuple[Way, ...]
    narrowed: tuple[Way, ...]
    level: Way
    everything: Way
    kinds: tuple[Choice, ...]
    offices: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    lanes: tuple[Choice, ...]


def choices_of(
    filters: Filters, level: Level, offices: frozenset[OfficeCode], lang: str
) -> Choices:
    """Return what the filters of a board offer.

    Args:
        filters: what is chosen now.
        level: whose board it is.
        offices: of the level.
        lang: the reader's language.
    """
    kinds, names = tuple(_kinds(lang)), short_office_names(lang)
    countries = tuple(_countries(lang))
    lanes = (
        Choice(Lane.URGENT, pgettext("lane", "Urgent")),
        Choice(Lane.ROUTINE, pgettext("lane", "Routine")),
    )
    listed = tuple(Choice(code, name) for code, name in sorted(names.items(), key=lambda x: x[1]))
    words = {one.value: one.label for one in (*kinds, *listed, *countries, *lanes)}
    is_all = filters.whose is Whose.ALL
    return Choices(
        windows=tuple(
            Way(
                span_words(hours),
                filters.query(level, hours=hours),
                hours == filters.hours,
                value=str(hours),
            )
            for hours in WINDOWS
        ),
        middles=tuple(_middles(filters, level)),
        narrowed=tuple(
            Way(str(words[getattr(filters, name)]), filters.query(level, **{name: ""}))
            for name in filters.narrow
        ),
        level=Way(
            level_words(level, len(offices)), filters.query(level, whose=Whose.LEVEL), not is_all
        ),
        everything=Way(_("Everything"), filters.query(level, whose=Whose.ALL), is_all),
        kinds=kinds,
        offices=listed,
        countries=countries,
        lanes=lanes,
    )


def span_words(hours: int) -> str:
    """Say a time window: "24 h", "7 d"."""
    if hours > 3 * DAY_H:
        return ngettext("%(n)d d", "%(n)d d", hours // DAY_H) % {"n": hours // DAY_H}
    return _("%(n)d h") % {"n": hours}


def level_words(level: Level, offices: int) -> str:
    """Say which offices a level watches: "Pair: 3 offices"."""
    words = {
        Scope.PAIR: _("Our border"),
        Scope.LINE: _("Our sector"),
        Scope.COUNTRY: _("Our country"),
        Scope.REGION: _("The region"),
    }
    number = ngettext("%(n)d office", "%(n)d offices", offices) % {"n": offices}
    return f"{words[level.scope]}, {number}"


def _middles(filters: Filters, level: Level) -> Iterator[Way]:
    words = {Panel.MAP: (_("Map"), "map-pin"), Panel.OFFICES: (_("Table"), "table")}
    for panel, (said, icon) in words.items():
        if panel in level.panels:
            yield Way(said, filters.query(level, view=panel), filters.view is panel, icon)


def _kinds(lang: str) -> Iterator[Choice]:
    catalogue = load_catalogue()
    for one in (*(form for group in catalogue.groups for form in group.forms), *catalogue.answers):
        yield Choice(one.form, load_form(one.form).label.text(lang))
    yield Choice(MESSAGE, _("Message"))
    yield Choice(LINK, pgettext("kind of event", "Links"))


def _countries(lang: str) -> Iterator[Choice]:
    codes = {one.code[:2] for one in all_offices()}
    for country in Country.objects.filter(pk__in=codes):
        yield Choice(country.code, country.name_in(lang))
