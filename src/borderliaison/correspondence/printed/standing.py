"""How far an item has come, on paper: its receipts office by office, and who owes an answer."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.requests.asked_shown import AskedRow, AskedView
from borderliaison.printing.blocks import Block, Column, Ladder, Rungs, Said, Step, Table
from borderliaison.printing.times import in_a_line, said_at, to_the_second
from borderliaison.printing.tongues import Tongues
from borderliaison.ui.parts import receipts


def ladder_block(recipients: Sequence[receipts.Recipient], tongues: Tongues) -> Ladder:
    """Return the receipts of an item."""
    last = next((one.last for one in recipients if one.last), "")
    return Ladder(
        tongues.words(lambda: _("Receipts")),
        tuple(str(one) for one in receipts.labels(last)),
        tuple(_rungs(one) for one in recipients),
    )


def _rungs(one: receipts.Recipient) -> Rungs:
    why = " ".join([one.why.title, one.why.text]) if one.why is not None else ""
    return Rungs(
        name=f"{one.name}, {one.country}" if one.country else one.name,
        note=one.note,
        steps=tuple(_step(step) for step in one.steps),
        elsewhere=one.elsewhere,
        why=why,
    )


def _step(step: receipts.Step) -> Step:
    words = [to_the_second(step.at)] if step.at is not None else []
    if step.note:
        words.append(step.note)
    elif step.at is None and step.state is not receipts.StepState.NOT_YET:
        words.append(step.state.label)
    return Step(step.state.value, " ".join(words))


def asked_blocks(asked: AskedView, tongues: Tongues) -> Iterator[Block]:
    """Yield who owes an answer until when, and what was asked before."""
    if asked.rows:
        yield _answers(asked, tongues)
    if asked.before:
        yield _before(asked, tongues)


def _answers(asked: AskedView, tongues: Tongues) -> Table:
    columns = (
        Column(tongues.words(lambda: pgettext("paper", "Office")), 2),
        Column(tongues.words(lambda: _("Answers")), 4),
        Column(tongues.words(lambda: pgettext("paper", "Due")), 3),
    )
    return Table(columns, tuple(_asked(one) for one in asked.rows))


def _before(asked: AskedView, tongues: Tongues) -> Table:
    columns = (
        Column(tongues.words(lambda: pgettext("register", "Number")), 2),
        Column(tongues.words(lambda: pgettext("register", "Subject")), 4),
        Column(tongues.words(lambda: pgettext("register", "From")), 2),
        Column(tongues.words(lambda: pgettext("paper", "Written")), 3),
    )
    rows = tuple(
        (
            Said(one.number, code=True),
            Said(one.title),
            Said(one.office),
            Said(in_a_line(one.at)),
        )
        for one in asked.before
    )
    return Table(columns, rows, tongues.words(lambda: _("Asked before about the same")))


def _asked(one: AskedRow) -> tuple[Said, Said, Said]:
    office = f"{one.office}, {one.country}" if one.country else one.office
    note = _("this office") if one.is_own else ""
    due = said_at(one.due_at) if one.due_at is not None else Said("")
    return Said(office, note=note), Said(one.words, note=one.note), due
