"""How the script of a chart is answered: with data, or in words and with a code where it cannot be."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from borderliaison.charts.errors import MayNotLeave, NoSuchChart
from borderliaison.kernel.errors import LiaisonError
from borderliaison.ui.sentences import sentence


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer an error in words and with its code; what is not there is a 404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NoSuchChart as error:
            raise Http404 from error
        except LiaisonError as error:
            said = {"sentence": sentence(error), "code": error.code}
            keys = {"keys": error.keys} if isinstance(error, MayNotLeave) else {}
            return JsonResponse(said | keys, status=HTTPStatus.CONFLICT)

    return answer


def told(data: Mapping[str, Any]) -> HttpResponse:
    """Answer with data as JSON, values of our own by the names of their parts."""
    return HttpResponse(orjson.dumps(data), content_type="application/json")
