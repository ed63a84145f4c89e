"""The page on which the head of an office corrects what the network says of any office.

Not from within an exercise: the network is one, and what is played there must not change it.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.offices.correcting import editing
from borderliaison.offices.correcting.changes import undo
from borderliaison.offices.correcting.editing import Position
from borderliaison.offices.correcting.forms import FORMS, CorrectionForm, forms_for
from borderliaison.offices.correcting.history import history_of
from borderliaison.offices.correcting.standing import standing
from borderliaison.offices.errors import (
    BadDay,
    NotAPlace,
    OfficesError,
    StatusMissing,
    UnknownChange,
    UnknownOffice,
)
from borderliaison.offices.kinds import CrossingStatusKind, OfficeStatusKind
from borderliaison.offices.models import Office
from borderliaison.offices.services import find_office, this_office
from borderliaison.offices.shown.dossier import dossier_of
from borderliaison.offices.trust.keys import signed_directory
from borderliaison.ui.sentences import sentence

Typed = Mapping[str, str]
HEAD: Final = "head"
LONGEST: Final = 200


def may_correct(request: HttpRequest) -> bool:
    """Whether this officer corrects the network: the head of the office, in live work."""
    reader = getattr(request, "reader", None)
    return (
        reader is not None
        and not reader.realm.is_exercise
        and getattr(request.user, "role", "") == HEAD
    )


@require_GET
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Offer what can be corrected of an office, and show what was, with who, when, before and after."""
    return _page(request, _office(request, code))


@require_POST
def correct_one(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Correct one thing; what cannot be so is said at its field, and nothing typed is lost."""
    office = _office(request, code)
    if what not in _CORRECT:
        raise Http404
    fields = FORMS[what].fields
    typed = {one: request.POST.get(f"{what}.{one}", "").strip()[:LONGEST] for one in fields}
    try:
        _CORRECT[what](office.code, typed, request.user.officer_id)  # type: ignore[union-attr]
    except OfficesError as error:
        return _page(request, office, CorrectionForm(what, typed, error, sentence(error)))
    messages.success(request, _("Corrected. It stands in the history, and can be undone there."))
    return redirect("offices:correct", office.code)


@require_POST
def undo_one(request: HttpRequest, code: str) -> HttpResponse:
    """Put back what stood before a correction."""
    office = _office(request, code)
    number = request.POST.get("number", "")
    try:
        if not number.isdecimal() or len(number) > 9:
            raise Http404
        undo(int(number), office=office.code, actor=request.user.officer_id)  # type: ignore[union-attr]
    except UnknownChange as error:
        raise Http404 from error
    except OfficesError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Undone: it is as it was before."))
    return redirect("offices:correct", office.code)


def _office(request: HttpRequest, code: str) -> Office:
    if not may_correct(request):
        raise Http404
    try:
        return find_office(code)
    except UnknownOffice as error:
        raise Http404 from error


def _page(
    request: HttpRequest, office: Office, wrong: CorrectionForm | None = None
) -> HttpResponse:
    dossier = dossier_of(office.code, this_office(), signed_directory(), datetime.now(UTC))
    context = {
        "one": dossier,
        "forms": forms_for(office, standing(dossier), wrong),
        "history": history_of(office.code),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "offices/correct.html", context, status=status)


def _place(code: str, typed: Typed, actor: str) -> None:
    at = Position(*(_number(typed[one]) for one in ("latitude", "longitude", "accuracy_km")))
    editing.correct_place(code, at, source=typed["source"], actor=actor)


def _status(code: str, typed: Typed, actor: str) -> None:
    kind = _kind(OfficeStatusKind, typed["status"])
    day = _day(typed["since"])
    editing.note_office_status(code, kind, day, source=typed["source"], actor=actor)


def _crossing(code: str, typed: Typed, actor: str) -> None:
    kind = _kind(CrossingStatusKind, typed["status"])
    day = _day(typed["since"])
    editing.note_crossing_status(code, kind, day, source=typed["source"], actor=actor)


def _line(code: str, typed: Typed, actor: str) -> None:
    day, source = _day(typed["since"]), typed["source"]
    if typed["to"]:
        editing.draw_reporting_line(code, typed["to"], day, source=source, actor=actor)
    else:
        editing.end_reporting_lines(code, day, source=source, actor=actor)


def _counterpart(code: str, typed: Typed, actor: str) -> None:
    day, source = _day(typed["since"]), typed["source"]
    say_so = editing.end_counterpart if typed["end"] else editing.draw_counterpart
    say_so(code, typed["other"], day, source=source, actor=actor)


def _spelling(code: str, typed: Typed, actor: str) -> None:
    editing.add_spelling(code, typed["text"], typed["lang"], source=typed["source"], actor=actor)


_CORRECT: Final[Mapping[str, Callable[[str, Typed, str], None]]] = {
    "place": _place,
    "status": _status,
    "crossing": _crossing,
    "line": _line,
    "counterpart": _counterpart,
    "spelling": _spelling,
}


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise NotAPlace(text) from error


def _day(text: str) -> date:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise BadDay(text)


def _kind(kinds: Any, value: str) -> Any:
    if not value:
        raise StatusMissing
    if value not in kinds.values:
        raise Http404
    return kinds(value)
