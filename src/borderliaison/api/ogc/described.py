"""The maps' part of the interface described by itself, in OpenAPI 3.0: GIS programs read no later one.

Source: OGC 17-069r4, requirements class "oas30"; OpenAPI Specification 3.0.3.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from borderliaison import __version__
from borderliaison.api.ogc.asking import FORMATS, MOST, USUAL
from borderliaison.api.problems import MEDIA_TYPE

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
_Object = dict[str, Any]

_TEXT: Final[_Object] = {"type": "string"}
_TEXTS: Final[_Object] = {"type": "array", "items": _TEXT}
_LISTED: Final[_Object] = {"in": "query", "style": "form", "explode": False}
PARAMETERS: Final[Mapping[str, _Object]] = {
    "limit": {
        **_LISTED, "name": "limit",
        "description": f"How many items at most; more than {MOST} are given on further pages.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    },
    "bbox": {
        **_LISTED, "name": "bbox",
        "description": "West, south, east, north in degrees, WGS 84; or six numbers with heights.",
        "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
    },
    "datetime": {
        **_LISTED, "name": "datetime",
        "description": "A moment, or an interval: 2026-05-01T00:00:00Z/..",
        "schema": _TEXT,
    },
    "after": {
        "in": "query", "name": "after", "description": "As the link “next” says.", "schema": _TEXT,
    },
    "f": {
        "in": "query", "name": "f", "description": "JSON is all that is answered.",
        "schema": {"type": "string", "enum": list(FORMATS)},
    },
    "collectionId": {"in": "path", "name": "collectionId", "required": True, "schema": _TEXT},
    "featureId": {"in": "path", "name": "featureId", "required": True, "schema": _TEXT},
}  # fmt: skip
OF_ITEMS: Final = ("limit", "bbox", "datetime", "after")
_REFUSED: Final = {
    "400": "The address asks in a way that is not understood.",
    "401": "The token is missing, or holds no longer.",
    "404": "There is nothing here for this officer.",
    "429": "The token calls too often; Retry-After says when to go on.",
    "500": "The server failed.",
    "503": "The server is getting back what it lacks.",
}


def _shape(required: Sequence[str], **properties: _Object) -> _Object:
    return {"type": "object", "required": list(required), "properties": properties}


def _named(name: str) -> _Object:
    return {"$ref": f"#/components/schemas/{name}"}


_LINKS: Final[_Object] = {"type": "array", "items": _named("link")}
_FEATURE: Final = {
    "type": {"type": "string", "enum": ["Feature"]},
    "id": _TEXT,
    "geometry": _named("point"),
    "properties": {"type": "object", "additionalProperties": {"type": "string", "nullable": True}},
}
_SCHEMAS: Final[Mapping[str, _Object]] = {
    "link": _shape(("href", "rel"), href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "landingPage": _shape(("links",), title=_TEXT, description=_TEXT, links=_LINKS),
    "confClasses": _shape(("conformsTo",), conformsTo=_TEXTS),
    "collections": _shape(
        ("links", "collections"),
        links=_LINKS,
        collections={"type": "array", "items": _named("collection")},
    ),
    "collection": _shape(
        ("id", "links"), id=_TEXT, title=_TEXT, description=_TEXT, itemType=_TEXT, crs=_TEXTS,
        extent={"type": "object"}, links=_LINKS,
    ),
    "point": _shape(
        ("type", "coordinates"),
        type={"type": "string", "enum": ["Point"]},
        coordinates={"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}},
    ),
    "feature": _shape(("type", "geometry", "properties"), **_FEATURE, links=_LINKS),
    "features": _shape(
        ("type", "features"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": _named("feature")},
        links=_LINKS,
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
    ),
    "problem": _shape(
        ("type", "title", "status", "code"),
        type=_TEXT, title=_TEXT, status={"type": "integer"}, code=_TEXT,
    ),
}  # fmt: skip


def _path(
    summary: str, shape: str, kind: str, path: Sequence[str] = (), asked: Sequence[str] = ()
) -> _Object:
    """Return an address: its parameters, its answer, and how it refuses."""
    answer = {"description": summary, "content": {kind: {"schema": _named(shape)}}}
    refused = {code: {"$ref": f"#/components/responses/{code}"} for code in _REFUSED}
    held = {"304": {"description": "What the program holds already."}}
    named = [{"$ref": f"#/components/parameters/{one}"} for one in (*path, *asked, "f")]
    responses = {"200": answer, **held, **refused}
    return {"get": {"summary": summary, "parameters": named, "responses": responses}}


_COLLECTION: Final = "/collections/{collectionId}"
PATHS: Final[Mapping[str, _Object]] = {
    "/": _path("Where everything is", "landingPage", JSON),
    "/conformance": _path("What it conforms to", "confClasses", JSON),
    "/collections": _path("The collections", "collections", JSON),
    _COLLECTION: _path("One collection", "collection", JSON, ("collectionId",)),
    f"{_COLLECTION}/items": _path(
        "Records of one kind", "features", GEOJSON, ("collectionId",), OF_ITEMS
    ),
    f"{_COLLECTION}/items/{{featureId}}": _path(
        "One record", "feature", GEOJSON, ("collectionId", "featureId")
    ),
}


def described_maps(root: str) -> _Object:
    """Return the description.

    Args:
        root: the address of the landing page, with the server's name.
    """
    problem = {MEDIA_TYPE: {"schema": _named("problem")}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Border Liaison", "version": __version__},
        "servers": [{"url": root}],
        "security": [{"token": []}, {"password": []}],
        "paths": dict(PATHS),
        "components": {
            "parameters": dict(PARAMETERS),
            "schemas": dict(_SCHEMAS),
            "responses": {
                code: {"description": said, "content": problem} for code, said in _REFUSED.items()
            },
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "password": {
                    "type": "http", "scheme": "basic",
                    "description": "The token as the password, under any name.",
                },
            },
        },
    }  # fmt: skip
