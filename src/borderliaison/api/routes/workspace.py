"""The officer's workspace as a file: views, standing questions, specifications and charts, out and in."""

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from ninja import Router, Schema

from borderliaison.accounts.services import account_of
from borderliaison.api.bodies import StrictParser
from borderliaison.api.errors import NotUnderstood, Wrong
from borderliaison.api.shapes import Name
from borderliaison.charts.workspace.errors import BadWorkspace
from borderliaison.charts.workspace.moving import take_in, take_out
from borderliaison.ui.sentences import sentence

router = Router()
_FILE: Final = {
    "schema": {"type": "object", "description": "A workspace: docs/reference/workspace.md."}
}
_GIVEN: Final = {"responses": {200: {"description": "OK", "content": {"application/json": _FILE}}}}
_TAKEN: Final = {"requestBody": {"required": True, "content": {"application/json": _FILE}}}


class BroughtShape(Schema):
    """How much of each came in, and how much was ``there`` already, just so."""

    views: int
    standing: int
    specs: int
    charts: int
    there: int


@router.get(
    "/workspace", summary="The workspace as a file", url_name="workspace", openapi_extra=_GIVEN
)
def workspace_out(request: HttpRequest, purpose: Name) -> JsonResponse:
    """Return the officer's views, standing questions and charts, and his office's specifications.

    Charts with what its origin keeps to itself (H2) are withheld and counted.
    """
    found = take_out(account_of(request), purpose, get_language() or "en")
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@router.post(
    "/workspace", response={201: BroughtShape}, summary="Take a workspace in", url_name="workspace",
    openapi_extra=_TAKEN,
)  # fmt: skip
def workspace_in(request: HttpRequest) -> dict[str, Any]:
    """Make what a file holds the officer's own: all of it or nothing; what is there is left as it is."""
    try:
        found = take_in(account_of(request), StrictParser().parse_body(request))
    except BadWorkspace as error:
        at = str(error).partition(":")[0]
        raise NotUnderstood(wrong=[Wrong(at, sentence(error), error.code)]) from error
    return {**found.new, "there": found.there}
