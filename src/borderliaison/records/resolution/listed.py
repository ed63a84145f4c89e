"""Pairs and judgements in words, as the pages list them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from borderliaison.accounts.models import Account
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import apart, profiles
from borderliaison.records.resolution.facts import all_judgements
from borderliaison.records.resolution.models import Basis, Judgement, Verdict
from borderliaison.records.resolution.offered import Pair
from borderliaison.records.shown.signs import icon_of
from borderliaison.records.shown.words import name_of

AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Named:
    """A record, or one entity of it, in a line.

    Attributes:
        key: of the record.
        name: what it is called.
        kind: its kind, in words.
        icon: of the kind.
        sources: how many reports speak of it.
        markings: of all that is known of it, each once.
    """

    key: str
    name: str
    kind: str
    icon: str
    sources: int
    markings: tuple[Marking, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two that may be one, in a line.

    Attributes:
        pair: how the pair is named in an address: both keys with a point between.
        percent: how likely they are one; None where that is not known.
        has_lapsed: whether a judgement on it has lapsed.
    """

    pair: str
    one: Named
    other: Named
    percent: int | None
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A judgement, in a line.

    Attributes:
        key: of the judgement.
        one: the one entity by itself, as it was judged.
        other: likewise the other.
        by: the officer's name; his id where he has no account any more.
        undone_by: likewise of who took it back; empty while it stands.
        act: the key of the act by which it was made with others; empty where it was made by itself.
    """

    key: str
    one: Named
    other: Named
    verdict: Verdict
    basis: Basis
    reason: str
    by: str
    at: datetime
    undone_by: str = ""
    undone_at: datetime | None = None
    undone_reason: str = ""
    act: str = ""


def named(profile: Profile, lang: str) -> Named:
    """Return a record in a line."""
    return Named(
        profile.key,
        name_of(profile, lang),
        profile.kind.label.text(lang),
        icon_of(profile.schema),
        len({saying.source for value in profile.values for saying in value.sayings}),
        tuple(dict.fromkeys(markings_of(profile))),
    )


def markings_of(profile: Profile) -> Iterator[Marking]:
    """Yield the markings of all that is known of a record."""
    return (saying.marking for value in profile.values for saying in value.sayings)


def pair_rows(reader: Reader, pairs: Sequence[Pair], lang: str) -> list[PairRow]:
    """Return pairs in words."""
    found = profiles(reader, {pk for pair in pairs for pk in (pair.one[0], pair.other[0])})
    lines = {pk: named(one, lang) for pk, one in found.items()}
    return [
        PairRow(
            f"{lines[pair.one[0]].key}.{lines[pair.other[0]].key}",
            lines[pair.one[0]],
            lines[pair.other[0]],
            None if pair.score is None else percent_of(pair.score),
            pair.has_lapsed,
        )
        for pair in pairs
    ]


def percent_of(score: float) -> int:
    """Return a probability in whole percents; nothing that is only likely is 100."""
    return min(round(100 * score), 99)


def judged_rows(
    reader: Reader, lang: str, before: int | None = None
) -> tuple[list[JudgedRow], str]:
    """Return judgements in words, the latest first, and from where to go on."""
    rows = all_judgements(reader).order_by("-pk")
    some = list((rows.filter(pk__lt=before) if before is not None else rows)[: AT_ONCE + 1])
    more = str(some[AT_ONCE - 1].pk) if len(some) > AT_ONCE else ""
    return rows_of(reader, some[:AT_ONCE], lang), more


def rows_of(reader: Reader, judgements: Collection[Judgement], lang: str) -> list[JudgedRow]:
    """Return some judgements in words."""
    found = apart(reader, {pk for one in judgements for pk in (one.one_id, one.other_id)})
    lines = {pk: named(one, lang) for pk, one in found.items()}
    names = officers_named(
        {who for one in judgements for who in (one.officer, one.undone_by) if who}
    )
    return [
        JudgedRow(
            one.key, lines[one.one_id], lines[one.other_id], Verdict(one.verdict), Basis(one.basis),
            one.reason, names[one.officer], one.at, names.get(one.undone_by, ""), one.undone_at,
            one.undone_reason, one.act,
        )
        for one in judgements
    ]  # fmt: skip


def groups_in_words(
    reader: Reader, groups: Iterable[Collection[int]], lang: str
) -> list[list[Named]]:
    """Return groups of entities, each by itself, in words."""
    some = [sorted(group) for group in groups]
    found = apart(reader, {pk for group in some for pk in group})
    return [[named(found[pk], lang) for pk in group if pk in found] for group in some]


def officers_named(ids: Collection[str]) -> dict[str, str]:
    """Return the names of officers by their ids; the id of one who has no account any more."""
    names = dict(Account.objects.filter(officer_id__in=ids).values_list("officer_id", "full_name"))
    return {one: names.get(one, one) for one in ids}
