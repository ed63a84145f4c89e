"""A grey lorry, who drives it and what was found in it: a small network that several offices tell of."""

import time
from datetime import UTC, datetime

from django.test import Client

from borderliaison.kernel.marking import Audience, Grading, Marking
from borderliaison.markings.services import intern
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write

HERE = Audience.of(("KG-BDB", "*"))
FIRM = Marking(audience=HERE, grading=Grading("4x4", "1", "A1"))
LOOSE = Marking(audience=HERE, grading=Grading("4x4", "1", "B3"))
BARE = Marking(audience=HERE)

_KINDS = {
    "tilekov": ("Person", {"name": "Azamat Tilekov", "birthDate": "1984-02-11"}),
    "holov": ("Person", {"name": "Rustam Holov", "birthDate": "1979-07-03"}),
    "consignee": ("Person", {"name": "Bakyt Sulaimanov"}),
    "nazarova": ("Person", {"name": "Dilbar Nazarova"}),
    "lorry": ("Vehicle", {"registrationNumber": "KG 01 7784 AD", "registeredIn": "kg"}),
    "car": ("Vehicle", {"registrationNumber": "01 A 417 BC", "registeredIn": "uz"}),
    "phone": ("Phone", {"number": "+996555140417"}),
    "other phone": ("Phone", {"number": "+998901122260"}),
    "firm": ("Company", {"name": "Ak-Tilek Trans LLC"}),
    "load": ("Consignment", {"name": "Onions", "waybill": "CMR 55120"}),
    "seizure": ("Seizure", {"name": "Seizure 0231, 14.6 kg", "date": "2026-05-15"}),
    "earlier": ("Seizure", {"name": "Seizure 0188, 6.2 kg", "date": "2026-03-02"}),
    "lookout": ("Lookout", {"name": "Lookout 0117", "date": "2026-05-14"}),
    "sighting": ("Sighting", {"name": "Driver changed at Sary-Tash", "date": "2026-05-13"}),
    "dostuk": ("CrossingPoint", {"name": "Dostuk"}),
    "bor-dobo": ("CrossingPoint", {"name": "Bor-Dobo"}),
    "heroin": ("Substance", {"name": "Heroin"}),
}
_LINKS = [
    ("Use", "tilekov", "lorry", "2026-05-12", FIRM),
    ("Use", "holov", "lorry", "2026-05-14", FIRM),
    ("Use", "tilekov", "phone", "2026-05-10", FIRM),
    ("Use", "holov", "other phone", "2026-05-01", LOOSE),
    ("Use", "nazarova", "car", "2026-04-20", LOOSE),
    ("Communication", "phone", "other phone", "2026-05-12", FIRM),
    ("Communication", "phone", "other phone", "2026-05-13", FIRM),
    ("Communication", "other phone", "phone", "2026-05-13", LOOSE),
    ("Ownership", "firm", "lorry", "2025-01-01", LOOSE),
    ("PartyTo", "firm", "load", "2026-05-12", FIRM),
    ("PartyTo", "consignee", "load", "2026-05-12", LOOSE),
    ("Carriage", "load", "lorry", "2026-05-13", FIRM),
    ("Involvement", "lorry", "seizure", "2026-05-15", FIRM),
    ("Involvement", "holov", "seizure", "2026-05-15", FIRM),
    ("Involvement", "holov", "earlier", "2026-03-02", LOOSE),
    ("Involvement", "lorry", "lookout", "2026-05-14", FIRM),
    ("Involvement", "lorry", "sighting", "2026-05-13", BARE),
    ("Involvement", "car", "earlier", "2026-03-02", FIRM),
    ("SeizedQuantity", "seizure", "heroin", "2026-05-15", FIRM),
    ("SeizedQuantity", "earlier", "heroin", "2026-03-02", FIRM),
    ("Crossing", "lorry", "dostuk", "2026-05-15", FIRM),
    ("Crossing", "lorry", "bor-dobo", "2026-05-13", FIRM),
]
_ENDS = {
    "Use": ("user", "used"),
    "Communication": ("from", "to"),
    "Ownership": ("owner", "asset"),
    "PartyTo": ("party", "consignment"),
    "Carriage": ("carried", "carrier"),
    "Involvement": ("entity", "event"),
    "SeizedQuantity": ("event", "substance"),
    "Crossing": ("traveller", "crossingPoint"),
}


def key(name: str) -> str:
    """Return the key of somebody or something of the network."""
    return key_of_entity("grey lorry", name)


def grey_lorry() -> list[str]:
    """Write the network; return the keys of all in it."""
    for place, (kind, begin, end, date, marking) in enumerate(_LINKS):
        first, second = _ENDS[kind]
        says = (Said(first, key(begin)), Said(second, key(end)), Said("startDate", date))
        link = Drafted(key_of_entity("grey lorry", str(place)), kind, says)
        _write(place, [_drafted(begin), _drafted(end), link], marking)
    return [key(name) for name in _KINDS]


def looking(client: Client, ago_s: float = 0) -> Client:
    """Let an officer have said so long ago that he looks for a case."""
    session = client.session
    session["records_purpose"] = f"case {int(time.time() - ago_s)}"
    session.save()
    return client


def _drafted(name: str) -> Drafted:
    schema, said = _KINDS[name]
    return Drafted(key(name), schema, tuple(Said(*one) for one in said.items()))


def _write(place: int, drafted: list[Drafted], marking: Marking) -> None:
    at = datetime(2026, 5, 12, 3, place, tzinfo=UTC)
    office = ("KG-BDB", "KG-DST", "KG-OSH")[place % 3]
    source = key_of_entity("source", "grey lorry", str(place))
    write(Origin(source, "report", office, at, at, "KG", intern(marking).pk), drafted)
