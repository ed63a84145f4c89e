"""The languages of a document: its reader's, and a second one beside it where he wants one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info, override

from borderliaison.printing.blocks import Said

NAMED = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
"""The languages in which forms speak, and so papers can: the pages themselves speak fewer."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """In what languages a document speaks.

    Attributes:
        first: the reader's: of the page that he prints.
        second: beside it; empty without one.
    """

    first: str
    second: str = ""

    @classmethod
    def of(cls, first: str, wanted: str) -> "Tongues":
        """Return the languages of a document; what is no language of ours is not wanted."""
        second = wanted if wanted in NAMED and wanted != first else ""
        return cls(first, second)

    @property
    def other(self) -> str:
        """The second language; the first again where there is none."""
        return self.second or self.first

    def words(self, say: Callable[[], str], note: str = "") -> Said:
        """Return words of the pages: in the second language too where the pages speak it.

        Args:
            say: returns them in the language that is active.
            note: what stands beside them.
        """
        text, also = say(), ""
        if self.second in dict(settings.LANGUAGES):
            with override(self.second):
                also = say()
        return Said(text, also if also != text else "", note)


def language_names(first: str) -> tuple[tuple[str, str], ...]:
    """Return the languages that may stand beside the reader's, each by its own name."""
    return tuple(
        (code, str(get_language_info(code)["name_local"]).capitalize())
        for code in NAMED
        if code != first
    )
