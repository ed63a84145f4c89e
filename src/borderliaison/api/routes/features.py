"""Records on maps, as OGC API Features: landing page, conformance, collections and their items.

Source: OGC 17-069r4, OGC API - Features - Part 1: Core, classes "core", "oas30" and "geojson".
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from borderliaison.accounts.services import reader_of
from borderliaison.api.errors import BadQuestion, NotThere
from borderliaison.api.ogc.asking import asked_of, check_asked
from borderliaison.api.ogc.described import (
    GEOJSON,
    JSON,
    OF_ITEMS,
    OPENAPI,
    PARAMETERS,
    described_maps,
)
from borderliaison.records.interchange.exports.features import Feature, collections
from borderliaison.records.interchange.exports.features import Mapping as Reading
from borderliaison.records.models import Entity
from borderliaison.records.ontology.schema import Schema

router = Router()
CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CLASSES: Final = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{one}"
    for one in ("core", "oas30", "geojson")
)
_ROOT: Final = "/api/v1/features"
_ASKED: Final = {"parameters": [PARAMETERS[one] for one in OF_ITEMS]}


@router.get("/features", summary="Records on maps (OGC API Features)", url_name="features")
def landing(request: HttpRequest) -> HttpResponse:
    """Return where everything is. Give this address to QGIS; docs/howto/open-in-qgis.md says how."""
    check_asked(request.GET)
    return _json({
        "title": "Border Liaison",
        "description": _("Records with a place, as far as this officer may read and take them along."),
        "links": [
            _link(request, "self", JSON, _("This page")),
            _link(request, "service-desc", OPENAPI, _("The description of the interface"), "/api"),
            _link(request, "conformance", JSON, _("What it conforms to"), "/conformance"),
            _link(request, "data", JSON, _("The collections"), "/collections"),
        ],
    })  # fmt: skip


@router.get("/features/api", summary="The description of the maps' part", url_name="features_api")
def description(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI 3.0 description of these addresses, by themselves."""
    check_asked(request.GET)
    return _json(described_maps(request.build_absolute_uri(_ROOT)), OPENAPI)


@router.get("/features/conformance", summary="What it conforms to", url_name="features_conformance")
def conformance(request: HttpRequest) -> HttpResponse:
    """Return the classes of the standard to which this conforms."""
    check_asked(request.GET)
    return _json({"conformsTo": list(CLASSES)})


@router.get("/features/collections", summary="The collections", url_name="feature_collections")
def all_collections(request: HttpRequest) -> HttpResponse:
    """Return a collection for each kind of record that can have a place."""
    check_asked(request.GET)
    return _json({
        "links": [_link(request, "self", JSON, _("The collections"), "/collections")],
        "collections": [_collection(request, one) for one in collections().values()],
    })  # fmt: skip


@router.get("/features/collections/{name}", summary="One collection", url_name="feature_collection")
def one_collection(request: HttpRequest, name: str) -> HttpResponse:
    """Return one collection."""
    check_asked(request.GET)
    return _json(_collection(request, _kind(name)))


@router.get(
    "/features/collections/{name}/items", summary="Records of one kind", url_name="feature_items",
    openapi_extra=_ASKED,
)  # fmt: skip
def items(request: HttpRequest, name: str) -> HttpResponse:
    """Return records with their places as GeoJSON, by limit, bbox and datetime; the rest by “next”."""
    kind = _kind(name)
    asked = asked_of(request.GET, kind)
    try:
        page = _reading(request).page(asked)
    except Entity.DoesNotExist as error:
        raise BadQuestion("after") from error
    at = f"/collections/{kind.name}/items"
    links = [
        _link(request, "self", GEOJSON, _("This page"), at, request.GET.dict()),
        _link(request, "collection", JSON, kind.plural.text(_lang()), f"/collections/{kind.name}"),
    ]
    if page.after:
        further = {**request.GET.dict(), "after": page.after}
        links.append(_link(request, "next", GEOJSON, _("The next page"), at, further))
    number = len(page.features)
    matched = {} if asked.after or page.after else {"numberMatched": number}
    return _json({
        "type": "FeatureCollection",
        "features": [_feature(one) for one in page.features],
        "links": links,
        "numberReturned": number,
        **matched,
    }, GEOJSON)  # fmt: skip


@router.get(
    "/features/collections/{name}/items/{key}", summary="One record", url_name="feature_item"
)
def item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Return one record with its place as GeoJSON."""
    check_asked(request.GET)
    kind = _kind(name)
    found = _reading(request).one(kind, key)
    if found is None:
        raise NotThere
    at = f"/collections/{kind.name}"
    links = [
        _link(request, "self", GEOJSON, _("This page"), f"{at}/items/{found.key}"),
        _link(request, "collection", JSON, kind.plural.text(_lang()), at),
    ]
    return _json({**_feature(found), "links": links}, GEOJSON)


def _reading(request: HttpRequest) -> Reading:
    node = settings.NODE
    return Reading(reader_of(request), node.office, Path(node.run_directory), _lang())


def _kind(name: str) -> Schema:
    found = collections().get(name)
    if found is None:
        raise NotThere
    return found


def _collection(request: HttpRequest, kind: Schema) -> dict[str, Any]:
    at, title = f"/collections/{kind.name}", kind.plural.text(_lang())
    return {
        "id": kind.name,
        "title": title,
        "description": kind.about or title,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]], "crs": CRS84}},
        "links": [
            _link(request, "self", JSON, title, at),
            _link(request, "items", GEOJSON, title, f"{at}/items"),
        ],
    }


def _feature(one: Feature) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": one.key,
        "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
        "properties": one.values,
    }


def _link(
    request: HttpRequest, rel: str, kind: str, title: str, at: str = "",
    said: Mapping[str, str] | None = None,
) -> dict[str, str]:  # fmt: skip
    asked = f"?{urlencode(said)}" if said else ""
    href = request.build_absolute_uri(f"{_ROOT}{at}{asked}")
    return {"href": href, "rel": rel, "type": kind, "title": title}


def _json(data: Mapping[str, Any], kind: str = JSON) -> HttpResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False}, content_type=kind)


def _lang() -> str:
    return get_language() or "en"
