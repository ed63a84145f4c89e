"""Writing happenings into forms: what an officer would have typed, checked as he typed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.check import check
from borderliaison.forms.context import Context, Directory
from borderliaison.forms.load import load_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import title
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.realm import LIVE
from borderliaison.node.demo.year.filling_beside import INVENTED, WRITERS, local
from borderliaison.node.demo.year.happenings import Happening, Kind

SUSPECTED: Final = {"vehicle": "narcotics", "consignment": "goods", "person": "documents"}
SELECTED_BY: Final = ("dog", "risk_profile", "routine", "scanner", "behaviour")


class NotFillable(LiaisonError):
    """A happening does not fit into its form."""

    code = "E-DMO-02"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in.

    Attributes:
        values: as ``forms.check`` returned them.
    """

    form: Form
    values: Mapping[str, Any]
    title: str

    @property
    def urgent(self) -> bool:
        """Whether it takes the urgent lane."""
        return str(self.values.get("urgency", "")).lower() in ("immediate", "expected")


def fill(happening: Happening, agency: str, directory: Directory) -> Filled:
    """Fill a happening into its form.

    Args:
        happening: what was written.
        agency: of the officer who wrote it.
        directory: the names of the network.

    Raises:
        NotFillable: the form refuses it; says which fields.
    """
    form = load_form(happening.kind.value)
    zone = happening.place.zone
    begins = {"text_language": "en", "agencies": [agency]}
    asked = {one.name for one in form.fields()}
    typed = {name: begins[name] for name in begins if name in asked}
    typed |= _WRITERS[happening.kind](happening)
    context = Context(now=happening.at, zone=zone, realm=LIVE, directory=directory)
    checked = check(form, typed, context)
    if not checked.ok:
        wrong = "; ".join(f"{name}: {error.text('en')}" for name, error in checked.errors.items())
        raise NotFillable(f"{happening.name}: {wrong}")
    return Filled(form, checked.values, title(form, checked.values, "en", directory)[:200])


def _lookout(one: Happening) -> dict[str, Any]:
    about, at, zone = one.subject, one.at, one.place.zone
    return {
        "event_at": local(at, zone, minutes=-20),
        "crossing": one.place.office,
        "subject_kind": about.kind,
        "subject": about.words or "traveller",
        "plate": about.plate,
        "names": list(about.names),
        "telephones": [about.telephone] if about.telephone else [],
        "firms": [about.consignor] if about.consignor else [],
        "suspicion": [SUSPECTED[about.kind]],
        "route_from": about.origin,
        "route_to": about.destination,
        "where": one.place.onward,
        "window": {"from": local(at, zone, hours=6), "until": local(at, zone, days=3)},
        "expires": local(at, zone, days=4),
        "action": "search" if about.kind != "person" else "stop",
        "grounds": INVENTED,
        "urgency": "Future",
        "severity": "Moderate",
        "certainty": "Possible",
        "category": ["Security"],
    }


def _result(one: Happening) -> dict[str, Any]:
    return {
        "found": "found" if one.found else "not_found",
        "done_at": local(one.at, one.place.zone, hours=-1) if one.found else "",
        "what": "as was suspected" if one.found else "",
        "details": INVENTED,
        "measures_taken": ["searched"],
        "next": "cancel" if one.found else "keep",
        "next_why": "It was found" if one.found else "",
    }


def _seizure(one: Happening) -> dict[str, Any]:
    about, load = one.subject, one.load
    assert load is not None  # noqa: S101  # a seizure has a load
    quantity = {"amount": str(load.amount), "unit": load.unit}
    return {
        "event_at": local(one.at, one.place.zone, hours=-3),
        "place_kind": "crossing",
        "crossing": one.place.office,
        "lane": "out" if about.destination != one.place.country else "in",
        "seized": [{"substance": load.substance, "quantity": quantity}],
        "concealment": [about.hidden or "none"],
        "mode": "lorry" if "lorry" in about.words else "car",
        "vehicles": [{"kind": "lorry" if "lorry" in about.words else "car", "plate": about.plate}],
        "consignor": about.consignor,
        "departure": about.origin,
        "destination": about.destination,
        "selection": SELECTED_BY[one.at.day % len(SELECTED_BY)],
        "details": " ".join([INVENTED, *about.names, about.telephone]).strip(),
    }


def _request(one: Happening) -> dict[str, Any]:
    about = one.subject
    return {
        "kind": "person",
        "subject": about.words,
        "question": "Has this person crossed with you in the last month?",
        "names": list(about.names),
        "purpose": "check_now",
        "use": "information",
        "legal_basis": "Agreement on information exchange between border services",
        "grounds": INVENTED,
        "answer_by": local(one.at, one.place.zone, days=3),
        "urgency": "Future",
    }


def _answer(one: Happening) -> dict[str, Any]:
    return {
        "outcome": "found" if one.found else "no_record",
        "summary": "Crossed twice, last week" if one.found else "",
        "answer": INVENTED if one.found else "",
        "searched": ["crossings"],
        "as_of": local(one.at, one.place.zone, minutes=-10),
    }


def _week(one: Happening) -> dict[str, Any]:
    week = one.week
    assert week is not None  # noqa: S101  # a summary has a week
    iso = week.begins.isocalendar()
    counts = {} if week.is_nil else {f"count_{kind}": n for kind, n in week.counts.items()}
    return {
        "week": f"{iso.year}-W{iso.week:02}",
        "kind": "nil" if week.is_nil else "ordinary",
        **counts,
        "persons_in": week.travellers // 2,
        "persons_out": week.travellers - week.travellers // 2,
        "lorries_in": week.lorries // 2,
        "lorries_out": week.lorries - week.lorries // 2,
        "vehicles_checked": week.searched,
        "wait_lorries": week.wait_min,
    }


_WRITERS: Final = {
    Kind.LOOKOUT: _lookout,
    Kind.RESULT: _result,
    Kind.SEIZURE: _seizure,
    Kind.REQUEST: _request,
    Kind.ANSWER: _answer,
    Kind.WEEK: _week,
    **WRITERS,
}
