"""What a report asks of those who get it: read from its form's fields, for ``correspondence``."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from borderliaison.correspondence.meaning import Asking, Meaning, Reply, Warned
from borderliaison.correspondence.requests.refusals import careful_codes
from borderliaison.correspondence.requests.standing import Kind
from borderliaison.correspondence.requests.subjects import Named, documents, persons, plates
from borderliaison.forms.times import utc_of
from borderliaison.reports.content import ReportContent

PART: Final = "partly"
"""The outcome of an answer after which, with a time beside it, the rest follows."""


def meaning_of_report(content: Mapping[str, Any]) -> Meaning:
    """Return what a report asks; nothing for most forms.

    Raises:
        MalformedData, KeyError, TypeError, Refused: it is not as its form asks.
    """
    report = ReportContent.from_data(dict(content))
    reader = _READERS.get(report.form)
    return reader(report.values) if reader is not None else None


def subjects_of(values: Mapping[str, Any]) -> frozenset[Named]:
    """Return what a request is about, as far as its fields are filled in."""
    year = str(values.get("born", ""))[:4]
    return (
        plates(_texts(values.get("plate")))
        | documents(_texts(values.get("documents")))
        | persons(_texts(values.get("names")), year)
    )


def _request(values: Mapping[str, Any]) -> Meaning:
    return Asking(utc_of(values["answer_by"]["utc"]), values["urgency"], subjects_of(values))


def _answer(values: Mapping[str, Any]) -> Meaning:
    follows = values.get("rest_by")
    if values["outcome"] == PART and follows:
        return Reply(Kind.PART, due_at=utc_of(follows["utc"]))
    return Reply(Kind.ANSWER)


def _extension(values: Mapping[str, Any]) -> Meaning:
    return Reply(Kind.EXTEND, due_at=utc_of(values["answer_by"]["utc"]))


def _refusal(values: Mapping[str, Any]) -> Meaning:
    code, careful = values["reason"], values["reason"] in careful_codes()
    words = any(values.get(name) for name in ("explanation", "would_help"))
    return Reply(Kind.REFUSE, code=code, says_more=words and careful, careful=careful)


def _warning(values: Mapping[str, Any]) -> Meaning:
    return Warned(str(values.get("urgency", "")))


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Meaning]]] = {
    "request": _request,
    "answer": _answer,
    "extension": _extension,
    "refusal": _refusal,
    "lookout": _warning,
    "alert": _warning,
    "suspicious_person": _warning,
    "suspicious_vehicle": _warning,
    "suspicious_consignment": _warning,
    "wanted_person": _warning,
    "crossing_status": _warning,
    "incident": _warning,
}


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]
