"""Errors as answers: ``application/problem+json`` with the code and a sentence in the caller's language.

Source: RFC 9457.
"""

import json
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

from borderliaison.accounts.errors import TokenRefused
from borderliaison.accounts.saved_views.errors import (
    NoSuchView,
    SavedViewError,
    TooManyViews,
)
from borderliaison.api.errors import ApiError
from borderliaison.charts.errors import ChartError, NoSuchChart, SavedSince
from borderliaison.charts.workspace.errors import NotForYou, WorkspaceError
from borderliaison.correspondence.errors import NoRightToAuthorise, ObserverOnly
from borderliaison.files.errors import (
    AlteredFile,
    DiskFull,
    FilesError,
    FileTooLarge,
    NotHere,
    ServerBusy,
    TooManyFiles,
    TooManyMarks,
)
from borderliaison.forms.errors import UnknownGrading
from borderliaison.kernel.errors import LiaisonError, MalformedData
from borderliaison.printing.errors import PrinterBusy
from borderliaison.records.interchange.errors import (
    AlreadyTaken,
    ChangedMeanwhile,
    InterchangeError,
    NotYourTask,
)
from borderliaison.records.resolution.errors import (
    DoesNotJudge,
    NoSuchJudgement,
    NoSuchRecord,
    OwnReasonMissing,
)
from borderliaison.records.search.errors import NoSuchQuestion, NothingAsked
from borderliaison.reports.errors import NotCap
from borderliaison.ui.sentences import sentence

MEDIA_TYPE: Final = "application/problem+json"
TYPE: Final = "urn:borderliaison:problem:"
_STATUS: Final[dict[type[LiaisonError], HTTPStatus]] = {
    TokenRefused: HTTPStatus.UNAUTHORIZED,
    ObserverOnly: HTTPStatus.FORBIDDEN,
    NoRightToAuthorise: HTTPStatus.FORBIDDEN,
    MalformedData: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotCap: HTTPStatus.UNPROCESSABLE_ENTITY,
    FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    DiskFull: HTTPStatus.SERVICE_UNAVAILABLE,
    ServerBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    AlteredFile: HTTPStatus.CONFLICT,
    NotHere: HTTPStatus.CONFLICT,
    TooManyFiles: HTTPStatus.CONFLICT,
    TooManyMarks: HTTPStatus.CONFLICT,
    FilesError: HTTPStatus.UNPROCESSABLE_ENTITY,
    PrinterBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    NoSuchRecord: HTTPStatus.NOT_FOUND,
    NoSuchJudgement: HTTPStatus.NOT_FOUND,
    DoesNotJudge: HTTPStatus.FORBIDDEN,
    OwnReasonMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoSuchQuestion: HTTPStatus.NOT_FOUND,
    NothingAsked: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoSuchView: HTTPStatus.NOT_FOUND,
    TooManyViews: HTTPStatus.CONFLICT,
    SavedViewError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoSuchChart: HTTPStatus.NOT_FOUND,
    SavedSince: HTTPStatus.CONFLICT,
    ChartError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotForYou: HTTPStatus.FORBIDDEN,
    WorkspaceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotYourTask: HTTPStatus.FORBIDDEN,
    AlreadyTaken: HTTPStatus.CONFLICT,
    ChangedMeanwhile: HTTPStatus.CONFLICT,
    InterchangeError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownGrading: HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""Of errors of other packages, the first that fits; every other one is a conflict with how things stand."""


def problem(error: LiaisonError) -> HttpResponse:
    """Return the answer that says what went wrong."""
    status = status_of(error)
    said: dict[str, Any] = {
        "type": f"{TYPE}{error.code}",
        "title": sentence(error),
        "status": int(status),
        "code": error.code,
    }
    wrong = error.wrong if isinstance(error, ApiError) else ()
    if wrong:
        said["errors"] = [
            {"at": one.at, "code": one.code, "sentence": one.sentence} for one in wrong
        ]
    answer = HttpResponse(
        json.dumps(said, ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )
    if status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Border Liaison"'
    if isinstance(error, ApiError) and error.retry_after_s:
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def status_of(error: LiaisonError) -> HTTPStatus:
    """Return the status with which an error is answered."""
    if isinstance(error, ApiError):
        return error.status
    found = (status for kind, status in _STATUS.items() if isinstance(error, kind))
    return next(found, HTTPStatus.CONFLICT)


def refusals() -> dict[str, type[LiaisonError]]:
    """Return the errors by which a call may be refused, by their codes."""
    kinds: list[type[LiaisonError]] = [ApiError, *_STATUS]
    return {one.code: one for kind in kinds for one in (kind, *_below(kind))}


def _below(kind: type[LiaisonError]) -> list[type[LiaisonError]]:
    """Return the errors of a kind that stand beside it, whatever else is loaded."""
    beside = [one for one in kind.__subclasses__() if one.__module__ == kind.__module__]
    return [found for one in beside for found in (one, *_below(one))]
