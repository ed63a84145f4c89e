import pytest

from borderliaison.forms.classifications import (
    classification_words,
    handling_note,
    handling_text,
    level_word,
    load_labels,
    parse_labels,
    tlp,
)
from borderliaison.forms.errors import BadFile
from borderliaison.forms.words import LANGUAGES
from borderliaison.kernel.ids import CountryCode
from borderliaison.kernel.marking import Classification, Handling, Level


def test_the_national_word_stands_on_national_pages():
    assert level_word(Level.OFFICIAL, "KG", "ru", short=True) == "ДСП"
    assert level_word(Level.OFFICIAL, "KG", "ru") == "Для служебного пользования"
    assert level_word(Level.OFFICIAL, "KG", "en") == "For official use"
    assert level_word(Level.OFFICIAL, "UZ", "uz") == "Xizmat doirasida foydalanish uchun"


def test_every_country_has_a_word_for_every_level_in_every_language():
    labels = load_labels()
    assert set(labels.countries) == {"KZ", "KG", "TJ", "TM", "UZ"}
    for country in (*labels.countries, "", "ZZ"):
        for level in Level:
            for lang in LANGUAGES:
                assert level_word(level, country, lang)
                assert level_word(level, country, lang, short=True)


def test_words_of_several_countries_stand_side_by_side_and_equal_ones_once():
    both = Classification(Level.OFFICIAL, frozenset({CountryCode("KG"), CountryCode("UZ")}))
    assert classification_words(both, "en") == ("For official use",)
    assert classification_words(both, "ru", short=True) == ("ДСП",)
    assert len(classification_words(both, "ky")) == 2
    assert classification_words(Classification(), "ru") == ("Открыто",)


def test_words_that_no_native_speaker_has_read_are_flagged():
    assert load_labels().unreviewed == {"kk", "ky", "tg", "tk", "uz"}


def test_handling_says_what_is_limited_and_never_mixes_court_and_passing_on():
    assert "judicial" in handling_text(Handling.H1, "en")
    assert "dissemination" in handling_text(Handling.H2, "en")
    assert handling_text(Handling.H1, "ru", short=True) == "Не для суда"
    for code in Handling:
        assert handling_text(code, "en") != handling_text(code, "ru")
        assert handling_note(code, "ru")


def test_tlp_labels_are_never_translated():
    labels = tlp()
    assert list(labels.codes) == ["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]
    for name, code in labels.codes.items():
        assert set(code.label.texts.values()) == {f"TLP:{name}"}
        assert code.note.text("ru") != code.note.text("en")


def test_a_label_file_without_a_level_is_refused():
    text = (
        "labels: classification\nversion: 1\ngeneral:\n  OPEN: {label: {en: Open, ru: Открыто}}\n"
        "countries:\n  KG:\n    OPEN: {label: {en: Open, ru: Открыто}}\n"
    )
    with pytest.raises(BadFile, match="general: SECRET is missing"):
        parse_labels(text, "classification.v1.yaml")
