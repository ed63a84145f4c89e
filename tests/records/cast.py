"""People and things of records, said by sources under markings: what the tests of records begin with."""

from datetime import UTC, datetime

from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.models import Entity
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write

AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
BORDER = Reader(OfficeCode("KG-BDB"), AgencyCode("KG-BOR"), CountryCode("KG"))
CUSTOMS = Reader(OfficeCode("KG-BDB"), AgencyCode("KG-CUS"), CountryCode("KG"))
ALL = Marking(audience=Audience.of(("KG-BDB", "*")))
FOR_BORDER = Marking(audience=Audience.of(("KG-BDB", "KG-BOR")))
FOR_CUSTOMS = Marking(audience=Audience.of(("KG-BDB", "KG-CUS")))


def source(name: str) -> str:
    """Return the key of a source."""
    return key_of_entity("source", name)


def key(name: str, what: str = "it") -> str:
    """Return the key of what a source speaks of."""
    return key_of_entity(source(name), what)


def pk(name: str, what: str = "it") -> int:
    """Return the number of what a source speaks of."""
    return int(Entity.objects.get(key=key(name, what)).pk)


def say(name: str, *drafted: Drafted, marking: Marking = ALL) -> None:
    """Let a source say something."""
    origin = Origin(source(name), "report", "KG-BDB", AT, AT, "KG", intern(marking).pk)
    write(origin, drafted)


def drafted(name: str, schema: str, what: str = "it", /, **said: str) -> Drafted:
    """Return what a source says of something."""
    return Drafted(key(name, what), schema, tuple(Said(*one) for one in said.items()))


def lorry(name: str, plate: str, country: str = "kg", *, marking: Marking = ALL) -> int:
    """Let a source speak of a lorry by its plate; return the lorry's number."""
    one = drafted(name, "Vehicle", registrationNumber=plate, registeredIn=country)
    say(name, one, marking=marking)
    return pk(name)


def person(name: str, called: str, born: str = "1987", *, marking: Marking = ALL) -> int:
    """Let a source speak of a person; return the person's number."""
    say(name, drafted(name, "Person", name=called, birthDate=born), marking=marking)
    return pk(name)
