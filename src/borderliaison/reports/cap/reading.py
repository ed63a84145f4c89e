"""Reading a message that came as a file, from anybody: what is not plain CAP 1.2 is refused.

A document type is refused as soon as it is named, so there are no entities to expand and nothing to fetch;
size, depth and the number of elements are bounded. Elements of other namespaces (a signature) are passed
over: nothing here believes them.
"""

from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat  # document types are refused, see above

from borderliaison.reports.cap.message import (
    KINDS,
    NAMESPACE,
    SCOPES,
    STATUSES,
    Area,
    Info,
    Message,
)
from borderliaison.reports.errors import NotCap

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 8
MAX_ELEMENTS: Final = 2_000
MAX_TEXT: Final = 20_000
_SEPARATOR: Final = "|"


@dataclass(slots=True)
class _Node:
    name: str
    text: str = ""
    children: list["_Node"] = field(default_factory=list)

    def said(self, name: str) -> str:
        """Return the text of the first child of this name; empty without one."""
        return next((one.text.strip() for one in self.children if one.name == name), "")

    def all(self, name: str) -> list["_Node"]:
        """Return the children of this name."""
        return [one for one in self.children if one.name == name]


def read_message(data: bytes) -> Message:
    """Return what a message says.

    Raises:
        NotCap: it is not CAP 1.2, too large, or hostile; the detail says which.
    """
    if len(data) > MAX_BYTES:
        raise NotCap(f"more than {MAX_BYTES} bytes")
    root = _Builder().build(data)
    if root.name != "alert":
        raise NotCap(f"the root is no alert of {NAMESPACE}")
    message = Message(
        identifier=_needed(root, "identifier"),
        sender=_needed(root, "sender"),
        sent=_needed(root, "sent"),
        status=_among(root, "status", STATUSES),
        kind=_among(root, "msgType", KINDS),
        scope=_among(root, "scope", SCOPES),
        source=root.said("source"),
        restriction=root.said("restriction"),
        addresses=tuple(root.said("addresses").split()),
        note=root.said("note"),
        references=tuple(root.said("references").split()),
        infos=tuple(_info(one) for one in root.all("info")),
    )
    return message


def _info(node: _Node) -> Info:
    return Info(
        event=_needed(node, "event"),
        urgency=_needed(node, "urgency"),
        severity=_needed(node, "severity"),
        certainty=_needed(node, "certainty"),
        categories=tuple(one.text.strip() for one in node.all("category")),
        language=node.said("language"),
        responses=tuple(one.text.strip() for one in node.all("responseType")),
        audience=node.said("audience"),
        event_codes=_pairs(node, "eventCode"),
        effective=node.said("effective"),
        onset=node.said("onset"),
        expires=node.said("expires"),
        sender_name=node.said("senderName"),
        headline=node.said("headline"),
        description=node.said("description"),
        instruction=node.said("instruction"),
        web=node.said("web"),
        contact=node.said("contact"),
        parameters=_pairs(node, "parameter"),
        areas=tuple(
            Area(_needed(one, "areaDesc"), _pairs(one, "geocode")) for one in node.all("area")
        ),
    )


def _pairs(node: _Node, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.said("valueName"), one.said("value")) for one in node.all(name))


def _needed(node: _Node, name: str) -> str:
    said = node.said(name)
    if not said:
        raise NotCap(f"{name} is missing")
    return said


def _among(node: _Node, name: str, known: frozenset[str]) -> str:
    said = _needed(node, name)
    if said not in known:
        raise NotCap(f"{name} is none of {', '.join(sorted(known))}")
    return said


class _Builder:
    """Builds the elements of CAP of one document; refuses what grows too large."""

    def __init__(self) -> None:
        self._path: list[_Node] = []
        self._root: _Node | None = None
        self._elements = 0
        self._foreign = 0

    def build(self, data: bytes) -> _Node:
        """Return the root.

        Raises:
            NotCap: it is not well-formed, too large, or has a document type.
        """
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise NotCap("not well-formed XML") from error
        return self._root or _Node("")

    def _doctype(self, *_: Any) -> int:
        raise NotCap("a document type is not allowed")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS or len(self._path) + self._foreign >= MAX_DEPTH:
            raise NotCap("too many elements, or nested too deep")
        namespace, _, local = name.rpartition(_SEPARATOR)
        if self._foreign or namespace != NAMESPACE:
            self._foreign += 1
            return
        node = _Node(local)
        if self._path:
            self._path[-1].children.append(node)
        else:
            self._root = node
        self._path.append(node)

    def _end(self, _name: str) -> None:
        if self._foreign:
            self._foreign -= 1
        else:
            self._path.pop()

    def _text(self, text: str) -> None:
        if self._foreign or not self._path:
            return
        node = self._path[-1]
        if len(node.text) + len(text) > MAX_TEXT:
            raise NotCap(f"a text of more than {MAX_TEXT} characters")
        node.text += text
