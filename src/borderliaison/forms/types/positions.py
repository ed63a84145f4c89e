"""A position on the earth in decimal degrees."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from borderliaison.forms.context import Context, Directory
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown, as_typed

_KEYS: Final = frozenset({"lat", "lon"})
_DEGREES: Final = r"(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)"
_TYPED: Final = re.compile(_DEGREES + r"\s*°?\s*N?\s*[,; ]\s*" + _DEGREES + r"\s*°?\s*E?", re.I)
_ONE: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,6})?")
_LIMITS: Final = {"lat": 90, "lon": 180}
_MAX_TYPED: Final = 60
_SIXTY: Final = Decimal(60)
_METRE: Final = Decimal("0.00001")
_LETTERS: Final = str.maketrans("СЮВЗ", "NSEW")
"""Russian initials of the hemispheres; С is a Cyrillic letter here."""
_WORDS: Final = re.compile(r"(?<=[СЮВЗ])\.?\s*[ШД]\.?")


def _coordinate(name: str, sides: str) -> tuple[str, str]:
    number = (
        rf"(?P<{name}_deg>[0-9]{{1,3}})\s*[°º ]\s*(?P<{name}_min>[0-9]{{1,2}}(?:\.[0-9]{{1,6}})?)"
        rf"\s*['′’ ]?\s*(?:(?P<{name}_sec>[0-9]{{1,2}}(?:\.[0-9]{{1,4}})?)\s*(?:[\"″”]|''|′′)?)?"
    )
    return number, rf"(?P<{name}_side>[{sides}])"


_LAT, _NORTH = _coordinate("lat", "NS")
_LON, _EAST = _coordinate("lon", "EW")
_BETWEEN: Final = r"\s*[,;]?\s*"
_LETTERS_AFTER: Final = re.compile(rf"{_LAT}\s*{_NORTH}{_BETWEEN}{_LON}\s*{_EAST}", re.ASCII)
_LETTERS_BEFORE: Final = re.compile(rf"{_NORTH}\s*{_LAT}{_BETWEEN}{_EAST}\s*{_LON}", re.ASCII)


def _from_seconds(text: str) -> tuple[str, str]:
    """Return decimal degrees of degrees, minutes and seconds, letters before or after each.

    Raises:
        Refused: it is not a latitude with a longitude.
    """
    plain = _WORDS.sub("", text.upper()).translate(_LETTERS)
    for pattern in (_LETTERS_AFTER, _LETTERS_BEFORE):
        if match := pattern.fullmatch(plain):
            found = match.groupdict()
            return _decimal(found, "lat"), _decimal(found, "lon")
    raise Refused("not_position")


def _decimal(found: Mapping[str, str | None], name: str) -> str:
    parts = [Decimal(found[f"{name}_{part}"] or 0) for part in ("deg", "min", "sec")]
    if parts[1] >= _SIXTY or parts[2] >= _SIXTY:
        raise Refused("not_position")
    degrees = parts[0] + parts[1] / _SIXTY + parts[2] / _SIXTY**2
    sign = "-" if found[f"{name}_side"] in ("S", "W") and degrees else ""
    return f"{sign}{degrees.quantize(_METRE)}"


class PositionType(FieldType):
    """A position."""

    name = "position"
    about = (
        "A position in decimal degrees (WGS 84), latitude first: 40.550, 72.750; "
        "kept as {lat, lon} with the digits that were typed. Degrees, minutes and seconds with the "
        "letters of the hemispheres are read too: 40°33′00″N 72°45′00″E."
    )

    def read(self, raw: Any, field: FormField, context: Context) -> dict[str, str] | str:
        """Return latitude and longitude."""
        if isinstance(raw, dict):
            if set(raw) != _KEYS or not all(isinstance(one, str) for one in raw.values()):
                raise Refused("not_position")
            lat, lon = raw["lat"], raw["lon"]
        elif isinstance(raw, str):
            text = raw.strip() if len(raw) <= _MAX_TYPED else ""
            match = _TYPED.fullmatch(text)
            lat, lon = match.groups() if match else _from_seconds(text)
        else:
            raise Refused("not_position")
        found = {"lat": lat, "lon": lon}
        for name, text in found.items():
            if not _ONE.fullmatch(text) or abs(Decimal(text)) > _LIMITS[name]:
                raise Refused("not_position")
        return found

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a latitude with a longitude."""
        return (
            isinstance(value, dict)
            and set(value) == _KEYS
            and all(isinstance(one, str) and _ONE.fullmatch(one) for one in value.values())
        )

    def show(
        self, value: dict[str, str], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return the position as it is read aloud: latitude, longitude."""
        return Shown(f"{value['lat']}, {value['lon']}")

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return the position as it is typed."""
        if isinstance(raw, dict) and self.is_value(raw, field):
            return {"": [f"{raw['lat']}, {raw['lon']}"]}
        return {"": [as_typed(raw)]}
