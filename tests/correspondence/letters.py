"""Letters as the exchange hands them to their handlers."""

from datetime import UTC, datetime

from borderliaison.correspondence.payloads import ITEM, RECEIPT, ItemPayload, StepPayload
from borderliaison.correspondence.people import Author
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind, Ref
from borderliaison.exchange.registry import ReceivedLetter
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
