"""The description of the interface as a page of this node, for whoever is signed in."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from borderliaison.api.interface import described


@require_GET
def openapi(request: HttpRequest) -> JsonResponse:
    """Return the OpenAPI description. It says nothing of what is kept here."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False, "indent": 1})
