"""The data files as rows: what each table should hold. Reads files, knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from borderliaison.offices.codes import country_of, is_code
from borderliaison.offices.errors import BadNetworkData
from borderliaison.offices.kinds import OfficeKind, Precision

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shipped:
    """One row of one table.

    Attributes:
        table: the model's name.
        key: the fields that identify it.
        values: the other fields. Dates are text: ``2021-03-30``.
    """

    table: str
    key: Row
    values: Row


@cache
def read_data(name: str) -> Any:
    """Return what a data file holds.

    Raises:
        BadNetworkData: it is not YAML.
    """
    text = (files("borderliaison.offices") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadNetworkData(f"{name}.yaml: {error}") from error


def shipped_rows() -> Iterator[Shipped]:
    """Go through every shipped row, what is pointed at before what points at it.

    Raises:
        BadNetworkData: a file is wrong; says which entry.
    """
    for key, one in read_data("sources").items():
        yield Shipped("Source", {"key": key}, {"title": one["title"], "url": one["url"]})
    for one in read_data("countries"):
        values = {name: one[name] for name in ("role", "zone", "languages", "names")}
        yield Shipped("Country", {"code": one["code"]}, values)
    for one in sorted(read_data("agencies"), key=lambda one: "parent" in one):
        yield _agency(one)
    for one in read_data("points"):
        yield from _point(one)
    for one in read_data("offices"):
        yield from _office(one)
    yield from _relations(read_data("relations"))


def when(text: str) -> tuple[str, Precision]:
    """Return the first day of what a date says, and how exact it is: ``2021-03`` is a month."""
    parts = str(text).split("-")
    precision = [Precision.YEAR, Precision.MONTH, Precision.DAY][len(parts) - 1]
    year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
    return date(year, month, day).isoformat(), precision


def _agency(one: Row) -> Shipped:
    code = _code(one["code"])
    values = {
        "country_id": country_of(code),
        "kind": one["kind"],
        "names": one["names"],
        "parent_id": one.get("parent"),
        "steering_only": one.get("steering_only", False),
    }
    return Shipped("Agency", {"code": code}, values)


def _country(code: str) -> Row:
    found: Row = next(one for one in read_data("countries") if one["code"] == country_of(code))
    return found


def _place(one: Row, zone: str) -> Row:
    at = one.get("at", {})
    return {
        "latitude": at.get("lat"),
        "longitude": at.get("lon"),
        "accuracy_km": at.get("accuracy_km"),
        "place_source": at.get("source", ""),
        "zone": one.get("zone", zone),
    }


def _point(one: Row) -> Iterator[Shipped]:
    code = _code(one["code"])
    values = {
        "country_id": country_of(code),
        "names": one["names"],
        "border_id": one.get("border"),
        "water": one.get("water", {}),
        "kinds": one["kinds"],
        "all_day": one.get("all_day", False),
        "aliases": one["aliases"],
        **_place(one, _country(code)["zone"]),
    }
    yield Shipped("CrossingPoint", {"code": code}, values)
    for status in one.get("crossing_statuses", ()):
        yield _status("CrossingStatus", "crossing_id", code, status)
    office = {name: one[name] for name in ("code", "names", "statuses")}
    for name in ("agencies", "languages", "zone"):
        if name in one:
            office[name] = one[name]
    yield from _office({**office, "kind": OfficeKind.BLO, "crossing": code, "aliases": []})


def _office(one: Row) -> Iterator[Shipped]:
    code, country = _code(one["code"]), _country(one["code"])
    if one["kind"] not in OfficeKind.values:
        raise BadNetworkData(f"{code}: {one['kind']} is not a kind of office")
    values = {
        "country_id": country["code"],
        "kind": str(one["kind"]),
        "names": one["names"],
        "crossing_id": one.get("crossing"),
        "languages": one.get("languages", country["languages"]),
        "aliases": one.get("aliases", []),
        **_place(one, country["zone"]),
    }
    yield Shipped("Office", {"code": code}, values)
    agencies = one.get("agencies") or [
        agency["code"]
        for agency in read_data("agencies")
        if country_of(agency["code"]) == country["code"] and not agency.get("steering_only")
    ]
    for agency in agencies:
        key = {"office_id": code, "agency_id": agency}
        yield Shipped("OfficeAgency", key, {"since": None, "until": None})
    for status in one["statuses"]:
        yield _status("OfficeStatus", "office_id", code, status)


def _status(table: str, field: str, code: str, one: Row) -> Shipped:
    by = one.get("by")
    since, precision = when(by or one["since"])
    key = {field: code, "status": one["status"], "since": since}
    values = {
        "precision": str(Precision.BY_YEAR if by else precision),
        "source": one["source"],
        "note": one.get("note", {}),
    }
    return Shipped(table, key, values)


def _relations(relations: Row) -> Iterator[Shipped]:
    for pair in relations["counterparts"]:
        one, other = sorted(pair)
        key = {"one_id": one, "other_id": other}
        yield Shipped("Counterpart", key, {"since": None, "until": None})
    for line in relations["reporting_lines"]:
        since, until = (when(line[n])[0] if n in line else None for n in ("since", "until"))
        key = {"office_id": line["office"], "to_id": line["to"], "since": since}
        yield Shipped("ReportingLine", key, {"until": until})
    for audience in relations["audiences"]:
        code = audience["code"]
        yield Shipped("NamedAudience", {"code": code}, {"names": audience["names"]})
        for office, agency in audience["members"]:
            key = {"audience_id": code, "office_id": office, "agency_id": agency}
            yield Shipped("AudienceMember", key, {})


def _code(code: str) -> str:
    if not is_code(code):
        raise BadNetworkData(f"{code!r} is not a code: two letters, a hyphen, three letters")
    return code
