"""A wording in several languages, and which language stands in for one that is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from borderliaison.kernel import speaking

LANGUAGES: Final = speaking.LANGUAGES
REQUIRED_LANGUAGES: Final = ("en", "ru")

_STAND_INS: Final = {
    "ru": ("en",),
    "kk": ("ru", "en"),
    "ky": ("ru", "en"),
    "tg": ("ru", "en"),
    "tk": ("ru", "en"),
    "uz": ("ru", "en"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in several languages.

    Attributes:
        texts: language code -> text; English and Russian are always there in our own data.
    """

    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Return the words in ``lang``; where they are missing, in Russian or else in English.

        Args:
            lang: a language code, also with a region: ``ru``, ``ru-KG``, ``uz_Latn``.
        """
        base = lang.replace("_", "-").split("-", 1)[0].lower()
        for one in (base, *_STAND_INS.get(base, ("en",))):
            if one in self.texts:
                return self.texts[one]
        return next(iter(self.texts.values()), "")

    def __bool__(self) -> bool:
        return bool(self.texts)

    @classmethod
    def read(cls, data: Any) -> "Words":
        """Make words from checked data; none from None."""
        return cls(dict(data)) if data else cls()
