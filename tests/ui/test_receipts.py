from datetime import timedelta

import pytest
from django.utils import translation

from borderliaison.ui.parts.receipts import Recipient, Step, StepState, Why, in_words, rungs
from tests.ui.rendering import NOW, draw

DONE, NOT_YET = Step(StepState.DONE, NOW), Step(StepState.NOT_YET)


def steps(*states: StepState) -> tuple[Step, ...]:
    return tuple(Step(one, NOW if one is StepState.DONE else None) for one in states)


def filled(*states: StepState) -> tuple[Step, ...]:
    return steps(*states, *[StepState.NOT_YET] * (5 - len(states)))


def test_only_the_last_step_done_is_green_with_a_double_check() -> None:
    drawn = rungs((DONE,) * 5)
    assert [one.look for one in drawn] == ["done"] * 4 + ["acted"]
    assert [one.icon for one in drawn] == ["check"] * 4 + ["checks"]


def test_a_ladder_has_five_steps() -> None:
    with pytest.raises(ValueError, match="zip"):
        rungs((DONE,) * 4)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (filled(), "not saved"),
        (filled(StepState.DONE), "Saved here"),
        (filled(*[StepState.DONE] * 5), "Acted"),
        (filled(StepState.DONE, StepState.HELD), "Saved here; sent: held"),
        (filled(StepState.DONE, StepState.DONE, StepState.REFUSED), "Sent; delivered: refused"),
    ],
)
def test_the_five_bars_are_also_a_sentence(made: tuple[Step, ...], words: str) -> None:
    assert in_words(made) == words
    html = draw("{% bars s %}", s=made)
    assert f'aria-label="{words}"' in html
    assert html.count('class="bar ') == 5


def test_the_furthest_step_stands_beside_the_bars_where_nothing_else_says_it() -> None:
    made = filled(StepState.DONE, StepState.DONE, StepState.WAITING)
    assert ">Sent</span>" in draw("{% bars s worded=True %}", s=made)
    assert ">not saved</span>" in draw("{% bars s worded=True %}", s=filled())
    assert "bars-said" not in draw("{% bars s %}", s=made)


def test_the_ladder_says_the_reason_as_a_sentence() -> None:
    why = Why("Not sent: waits for authorisation.", "B. Ormonov was asked at 21:24.")
    recipient = Recipient("Dustlik", filled(StepState.DONE, StepState.HELD), "UZ", why=why)
    html = draw("{% ladder r %}", r=[recipient])
    assert "Not sent: waits for authorisation." in html
    assert "rung-held" in html
    assert "held</span>" in html


def test_every_step_says_its_state_in_words() -> None:
    recipient = Recipient("Alat", filled(StepState.DONE, StepState.DONE, StepState.REFUSED))
    html = draw("{% ladder r %}", r=[recipient])
    assert html.count("rung-label") == 5
    assert "refused" in html
    assert html.count("not yet") == 2


def test_times_stand_to_the_second() -> None:
    made = (Step(StepState.DONE, NOW + timedelta(seconds=2), "+0.9 s"), *[NOT_YET] * 4)
    html = draw("{% ladder r %}", r=[Recipient("Dostuk", made)])
    assert "15:42:02" in html
    assert "+0.9 s" in html


def test_the_ladder_speaks_russian() -> None:
    with translation.override("ru"):
        html = draw("{% ladder r %}", r=[Recipient("Достук", filled(StepState.DONE))])
    assert "Сохранено здесь" in html
    assert "Saved" not in html
