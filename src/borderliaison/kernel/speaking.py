"""In which language forms speak to whoever is served now: his own choice, beside the language of pages.

Pages are in English and Russian; labels and code lists of forms are in the languages of all services.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

LANGUAGES: Final = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
_chosen: Final = ContextVar("language of forms", default="")


@contextmanager
def forms_speak(language: str) -> Iterator[None]:
    """Let forms speak a language in the block; with none, that of pages."""
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def language_of_forms(pages: str) -> str:
    """Return the language that forms speak now.

    Args:
        pages: the language of pages, which it is unless another was chosen.
    """
    return _chosen.get() or pages
