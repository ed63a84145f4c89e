"""Every sentence that an error may say to an officer is there in Russian."""

import importlib
import pkgutil
from collections.abc import Iterator

import polib
import pytest
from django.utils.translation import override

import borderliaison
from borderliaison.kernel.errors import LiaisonError
from borderliaison.ui.sentences import sentence
from tools.messages import PACKAGES

SEEN_BY_OFFICERS = (
    "accounts", "correspondence", "exchange", "forms", "kernel", "markings", "offices", "reports",
)  # fmt: skip


def _errors(kind: type[LiaisonError] = LiaisonError) -> Iterator[type[LiaisonError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _errors(one)


def _seen() -> list[type[LiaisonError]]:
    for package in SEEN_BY_OFFICERS:
        found = importlib.import_module(f"{borderliaison.__name__}.{package}")
        for module in pkgutil.walk_packages(found.__path__, f"{found.__name__}."):
            importlib.import_module(module.name)
    return sorted(
        {
            one
            for one in _errors()
            if one.__module__.startswith(f"{borderliaison.__name__}.")
            and one.__module__.split(".")[1] in SEEN_BY_OFFICERS
        },
        key=lambda one: (one.__module__, one.__qualname__),
    )


@pytest.mark.parametrize("kind", _seen(), ids=lambda kind: kind.__name__)
def test_every_error_that_officers_meet_speaks_russian(kind: type[LiaisonError]) -> None:
    error = kind.__new__(kind)
    with override("en"):
        english = sentence(error)
    with override("ru"):
        assert sentence(error) != english
    assert english


def test_no_two_catalogues_translate_the_same_words_differently() -> None:
    said: dict[tuple[str, str | None], set[str]] = {}
    for path in PACKAGES.glob("*/locale/ru/LC_MESSAGES/django.po"):
        for one in polib.pofile(str(path)):
            forms = [one.msgstr_plural[n] for n in range(3)] if one.msgid_plural else [one.msgstr]
            said.setdefault((one.msgid, one.msgctxt), set()).add("|".join(forms))
    assert {words: forms for words, forms in said.items() if len(forms) > 1} == {}
