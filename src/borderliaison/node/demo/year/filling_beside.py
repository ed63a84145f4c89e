"""Writing into their forms what an office writes beside warnings and seizures."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from borderliaison.node.demo.year.happenings import Happening, Kind

INVENTED: Final = "Invented for the demonstration."
_HEADLINES: Final = {
    "power": "No electricity since the morning",
    "systems": "The register of crossings does not answer",
    "traffic": "Two lorries collided before the barrier",
    "dispute": "Herders quarrel over a pasture",
}
_MEETINGS: Final = {
    "working_meeting": "Queues of lorries on both sides",
    "joint_patrol": "Pastures along the line",
}


def local(at: datetime, zone: str, **later: float) -> str:
    """Return a time as an officer types it at the place."""
    return (at.astimezone(ZoneInfo(zone)) + timedelta(**later)).strftime("%Y-%m-%d %H:%M")


def _when(one: Happening, **earlier: float) -> str:
    return local(one.at, one.place.zone, **earlier)


def _there(one: Happening) -> dict[str, Any]:
    """Return where it was, and how it was come upon."""
    return {
        "event_at": _when(one, hours=-2),
        "place_kind": "crossing",
        "crossing": one.place.office,
        "lane": "in",
        "mode": "road",
        "selection": "routine",
    }


def _people(one: Happening, role: str = "passenger") -> list[dict[str, Any]]:
    return [
        {"role": role, "names": name, "citizenship": one.subject.origin}
        for name in one.subject.names
    ]


def _entry_refusal(one: Happening) -> dict[str, Any]:
    return {
        **_there(one),
        "persons": _people(one),
        "grounds": [one.subject.kind],
        "legal_basis": "Law on external migration",
        "asked_protection": "no",
        "sent_to": one.subject.origin,
    }


def _document_fraud(one: Happening) -> dict[str, Any]:
    document = {"kind": "passport", "issuer": one.subject.origin, "fraud": one.subject.kind}
    return {
        **_there(one),
        "documents": [document],
        "how_noticed": "second_line",
        "persons": _people(one),
        "outcome": ["closer_check"],
    }


def _smuggling(one: Happening) -> dict[str, Any]:
    load = one.load
    assert load is not None  # noqa: S101  # goods have an amount
    quantity = {"amount": str(load.amount), "unit": load.unit}
    return {
        **_there(one),
        "breach": ["not_declared"],
        "goods": [{"kind": load.substance, "quantity": quantity}],
        "concealment": ["load"],
        "vehicles": [{"kind": "van", "plate": one.subject.plate}],
        "outcome": ["goods_detained"],
    }


def _cash(one: Happening) -> dict[str, Any]:
    load = one.load
    assert load is not None  # noqa: S101  # money has an amount
    amount = {"amount": str(load.amount), "unit": load.unit}
    return {
        **_there(one),
        "cash": [{"kind": "cash", "amount": amount}],
        "grounds": [one.subject.kind],
        "concealment": ["luggage"],
        "persons": _people(one),
        "outcome": ["seized"],
    }


def _suspicious_vehicle(one: Happening) -> dict[str, Any]:
    about = one.subject
    kind = "lorry" if "lorry" in about.words else "car"
    return {
        **_there(one),
        **_warning("Security"),
        "subject": about.words,
        "doubts": [about.kind],
        "vehicles": [{"kind": kind, "plate": about.plate}],
        "outcome": ["let_go"],
        "details": INVENTED,
    }


def _illegal_crossing(one: Happening) -> dict[str, Any]:
    return {
        "event_at": _when(one, hours=-2),
        "place_kind": "border",
        "crossing": one.place.office,
        "where_more": "Two kilometres beside the crossing point",
        "lane": "around",
        "way": ["on_foot"],
        "from_country": one.subject.origin,
        "to_country": one.subject.destination,
        "reason": one.subject.kind,
        "persons": _people(one, "pedestrian"),
        "asked_protection": "no",
        "outcome": ["turned_back"],
    }


def _crossing_status(one: Happening) -> dict[str, Any]:
    return {
        **_warning("Transport"),
        "event_at": _when(one, hours=-1),
        "crossing": one.place.office,
        "state": "restricted",
        "reasons": [one.subject.kind],
        "until": _when(one, hours=10),
        "details": INVENTED,
    }


def _incident(one: Happening) -> dict[str, Any]:
    return {
        **_warning("Transport"),
        "event_at": _when(one, hours=-4),
        "kind": one.subject.kind,
        "state": "over",
        "headline": _HEADLINES[one.subject.kind],
        "ended_at": _when(one, hours=-1),
        "place_kind": "crossing",
        "crossing": one.place.office,
        "weapon_used": "no",
        "details": INVENTED,
    }


def _joint_event(one: Happening) -> dict[str, Any]:
    return {
        "stage": "held",
        "kind": one.subject.kind,
        "with_office": one.place.facing[0],
        "subject": _MEETINGS[one.subject.kind],
        "window": {"from": _when(one, hours=-4), "until": _when(one, hours=-2)},
        "crossing": one.place.office,
        "agenda": _MEETINGS[one.subject.kind],
        "protocol": INVENTED,
    }


def _warning(category: str) -> dict[str, Any]:
    return {
        "urgency": "Past",
        "severity": "Minor",
        "certainty": "Observed",
        "category": [category],
    }


WRITERS: Final[Mapping[Kind, Callable[[Happening], dict[str, Any]]]] = {
    Kind.ENTRY_REFUSAL: _entry_refusal,
    Kind.DOCUMENT_FRAUD: _document_fraud,
    Kind.SMUGGLING: _smuggling,
    Kind.CASH: _cash,
    Kind.SUSPICIOUS_VEHICLE: _suspicious_vehicle,
    Kind.ILLEGAL_CROSSING: _illegal_crossing,
    Kind.CROSSING_STATUS: _crossing_status,
    Kind.INCIDENT: _incident,
    Kind.JOINT_EVENT: _joint_event,
}
