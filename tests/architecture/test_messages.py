"""The catalogue tool finds what is missing, and compiles what Django then speaks."""

import gettext
from pathlib import Path

import polib
import pytest

from tools import messages
from tools.messages import Message


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one sentence of each kind."""
    (tmp_path / "desk" / "templates").mkdir(parents=True)
    (tmp_path / "desk" / "__init__.py").write_text("")
    (tmp_path / "desk" / "words.py").write_text(
        "_('Send')\n_('%(n)d of ' '%(all)d')\npgettext('button', 'Open')\n"
        "ngettext('%(n)d error', '%(n)d errors', n)\n_(computed)\n"
        'class Late(Exception):\n    """It came too\n    late.\n\n    Why."""\n'
        "    code = 'E-LAT-01'\n    hint = 'Ask again.'\n"
    )
    (tmp_path / "desk" / "templates" / "page.html").write_text(
        "{% load i18n %}{% translate 'It (really) is' %}"
        "{% blocktranslate count n=x %}one{% plural %}{{ n }} many{% endblocktranslate %}"
        '{% translate "Sign in" context "button" %}'
    )
    return tmp_path / "desk"


def _catalogue(package: Path, **entries: str) -> Path:
    path = package / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for text, said in entries.items():
        catalogue.append(polib.POEntry(msgid=text.replace("_", " "), msgstr=said))
    catalogue.save(str(path))
    return path


def test_sentences_are_found_in_code_and_templates(package: Path) -> None:
    assert set(messages.messages_of(package)) == {
        Message("Send"),
        Message("%(n)d of %(all)d"),
        Message("Open", "button"),
        Message("%(n)d error", None, "%(n)d errors"),
        Message("It (really) is"),
        Message("one", None, "%(n)s many"),
        Message("Sign in", "button"),
        Message("It came too late."),
        Message("Ask again."),
    }


def test_what_a_catalogue_lacks_is_told(package: Path) -> None:
    _catalogue(package, Send="")
    faults = list(messages._faults(package, "ru"))
    assert "desk/ru: empty: 'Send'" in faults
    assert sum("missing" in fault for fault in faults) == 8


def test_other_placeholders_are_told(package: Path) -> None:
    entry = polib.POEntry(msgid="%(n)d of %(all)d", msgstr="%(n)d из %(total)d")
    assert not messages._same_placeholders(entry, entry.msgstr)
    assert messages._same_placeholders(entry, "из %(all)d: %(n)d")


def test_a_compiled_catalogue_speaks(package: Path) -> None:
    _catalogue(package, Send="Отправить")
    (written,) = messages.compile_all(package.parent)
    with written.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Send") == "Отправить"
    assert messages.compile_all(package.parent) == [], "nothing is compiled twice"


def test_update_adds_what_is_missing_and_keeps_what_is_there(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _catalogue(package, Send="Отправить")
    monkeypatch.setattr(messages, "PACKAGES", package.parent)
    messages.update()
    entries = {entry.msgid: entry for entry in polib.pofile(str(path))}
    assert entries["Send"].msgstr == "Отправить"
    assert len(entries["%(n)d error"].msgstr_plural) == 3
    assert len(entries) == 9
