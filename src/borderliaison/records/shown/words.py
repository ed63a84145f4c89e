"""Values in the reader's words: codes by their lists, countries and offices by their names, dates."""

import re
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from borderliaison.forms.codes import load_codes
from borderliaison.offices.services import crossing_names
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile, Value
from borderliaison.records.shown.codes import code_words

_ROLES: Final = {
    "subject": gettext_lazy("whom or what the lookout is for"),
    "wanted": pgettext_lazy("role", "wanted"),
    "consignment": pgettext_lazy("record", "Consignment"),
}
"""What the rules of forms say by themselves, and neither a list nor the form has in fitting words."""
_SPOKEN: Final = frozenset({"name", "string", "text"})
"""Types of values that are words of a language; a number is the same in all."""
_CODES: Final = {"en": frozenset({"en", "eng"}), "ru": frozenset({"ru", "rus"})}
"""By the reader's language, ISO 639-1 and 639-3: sources write either."""
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")


def value_words(
    schema: str, prop: Property, value: str, lang: str, zone: tzinfo | None = None
) -> str:
    """Return a value as it is shown.

    Args:
        schema: of the entity of which it is said.
        prop: of which property.
        value: as it is kept; not of a reference.
        lang: the reader's language.
        zone: of the office's clock, where whoever asks for thousands of moments has it.
    """
    if prop.type.name == "date":
        return _date(value, lang, zone)
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
    """Return what a record is called: its caption in words; where nothing names it, its kind.

    Of several names it is the most said one of those in the reader's language, else in his letters, else of
    all; none is written in other letters than it was said in.
    """
    for name in profile.kind.caption:
        named = profile.of(name)
        if named:
            prop = profile.kind.properties[name]
            if len(named) > 1 and prop.type.name in _SPOKEN:
                named = tuple(sorted(named, key=lambda one: _strangeness(one, lang)))
            return value_words(profile.schema, prop, named[0].value, lang)
    return profile.kind.label.text(lang)


def _strangeness(one: Value, lang: str) -> int:
    """Return how far a name is from the reader: 0 in his language, 1 in his letters, 2 in others.

    A report's language is kept with a name that stands in it as the passport has it: letters come first,
    and where no language is kept they alone say it.
    """
    own, other = (_CYRILLIC, _LATIN) if lang == "ru" else (_LATIN, _CYRILLIC)
    if not own.search(one.value) or other.search(one.value):
        return 2
    return 0 if not one.language or one.language in _CODES.get(lang, {lang}) else 1


def _date(value: str, lang: str, zone: tzinfo | None) -> str:
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
        at = moment.astimezone(zone or timezone.get_current_timezone()) if moment.tzinfo else moment
        return f"{_written(at.date(), 'j E Y', lang)}, {at.hour:02}:{at.minute:02}"
    except (ValueError, OverflowError):
        return value


@lru_cache(maxsize=1024)
def _written(day: date, form: str, lang: str) -> str:
    """Return a day in words; kept, for a chart has thousands of moments and few days."""
    with override(lang):
        return date_format(day, form)
