"""Records on maps, as OGC API Features: landing page, conformance, collections and their items.

Source: OGC 17-069r4, OGC API - Features - Part 1: Core, classes "core" and "geojson".
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time
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
from borderliaison.records.interchange.features import (
    Asked,
    Box,
    Feature,
    Span,
    collections,
)
from borderliaison.records.interchange.features import Mapping as Reading
from borderliaison.records.models import Entity
from borderliaison.records.ontology.schema import Schema

router = Router()
JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.1"
CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CLASSES: Final = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)
MOST: Final = 1000
"""Items on a page; who asks for more gets so many."""
USUAL: Final = 100
_ROOT: Final = "/api/v1/features"
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)
_ITEMS: Final = frozenset({"f", "limit", "bbox", "datetime", "after"})
_PARAMETERS: Final = {
    "parameters": [
        {"name": "limit", "in": "query", "style": "form", "explode": False,
         "description": f"How many items at most; more than {MOST} are given on further pages.",
         "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}},
        {"name": "bbox", "in": "query", "style": "form", "explode": False,
         "description": "West, south, east, north in degrees, WGS 84; or six numbers with heights.",
         "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}},
        {"name": "datetime", "in": "query", "style": "form", "explode": False,
         "description": "A moment, or an interval: 2026-05-01T00:00:00Z/..",
         "schema": {"type": "string"}},
        {"name": "after", "in": "query", "description": "As the link “next” says.",
         "schema": {"type": "string"}},
    ]
}  # fmt: skip


@router.get("/features", summary="Records on maps (OGC API Features)", url_name="features")
def landing(request: HttpRequest) -> HttpResponse:
    """Return where everything is. Give this address to QGIS, with the token as its header."""
    _check(request)
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
    """Return the OpenAPI description of these addresses."""
    _check(request)
    from borderliaison.api.interface import described  # noqa: PLC0415 - the interface is made of its routes

    whole = described()
    paths = {at: one for at, one in whole["paths"].items() if at.startswith(_ROOT)}
    return _json({**whole, "paths": paths}, OPENAPI)


@router.get("/features/conformance", summary="What it conforms to", url_name="features_conformance")
def conformance(request: HttpRequest) -> HttpResponse:
    """Return the classes of the standard to which this conforms."""
    _check(request)
    return _json({"conformsTo": list(CLASSES)})


@router.get("/features/collections", summary="The collections", url_name="feature_collections")
def all_collections(request: HttpRequest) -> HttpResponse:
    """Return a collection for each kind of record that can have a place."""
    _check(request)
    return _json({
        "links": [_link(request, "self", JSON, _("The collections"), "/collections")],
        "collections": [_collection(request, one) for one in collections().values()],
    })  # fmt: skip


@router.get("/features/collections/{name}", summary="One collection", url_name="feature_collection")
def one_collection(request: HttpRequest, name: str) -> HttpResponse:
    """Return one collection."""
    _check(request)
    return _json(_collection(request, _kind(name)))


@router.get(
    "/features/collections/{name}/items", summary="Records of one kind", url_name="feature_items",
    openapi_extra=_PARAMETERS,
)  # fmt: skip
def items(request: HttpRequest, name: str) -> HttpResponse:
    """Return records with their places as GeoJSON, by limit, bbox and datetime; the rest by “next”."""
    kind = _kind(name)
    asked = _asked(request, kind)
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
    return _json({
        "type": "FeatureCollection",
        "features": [_feature(one) for one in page.features],
        "links": links,
        "numberReturned": len(page.features),
    }, GEOJSON)  # fmt: skip


@router.get(
    "/features/collections/{name}/items/{key}", summary="One record", url_name="feature_item"
)
def item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Return one record with its place as GeoJSON."""
    _check(request)
    kind = _kind(name)
    found = _reading(request).one(kind, key)
    if found is None:
        raise NotThere
    at = f"/collections/{kind.name}"
    links = [
        _link(request, "self", GEOJSON, found.values["label"], f"{at}/items/{found.key}"),
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


def _asked(request: HttpRequest, kind: Schema) -> Asked:
    """Return what the address asks for.

    Raises:
        BadQuestion: a parameter is unknown, or its value is none.
    """
    _check(request, _ITEMS)
    said = request.GET
    limit = said.get("limit", str(USUAL))
    if not (limit.isascii() and limit.isdecimal() and int(limit[:9]) >= 1):
        raise BadQuestion("limit")
    box = _box(said["bbox"]) if "bbox" in said else None
    span = _span(said["datetime"]) if "datetime" in said else None
    return Asked(kind, min(int(limit[:9]), MOST), said.get("after", ""), box, span)


def _check(request: HttpRequest, known: Collection[str] = ("f",)) -> None:
    """Look whether the address has parameters that are not known, as the standard wants it.

    Raises:
        BadQuestion: it has, or asks for a form in which nothing is answered.
    """
    strange = sorted(set(request.GET) - set(known))
    if strange or request.GET.get("f", "json") not in ("json", "geojson"):
        raise BadQuestion(", ".join(strange) or "f")


def _box(text: str) -> Box:
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError as error:
        raise BadQuestion("bbox") from error
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(abs(one) <= 360 for one in numbers) or numbers[1] > numbers[3]:
        raise BadQuestion("bbox")
    return (numbers[0], numbers[1], numbers[2], numbers[3])


def _span(text: str) -> Span:
    first, slash, last = text.partition("/")
    if not slash:
        return _moment(first, time.min), _moment(first, time.max)
    span = (
        _EARLIEST if first in ("", "..") else _moment(first, time.min),
        _LATEST if last in ("", "..") else _moment(last, time.max),
    )
    if span == (_EARLIEST, _LATEST) or span[0] > span[1]:
        raise BadQuestion("datetime")
    return span


def _moment(text: str, at: time) -> datetime:
    """Return a moment; of a day its beginning or its end."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadQuestion("datetime") from error
    if len(text) == len("2026-05-12"):
        return datetime.combine(found, at, UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


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
