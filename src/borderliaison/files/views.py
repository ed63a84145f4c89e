"""Looking at a file: its page, its pictures, its original; asking for it, and drawing over it.

No browser keeps a picture: the computers are shared (``accounts.headers.NOT_KEPT``).

What a stranger asks for and what does not exist are answered alike: 404, without a hint.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.audit.services import record
from borderliaison.files import looking
from borderliaison.files.at_work import Looking, found_file, looking_of
from borderliaison.files.errors import FilesError, NotHere
from borderliaison.files.looking import Picture
from borderliaison.files.marking import Drawn, draw, erase
from borderliaison.files.models import Attachment, Mark
from borderliaison.files.owners import DRAFT, want
from borderliaison.files.places import place_of
from borderliaison.files.showing import (
    marks_shown,
    progress_of,
    shown_file,
    size_in_words,
    trouble_of,
)
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.ui.sentences import sentence

ZOOMS: Final = (1, 2, 3, 4)
"""How many times as wide as the panel; with the keyboard there is more between them."""


@require_GET
def file(request: HttpRequest, key: str) -> HttpResponse:
    """Show a file, page by page, with what is drawn over it."""
    officer = looking_of(request)
    found = found_file(officer, key)
    _record("file.looked_at", found, officer)
    return _page(request, found, officer)


@require_GET
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Give the small picture of a file."""
    found = found_file(looking_of(request), key)
    return _picture(request, found, lambda: looking.preview(found))


@require_GET
def page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Give one page of a file."""
    found = found_file(looking_of(request), key)
    return _picture(request, found, lambda: looking.page(found, number))


@require_POST
def fetch(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the office that sent a file for the full picture."""
    officer = looking_of(request)
    found = found_file(officer, key)
    waits = [want(blob) for blob in (found.full, found.preview)]
    if any(waits):
        _record("file.asked_for", found, officer)
    return redirect("files:file", key)


@require_POST
def original(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the sealed original, in the office that added it alone, to be saved and never shown."""
    officer = looking_of(request)
    found = found_file(officer, key)
    if found.original is None:
        raise Http404
    try:
        data = looking.original(found)
    except FilesError as error:
        return _page(request, found, officer, error)
    _record("file.original_taken", found, officer)
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attachment(found.name)
    return response


@require_POST
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """Draw a mark over a page."""
    officer = looking_of(request)
    found = found_file(officer, key)
    if not officer.writes:
        raise Http404
    try:
        drawn = Drawn.read(request.POST.dict(), found.pages)
        draw(found, drawn, officer.marker)
    except FilesError as error:
        return _page(request, found, officer, error)
    return redirect(f"{reverse('files:file', args=[key])}?page={drawn.page}")


@require_POST
def unmark(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a mark of one's own away."""
    officer = looking_of(request)
    found = found_file(officer, key)
    try:
        erase(found, number, officer.marker)
    except Mark.DoesNotExist as error:
        raise Http404 from error
    return redirect(f"{reverse('files:file', args=[key])}?page={_number(request, found)}")


def _record(action: str, found: Attachment, officer: Looking) -> None:
    marker = officer.marker
    record(action, actor=marker.officer, subject=found.key, realm=marker.realm)


def _picture(
    request: HttpRequest, found: Attachment, draw_it: Callable[[], Picture]
) -> HttpResponse:
    try:
        picture = draw_it()
    except NotHere as error:
        raise Http404 from error
    except FilesError as error:
        return HttpResponse(error.code, status=HTTPStatus.CONFLICT, content_type="text/plain")
    response = HttpResponse(picture.data, content_type=picture.media)
    response.headers["Content-Disposition"] = "inline"
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


def _number(request: HttpRequest, found: Attachment) -> int:
    said = request.GET.get("page") or request.POST.get("page") or "1"
    number = int(said) if said.isdecimal() and len(said) < 4 else 1
    return min(max(number, 1), found.pages)


def _page(
    request: HttpRequest, found: Attachment, officer: Looking, error: FilesError | None = None
) -> HttpResponse:
    mark_page(request, PageMarking.of([found.marking.value]))
    number, marks = _number(request, found), marks_shown(found, officer)
    full, zoom = found.full, request.GET.get("zoom", "1")
    is_here = full.is_here
    picture = (
        reverse("files:page", args=[found.key, number])
        if is_here
        else reverse("files:preview", args=[found.key])
    )
    context = {
        "file": found,
        "shown": shown_file(found),
        "number": number,
        "previous": number - 1,
        "following": number + 1 if number < found.pages else 0,
        "picture_url": picture if is_here or found.preview.is_here else "",
        "is_here": is_here,
        "is_wanted": full.wanted_at is not None and not is_here,
        "progress": progress_of(full),
        "trouble": trouble_of(full),
        "full_size": size_in_words(full.size),
        "original_size": size_in_words(found.original_size),
        "is_ours": found.original is not None and found.office == settings.BLO_OFFICE,
        "is_draft": found.owner_kind == DRAFT,
        "marks": marks,
        "on_page": [one for one in marks if one.page == number and one.kind != "note"],
        "can_mark": officer.writes,
        "zoom": zoom if zoom in map(str, ZOOMS) else "1",
        "zooms": ZOOMS,
        "back": place_of(found.owner_kind, found.owner),
        "error": error,
        "problem": sentence(error) if error else "",
        "typed": request.POST if error else {},
        "kinds": [("box", _("Box")), ("arrow", _("Arrow")), ("note", _("Note"))],
    }
    status = HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "files/file.html", context, status=status)
