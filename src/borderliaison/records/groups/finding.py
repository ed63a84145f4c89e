"""The groups that a reader may know of, each with what it is made of."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from borderliaison.kernel.marking import PageMarking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.graph.hanging import Hanging
from borderliaison.records.graph.network import network
from borderliaison.records.groups.kept import parts_of
from borderliaison.records.ontology.model import schema
from borderliaison.records.profiles.profile import Profile, Saying
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.shown.purpose import is_personal
from borderliaison.records.shown.signs import icon_of, shape_of
from borderliaison.records.shown.words import name_of
from borderliaison.ui.shell import MarkingLabels
from borderliaison.wording.marks import labels_of

_MAX_NAMES: Final = 12
_IN_TITLE: Final = 3
_PEOPLE_FIRST: Final = ("circle", "square", "diamond")


@dataclass(frozen=True, slots=True)
class Kind:
    """What of one kind belongs to a group.

    Attributes:
        label: of the kind, in the plural.
        names: what they are called, the most frequent first, each with how many records are called so.
        more: how many further names there are among those that are told.
        total: how many records there are; several may be of one person.
        are_named: whether the names say something: of events their number does.
    """

    label: str
    names: tuple[tuple[str, int], ...]
    more: int
    total: int
    are_named: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Who and what hangs together.

    Attributes:
        keys: of the members, those with the most links first.
        total: how many members there are.
        sources: how many reports and sets speak of it.
        offices: whose these are, by their short names, as far as members are told.
        first: when one of them was first so, as far as members are told; likewise last.
    """

    icon: str
    title: str
    kinds: tuple[Kind, ...]
    keys: tuple[str, ...]
    total: int
    sources: int
    offices: tuple[str, ...]
    first: datetime
    last: datetime
    marks: MarkingLabels


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups with the most sources first.

    Attributes:
        total: how many there are, shown or not.
        marking: the strictest of what is shown, and of the links by which it hangs together.
        are_personal: whether people are, or may be, among those who are shown.
    """

    some: tuple[Group, ...]
    total: int
    marking: PageMarking
    are_personal: bool


def groups(reader: Reader, since: datetime | None, lang: str) -> Groups:
    """Return who and what hangs together for a reader.

    Args:
        reader: who looks.
        since: what was before it does not count; None for all.
        lang: in which words are written.
    """
    found = parts_of(network(reader), since)
    known = profiles(reader, [pk for one in found.some for pk in one.nodes])
    told = [(one, [known[pk] for pk in one.nodes if pk in known]) for one in found.some]
    return Groups(
        some=tuple(_group(one, members, lang) for one, members in told if members),
        total=found.total,
        marking=_marking([one for one, members in told if members], known.values()),
        are_personal=any(map(is_personal, known.values())),
    )


def title_of(some: Collection[Profile], lang: str) -> str:
    """Return what some records are called together: the names that most have of those who come first."""
    many = Counter(one.schema for one in some)
    first = min(many, key=lambda name: (_rank(name), -many[name], name), default="")
    names = Counter(name_of(one, lang) for one in some if one.schema == first)
    return ", ".join(name for name, _ in names.most_common(_IN_TITLE))


def _group(one: Hanging, members: Sequence[Profile], lang: str) -> Group:
    kinds = tuple(_kinds(one, members, lang))
    sayings = list(_sayings(members))
    short = {str(code): name for code, name in short_office_names(lang).items()}
    offices = dict.fromkeys(short.get(said.office, said.office) for said in sayings)
    return Group(
        icon=icon_of(min((member.schema for member in members), key=_rank)),
        title=title_of(members, lang),
        kinds=kinds,
        keys=tuple(member.key for member in members),
        total=sum(one.kinds.values()),
        sources=one.sources,
        offices=tuple(offices),
        first=min(said.first_seen for said in sayings),
        last=max(said.last_seen for said in sayings),
        marks=labels_of(_marking([one], members), lang),
    )


def _kinds(one: Hanging, members: Sequence[Profile], lang: str) -> Iterator[Kind]:
    """Yield what a group is made of: people, then things, then what happened."""
    of = {name: [member for member in members if member.schema == name] for name in one.kinds}
    for name, some in sorted(of.items(), key=lambda pair: _order(pair[0], one)):
        names = Counter(name_of(member, lang) for member in some).most_common()
        yield Kind(
            label=schema(name).plural.text(lang),
            names=tuple(names[:_MAX_NAMES]),
            more=max(0, len(names) - _MAX_NAMES),
            total=one.kinds[name],
            are_named=shape_of(name) != "diamond",
        )


def _order(name: str, one: Hanging) -> tuple[int, int, str]:
    return _rank(name), -one.kinds[name], name


def _rank(name: str) -> int:
    return _PEOPLE_FIRST.index(shape_of(name))


def _sayings(members: Iterable[Profile]) -> Iterator[Saying]:
    return (said for member in members for value in member.values for said in value.sayings)


def _marking(parts: Iterable[Hanging], members: Iterable[Profile]) -> PageMarking:
    of_links = MarkingRow.objects.in_bulk({pk for one in parts for pk in one.markings})
    return PageMarking.of({
        *(row.value for row in of_links.values()),
        *(said.marking for said in _sayings(members)),
    })  # fmt: skip
