"""What a call needs before its transaction begins, so that no other waits for it: a file is opened."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What is done for a route first.

    Attributes:
        most: how many bytes its body may have.
        work: is called with the request and the parts of its address; refuses by raising.
    """

    most: int
    work: Callable[..., None]
