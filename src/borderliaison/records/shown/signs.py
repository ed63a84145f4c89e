"""How each kind of record is drawn: its shape says what it is at all, its icon what kind. Pure."""

from functools import cache
from typing import Final

from borderliaison.records.ontology.model import schema

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


@cache
def icon_of(name: str) -> str:
    """Return the icon of a kind of record: its own, or that of the nearest that it extends."""
    return next((_ICONS[one] for one in schema(name).ancestors if one in _ICONS), "circle-dot")


@cache
def shape_of(name: str) -> str:
    """Return the shape of a kind of record: circle, square or diamond."""
    return next((_SHAPES[one] for one in schema(name).ancestors if one in _SHAPES), _SQUARE)


@cache
def icons() -> tuple[str, ...]:
    """Return every icon that a record may have, each once."""
    return tuple(sorted({*_ICONS.values(), "circle-dot"}))
