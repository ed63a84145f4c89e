from datetime import timedelta

import pytest

from tests.ui.rendering import NOW, draw


def test_a_button_submits_and_a_link_leads() -> None:
    assert '<button class="btn btn-primary" type="submit"' in draw(
        "{% button 'Send' kind='primary' %}"
    )
    assert '<a class="btn" href="/log"' in draw("{% button 'Log' href='/log' %}")


def test_a_single_key_presses_its_button_and_a_chord_only_shows() -> None:
    assert 'data-key="a"' in draw("{% button 'Review' key='A' %}")
    chord = draw("{% button 'Send' key='Ctrl ↵' %}")
    assert "data-key" not in chord
    assert chord.count("<kbd>") == 2


def test_what_cannot_be_pressed_says_why_and_is_no_button() -> None:
    html = draw("{% button 'Send' blocked='Needs a second officer' %}")
    assert "Needs a second officer" in html
    assert "<button" not in html


def test_the_words_of_a_button_are_escaped() -> None:
    assert "<script>" not in draw("{% button t %}", t="<script>")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% empty 'Nothing' 'It appears here.' %}<a>Write</a>{% endempty %}", "It appears here."),
        ("{% failure 'Not sent' 'It is safe.' quote='BL-4471' %}{% endfailure %}", "BL-4471"),
        ("{% skeleton 3 %}Still asking Bishkek{% endskeleton %}", "Still asking Bishkek"),
        ("{% panel_head 'Feed' count='38 today' %}{% endpanel_head %}", "38 today"),
        ("{% pages '1–50' 312 following='?page=2' %}", "1–50 of 312"),
        ("{% column 'Sent' number=True sort='down' url='?sort=sent' %}", 'aria-sort="descending"'),
        (
            "{% confirm 'sure' 'Cancel it?' %}<form></form>{% endconfirm %}",
            '<dialog class="dialog"',
        ),
        ("{% signatures 'Goes off' 'Comes on' %}", "Comes on"),
        ("{% tag 'Search' tone='blue' icon='zoom-scan' %}", "#zoom-scan"),
        ("{% kind_tile 'never heard of' %}", "#file-text"),
    ],
)
def test_a_part_says_what_it_was_given(source: str, words: str) -> None:
    assert words in draw(source)


def test_a_failure_is_told_to_those_who_hear_the_page() -> None:
    assert 'role="alert"' in draw("{% failure 'Not sent' 'Safe.' %}{% endfailure %}")


def test_a_saved_draft_says_when() -> None:
    assert "Draft saved here 15:42:00" in draw("{% draft_state at %}", at=NOW)
    old = draw("{% draft_state at %}", at=NOW - timedelta(days=1))
    assert "Draft saved here on 13 May, 15:42:00" in old


def test_a_draft_never_saved_claims_nothing() -> None:
    assert "data-state" not in draw("{% draft_state %}")


def test_the_line_of_a_lost_link_says_since_when() -> None:
    html = draw("{% offline_bar at '3 letters wait.' %}", at=NOW)
    assert "15:42" in html
    assert "3 letters wait." in html
