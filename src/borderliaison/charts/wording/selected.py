"""The sentences of what is done to a selection, and of what finds no room."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

Forms = Callable[[Callable[[int], str]], dict[str, str]]


def selected_words(forms: Forms) -> dict[str, Any]:
    """Return each sentence by the name by which the script knows it.

    Args:
        forms: makes all forms of a sentence with a number.
    """
    return {
        "snapshots_full": _("A chart has at most 60 snapshots. Take one away first."),
        "merged_full": _(
            "A chart keeps words of at most 200 versions of others. Begin a new chart."
        ),
    }
