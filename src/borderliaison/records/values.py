"""Values of statements: how each is kept, and the key by which it is found and compared. Pure.

What is kept stays as it was said but for space and marks that nobody sees; only the key is bent. Telephone
numbers are read by Google's libphonenumber, for a country where they say none.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from borderliaison.forms.folding import folded
from borderliaison.forms.identifiers.schemes import compared_number
from borderliaison.records.ontology.schema import Property

_DATE: Final = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?"
)
_FRACTION: Final = re.compile(r"(?<=T\d{2}:\d{2}:\d{2})\.\d+")
_COUNTRY: Final = re.compile(r"[a-z]{2}(-[a-z0-9]{1,8})?|xx[abcx]")
"""ISO 3166, and what ICAO Doc 9303 has for who has no citizenship, a refugee, or nobody knows."""
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_A_DAY: Final = timedelta(days=1)
MAX_KEY: Final = 200
"""Of a key, in characters: two values that are the same so far are compared whole by whoever looks."""


def cleaned(prop: Property, text: str, country: str = "") -> str | None:
    """Return a value as it is kept.

    Args:
        prop: what is said.
        text: as it was said.
        country: the ISO 3166-1 code of where it was said, for telephone numbers without one.

    Returns:
        The value; None where it is none of this type, or too long.
    """
    plain = legible(text)
    value = plain.strip() if prop.type.name in ("text", "html", "json") else " ".join(plain.split())
    made = _CLEANED[prop.type.name](value, country) if prop.type.name in _CLEANED else value
    return made if made and len(made) <= prop.max_length else None


def legible(text: str) -> str:
    """Return a text composed, without signs that nobody sees: marks of direction, halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if sign.isprintable() or sign.isspace())


def key_of(prop: Property, value: str) -> str:
    """Return the key of a kept value; empty for what is not looked up by itself."""
    make = _KEYS.get(prop.type.name)
    return make(value)[:MAX_KEY] if make is not None else ""


def _date(value: str, country: str) -> str | None:
    whole = _FRACTION.sub("", value)
    return whole if _DATE.fullmatch(whole) and _is_on_the_calendar(whole) else None


def _is_on_the_calendar(date: str) -> bool:
    """Whether there is such a day and hour, by each clock on earth."""
    try:
        found = datetime.fromisoformat(date + "0001-01-01"[len(date) :])
        at = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
        return at - _A_DAY < at.astimezone(UTC) < at + _A_DAY
    except (ValueError, OverflowError):
        return False


def _country(value: str, country: str) -> str | None:
    small = value.lower()
    return small if _COUNTRY.fullmatch(small) else None


def _number(value: str, country: str) -> str | None:
    plain = value.replace(" ", "").replace(",", ".")
    return plain if _NUMBER.fullmatch(plain) else None


def _phone(value: str, country: str) -> str | None:
    """Return a telephone number as E.164; as it was said where it is none that is known."""
    import phonenumbers  # noqa: PLC0415 - takes a moment, and few processes need it

    if _E164.fullmatch(value) and _is_whole(value):
        return value
    try:
        number = phonenumbers.parse(value, country.upper() or None)
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_possible_number(number):
        return value
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _is_whole(value: str) -> bool:
    """Whether a number is kept as it stands: nothing before it is dialled at home only, and it is so long.

    What the library says of each, at a fiftieth of the cost.
    """
    for digits in (1, 2, 3):
        found = _dialled(value[1 : 1 + digits])
        if found is not None:
            within = value[1 + digits :]
            return len(within) in found.lengths and not found.at_home.match(within)
    return False


@dataclass(frozen=True, slots=True)
class _Dialled:
    """How numbers below a country calling code are dialled.

    Attributes:
        lengths: how long they can be.
        at_home: what is dialled before them at home only.
    """

    lengths: frozenset[int]
    at_home: re.Pattern[str]


@cache
def _dialled(code: str) -> _Dialled | None:
    import phonenumbers  # noqa: PLC0415 - as above

    region = phonenumbers.region_code_for_country_code(int(code))
    known = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if known is None:
        return None
    lengths = (
        n
        for n in range(2, 15)
        if phonenumbers.is_possible_number(
            phonenumbers.PhoneNumber(country_code=int(code), national_number=10 ** (n - 1))
        )
    )
    return _Dialled(frozenset(lengths), re.compile(f"0|{known.national_prefix_for_parsing or '0'}"))


_CLEANED: Final[Mapping[str, Callable[[str, str], str | None]]] = {
    "country": _country,
    "date": _date,
    "number": _number,
    "phone": _phone,
}
_KEYS: Final[Mapping[str, Callable[[str], str]]] = {
    "address": folded,
    "checksum": str.lower,
    "country": str,
    "date": str,
    "email": str.casefold,
    "gender": str,
    "identifier": compared_number,
    "ip": str.lower,
    "name": folded,
    "phone": compared_number,
    "string": folded,
    "topic": str,
    "url": str.casefold,
}
