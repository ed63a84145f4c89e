"""The interface itself: one ``NinjaAPI`` with its routes, what it says of itself, and how it refuses."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security.http import HttpAuthBase

from borderliaison import __version__
from borderliaison.api.beforehand import Beforehand
from borderliaison.api.bodies import StrictParser
from borderliaison.api.errors import BadBody, NotThere, NotUnderstood, Wrong
from borderliaison.api.once import HEADER, KEY
from borderliaison.api.problems import MEDIA_TYPE, problem
from borderliaison.api.routes import (
    cap,
    charts,
    drafts,
    events,
    exports,
    features,
    files,
    forms,
    imports,
    items,
    judgements,
    marks,
    me,
    network,
    offices,
    paper,
    queries,
    records,
    requests,
    sets,
    specs,
    standing,
    threads,
    workspace,
)
from borderliaison.kernel.errors import LiaisonError

VERSION: Final = "v1"
MAX_SAID: Final = 20
"""How many things that are wrong are named at once."""
_ABOUT: Final = """Border Liaison for programs. A token is made under *Me* and works as its officer, in
the realm that was chosen for it. Every call is in the audit with its purpose. What crosses a border waits
for a second officer, who decides on a page. A call that changes something needs an `Idempotency-Key`; for
24 hours the same key with the same call is answered as before. Refusals are `application/problem+json`
with a code; their sentence is in the language that `Accept-Language` asks for."""


class OfficerToken(HttpAuthBase):
    """A token that an officer made for this program."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        """Return who is behind the call: ``gate`` has verified the token and set it."""
        return request.user


class Described(OpenAPISchema):
    """The description, with what holds for every address said at each."""

    def responses(self, operation: Any) -> Any:
        """Return what is answered: also how a call is refused."""
        found: dict[Any, Any] = dict(super().responses(operation))
        refused = {"schema": {"$ref": "#/components/schemas/Problem"}}
        found["default"] = {"description": "Refused", "content": {MEDIA_TYPE: refused}}
        return found

    def operation_parameters(self, operation: Any) -> Any:
        """Return the parameters: of what changes something, its key too."""
        found = list(super().operation_parameters(operation))
        if "POST" in operation.methods:
            schema = {"type": "string", "pattern": f"^{KEY}$"}
            about = "The program's own name for this call, new for each."
            found.append({"in": "header", "name": HEADER, "required": True, "schema": schema,
                          "description": about})  # fmt: skip
        return found

    def get_components(self) -> Any:
        """Return the named shapes, a refusal among them."""
        self.schemas["Problem"] = _PROBLEM
        return super().get_components()


_TEXT: Final = {"type": "string"}
_PROBLEM: Final[Mapping[str, Any]] = {
    "title": "Problem",
    "description": "Why a call was refused. Source: RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": _TEXT,
        "title": {**_TEXT, "description": "A sentence in the language that was asked for."},
        "status": {"type": "integer"},
        "code": {**_TEXT, "description": "To quote on the telephone: E-API-05."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "code", "sentence"],
                "properties": {"at": _TEXT, "code": _TEXT, "sentence": _TEXT},
            },
        },
    },
}


class Interface(NinjaAPI):
    """The routes for programs."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description of the interface."""
        prefix = f"/api/{VERSION}/" if path_prefix is None else path_prefix
        return Described(self, prefix)


api = Interface(
    title="Border Liaison",
    version=__version__,
    description=_ABOUT,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=OfficerToken(),
    parser=StrictParser(),
)
for tag, router in (
    ("me", me.router),
    ("forms", forms.router),
    ("offices", offices.router),
    ("items", items.router),
    ("threads", threads.router),
    ("records", records.router),
    ("queries", queries.router),
    ("standing", standing.router),
    ("features", features.router),
    ("judgements", judgements.router),
    ("sets", sets.router),
    ("specs", specs.router),
    ("imports", imports.router),
    ("exports", exports.router),
    ("charts", charts.router),
    ("network", network.router),
    ("workspace", workspace.router),
    ("requests", requests.router),
    ("drafts", drafts.router),
    ("files", files.router),
    ("marks", marks.router),
    ("events", events.router),
    ("cap", cap.router),
    ("paper", paper.router),
):
    api.add_router("", router, tags=[tag])


@api.exception_handler(LiaisonError)
def _refused(request: HttpRequest, error: LiaisonError) -> HttpResponse:
    return problem(error)


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def _absent(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(NotThere())


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__ or error.__context__
    return problem(cause if isinstance(cause, LiaisonError) else BadBody("body"))


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(NotUnderstood(wrong=[_wrong(one) for one in error.errors[:MAX_SAID]]))


def _wrong(said: Mapping[str, Any]) -> Wrong:
    """Return where something is wrong, and what was expected in the words of the schema's library."""
    at = ".".join(str(one)[:40] for one in said.get("loc", ()))[:200]
    words = _("Not what the description of the interface asks for: %(why)s.")
    kind, choices = str(said.get("type", "")), said.get("ctx", {}).get("expected")
    return Wrong(at, words % {"why": f"{kind}, {choices}" if choices else kind}, "schema")


BEFOREHAND: Final[Mapping[str, Beforehand]] = {
    "add_file": files.OPENING,
    "send_import": imports.SENDING,
    "charts": charts.LARGE,
    "chart_versions": charts.LARGE,
    "workspace": charts.LARGE,
    "take_set_back": sets.TAKING_BACK,
}
"""What is done for a route, by its name, before its transaction begins."""


@cache
def described() -> dict[str, Any]:
    """Return the OpenAPI description as plain data."""
    return dict(api.get_openapi_schema())


@cache
def methods() -> Mapping[str, frozenset[str]]:
    """Return the methods that each route answers, by the route's name."""
    found: dict[str, set[str]] = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            first = view.operations[0]
            name = str(getattr(first, "url_name", first.view_func.__name__))
            named = found.setdefault(name, set())
            named.update(*(one.methods for one in view.operations))
    return {name: frozenset(one) for name, one in found.items()}
