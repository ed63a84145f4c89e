import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.forms.schema import Refused
from borderliaison.forms.types.texts import clean_text

SIGNS = st.characters() | st.sampled_from("\u202e\u200b\u00ad\ufeff\r\n\t e\u0301")


@given(st.text(SIGNS, max_size=50), st.booleans())
def test_clean_text_is_clean_and_stays_as_it_is(text, lines):
    try:
        clean = clean_text(text, 50, lines=lines)
    except Refused:
        return
    assert clean_text(clean, 50, lines=lines) == clean
    assert clean == clean.strip() == unicodedata.normalize("NFC", clean)
    assert not any(unicodedata.category(one) in ("Cs", "Cn", "Co") for one in clean)
    assert not any(unicodedata.category(one) == "Cc" for one in clean if one != "\n")
    clean.encode()


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\U000e0041")
def test_signs_that_turn_the_direction_are_refused_with_their_place(sign):
    with pytest.raises(Refused) as caught:
        clean_text(f"ab{sign}c", 50)
    assert caught.value.code == "turning_character"
    assert caught.value.params["place"] == 3


@pytest.mark.parametrize("sign", "\x00\x07\x1b\x7f\x85\ud800\uffff\ue000")
def test_control_characters_and_what_has_no_shape_are_refused(sign):
    with pytest.raises(Refused, match="control_character"):
        clean_text(f"ab{sign}c", 50, lines=True)


def test_fillers_that_come_from_word_are_dropped():
    assert clean_text("\ufeffgrey\u00ad \u200blorry\t1", 50) == "grey lorry 1"


def test_letters_of_all_seven_languages_are_kept():
    letters = "Қ Ғ Ҳ Ҷ Ӣ Ӯ Ү Ө Ң Ә І Ў ʻ ş ž ý ň"
    assert clean_text(letters, 100) == letters


def test_line_ends_of_every_system_are_one():
    assert clean_text("a\r\nb\rc\u2028d", 50, lines=True) == "a\nb\nc\nd"
    with pytest.raises(Refused, match="one_line"):
        clean_text("a\nb", 50)
