"""What the script of a chart asks, read strictly from its JSON."""

import json
import re
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from borderliaison.charts.errors import BadRequest, TooMuch
from borderliaison.charts.kept.content import MAX_ITEMS

MOST_OCTETS: Final = 32 * 1024**2
"""Of a question: fifty thousand items with their places, and snapshots of them."""
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Question:
    """A question with its parts, each read as what it must be; beside a file it stands in ``asked``.

    Raises:
        BadRequest: it is no JSON object, or a part is not what it must be.
        TooMuch: it is larger than a chart with all its snapshots may be.
    """

    def __init__(self, request: HttpRequest) -> None:
        if request.content_type == "multipart/form-data":
            text: str | bytes = request.POST.get("asked", "")
        elif request.content_type == "application/json":
            text = request.read(MOST_OCTETS + 1)
            if len(text) > MOST_OCTETS:
                raise TooMuch(f"{len(text)} octets")
        else:
            raise BadRequest("no JSON")
        try:
            sent = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadRequest("no JSON") from error
        if not isinstance(sent, dict):
            raise BadRequest("no object")
        self._sent: dict[str, Any] = sent

    def keys(self, name: str) -> list[str]:
        """Return the keys of items under a name; none where it is not asked."""
        found = self._sent.get(name, [])
        if not isinstance(found, list) or len(found) > MAX_ITEMS:
            raise BadRequest(name)
        if not all(isinstance(one, str) and _KEY.fullmatch(one) for one in found):
            raise BadRequest(name)
        return list(dict.fromkeys(found))

    def number(self, name: str, least: int, most: int, usual: int) -> int:
        """Return a whole number within bounds."""
        found = self._sent.get(name, usual)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            raise BadRequest(name)
        return found

    def choice(self, name: str, known: Collection[str]) -> str:
        """Return one of some words."""
        found = self._sent.get(name)
        if found not in known:
            raise BadRequest(name)
        return str(found)

    def choices(self, name: str, known: Collection[str]) -> list[str]:
        """Return several of some words, each once."""
        found = self._sent.get(name, [])
        if not isinstance(found, list) or not all(one in known for one in found):
            raise BadRequest(name)
        return list(dict.fromkeys(found))

    def text(self, name: str) -> str:
        """Return a text; empty where there is none."""
        found = self._sent.get(name, "")
        if not isinstance(found, str):
            raise BadRequest(name)
        return found

    def day(self, name: str) -> date | None:
        """Return a day of the calendar; None where none is asked for."""
        found = self._sent.get(name)
        if found is None:
            return None
        if not isinstance(found, str) or not _DAY.fullmatch(found):
            raise BadRequest(name)
        try:
            return date.fromisoformat(found)
        except ValueError as error:
            raise BadRequest(name) from error

    def flag(self, name: str) -> bool:
        """Return whether something is wanted."""
        found = self._sent.get(name, False)
        if not isinstance(found, bool):
            raise BadRequest(name)
        return found

    def has(self, name: str) -> bool:
        """Return whether something is asked at all."""
        return self._sent.get(name) is not None

    def part(self, name: str) -> object:
        """Return a part as it was sent."""
        return self._sent.get(name)

    def pairs(self, name: str, count: int, most: int) -> list[tuple[int, int]]:
        """Return pairs of places, each below a count."""
        found = self._sent.get(name, [])
        if not isinstance(found, list) or len(found) > 2 * most or len(found) % 2:
            raise BadRequest(name)
        if not all(type(one) is int and 0 <= one < count for one in found):
            raise BadRequest(name)
        return list(zip(found[::2], found[1::2], strict=True))
