"""A position on the earth in decimal degrees."""

import re
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


class PositionType(FieldType):
    """A position."""

    name = "position"
    about = (
        "A position in decimal degrees (WGS 84), latitude first: 40.550, 72.750; "
        "kept as {lat, lon} with the digits that were typed."
    )

    def read(self, raw: Any, field: FormField, context: Context) -> dict[str, str] | str:
        """Return latitude and longitude."""
        if isinstance(raw, dict):
            if set(raw) != _KEYS or not all(isinstance(one, str) for one in raw.values()):
                raise Refused("not_position")
            lat, lon = raw["lat"], raw["lon"]
        elif isinstance(raw, str):
            match = _TYPED.fullmatch(raw.strip()) if len(raw) <= _MAX_TYPED else None
            if match is None:
                raise Refused("not_position")
            lat, lon = match.groups()
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
