"""Nothing of records is told to the script of a chart but for a purpose, which the work on it keeps."""

from django.http import HttpRequest

from borderliaison.charts.errors import PurposeMissing
from borderliaison.records.shown.purpose import held_purpose


def for_what(request: HttpRequest) -> str:
    """Return for what the officer looks.

    Raises:
        PurposeMissing: he has not said it, or long ago.
    """
    purpose = held_purpose(request)
    if not purpose:
        raise PurposeMissing("purpose")
    return purpose
