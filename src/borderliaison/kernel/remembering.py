"""Asking once: within one look (a page's request) the same question is answered from memory.

A page names the same offices dozens of times, and asks as often what its officer may read. Nothing is kept
between looks, so an edit of the network and a change of rights are seen by the next page, in every process,
without anything to be told.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Look:
    """What was answered in a look, and which questions have no lasting answer in it."""

    answers: dict[Any, Any] = field(default_factory=dict)
    unsettled: set[Any] = field(default_factory=set)


_look: ContextVar[_Look | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Remember answers until the end of the block."""
    token = _look.set(_Look())
    try:
        yield
    finally:
        _look.reset(token)


def remembered(ask: Callable[P, T]) -> Callable[P, T]:
    """Answer the same question once in a look; outside a look ask each time.

    The arguments must be hashable, and nobody may change what is answered.
    """

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        look = _look.get()
        if look is None or answer in look.unsettled:
            return ask(*args, **kwargs)
        question = (answer, args, tuple(sorted(kwargs.items())))
        if question not in look.answers:
            look.answers[question] = ask(*args, **kwargs)
        return cast(T, look.answers[question])

    return answer


def ask_anew(answer: Callable[..., object]) -> None:
    """Ask each time, to the end of this look: what a remembered function answers from was changed in it.

    Even an answer that follows the change does not last: the change may be rolled back.
    """
    look = _look.get()
    if look is not None:
        look.unsettled.add(answer)
