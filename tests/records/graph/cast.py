"""A driver, the lorry that he uses, and who else does: what the tests of the network begin with."""

from dataclasses import replace

from borderliaison.kernel.marking import Marking
from borderliaison.records.graph.part import Part
from borderliaison.records.statements.drafted import Said
from tests.records.cast import ALL, drafted, key, pk, say


def uses(
    name: str, person: str, plate: str, since: str = "", *, marking: Marking = ALL
) -> tuple[int, int]:
    """Let a source say that a person uses a lorry; return the numbers of both."""
    who, what = f"person {person}", f"lorry {plate}"
    use = drafted(name, "Use", f"use of {plate}")
    said = [Said("user", key(name, who)), Said("used", key(name, what))]
    said += [Said("startDate", since)] if since else []
    say(
        name,
        drafted(name, "Person", who, name=person),
        drafted(name, "Vehicle", what, registrationNumber=plate, registeredIn="kg"),
        replace(use, says=tuple(said)),
        marking=marking,
    )
    return pk(name, who), pk(name, what)


def drawn(part: Part) -> set[tuple[int, str, int]]:
    """Return the lines of a part; see that each ends at its nodes."""
    assert {end for tie in part.ties for end in (tie.begin, tie.end)} <= set(part.nodes)
    return {(tie.begin, tie.kind, tie.end) for tie in part.ties}
