from datetime import timedelta

import pytest
from django.template import TemplateSyntaxError

from borderliaison.ui.parts.cards import Card, Fact
from borderliaison.ui.parts.feed import ActionItem, FeedRow
from borderliaison.ui.parts.messages import Bubble, CallSheet, Contact, PhraseLine, initials
from borderliaison.ui.parts.offices import OfficeKind
from borderliaison.ui.parts.readers import Change, ReaderLine, Readers
from borderliaison.ui.shell import Exercise, LinkWord, Shell
from tests.ui.rendering import NOW, draw


@pytest.mark.parametrize("state", LinkWord)
def test_a_link_is_said_in_a_word_with_an_icon(state: LinkWord) -> None:
    html = draw("{% link_badge s '84 ms' %}", s=state)
    assert f"{state.label}, 84 ms" in html
    assert f"#{state.icon}" in html
    assert state.label in draw("{% link_line s %}", s=state)


@pytest.mark.parametrize("kind", OfficeKind)
def test_an_office_is_known_by_its_shape(kind: OfficeKind) -> None:
    html = draw("{% office_sign k own=False link='down' label='Kyzyl-Art' %}", k=kind)
    assert f"office-{kind.shape}" in html
    assert "office-counterpart" in html
    assert "office-badge-down" in html
    assert 'aria-label="Kyzyl-Art"' in html


def test_an_unknown_kind_of_office_is_refused() -> None:
    with pytest.raises(ValueError, match="castle"):
        draw("{% office_sign 'castle' %}")


def test_a_feed_row_is_one_link_and_says_that_it_is_new() -> None:
    row = FeedRow(NOW, "lookout", "Lookout", "Grey lorry", "/threads/7", "red", is_unread=True)
    html = draw("{% feed_row r %}", r=row)
    assert html.count("<a ") == 1
    assert ">New<" in html
    assert "#alert-triangle" in html


def test_an_item_that_needs_action_carries_its_buttons() -> None:
    item = ActionItem("Authorise", "Across the border.", due_at=NOW + timedelta(minutes=48))
    html = draw("{% action_item i %}<button>Review</button>{% endaction_item %}", i=item)
    assert "in 48 min" in html
    assert "<button>Review</button>" in html


def test_a_card_says_exercise_inside_an_exercise() -> None:
    card = Card(
        "lookout", "Lookout", (Fact("Plate", "KG 01 7784 AD", "code"),), urgency="immediate"
    )
    source = "{% card c %}below{% endcard %}"
    live = draw(source, c=card)
    exercise = draw(source, c=card, shell=Shell(exercise=Exercise("Seal 2026"), now=NOW))
    assert "EXERCISE" not in live
    assert "EXERCISE" in exercise
    assert '<span class="code">KG 01 7784 AD</span>' in live
    assert "below" in live


def test_a_message_shows_both_languages_of_a_phrase() -> None:
    phrase = PhraseLine("041", "Passed to the units.", "Бөлүктөргө берилди.", "ky")
    html = draw("{% message b %}", b=Bubble("G. Saparalieva", "Dostuk", NOW, (phrase,)))
    assert "Passed to the units." in html
    assert 'lang="ky"' in html


def test_a_message_is_text_and_never_markup() -> None:
    html = draw("{% message b %}", b=Bubble("A", "B", NOW, text="<b>one</b>\ntwo"))
    assert "&lt;b&gt;one&lt;/b&gt;<br>two" in html


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Capt. G. Saparalieva", "GS"),
        ("A. Toktosunov", "AT"),
        ("Ш. Каримов", "ШК"),
        ("Lt. Col. B. Ormonov", "BO"),
        ("Isakov", "I"),
        ("", ""),
    ],
)
def test_initials_leave_ranks_out(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_call_sheet_offers_the_first_way_with_its_key() -> None:
    ways = (Contact("+996 (demo) 00 041", url="tel:+99600041"), Contact("Radio 4", "radio"))
    html = draw("{% call_sheet s %}", s=CallSheet("G. Saparalieva", "customs", contacts=ways))
    assert 'href="tel:+99600041"' in html
    assert 'data-key="c"' in html


def test_readers_say_why_and_what_would_change_it() -> None:
    readers = Readers(
        will=(ReaderLine("Dostuk: customs", "Addressed", 7),),
        will_not=(ReaderLine("Karamyk", "Not addressed.", change=Change("Address it", "#to")),),
    )
    html = draw("{% readers r %}", r=readers)
    assert "Addressed" in html
    assert '<a href="#to">Address it</a>' in html
    assert "After a second officer authorises" not in html


def test_nobody_is_said_and_not_left_blank() -> None:
    assert "Nobody" in draw("{% readers r %}", r=Readers())


def test_a_block_tag_must_be_closed() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw("{% card c %}", c=None)
