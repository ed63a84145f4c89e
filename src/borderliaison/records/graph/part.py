"""What the graph answers with: nodes by their entities, and the lines between them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from borderliaison.records.graph.times import moment_of


@dataclass(frozen=True, slots=True)
class Tie:
    """One line, as one source says.

    Attributes:
        entity: whose statements say it: the link itself; of a reference, whoever refers.
        source: the number of the source.
        begin: the entity by which the reader knows the node where it begins.
        end: likewise, where it ends.
        kind: the schema of the link, or the name of the reference: ``Identification:holder``.
        since: when it began, or when it was; None where nothing says so.
        until: when it ended; None where nothing says so.
    """

    entity: int
    source: int
    begin: int
    end: int
    kind: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Ties(Sequence[Tie]):
    """Lines, each made when it is looked at.

    Attributes:
        columns: entity, source, begin, end, kind, since and until, each a list as long as the others.
    """

    columns: tuple[list[Any], ...] = ([], [], [], [], [], [], [])

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Tie]:
        return map(_tie, *self.columns)

    @overload
    def __getitem__(self, place: int) -> Tie: ...
    @overload
    def __getitem__(self, place: slice) -> "Ties": ...
    def __getitem__(self, place: int | slice) -> "Tie | Ties":
        some: list[Any] = [one[place] for one in self.columns]
        return Ties(tuple(some)) if isinstance(place, slice) else _tie(*some)


def _tie(*said: Any) -> Tie:
    entity, source, begin, end, kind, since, until = said
    return Tie(entity, source, begin, end, kind, moment_of(since), moment_of(until))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network.

    Attributes:
        nodes: the entities by which the reader knows its nodes; what was asked for first, then the nearest.
        ties: the lines, all of whose ends are among the nodes.
        all_nodes: how many there would be without a limit.
        all_ties: likewise, lines.
    """

    nodes: tuple[int, ...]
    ties: Ties = Ties()
    all_nodes: int = 0
    all_ties: int = 0


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways between two entities, or rings through one.

    Attributes:
        ways: of each the entities, from one end to the other; the shortest first.
        part: all of them, with the lines among them.
        are_all: whether there are no others of these lengths.
        goes_on: whether there may be longer ones.
    """

    ways: tuple[tuple[int, ...], ...]
    part: Part
    are_all: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is next to some nodes, by its kinds.

    Attributes:
        by_line: how many nodes are come to over each kind of line.
        by_schema: how many of each schema are come to.
    """

    by_line: dict[str, int]
    by_schema: dict[str, int]


@dataclass(frozen=True, slots=True)
class Connecting:
    """What connects some entities.

    Attributes:
        part: they and what lies between them.
        groups: those that were asked for, as far as they hang together; several where there are gaps.
    """

    part: Part
    groups: tuple[tuple[int, ...], ...]
