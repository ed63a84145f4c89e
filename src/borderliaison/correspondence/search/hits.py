"""Found items in words: what each is, and why it was found, with the words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.search.cover import all_said
from borderliaison.correspondence.search.labels import codes_meant, codes_said
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.shown.titles import titles_of
from borderliaison.forms.finding.fragments import fragments
from borderliaison.forms.finding.query import (
    Number,
    Phrase,
    Query,
    Term,
    Word,
    matched,
)
from borderliaison.forms.finding.reasons import Found, Reason, pressing
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.marks import Marks
from borderliaison.wording.marks import marks_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A found item.

    Attributes:
        where: from which office to which, by their short names.
        reasons: why it was found; empty where nothing but filters were given.
        more: how many further pieces hold what was looked for.
        summary: one line, where there are no reasons.
        is_corrected: whether a later correction is there.
    """

    key: str
    url: str
    kind: str
    icon: str
    tone: str
    title: str
    number: str
    where: str
    at: datetime
    marks: Marks
    is_own: bool
    reasons: tuple[Reason, ...]
    more: int
    summary: str
    is_corrected: bool


def show_hits(items: Sequence[Item], query: Query, acting: Acting, lang: str) -> list[Hit]:
    """Return found items in the reader's language."""
    titles = titles_of(items, acting, lang)
    later = Item.objects.readable_by(acting.reader).filter(corrects__in=[one.key for one in items])
    corrected = set(later.values_list("corrects", "office"))
    meant = {term: _codes(term) for term in query.terms}
    return [
        _hit(one, meant, acting, lang, titles[one.pk], (one.key, one.office) in corrected)
        for one in items
    ]


def _hit(
    item: Item,
    meant: dict[Term, frozenset[str]],
    acting: Acting,
    lang: str,
    title: str,
    is_corrected: bool,
) -> Hit:
    line, names = brief(item, lang), short_office_names(lang)
    reasons, more = pressing(_reasons(item, meant, lang))
    to = [names.get(one, one) for one in item.held_by if one != item.office]
    if not item.is_own:
        to.insert(0, names.get(acting.author.office, acting.author.office))
    where = f"{names.get(item.office, item.office)} → {', '.join(dict.fromkeys(to))}"
    return Hit(
        key=item.key,
        url=item_url(item),
        kind=line.kind,
        icon=line.icon or "message",
        tone=line.tone or "grey",
        title=title,
        number=line.number,
        where=where,
        at=item.arrived_at or item.created_at,
        marks=marks_of(item.marking.value, acting.author.office, lang),
        is_own=item.is_own,
        reasons=reasons,
        more=more,
        summary="" if line.is_card else line.summary,
        is_corrected=is_corrected,
    )


def _codes(term: Term) -> frozenset[str]:
    match term:
        case Word():
            return codes_meant(term)
        case Number(joined, _groups):
            return codes_meant(joined)
        case Phrase():
            return codes_said(term)


def _reasons(item: Item, meant: dict[Term, frozenset[str]], lang: str) -> Iterator[Found]:
    for said in all_said(item):
        by_code = frozenset(term for term, codes in meant.items() if codes & set(said.codes))
        by_text = [one for text in said.texts for one in matched(tuple(meant), text)]
        if by_code or by_text:
            label, text = said.shown(lang)
            spans = matched(tuple(meant), text)
            terms = by_code | {term for term, _start, _end in by_text}
            found = fragments(text, [span[1:] for span in spans], is_match=bool(said.codes))
            yield Reason(label, tuple(found)), terms
