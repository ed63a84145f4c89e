"""Found records in words: what each is, and why it was found, with the words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from borderliaison.forms.finding.fragments import fragments
from borderliaison.forms.finding.query import Number, Term, Word, matched, read_query
from borderliaison.forms.finding.reasons import Found, Reason, pressing
from borderliaison.forms.finding.words import spelled
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile, Value
from borderliaison.records.search.found.conditions import Condition, Says
from borderliaison.records.search.found.finding import Wanted
from borderliaison.records.search.found.saying import is_met
from borderliaison.records.search.found.told import NOTHING, Why
from borderliaison.records.search.index.indexing import texts_of
from borderliaison.records.search.index.spelling import alike, sound
from borderliaison.records.shown.signs import icon_of
from borderliaison.records.shown.words import name_of, value_words
from borderliaison.ui.shell import MarkingLabels
from borderliaison.wording.marks import labels_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record.

    Attributes:
        facts: what is told of it first, where nothing but filters were given.
        offices: who speaks of it, by their short names.
        last: when it was last so, as far as its sources know.
        why: where it was seen, if that was asked.
        more: how many further values hold what was looked for.
        marks: the strictest of all that its reader may know of it.
    """

    key: str
    name: str
    kind: str
    icon: str
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    why: Why
    more: int
    offices: tuple[str, ...]
    sources: int
    last: datetime
    marks: MarkingLabels


def show_hit(profile: Profile, wanted: Wanted, lang: str, why: Why = NOTHING) -> Hit:
    """Return a found record in the reader's language, with why it was found."""
    terms = wanted.query.terms
    told, more = pressing(_reasons(profile, terms, lang))
    reasons = (*_met(profile, wanted.conditions, lang), *told)
    sayings = [saying for one in profile.values for saying in one.sayings]
    names = short_office_names(lang)
    return Hit(
        key=profile.key,
        name=name_of(profile, lang),
        kind=profile.kind.label.text(lang),
        icon=icon_of(profile.schema),
        facts=() if terms or reasons else tuple(_facts(profile, lang)),
        reasons=reasons,
        why=why,
        more=more,
        offices=tuple(dict.fromkeys(_short(names, one.office) for one in sayings)),
        sources=len({one.source for one in sayings}),
        last=max(one.last_seen for one in sayings),
        marks=labels_of(PageMarking.of({one.marking for one in sayings} | why.markings), lang),
    )


def _short(names: dict[str, str], office: str) -> str:
    return names.get(OfficeCode(office), office)


def _facts(profile: Profile, lang: str) -> Iterator[tuple[str, str]]:
    for name in profile.kind.featured:
        prop = profile.kind.properties[name]
        said = profile.of(name)
        if said and prop.type.name != "entity" and name not in profile.kind.caption[:1]:
            yield prop.label.text(lang), value_words(profile.schema, prop, said[0].value, lang)


def _reasons(profile: Profile, terms: Sequence[Term], lang: str) -> Iterator[Found]:
    for prop, values in profile.by_property():
        if prop.type.name != "entity":
            for one in values:
                yield from _reason(profile, prop, one, terms, lang)


def _reason(
    profile: Profile, prop: Property, value: Value, terms: Sequence[Term], lang: str
) -> Iterator[Found]:
    """Yield why a value was found: by its words here, by those in another language, by its spelling."""
    shown = value_words(profile.schema, prop, value.value, lang)
    spans = matched(terms, shown)
    told = frozenset(term for term, _, _ in spans)
    elsewhere = frozenset(
        term
        for text in texts_of(profile.schema, prop.name, value.value)
        for term, _, _ in matched(terms, text)
    )
    like = list(_alike(terms, shown)) if prop.type.name == "name" and not elsewhere else []
    if told or elsewhere or like:
        cut = [span[1:] for span in spans or like]
        pieces = tuple(fragments(shown, cut, is_match=bool(elsewhere)))
        yield (
            Reason(prop.label.text(lang), pieces, is_alike=bool(like)),
            told | elsewhere | frozenset(term for term, _, _ in like),
        )


def _met(profile: Profile, conditions: Sequence[Condition], lang: str) -> Iterator[Reason]:
    """Yield for each condition the first value that meets it."""
    for one in conditions:
        if not isinstance(one, Says) or one.is_not:
            continue
        for prop, values in profile.by_property():
            met = [each for each in values if is_met(one, profile.schema, prop, each.value)]
            if met:
                shown = value_words(profile.schema, prop, met[0].value, lang)
                spans = matched(read_query(one.value).terms, shown) if one.how == ":" else []
                cut = [span[1:] for span in spans]
                yield Reason(prop.label.text(lang), tuple(fragments(shown, cut, is_match=True)))


def _alike(terms: Sequence[Term], text: str) -> Iterator[tuple[Term, int, int]]:
    for term in terms:
        words = (
            (term,) if isinstance(term, Word) else term.groups if isinstance(term, Number) else ()
        )
        wanted = {left for one in words for left in alike(one)}
        for one in spelled(text):
            if wanted & {sound(key) for key in one.keys}:
                yield term, one.start, one.end
