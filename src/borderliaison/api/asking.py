"""Questions to the records as programs keep them: the fields of a search, refused where one is none."""

from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from borderliaison.api.errors import NotUnderstood, Wrong
from borderliaison.api.routes.records import Question
from borderliaison.records.search.asked import Asked, read_asked


class Asks(Question, extra="forbid", strict=True):
    """What is looked for, to be kept: the fields by which records are searched."""


def asked_in(said: Asks) -> Asked:
    """Return what is looked for.

    Raises:
        NotUnderstood: a field is no value of its kind; a kept question finds nothing else meanwhile.
    """
    given = said.model_dump(exclude_defaults=True)
    asked = read_asked(given)
    lost = [name for name in given if given[name].strip() and not getattr(asked, name)]
    if lost:
        sentence = _("This is no value to look for here.")
        raise NotUnderstood(wrong=[Wrong(f"asks.{one}", sentence) for one in lost])
    return asked


def asked_of(query: str) -> Asked:
    """Return what is looked for, of the end of an address as it is kept."""
    return read_asked(dict(parse_qsl(query)))


def data_of(asked: Asked) -> Mapping[str, str]:
    """Return what is looked for by the names of its fields; empty ones are not there."""
    said = {one.name: str(getattr(asked, one.name)) for one in fields(asked) if one.name != "page"}
    return {name: value for name, value in said.items() if value}
