"""Keeping what was worked out until something happens: an answer belongs to a place in the feed.

Whatever changes what a board shows is announced in the transaction that changes it. So the place (the
newest events that a reader may know of) says whether an answer still holds. What changes without an event,
such as an office's name or how long it is until a deadline, holds for the minute that is part of the place.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db import connection

from borderliaison.feed.services import News, newest_known
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import readable_ids

MOST: Final = 512
"""How many answers are kept at once, in each process."""
V = TypeVar("V")

_lock = threading.Lock()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_asked: dict[Hashable, threading.Lock] = {}
"""Questions that are being answered: who asks the same meanwhile waits, instead of working it out too."""


def place_of(reader: Reader, now: datetime) -> Hashable:
    """Return where a reader is in the feed, and in which minute.

    The newest alone would not do: on PostgreSQL an event may commit after one with a higher number.
    """
    return news_of(reader), minute_of(now)


def news_of(reader: Reader) -> tuple[News, ...]:
    """Return the newest events that a reader may know of, without those of records: no board shows them."""
    return newest_known(frozenset(readable_ids(reader)), without="records")


def minute_of(now: datetime) -> datetime:
    """Return the minute for which an answer holds that no event changes."""
    return now.replace(second=0, microsecond=0)


def kept(question: Hashable, answer: Callable[[], V]) -> V:
    """Return the answer to a question, from memory where it was asked before.

    Inside a transaction nothing is kept: what was seen there may be rolled back.
    """
    if connection.in_atomic_block:
        return answer()
    with _lock:
        turn = _asked.setdefault(question, threading.Lock())
    with turn:
        with _lock:
            if question in _kept:
                _kept.move_to_end(question)
                found: V = _kept[question]
                return found
        try:
            made = answer()
        finally:
            with _lock:
                _asked.pop(question, None)
        with _lock:
            _kept[question] = made
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return made
