"""What letters of correspondence say inside: plain data in canonical CBOR, read strictly.

Types: ``item/…`` (a thing said in a thread; the part after the slash is its payload type), ``receipt``
(what people did), ``progress`` (the passer-on tells what recipients abroad did) and ``move`` (what an
office did with a request, without words). Protocol: PR-4.
"""

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from borderliaison.correspondence.errors import MalformedPayload
from borderliaison.correspondence.people import Author
from borderliaison.correspondence.texts import is_clean
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId

VERSION = 1
ITEM = "item"
RECEIPT = "receipt"
PROGRESS = "progress"
MOVE = "move"
ABOUT = "about"
"""The relation by which a letter names the letter that it answers or rests on."""
MAX_TITLE = 200


def to_ms(at: datetime) -> int:
    """Return milliseconds since 1970 in UTC."""
    return round(at.timestamp() * 1000)


def from_ms(value: Any) -> datetime:
    """Read milliseconds since 1970.

    Raises:
        MalformedPayload: it is not a number of this age.
    """
    if type(value) is not int or not 0 <= value < 2**42:
        raise MalformedPayload("not a time")
    return datetime.fromtimestamp(value / 1000, UTC)


def _text(data: dict[str, Any], name: str, limit: int) -> str:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > limit or not is_clean(value):
        raise MalformedPayload(f"{name} is not text of at most {limit} characters")
    return value


def _key(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, bytes) or len(value) != 16:
        raise MalformedPayload(f"{name} is not 16 bytes")
    return value.hex()


def _files(data: dict[str, Any]) -> Sequence[Mapping[str, Any]]:
    match data.get("files", ()):
        case [] if "files" in data:
            raise MalformedPayload("no files are said by leaving them out")
        case list(found) | tuple(found):
            return found
        case _:
            raise MalformedPayload("files are a list")


def _decode(payload: bytes, names: set[str], may_have: Set[str] = frozenset()) -> dict[str, Any]:
    try:
        data = canonical.decode(payload)
    except MalformedData as error:
        raise MalformedPayload(str(error)) from error
    if not isinstance(data, dict) or set(data) - may_have != names or data["v"] != VERSION:
        raise MalformedPayload("not the fields of this kind")
    return data


def item_key(office: OfficeCode, nonce: str) -> str:
    """Return the key of an item that ``office`` makes: 32 hexadecimal digits.

    It is derived from the office, so that no other office can give an item of its own this key.

    Args:
        office: whose item it is.
        nonce: 16 random bytes, in hexadecimal.
    """
    said = canonical.encode(["BL1/item", office, bytes.fromhex(nonce)])
    return hashlib.sha256(said).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ItemPayload:
    """A thing said: ``content`` is for the package that owns its payload type.

    Attributes:
        nonce: 16 random bytes in hexadecimal, from which office and item have their key.
        files: what ``files.travelling`` says of those that belong to it.
    """

    nonce: str
    title: str
    author: Author
    created_at: datetime
    content: dict[str, Any]
    corrects: str = ""
    files: Sequence[Mapping[str, Any]] = ()

    @property
    def key(self) -> str:
        """The item's key, the same in every office."""
        return item_key(self.author.office, self.nonce)

    def encode(self) -> bytes:
        """Return the payload's one form."""
        who = self.author
        return canonical.encode(
            {
                "v": VERSION,
                "nonce": bytes.fromhex(self.nonce),
                "title": self.title,
                "author": [who.officer, who.name, who.role, who.agency],
                "created": to_ms(self.created_at),
                "content": self.content,
                "corrects": bytes.fromhex(self.corrects),
                **({"files": list(self.files)} if self.files else {}),
            }
        )

    @classmethod
    def decode(cls, payload: bytes, office: OfficeCode) -> Self:
        """Read what ``encode`` wrote at ``office``.

        Raises:
            MalformedPayload: it is something else.
        """
        names = {"v", "nonce", "title", "author", "created", "content", "corrects"}
        data = _decode(payload, names, may_have={"files"})
        match data["author"]:
            case [str(officer), str(name), str(role), str(agency)] if (
                max(len(officer), len(role)) <= 20
                and len(agency) <= 10
                and len(name) <= 200
                and is_clean(name + officer + role + agency)
                and officer.startswith(f"{office}/")
            ):
                author = Author(OfficerId(officer), name, role, office, AgencyCode(agency))
            case _:
                raise MalformedPayload("author is not an officer of the issuer")
        if not isinstance(data["content"], dict):
            raise MalformedPayload("content is not a record")
        return cls(
            nonce=_key(data, "nonce"),
            title=_text(data, "title", MAX_TITLE),
            author=author,
            created_at=from_ms(data["created"]),
            content=data["content"],
            corrects=_key(data, "corrects") if data["corrects"] else "",
            files=_files(data),
        )


@dataclass(frozen=True, slots=True)
class StepPayload:
    """What was done with an item: at the office that says it, or (progress) at ``office``."""

    item: str
    office: OfficeCode
    step: str
    at: datetime
    officer: str = ""
    phrase: str = ""

    def encode(self) -> bytes:
        """Return the payload's one form."""
        return canonical.encode(
            {
                "v": VERSION,
                "item": bytes.fromhex(self.item),
                "office": self.office,
                "step": self.step,
                "at": to_ms(self.at),
                "officer": self.officer,
                "phrase": self.phrase,
            }
        )

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read what ``encode`` wrote.

        Raises:
            MalformedPayload: it is something else.
        """
        data = _decode(payload, {"v", "item", "office", "step", "at", "officer", "phrase"})
        return cls(
            item=_key(data, "item"),
            office=OfficeCode(_text(data, "office", 10)),
            step=_text(data, "step", 10),
            at=from_ms(data["at"]),
            officer=_text(data, "officer", 20),
            phrase=_text(data, "phrase", 10),
        )


@dataclass(frozen=True, slots=True)
class MovePayload:
    """What an office did with a request: at the office that says it, or, told by the asker, at ``office``.

    Attributes:
        item: the key of the request.
        kind: a word of ``standing.Kind``.
        code: of a refusal; else empty.
        due_at: until when the answer, or its rest, is announced; None where nothing is.
    """

    item: str
    office: OfficeCode
    kind: str
    at: datetime
    officer: str = ""
    code: str = ""
    due_at: datetime | None = None

    def encode(self) -> bytes:
        """Return the payload's one form."""
        return canonical.encode(
            {
                "v": VERSION,
                "item": bytes.fromhex(self.item),
                "office": self.office,
                "kind": self.kind,
                "at": to_ms(self.at),
                "officer": self.officer,
                "code": self.code,
                "due": 0 if self.due_at is None else to_ms(self.due_at),
            }
        )

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read what ``encode`` wrote.

        Raises:
            MalformedPayload: it is something else.
        """
        names = {"v", "item", "office", "kind", "at", "officer", "code", "due"}
        data = _decode(payload, names)
        due_at = from_ms(data["due"])
        return cls(
            item=_key(data, "item"),
            office=OfficeCode(_text(data, "office", 10)),
            kind=_text(data, "kind", 10),
            at=from_ms(data["at"]),
            officer=_text(data, "officer", 20),
            code=_text(data, "code", 40),
            due_at=due_at if data["due"] else None,
        )
