"""What can go wrong with a call. The docstring is what its program's officer reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from borderliaison.kernel.errors import LiaisonError


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong in what was sent.

    Attributes:
        at: where: a field of a form, or a place in the body.
        code: which sentence; empty where there is none.
        sentence: what to enter instead.
    """

    at: str
    sentence: str
    code: str = ""


class ApiError(LiaisonError):
    """The call could not be answered.

    Attributes:
        status: of the answer.
        wrong: each thing that is wrong in what was sent.
        retry_after_s: after how many seconds the same call may succeed; 0 where it will not.
    """

    code = "E-API-00"
    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT

    def __init__(
        self, detail: str = "", *, wrong: Sequence[Wrong] = (), retry_after_s: int = 0
    ) -> None:
        super().__init__(detail)
        self.wrong, self.retry_after_s = tuple(wrong), retry_after_s


class NoToken(ApiError):
    """Every call needs a token: “Authorization: Bearer blo_…”. Make one under Me."""

    code = "E-API-01"
    status = HTTPStatus.UNAUTHORIZED


class ReadingOnly(ApiError):
    """This token reads and does not write."""

    code = "E-API-02"
    status = HTTPStatus.FORBIDDEN


class NotThere(ApiError):
    """There is nothing here for you."""

    code = "E-API-03"
    status = HTTPStatus.NOT_FOUND


class NotThisWay(ApiError):
    """This address does not answer that method."""

    code = "E-API-04"
    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotUnderstood(ApiError):
    """What was sent is not what this address asks for. Nothing was changed."""

    code = "E-API-05"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class BadBody(ApiError):
    """What was sent cannot be read. Nothing was changed."""

    code = "E-API-06"
    status = HTTPStatus.BAD_REQUEST


class TooLarge(ApiError):
    """What was sent is too large. Nothing was changed."""

    code = "E-API-07"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class KeyMissing(ApiError):
    """A call that changes something needs an Idempotency-Key of 1 to 64 letters, digits, - and _."""

    code = "E-API-08"
    status = HTTPStatus.BAD_REQUEST


class KeyUsedOtherwise(ApiError):
    """This Idempotency-Key was used for another call. Use a new one."""

    code = "E-API-09"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyCalls(ApiError):
    """This token calls too often. Wait as long as Retry-After says."""

    code = "E-API-10"
    status = HTTPStatus.TOO_MANY_REQUESTS
    retryable = True


class Closed(ApiError):
    """This office’s server is getting back what it lacks after a loss. Try again later."""

    code = "E-API-11"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    retryable = True


class Failed(ApiError):
    """This office’s server failed. Nothing was changed. Tell the administrator when it happened."""

    code = "E-API-12"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    retryable = True


class BadQuestion(ApiError):
    """The address asks in a way that is not understood."""

    code = "E-API-13"
    status = HTTPStatus.BAD_REQUEST


class AtWork(ApiError):
    """This token is being answered with another file or measure. Wait until that has come."""

    code = "E-API-14"
    status = HTTPStatus.TOO_MANY_REQUESTS
    retryable = True


class NotComplete(ApiError):
    """The report is not ready to be sent: some fields need your attention."""

    code = "E-REP-03"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WouldLeaveOut(ApiError):
    """Some of what is filled in would be left out. Name it in “left_out” and file again."""

    code = "E-REP-11"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
