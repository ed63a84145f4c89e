"""How the script of a chart is answered when something cannot be done: in words and with the code."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from borderliaison.charts.errors import ChartError, MayNotLeave, NoSuchChart
from borderliaison.correspondence.at_work import sentence
from borderliaison.printing.errors import PrintingError


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer an error in words and with its code; what is not there is a 404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoSuchChart as error:
            raise Http404 from error
        except (ChartError, PrintingError) as error:
            said = {"sentence": sentence(error), "code": error.code}
            keys = {"keys": error.keys} if isinstance(error, MayNotLeave) else {}
            return JsonResponse(said | keys, status=HTTPStatus.CONFLICT)

    return answer
