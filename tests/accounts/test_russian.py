"""Whatever Django and allauth can say to an officer, they say in Russian."""

from pathlib import Path

import allauth
import django
import pytest
from django.utils import translation
from django.utils.translation import ngettext, npgettext, pgettext

from tools.messages import Message, messages_of

DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
SOURCES = [
    DJANGO / "forms",
    DJANGO / "core",
    DJANGO / "contrib" / "auth",
    DJANGO / "contrib" / "humanize",
    DJANGO / "contrib" / "messages",
    DJANGO / "contrib" / "sessions",
    DJANGO / "db" / "models",
    DJANGO / "template",
    DJANGO / "utils",
    DJANGO / "views",
    ALLAUTH / "account",
    ALLAUTH / "core",
    ALLAUTH / "mfa",
]
ALIKE = {":", ":?.!", "IPv4", "IPv6", "URL", ", ", "…", "%(truncated_text)s…"}
"""The same in Russian."""

NOT_SHOWN = ("contrib/auth/admin.py", "contrib/auth/management", "views/templates", "views/static")
"""The admin site, management commands and directory listings are not part of the system."""


def in_russian(message: Message, number: int) -> str:
    text, context, plural = message.text, message.context, message.plural
    if plural and context:
        return npgettext(context, text, plural, number)
    if plural:
        return ngettext(text, plural, number)
    return pgettext(context, text) if context else translation.gettext(text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_sentence_of_what_we_build_on_has_russian(source: Path) -> None:
    with translation.override("ru"):
        lacking = {
            message.text: where
            for message, where in messages_of(source).items()
            for number in (1, 2, 5, 21)
            if message.text not in ALIKE
            and not any(part in str(source / Path(where)) for part in NOT_SHOWN)
            and in_russian(message, number) in {message.text, message.plural}
        }
    assert not lacking


def test_our_wording_wins_over_djangos() -> None:
    with translation.override("ru"):
        assert translation.gettext("This field is required.") == "Заполните это поле."
        assert "не менее 12 знаков" in ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            12,
        ) % 12  # fmt: skip


def test_the_words_of_a_role_are_those_of_the_glossary() -> None:
    from borderliaison.accounts.models import Role

    with translation.override("ru"):
        assert str(Role.DUTY.label) == "Оперативный дежурный"
