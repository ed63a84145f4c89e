"""Reading what a program sends, strictly: what no text and no number holds is refused, not kept."""

import json
import math
from typing import Any, Final, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from ninja.parser import Parser
from ninja.types import DictStrAny

from borderliaison.api.errors import BadBody, TooLarge

MAX_BODY: Final = 1024 * 1024
"""In bytes: a letter carries no more."""
MAX_DEPTH: Final = 12
_HELD: Final = "held_body"


class StrictParser(Parser):
    """JSON in UTF-8 whose texts a database can hold."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Read the body of a call.

        Raises:
            BadBody: it is not JSON, nested too deep, or holds what is no character or no number.
            TooLarge: as it says.
        """
        try:
            found = json.loads(body_of(request), parse_constant=_refuse, parse_float=_finite)
        except (ValueError, RecursionError) as error:
            raise BadBody("not JSON") from error
        _check(found, 0)
        return cast(DictStrAny, found)


def body_of(request: HttpRequest, most: int = MAX_BODY) -> bytes:
    """Return the body of a call.

    Raises:
        TooLarge: it has more than ``most`` bytes.
        BadBody: the program hung up while it sent.
    """
    held = getattr(request, _HELD, None)
    if held is not None:
        return bytes(held)
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooLarge(str(most)) from error
    except UnreadablePostError as error:
        raise BadBody("not sent to its end") from error
    if len(body) > most:
        raise TooLarge(str(most))
    return body


def hold_body(request: HttpRequest, most: int) -> None:
    """Read a body that may be larger than others, and hold it for whoever asks for it.

    Raises:
        TooLarge, BadBody: as ``body_of``.
    """
    try:
        body = request.read(most + 1)
    except UnreadablePostError as error:
        raise BadBody("not sent to its end") from error
    if len(body) > most:
        raise TooLarge(str(most))
    setattr(request, _HELD, body)
    request._body = body  # the library of the routes looks whether there is one


def whole_numbers(value: Any) -> Any:
    """Return a value as it is, where no number in it has a point: forms have none.

    Raises:
        ValueError: one has.
    """
    if isinstance(value, float):
        raise ValueError("a number with a point")  # noqa: TRY004 - of the value, not of a caller
    if isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            whole_numbers(one)
    return value


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _check(value: Any, depth: int) -> None:
    """Refuse texts with NUL or halves of characters, and what is nested too deep."""
    if depth > MAX_DEPTH:
        raise BadBody(f"nested more than {MAX_DEPTH} deep")
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise BadBody("a text holds NUL or half a character")
    elif isinstance(value, list):
        for one in value:
            _check(one, depth + 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            _check(name, depth + 1)
            _check(one, depth + 1)
