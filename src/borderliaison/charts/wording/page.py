"""The sentences that the script of a chart says, in the page's language."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from borderliaison.charts.wording.carried import carried_words
from borderliaison.charts.wording.selected import selected_words

_EXAMPLES: Final = {"one": 1, "few": 2, "many": 5, "other": 5}
"""By the form of the plural that a browser knows, a number that takes it in English and Russian."""


def words() -> dict[str, str | dict[str, str]]:
    """Return each sentence by the name by which the script knows it; those with a number in all forms."""
    known = (
        _seen() | _plain() | _drawn() | _measures() | _counted() | _hours() | _found() | _mapped()
    )
    return known | carried_words(_forms) | selected_words(_forms)


def _seen() -> dict[str, str | dict[str, str]]:
    return {
        "row_hide": _("Hide"),
        "row_show": _("Show"),
        "row_only": _("Only this and its neighbours"),
        "row_group": _("Collapse its neighbours into it"),
        "row_ends": _("Select both ends"),
        "row_only_links": _("Only these two and their neighbours"),
        "row_only_groups": _("Only these and neighbours"),
        "row_group_groups": _("Collapse all of them into one"),
        "part": _("Part {n} of {of}"),
        "of_groups": _forms(lambda n: ngettext("{n} of {all} group", "{n} of {all} groups", n)),
        "rows_linked": _("Rows of what {name} is linked to"),
        "no_period": _("Drag along the dates to highlight a period."),
        "of_links": _forms(lambda n: ngettext("{n} of {all} link", "{n} of {all} links", n)),
        "marks": _forms(lambda n: ngettext("{n} of {all} event", "{n} of {all} events", n)),
        "untimed": _forms(
            lambda n: ngettext("{n} link without a time", "{n} links without a time", n)
        ),
        "items_hidden": _forms(lambda n: ngettext("{n} hidden", "{n} hidden", n)),
        "items_absent": _forms(
            lambda n: ngettext(
                "{n} saved item is not in your records any more",
                "{n} saved items are not in your records any more",
                n,
            )
        ),
        "items_collapsed": _forms(lambda n: ngettext("{n} collapsed", "{n} collapsed", n)),
        "items_behind": _forms(lambda n: ngettext("{n} stands back", "{n} stand back", n)),
    }


def _plain() -> dict[str, str | dict[str, str]]:
    return {
        "silent": _("The server does not answer. The chart stays as it is; try again."),
        "signed_out": _(
            "You are signed out. Sign in in another tab, then try again; the chart stays as it is."
        ),
        "not_there": _("This is not there any more, or not for you."),
        "too_large": _("The chart is too large to be sent. Take something off it first."),
        "unarranged": _("The items could not be arranged. They stay as they stand; try again."),
        "group": _("Group {n} of {of}"),
        "version": _("version {n}, saved {at}"),
        "path": _("What was found"),
        "confirmed": _("firm"),
        "unconfirmed": _("not firm"),
        "tentative": _("not graded"),
        "kind": _("Kind"),
        "schema": _("Kind"),
        "is_is": pgettext("rule", "is"),
        "is_contains": pgettext("rule", "contains"),
        "is_least": "≥",
        "is_most": "≤",
        "is_any": pgettext("rule", "is known"),
        "earlier": _("Apply earlier"),
        "take_away": pgettext("chart", "Remove"),
        "none_chosen": _("Nothing is selected."),
    }


def _drawn() -> dict[str, str | dict[str, str]]:
    return {
        "links_kind": _("Kind of link"),
        "links_certainty": _("how sure it is"),
        "links_count": _("how many links"),
        "links_sources": _("how many say so"),
        "links_weight": _("weight of the links"),
        "amounts": _("how much was seized"),
        "later": _("Apply later"),
        "rules": _forms(lambda n: ngettext("{n} rule", "{n} rules", n)),
        "rules_taken": _forms(lambda n: ngettext("{n} rule added.", "{n} rules added.", n)),
        "no_rules": _("No other chart that you may open has rules."),
        "rules_full": _("A chart has at most 40 rules. Take one away first."),
        "area_box": pgettext("chart", "Box"),
        "area_circle": pgettext("area", "Circle"),
        "area_text": pgettext("area", "Text"),
        "area_text_begun": _("Your text"),
        "areas_full": _("A chart has at most 60 boxes, circles and texts. Take one away first."),
        "unnamed": _("without a name"),
    }


def _measures() -> dict[str, str | dict[str, str]]:
    return {
        "sized": _("size: {measure}"),
        "shaded": _("colour: {measure}"),
        "degree": _("links"),
        "betweenness": _("betweenness"),
        "closeness": _("closeness"),
        "eigenvector": _("influence"),
        "core": _("core"),
        "bridges": _("bridges"),
        "community": _("groups, by Leiden"),
        "component": _("what hangs together"),
        "estimated": _("{measure} ≈, from {n} of {all}"),
        "unmeasured": _("too large for {measure}"),
    }


def _counted() -> dict[str, str | dict[str, str]]:
    return {
        "of_items": _forms(lambda n: ngettext("{n} of {all} item", "{n} of {all} items", n)),
        "items": _forms(lambda n: ngettext("{n} item", "{n} items", n)),
        "lines": _forms(lambda n: ngettext("{n} line", "{n} lines", n)),
        "links": _forms(lambda n: ngettext("{n} link", "{n} links", n)),
        "in_dots": _forms(
            lambda n: ngettext(
                "{n} item stands in a dot with others", "{n} items stand in dots with others", n
            )
        ),
        "from_nearer": _forms(
            lambda n: ngettext("{n} line is seen from nearer", "{n} lines are seen from nearer", n)
        ),
        "chosen": _forms(lambda n: ngettext("{n} selected", "{n} selected", n)),
        "more": _forms(lambda n: ngettext("and {n} more", "and {n} more", n)),
        "added": _forms(lambda n: ngettext("{n} item added.", "{n} items added.", n)),
        "left_out": _forms(
            lambda n: ngettext(
                "{n} more is linked; expand again for it.",
                "{n} more are linked; expand again for them.",
                n,
            )
        ),
        "spread_limit": _forms(
            lambda n: ngettext(
                "{n} of {all} item added: no more at once.",
                "{n} of {all} items added: no more at once.",
                n,
            )
        ),
        "other_kinds": _forms(
            lambda n: ngettext(
                "{n} that was not ticked is linked too.",
                "{n} that were not ticked are linked too.",
                n,
            )
        ),
        "outside": _forms(
            lambda n: ngettext(
                "{n} is linked outside the period, or nobody says when.",
                "{n} are linked outside the period, or nobody says when.",
                n,
            )
        ),
        "there": _("It is on the chart already."),
        "nothing_more": _("Nothing more that you may read is linked to it."),
        "collapsed": _forms(lambda n: ngettext("{n} item collapsed.", "{n} items collapsed.", n)),
        "hidden": _forms(lambda n: ngettext("{n} item hidden.", "{n} items hidden.", n)),
        "again": _forms(lambda n: ngettext("{n} item shown.", "{n} items shown.", n)),
        "removed": _forms(lambda n: ngettext("{n} item taken off.", "{n} items taken off.", n)),
    }


def _hours() -> dict[str, str | dict[str, str]]:
    return {
        "not_said": _("not said"),
        "lit": _forms(lambda n: ngettext("{n} item stands out.", "{n} items stand out.", n)),
        "zone": _("What happened, by the clock of {zone}"),
        "most_hour": _forms(
            lambda n: ngettext("Busiest hour: {n} event.", "Busiest hour: {n} events.", n)
        ),
        "no_hours": _("No hour is known for anything here."),
        "without_hour": _forms(
            lambda n: ngettext(
                "{n} more is known by its day alone.", "{n} more are known by their day alone.", n
            )
        ),
    }


def _found() -> dict[str, str | dict[str, str]]:
    ways = _forms(lambda n: ngettext("{n} way found.", "{n} ways found.", n))
    return {
        "finding": _("Looking…"),
        "needs_around": _("Select at least one item."),
        "needs_shortest": _("Select two items: hold Ctrl for the second."),
        "needs_paths": _("Select two items: hold Ctrl for the second."),
        "needs_connecting": _("Select two to twenty items."),
        "needs_cycles": _("Select one item."),
        "found_around": _("This is what is linked."),
        "found_shortest": ways,
        "found_paths": ways,
        "found_connecting": _("This connects them."),
        "found_cycles": _forms(lambda n: ngettext("{n} ring found.", "{n} rings found.", n)),
        "nothing_around": _("Nothing that you may read is linked to it."),
        "nothing_shortest": _("No way leads from one to the other in what you may read."),
        "nothing_paths": _("No way of this length leads from one to the other."),
        "nothing_connecting": _("Nothing that you may read connects them."),
        "nothing_cycles": _("There is no ring of this length."),
        "found_most": _("In all that you may read, these have most links."),
        "found_most_kg": _("What comes less what goes, in all that you may read."),
        "found_most_s": _("What comes less what goes, in all that you may read."),
        "found_most_weight": _("All weights of their links together, in all that you may read."),
        "found_most_money": _(
            "What comes less what goes, each currency by itself, in all that you may read."
        ),
        "nothing_most": _("Nothing is linked in what you may read."),
        "nothing_most_weight": _("No link that you may read says how much."),
        "nothing_most_money": _("No link that you may read says how much."),
        "nothing_most_kg": _("No link that you may read says how much."),
        "nothing_most_s": _("No link that you may read says how much."),
        "not_all": _("There are more."),
        "gaps": _("Not connected with one another: {parts}."),
        "longer": _forms(
            lambda n: ngettext(
                "Looked for over at most {n} link; longer ways may be there.",
                "Looked for over at most {n} links; longer ways may be there.",
                n,
            )
        ),
        "without": _("Left out: {names}."),
        "take_in": _("Leave out no longer: {name}"),
    }


def _mapped() -> dict[str, str | dict[str, str]]:
    return {
        "km": _("km"),
        "no_time": _("time not known"),
        "way_accuracy": _("a place is known too roughly"),
        "way_gap": _forms(lambda n: ngettext("{n} day lies between", "{n} days lie between", n)),
        "sources": _forms(lambda n: ngettext("{n} source", "{n} sources", n)),
        "ways": _forms(
            lambda n: ngettext("{n} of {all} way is drawn", "{n} of {all} ways are drawn", n)
        ),
        "without_place": _forms(
            lambda n: ngettext(
                "Without a place: {n} of {all} item", "Without a place: {n} of {all} items", n
            )
        ),
    }


def inks() -> tuple[tuple[str, str], ...]:
    """Return the colours that a rule may give, each with its word."""
    return (
        ("chart-1", _("blue")),
        ("chart-2", _("orange")),
        ("chart-3", _("green")),
        ("chart-4", _("purple")),
        ("chart-5", _("brown")),
        ("chart-6", _("pink")),
        ("chart-7", _("olive")),
        ("chart-8", _("sea green")),
    )


def _forms(of: Callable[[int], str]) -> dict[str, str]:
    return {form: of(n) for form, n in _EXAMPLES.items()}
