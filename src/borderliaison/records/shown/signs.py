"""How each kind of record is drawn: its shape says what it is at all, its icon what kind. Pure."""

from functools import cache
from typing import Final

from borderliaison.records.ontology.model import schema
from borderliaison.records.ontology.schema import Property

_CIRCLE, _SQUARE, _DIAMOND = "circle", "square", "diamond"

_SHAPES: Final = {"Person": _CIRCLE, "Event": _DIAMOND}
"""Everything else is a square: a thing, a place, an organisation."""

_ICONS: Final = {
    "Person": "user",
    "PublicBody": "building-bank",
    "Company": "building",
    "Organization": "users-group",
    "LegalEntity": "building",
    "Vehicle": "truck",
    "RailVehicle": "train",
    "Vessel": "ship",
    "Airplane": "plane",
    "Container": "container",
    "Consignment": "package",
    "Substance": "flask-2",
    "Firearm": "crosshair",
    "Cash": "cash",
    "BankAccount": "building-bank",
    "Phone": "phone",
    "UserAccount": "id-badge-2",
    "TravelDocument": "e-passport",
    "Passport": "e-passport",
    "Identification": "id-badge-2",
    "CrossingPoint": "road",
    "LiaisonOffice": "building-community",
    "Address": "map-pin",
    "Territory": "world",
    "Seizure": "pill",
    "Smuggling": "packages",
    "PrecursorStop": "flask",
    "Sighting": "eye",
    "EntryRefusal": "ban",
    "IllegalCrossing": "walk",
    "Detention": "lock-access",
    "DocumentForgery": "certificate",
    "Lookout": "alert-triangle",
    "WantedNotice": "user-search",
    "Incident": "alert-octagon",
    "JointEvent": "users-group",
    "Event": "calendar",
    "Document": "file-text",
    "Note": "note",
    "Asset": "packages",
    "Thing": "circle-dot",
    "Interval": "link",
}

_SIGNS: Final = {
    "amount": "cash", "currency": "cash", "price": "cash", "declared": "cash",
    "registrationNumber": "car", "wagonNumber": "train", "trailerNumber": "caravan",
    "weightDeclared": "weight", "weightFound": "weight", "packages": "packages", "goods": "packages",
    "concealment": "eye-off", "transport": "truck", "direction": "arrows-left-right",
}  # fmt: skip
"""What a property is known by at a glance; of the others, the type of its values says it."""
_TYPES: Final = {
    "name": "tag", "date": "calendar", "country": "flag", "phone": "phone", "email": "mail",
    "address": "map-pin", "identifier": "hash", "number": "number-123", "url": "world",
    "gender": "user", "language": "language",
}  # fmt: skip


@cache
def icon_of(name: str) -> str:
    """Return the icon of a kind of record: its own, or that of the nearest that it extends."""
    return next((_ICONS[one] for one in schema(name).ancestors if one in _ICONS), "circle-dot")


def sign_of(prop: Property) -> str:
    """Return the icon of a property, beside which its value stands on a chart."""
    return _SIGNS.get(prop.name) or _TYPES.get(prop.type.name, "tag")


@cache
def shape_of(name: str) -> str:
    """Return the shape of a kind of record: circle, square or diamond."""
    return next((_SHAPES[one] for one in schema(name).ancestors if one in _SHAPES), _SQUARE)


@cache
def icons() -> tuple[str, ...]:
    """Return every icon that a record or a property may have, each once."""
    return tuple(sorted({*_ICONS.values(), *_SIGNS.values(), *_TYPES.values(), "circle-dot"}))
