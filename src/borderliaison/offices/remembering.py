"""Asking the network once: within one look (a page's request) the same question is answered from memory.

A page names the same offices dozens of times. Nothing is kept between looks, so an edit of the network
is seen by the next page, in every process, without anything to be told.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
_look: ContextVar[dict[Any, Any] | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Remember answers until the end of the block."""
    token = _look.set({})
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
        known = _look.get()
        if known is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in known:
            known[question] = ask(*args, **kwargs)
        return cast(T, known[question])

    return answer
