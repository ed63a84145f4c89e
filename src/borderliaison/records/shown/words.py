"""Values in the reader's words: codes by their lists, countries and offices by their names, dates."""

from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from borderliaison.forms.codes import load_codes
from borderliaison.offices.services import crossing_names
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.shown.codes import code_words

_ROLES: Final = {
    "subject": gettext_lazy("whom or what the lookout is for"),
    "wanted": pgettext_lazy("role", "wanted"),
    "consignment": pgettext_lazy("record", "Consignment"),
}
"""What the rules of forms say by themselves, and neither a list nor the form has in fitting words."""


def value_words(schema: str, prop: Property, value: str, lang: str) -> str:
    """Return a value as it is shown.

    Args:
        schema: of the entity of which it is said.
        prop: of which property.
        value: as it is kept; not of a reference.
        lang: the reader's language.
    """
    if prop.type.name == "date":
        return _date(value, lang)
    if prop.name in ("role", "name") and value in _ROLES:
        return str(_ROLES[value])
    known = code_words(schema, prop.name, value)
    if known is not None:
        return known.text(lang)
    match schema, prop.name, prop.type.name:
        case "CrossingPoint", "code", _:
            said = crossing_names(lang).get(value, value)
        case "LiaisonOffice", "code", _:
            said = short_office_names(lang).get(value, value)
        case _, _, "country":
            said = load_codes("country").text(value.upper(), lang)
        case _:
            said = value
    return said


def name_of(profile: Profile, lang: str) -> str:
    """Return what a record is called: its caption in words; where nothing names it, its kind."""
    for name in profile.kind.caption:
        for one in profile.of(name):
            return value_words(profile.schema, profile.kind.properties[name], one.value, lang)
    return profile.kind.label.text(lang)


def _date(value: str, lang: str) -> str:
    """Return a date as precisely as it is known, a moment by the office's clock; no date as it stands."""
    try:
        match len(value):
            case 4:
                return value
            case 7:
                return _written(date.fromisoformat(f"{value}-01"), "F Y", lang)
            case 10:
                return _written(date.fromisoformat(value), "j E Y", lang)
        moment = datetime.fromisoformat(value)
        at = timezone.localtime(moment) if moment.tzinfo else moment
        return f"{_written(at.date(), 'j E Y', lang)}, {at:%H:%M}"
    except (ValueError, OverflowError):
        return value


@lru_cache(maxsize=1024)
def _written(day: date, form: str, lang: str) -> str:
    """Return a day in words; kept, for a chart has thousands of moments and few days."""
    with override(lang):
        return date_format(day, form)
