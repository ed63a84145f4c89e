import re

from borderliaison.forms.codes import load_codes, load_phrases
from borderliaison.forms.words import Words


def test_phrases_are_said_by_number_and_read_in_ones_own_language():
    phrases = load_phrases()
    assert len(phrases) >= 25
    assert phrases["041"].text("en") == "Passed to the units on duty, control is tightened."
    assert phrases["017"].text("ru") == "Пришлите фотографию машины."
    assert phrases["060"].text("ky") == "Эч нерсе табылбаса да, жыйынтыгын билдириңиз."
    assert {"022", "033", "048", "052"} <= set(phrases)
    assert list(phrases) == sorted(phrases)


def test_every_phrase_is_there_in_four_languages_and_two_wait_for_review():
    for number, phrase in load_phrases().items():
        assert re.fullmatch("[0-9]{3}", number)
        assert set(phrase.words.texts) >= {"en", "ru", "ky", "uz"}
        assert phrase.unreviewed == {"ky", "uz"}


def test_a_code_that_the_list_does_not_have_is_shown_as_it_is():
    assert load_codes("lane").text("under", "ru") == "under"


def test_cap_words_are_those_of_the_standard():
    assert list(load_codes("cap_urgency", 1).codes) == [
        *("Immediate", "Expected", "Future", "Past", "Unknown")
    ]
    assert set(load_codes("cap_severity", 1).codes) == {
        *("Extreme", "Severe", "Moderate", "Minor", "Unknown")
    }
    assert set(load_codes("cap_certainty", 1).codes) == {
        *("Observed", "Likely", "Possible", "Unlikely", "Unknown")
    }
    assert set(load_codes("cap_status", 1).codes) == {
        *("Actual", "Exercise", "System", "Test", "Draft")
    }
    assert set(load_codes("cap_category", 1).codes) == {
        *("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env"),
        *("Transport", "Infra", "CBRNE", "Other"),
    }


def test_a_missing_language_is_stood_in_for_by_russian_and_then_english():
    words = Words({"en": "Stop", "ru": "Остановить"})
    assert words.text("uz") == words.text("ru-KG") == words.text("ky_KG") == "Остановить"
    assert words.text("en-GB") == words.text("fr") == "Stop"
    assert Words({"en": "Stop"}).text("kk") == "Stop"
    assert Words({"tk": "Dur"}).text("en") == "Dur"
    assert not Words()
