"""Warnings in the Common Alerting Protocol 1.2: reports as its messages, and its messages as drafts."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router

from borderliaison.api import writing
from borderliaison.api.bodies import body_of
from borderliaison.api.errors import NotThere
from borderliaison.api.reading import readable
from borderliaison.api.routes.drafts import Saved
from borderliaison.api.shapes import Key
from borderliaison.correspondence.at_work import acting_of
from borderliaison.reports.cap.drafting import begin_from_cap
from borderliaison.reports.cap.reading import MAX_BYTES
from borderliaison.reports.cap.saving import message_of
from borderliaison.reports.cap.writing import MEDIA_TYPE, as_xml
from borderliaison.reports.errors import NoCapWords

router = Router()
_XML: Final = {"schema": {"type": "string", "description": "A CAP 1.2 message."}}
_GIVEN: Final = {"responses": {200: {"description": "OK", "content": {MEDIA_TYPE: _XML}}}}
_TAKEN: Final = {"requestBody": {"required": True, "content": {MEDIA_TYPE: _XML}}}


@router.get("/items/{key}/cap", summary="A warning as CAP", url_name="cap", openapi_extra=_GIVEN)
def save_as_cap(request: HttpRequest, key: Key) -> HttpResponse:
    """Return an alert or a lookout as a CAP 1.2 message; any other report has none."""
    officer = acting_of(request)
    try:
        message = message_of(readable(officer).get(key=key), officer)
    except NoCapWords as error:
        raise NotThere(key) from error
    return HttpResponse(as_xml(message), content_type=MEDIA_TYPE)


@router.post(
    "/cap", response={201: Saved}, summary="A draft from CAP", url_name="cap_in",
    openapi_extra=_TAKEN,
)  # fmt: skip
def begin_draft_from_cap(request: HttpRequest) -> dict[str, Any]:
    """Begin an alert from a CAP 1.2 message. An officer completes it; nothing is sent."""
    draft = begin_from_cap(writing.desk_of(request), body_of(request, MAX_BYTES))
    return {"draft": draft.key, "revision": draft.revision}
