"""The sentences of what is carried in and out, of what changes while a chart is open, and of the file."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Forms = Callable[[Callable[[int], str]], dict[str, str]]


def carried_words(forms: Forms) -> dict[str, Any]:
    """Return each sentence by the name by which the script knows it.

    Args:
        forms: makes all forms of a sentence with a number.
    """
    return {
        "making_paper": _("The PDF is being made."),
        "making_file": _("The file is being made."),
        "file_find": _("Find in this chart"),
        "file_list": _("All items"),
        "file_all": _("All of it"),
        "file_taken": _("Taken away by"),
        "file_cannot": _("This browser cannot draw the chart. What it shows stands beside it."),
        "copied": forms(lambda n: ngettext("{n} item copied.", "{n} items copied.", n)),
        "stood_here": forms(
            lambda n: ngettext("{n} stood here already.", "{n} stood here already.", n)
        ),
        "absent": forms(
            lambda n: ngettext("{n} is not there for you.", "{n} are not there for you.", n)
        ),
        "no_room": forms(
            lambda n: ngettext(
                "{n} rule, snapshot, area or note found no room.",
                "{n} rules, snapshots, areas or notes found no room.",
                n,
            )
        ),
        "new_links": forms(lambda n: ngettext("{n} new link.", "{n} new links.", n)),
        "more_linked": forms(
            lambda n: ngettext(
                "More is linked to {n} item: expand it.",
                "More is linked to {n} items: expand them.",
                n,
            )
        ),
        "changed_items": forms(lambda n: ngettext("{n} item changed.", "{n} items changed.", n)),
        "gone_items": forms(
            lambda n: ngettext(
                "{n} item is not there any more.", "{n} items are not there any more.", n
            )
        ),
        "gone_links": forms(
            lambda n: ngettext(
                "{n} link is not there any more.", "{n} links are not there any more.", n
            )
        ),
    }
