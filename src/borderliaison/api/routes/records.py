"""Records: finding them, and what is known of one with who says it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema
from pydantic import Field

from borderliaison.accounts.services import reader_of
from borderliaison.api.errors import NotThere
from borderliaison.api.shapes import PAGE, Key, Limit, Marking, Page
from borderliaison.forms.finding.query import MAX_QUERY
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Entity
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.found.conditions import MAX_WHERE
from borderliaison.records.search.found.finding import find
from borderliaison.records.search.found.told import NOTHING, why_found
from borderliaison.records.search.question.asked import Asked, read_asked
from borderliaison.records.search.shown.hits import Hit, show_hit

router = Router()


class SayingShape(Schema):
    """Who says a value; ``source`` is the key of a report's item, or of an import."""

    source: str
    kind: str
    office: str
    said_at: datetime
    first_seen: datetime
    last_seen: datetime
    original: str
    marking: Marking


class ValueShape(Schema):
    """One value of one property of followthemoney's ontology or ours; of a reference, another's key."""

    prop: str
    value: str
    language: str
    said_by: list[SayingShape]


class RecordShape(Schema):
    """What this officer may know of one record; ``same`` are the keys of its entities."""

    key: str
    same: list[str]
    schema_name: str = Field(serialization_alias="schema")
    caption: str
    values: list[ValueShape]


class ReasonShape(Schema):
    """What is said of a record that holds what was looked for, in the words of the call's language."""

    label: str
    text: str
    is_alike: bool = Field(description="Whether it is another spelling.")


class SeenShape(Schema):
    """Where a record was seen, and near to which event, where that was asked."""

    where: str
    at: str
    near: str
    near_at: str
    near_key: str


class LinkedShape(Schema):
    """To what a record is linked, as was asked; ``event`` where only something that happened joins them."""

    other: str
    key: str
    event: str
    event_key: str


class WhyShape(Schema):
    """Why a record was found, the first of it; ``markings`` are those of what is not said of it itself."""

    reasons: list[ReasonShape]
    seen: list[SeenShape]
    linked: list[LinkedShape]
    more: int = Field(description="How much more there is of what is said, seen and linked.")
    markings: list[Marking]


class FoundShape(RecordShape):
    """What this officer may know of one record that was found, and why it was."""

    why: WhyShape


class RecordsPage(Schema):
    """Found records, who is called just so first, then the latest.

    ``more`` where there is a further page; ``cut`` where more was found than is put together.
    """

    records: list[FoundShape]
    more: bool
    cut: bool


class Question(Schema):
    """What is looked for, and among what; all of it where nothing is said."""

    q: str = Field("", max_length=MAX_QUERY, description="Words in any script, numbers.")
    kind: str = Field("", max_length=40, description="A schema: Person, Vehicle, Seizure.")
    office: str = Field("", max_length=10, description="That says so.")
    crossing: str = Field("", max_length=10, description="Where it was.")
    handling: str = Field("", max_length=2)
    level: str = Field("", max_length=1, description="0 open, 1 for official use.")
    grade: str = Field("", max_length=8, description="As it is written: B2.")
    where: str = Field(
        "", max_length=MAX_WHERE,
        description="Conditions, one on a line: `make: KAMAZ`, `not registeredIn = kg`, "
        "`weightFound >= 100`, `birthDate <= 1989`, `linked SeizedQuantity Substance >= 5: heroin`, "
        "`linked ~ Person: Bek`, `within 25 KG-BDB`.",
    )  # fmt: skip
    any: str = Field("", max_length=1, description="1 where one of the conditions is enough.")
    points: str = Field("", max_length=2, description="Seen at so many crossing points at least.")
    near: str = Field(
        "", max_length=40, description="A schema of events, at the same crossing point."
    )
    days: str = Field("", max_length=3, description="How near to it, in days.")
    since: str = Field("", max_length=10, description="A day: 2026-05-12.")
    until: str = Field("", max_length=10)


@router.get("/records", response=RecordsPage, by_alias=True, summary="Records that were looked for")
def list_records(
    request: HttpRequest, question: Query[Question], page: Page = 1, limit: Limit = PAGE
) -> dict[str, Any]:
    """Return records that have all that is looked for, as the page of records finds them."""
    return page_of_records(reader_of(request), read_asked(question.dict()), page, limit)


def page_of_records(reader: Reader, asked: Asked, page: int, limit: int) -> dict[str, Any]:
    """Return a page of what a question finds for a reader."""
    found = find(reader, asked.wanted())
    groups = found.groups[(page - 1) * limit : page * limit]
    known = profiles(reader, [one[0] for one in groups])
    shown = [known[one[0]] for one in groups if one[0] in known]
    wanted, lang = asked.wanted(), get_language() or "en"
    beyond = why_found(reader, wanted, shown, lang)
    hits = [show_hit(one, wanted, lang, beyond.get(one.key, NOTHING)) for one in shown]
    return {
        "records": [one | {"why": _why(hit)} for one, hit in zip(_data(shown), hits, strict=True)],
        "more": len(found.groups) > page * limit,
        "cut": found.is_cut,
    }


@router.get("/records/{key}", response=RecordShape, by_alias=True, summary="One record")
def one_record(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return what is known of one record, by the key of any entity that it is made of."""
    return _data([_there(reader_of(request), key)])[0]


def _there(reader: Reader, key: str) -> Profile:
    pk = Entity.objects.filter(key=key).values_list("pk", flat=True).first()
    found = profiles(reader, [pk]) if pk is not None else {}
    if pk not in found:
        raise NotThere(key)
    return found[pk]


def _why(hit: Hit) -> dict[str, Any]:
    """Return why a record was found."""
    why = hit.why
    return {
        "reasons": [
            {
                "label": one.label,
                "text": "".join(piece.text for piece in one.fragments),
                "is_alike": one.is_alike,
            }
            for one in hit.reasons
        ],
        "seen": [asdict(one) for one in why.told],
        "linked": [asdict(one) for one in why.linked],
        "more": hit.more + why.more + why.more_linked,
        "markings": [one.to_data() for one in sorted(why.markings, key=repr)],
    }


def _data(found: list[Profile]) -> list[dict[str, Any]]:
    pks = [pk for one in found for pk in one.pks]
    keys = dict(Entity.objects.filter(pk__in=pks).values_list("pk", "key"))
    return [
        {
            "key": one.key,
            "same": [keys[pk] for pk in one.pks if pk in keys],
            "schema_name": one.schema,
            "caption": one.caption,
            "values": [
                {
                    "prop": value.prop,
                    "value": value.value,
                    "language": value.language,
                    "said_by": [
                        {
                            "source": saying.source,
                            "kind": saying.kind,
                            "office": saying.office,
                            "said_at": saying.said_at,
                            "first_seen": saying.first_seen,
                            "last_seen": saying.last_seen,
                            "original": saying.original,
                            "marking": saying.marking.to_data(),
                        }
                        for saying in value.sayings
                    ],
                }
                for value in one.values
            ],
        }
        for one in found
    ]
