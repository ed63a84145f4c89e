"""The directory of offices, crossing points and agencies."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from borderliaison.api.shapes import Words
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import all_agencies, all_crossings, all_offices, this_office
from borderliaison.offices.short_names import agencies_by_office

router = Router()


class OfficeLine(Schema):
    """An office: its zone, its crossing point and the agencies that work in it."""

    code: str
    country: str
    names: Words
    zone: str
    crossing: str
    agencies: list[str]


class CrossingLine(Schema):
    """A crossing point and what passes there."""

    code: str
    country: str
    names: Words
    kinds: list[str]


class AgencyLine(Schema):
    """An agency."""

    code: str
    country: str
    names: Words
    kind: str


class Network(Schema):
    """The network as this office knows it; ``own`` is this office."""

    own: str
    offices: list[OfficeLine]
    crossings: list[CrossingLine]
    agencies: list[AgencyLine]


@router.get("/offices", response=Network, summary="The network")
def list_offices(request: HttpRequest) -> dict[str, Any]:
    """Return every office, crossing point and agency with its names."""
    working = agencies_by_office()
    return {
        "own": this_office(),
        "offices": [
            {
                "code": one.code,
                "country": one.code[:2],
                "names": one.names,
                "zone": one.zone,
                "crossing": one.crossing_id or "",
                "agencies": list(working.get(OfficeCode(one.code), ())),
            }
            for one in all_offices()
        ],
        "crossings": [
            {"code": one.code, "country": one.code[:2], "names": one.names, "kinds": one.kinds}
            for one in all_crossings()
        ],
        "agencies": [
            {"code": one.code, "country": one.code[:2], "names": one.names, "kind": one.kind}
            for one in all_agencies()
        ],
    }
