import re
from pathlib import Path

import pytest

import borderliaison.forms
from borderliaison.forms.identifiers.schemes import SCHEMES
from borderliaison.forms.sentences import load_sentences, sentence

SOURCES = sorted(Path(borderliaison.forms.__file__).parent.rglob("*.py"))


def test_every_refusal_in_the_code_has_its_sentence_and_no_sentence_is_left_over():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    used = set(re.findall(r'Refused\(\s*"([a-z_]+)"', text))
    used |= set(re.findall(r'FieldError\(\s*[^,()]+, "([a-z_]+)"', text))
    used |= {"unknown_office", "unknown_crossing", "unknown_agency"}
    used |= {f"not_{name}" for name in SCHEMES} | {"not_applicable", "not_with"}
    assert used | {"not_accepted"} == set(load_sentences())


def test_both_languages_name_the_same_things():
    for code, words in load_sentences().items():
        slots = [set(re.findall(r"\{([a-z]+)", words.text(lang))) for lang in ("en", "ru")]
        assert slots[0] == slots[1], code


def test_sentences_say_what_to_enter_without_shouting():
    for words in load_sentences().values():
        for text in words.texts.values():
            assert "!" not in text
            assert not re.search(r"invalid|error|ошибк|неверн|недопустим|please", text.lower())


@pytest.mark.parametrize(
    ("count", "russian"), [(1, "1 знак"), (3, "3 знака"), (11, "11 знаков"), (22, "22 знака")]
)
def test_russian_counts_as_russian_does(count, russian):
    assert russian in sentence("too_long", {"over": count, "limit": 80}, "ru")


def test_an_unknown_code_still_says_something():
    params = {"label": {"words": {"en": "Subject", "ru": "Объект"}}}
    assert sentence("from_the_future", params, "ru").startswith("Введите «Объект» ещё раз")
