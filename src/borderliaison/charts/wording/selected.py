"""The sentences of a selection, of what lies beside the chart, and of what finds no room."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Forms = Callable[[Callable[[int], str]], dict[str, str]]


def selected_words(forms: Forms) -> dict[str, Any]:
    """Return each sentence by the name by which the script knows it.

    Args:
        forms: makes all forms of a sentence with a number.
    """
    return {
        "chosen_of": forms(lambda n: ngettext("{n} of {all} selected", "{n} of {all} selected", n)),
        "handmade": _("colour, letter or symbol given by hand"),
        "as_one": _("of one name, drawn as one; it does not say that they are one"),
        "items_as_one": forms(
            lambda n: ngettext("{n} stands with its namesake", "{n} stand with their namesakes", n)
        ),
        "as_one_now": forms(
            lambda n: ngettext(
                "{n} item stands with its namesake now.",
                "{n} items stand with their namesakes now.",
                n,
            )
        ),
        "no_namesakes": _("No two people or firms that are shown have one name."),
        "onto_full": _("At most 100 at once go onto another chart. Copy more with Ctrl C."),
        "off_chart": _("What it is linked to off the chart"),
        "off_chart_more": forms(
            lambda n: ngettext("{n} more off the chart", "{n} more off the chart", n)
        ),
        "none_off_chart": _("All that it is linked to is on the chart."),
        "put_here": _("Put {name} on the chart"),
        "events_left": forms(
            lambda n: ngettext(
                "{n} more to which these are linked was not fetched.",
                "{n} more to which these are linked were not fetched.",
                n,
            )
        ),
        "snapshots_full": _("A chart has at most 60 snapshots. Take one away first."),
        "merged_full": _(
            "A chart keeps words of at most 200 versions of others. Begin a new chart."
        ),
    }


def signs() -> dict[str, str]:
    """Return the symbols that an analyst may give an item, each with its word."""
    return {
        "user": _("a person"),
        "users-group": _("a group"),
        "building": _("a firm"),
        "truck": _("a lorry"),
        "car": _("a car"),
        "train": _("a train"),
        "ship": _("a ship"),
        "plane": _("an aircraft"),
        "container": _("a container"),
        "package": _("goods"),
        "phone": _("a telephone"),
        "cash": _("money"),
        "flask": _("a substance"),
        "pill": _("drugs"),
        "crosshair": _("a weapon"),
        "e-passport": _("a document"),
        "map-pin": _("a place"),
        "road": _("a road"),
        "eye": _("an observer"),
        "key": _("a key figure"),
        "alert-triangle": _("danger"),
        "help-circle": _("a question"),
        "skull": _("a death"),
        "flag-3": _("a flag"),
    }
