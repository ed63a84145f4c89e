"""Errors and hints of ``blo`` in the language of whoever types it."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import borderliaison
from borderliaison.cli import run
from borderliaison.cli.language import catalogue, language_of
from borderliaison.kernel.errors import LiaisonError

NOT_FOR_IMPORT = ("__main__", "asgi", "migrations")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "ky_KG.UTF-8"}, "en"),
        ({"LANG": "ky_KG.UTF-8", "LANGUAGE": "ky:ru:en"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.KOI8-R"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "ru"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "BLO_LANGUAGE": "en"}, "en"),
    ],
)
def test_the_language_is_what_the_machine_says(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_an_error_and_its_hint_are_told_in_russian_with_the_same_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "words"
    words.write_text("orchard-pebble-quartz-river\n")
    words.chmod(0o644)
    command = ["authority", "init", str(tmp_path / "kg"), "--country", "KG", "--passphrase-file"]
    told = {}
    for language in ("en", "ru"):
        monkeypatch.setenv("BLO_LANGUAGE", "")
        assert run(["--language", language, *command, str(words)]) == 1
        told[language] = capsys.readouterr().err.splitlines()
    assert told["en"][0].startswith("blo: error: Others than its owner may read")
    assert told["ru"][0].startswith("blo: ошибка: Файл с секретом может читать")
    assert all(lines[0].endswith("(E-PAS-02)") for lines in told.values())
    assert told["ru"][1] == "blo: подсказка: закройте его: chmod 600"


def test_what_an_error_adds_is_told_in_russian_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    words = tmp_path / "words"
    words.touch(mode=0o600)
    run(["authority", "init", str(tmp_path / "kg"), "--country", "KG",
         "--passphrase-file", str(words)])  # fmt: skip
    assert "Эта парольная фраза не подходит: она пуста (E-PAS-01)" in capsys.readouterr().err


def test_every_error_of_the_product_has_its_sentence_and_its_hint_in_russian() -> None:
    for module in pkgutil.walk_packages(borderliaison.__path__, "borderliaison."):
        if not set(module.name.split(".")) & set(NOT_FOR_IMPORT):
            importlib.import_module(module.name)
    russian = catalogue("ru")
    lacking = [
        f"{error.__module__}.{error.__name__}: {words!r}"
        for error in _errors(LiaisonError)
        for words in (error.sentence(), error.hint)
        if words and not words.startswith("blo ") and russian.gettext(words) == words
    ]
    assert "\n".join(lacking) == ""


def _errors(root: type[LiaisonError]) -> Iterator[type[LiaisonError]]:
    for error in root.__subclasses__():
        if error.__module__.startswith("borderliaison."):
            yield error
        yield from _errors(error)
