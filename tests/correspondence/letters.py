"""Letters as the exchange hands them to their handlers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from borderliaison.correspondence.payloads import (
    ITEM,
    MOVE,
    RECEIPT,
    ItemPayload,
    MovePayload,
    StepPayload,
)
from borderliaison.correspondence.people import Author
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind, Ref
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.forms.times import as_value
from borderliaison.kernel.ids import AgencyCode, LetterId, OfficeCode, OfficerId, new_id
from borderliaison.kernel.marking import Audience, Classification, Level, Marking
from borderliaison.markings.services import intern

DOSTUK = OfficeCode("KG-DST")
NOW = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
MARKING = Marking(
    classification=Classification(Level.OFFICIAL),
    audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*"), ("KG-BIS", "*")),
    originator=DOSTUK,
)


def letter(payload_type: str, payload: bytes, **changes: object) -> ReceivedLetter:
    """A verified letter from Dostuk to Bor-Dobo and Bishkek."""
    marking = changes.pop("marking", MARKING)
    assert isinstance(marking, Marking)
    values: dict[str, object] = {
        "letter_id": LetterId(new_id()),
        "issuer": DOSTUK,
        "kind": LetterKind.MESSAGE,
        "to": (OfficeCode("KG-BDB"), OfficeCode("KG-BIS")),
        "marking": marking,
        "marking_id": intern(marking).pk,
        "authorised_by": "",
        "created": NOW,
        "received_at": NOW,
        "refs": (Ref("thread", bytes(range(16))),),
        "lane": Lane.ROUTINE,
        "payload_type": payload_type,
        "payload": payload,
        "signed": b"",
    }
    return ReceivedLetter(**{**values, **changes})  # type: ignore[arg-type]


def message(text: str = "Understood", key: bytes = b"k" * 16, **changes: object) -> ReceivedLetter:
    """A message from Dostuk."""
    author = Author(
        OfficerId("KG-DST/0003"), "G. Saparalieva", "duty", DOSTUK, AgencyCode("KG-CUS")
    )
    content = {"phrases": ["041"], "text": text, "language": "en", "about": ""}
    payload = ItemPayload(key.hex(), "A message", author, NOW, content)
    return letter(f"{ITEM}/message", payload.encode(), **changes)


def receipt(
    item: str, step: str = "opened", office: OfficeCode = DOSTUK, **changes: object
) -> ReceivedLetter:
    """A receipt, from Dostuk unless told."""
    said = StepPayload(item, office, step, NOW, f"{office}/0003")
    return letter(RECEIPT, said.encode(), **changes)


def author_at(office: OfficeCode) -> Author:
    """An officer of another office."""
    return Author(
        OfficerId(f"{office}/0003"),
        "G. Saparalieva",
        "duty",
        office,
        AgencyCode(f"{office[:2]}-CUS"),
    )


def moment(hours: float) -> dict[str, str]:
    """A moment as forms keep it, some hours from now, at Bor-Dobo."""
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
    return as_value(at.astimezone(ZoneInfo("Asia/Bishkek")), "Asia/Bishkek")


def filled(form: str, office: OfficeCode, **values: object) -> dict[str, object]:
    """What a report of another office says."""
    forms: dict[str, dict[str, object]] = {
        "request": {
            "agencies": ["KG-CUS"],
            "text_language": "en",
            "kind": "vehicle",
            "subject": "Grey lorry with trailer",
            "question": "Did it leave with its seal intact?",
            "plate": "KG 01 7784 AD",
            "purpose": "prevention",
            "use": "information",
            "legal_basis": "Agreement of 2019, article 4",
            "grounds": "Weight differs",
            "answer_by": moment(24),
            "urgency": "Expected",
        },
        "answer": {
            "outcome": "no_record",
            "searched": ["crossings"],
            "as_of": moment(-1),
            "text_language": "en",
        },
        "refusal": {"reason": "too_broad", "text_language": "en"},
        "extension": {"answer_by": moment(48), "why": "Night", "text_language": "en"},
    }
    return {
        "form": form,
        "version": 1,
        "number": f"{office}-2026-0007",
        "values": {**forms[form], **values},
        "revision": 1,
        "source": "",
    }


def report(
    form: str,
    office: OfficeCode = DOSTUK,
    *,
    values: dict[str, object] | None = None,
    about: str = "",
    corrects: str = "",
    created: datetime | None = None,
    **changes: object,
) -> ReceivedLetter:
    """A filled form from another office to Bor-Dobo, with what it is about."""
    payload = ItemPayload(
        new_id().hex(),
        f"A {form}",
        author_at(office),
        created or datetime.now(UTC),
        filled(form, office, **(values or {})),
        corrects,
    )
    lines = [(office, "*"), ("KG-BDB", "*"), ("KG-BIS", "*")]
    marking = Marking(
        classification=Classification(Level.OFFICIAL),
        audience=Audience.of(*lines),
        originator=office,
    )
    refs = [Ref("thread", bytes(range(16)))]
    refs += [Ref("about", bytes.fromhex(about))] if about else []
    given: dict[str, object] = {
        "issuer": office,
        "kind": LetterKind.REQUEST if form == "request" else LetterKind.REPORT,
        "marking": marking,
        "refs": tuple(refs),
        "received_at": datetime.now(UTC),
    }
    return letter(f"{ITEM}/report", payload.encode(), **{**given, **changes})


def move(
    item: str, kind: str, office: OfficeCode = DOSTUK, minutes: int = 0, **changes: object
) -> ReceivedLetter:
    """What an office did with a request, as it tells it."""
    parts = {name: changes.pop(name) for name in ("code", "due_at", "at") if name in changes}
    at = parts.pop("at", datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=minutes))
    said = MovePayload(item, office, kind, at, f"{office}/0003", **parts)  # type: ignore[arg-type]
    return letter(MOVE, said.encode(), **{"issuer": office, **changes})
