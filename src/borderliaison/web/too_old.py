"""The answer to a form whose page was too old: its token is of a sign-in before.

Officers leave pages open for hours, and sign in again beside them. What was typed is kept by the page in
its window, or in the draft; the answer leads back to it.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

CODE = "E-WEB-419"


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that nothing was done, and lead back to the page that was open.

    Args:
        request: whose token is missing or not of this sign-in.
        reason: for the log of a developer; the officer is told in words.
    """
    del reason
    if "HX-Request" in request.headers or "X-Autosave" in request.headers:
        return JsonResponse({"code": CODE}, status=HTTPStatus.FORBIDDEN)
    context = {"back": _came_from(request), "code": CODE}
    return render(request, "web/too_old.html", context, status=HTTPStatus.FORBIDDEN)


def _came_from(request: HttpRequest) -> str:
    """Return the path of the page of ours that was open; empty where the browser does not say."""
    said = urlsplit(request.headers.get("Referer", ""))
    if said.netloc != request.get_host():
        return ""
    try:
        resolve(said.path)
    except Resolver404:
        return ""
    return said.path
