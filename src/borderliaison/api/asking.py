"""Questions to the records as programs keep them: the fields of a search, refused where one is none."""

from django.utils.translation import gettext as _

from borderliaison.api.errors import NotUnderstood, Wrong
from borderliaison.api.routes.records import Question
from borderliaison.records.search.question.asked import Asked, read_asked, unread


class Asks(Question, extra="forbid", strict=True):
    """What is looked for, to be kept: the fields by which records are searched."""


def asked_in(said: Asks) -> Asked:
    """Return what is looked for.

    Raises:
        NotUnderstood: a field is no value of its kind; a kept question would find everything else.
    """
    given = said.model_dump(exclude_defaults=True)
    sentence = _("This is no value to look for here.")
    wrong = [Wrong(f"asks.{one}", sentence) for one in unread(given)]
    if wrong:
        raise NotUnderstood(wrong=wrong)
    return read_asked(given)
