"""Every reason and every error that an officer may read has its Russian sentence."""

from pathlib import Path

import polib
import pytest

import borderliaison.exchange
from borderliaison.exchange import errors
from borderliaison.exchange.core import errors as wire_errors
from borderliaison.exchange.core.judge import Refusal
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.wording import refusal_sentence
from borderliaison.kernel.errors import LiaisonError

CATALOGUE = (
    Path(borderliaison.exchange.__file__).parent / "locale" / "ru" / "LC_MESSAGES" / "django.po"
)
KNOWN = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
ERRORS = [
    kind
    for module in (errors, wire_errors)
    for kind in vars(module).values()
    if isinstance(kind, type)
    and issubclass(kind, LiaisonError)
    and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_has_its_sentence(kind: type[LiaisonError]) -> None:
    sentence = (kind.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
    assert KNOWN[sentence]


def test_every_reason_for_waiting_has_its_words() -> None:
    for reason in set(Waiting) - {Waiting.NOTHING}:
        assert KNOWN[reason.label]


def test_every_refusal_has_its_sentence_and_an_unknown_one_a_general_one() -> None:
    said = {refusal_sentence(code) for code in Refusal}
    assert len(said) == len(Refusal)
    assert all(KNOWN[one] for one in said)
    assert KNOWN[refusal_sentence("of_a_later_version")]


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in ERRORS]
    assert len(codes) == len(set(codes))
