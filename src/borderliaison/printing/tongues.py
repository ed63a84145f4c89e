"""The languages of a document: its reader's, and a second one beside it where he wants one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info, override

from borderliaison.kernel.speaking import LANGUAGES, language_of_forms
from borderliaison.printing.blocks import Said


@dataclass(frozen=True, slots=True)
class Tongues:
    """In what languages a document speaks.

    Attributes:
        first: the reader's: of the pages. Forms speak the one that he chose for them.
        second: beside it; empty without one. Forms may speak more languages than pages do.
    """

    first: str
    second: str = ""

    @classmethod
    def of(cls, first: str, wanted: str) -> "Tongues":
        """Return the languages of a document; what is no language of ours is not wanted."""
        is_other = wanted in LANGUAGES and wanted != language_of_forms(first)
        return cls(first, wanted if is_other else "")

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
    """Return the languages that may stand beside that of forms, each by its own name."""
    return tuple(
        (code, str(get_language_info(code)["name_local"]).capitalize())
        for code in LANGUAGES
        if code != language_of_forms(first)
    )
