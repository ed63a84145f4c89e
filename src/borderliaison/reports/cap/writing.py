"""A message as XML, its elements in the order of the schema."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # writes only

from borderliaison.reports.cap.message import NAMESPACE, Area, Info, Message, Named

MEDIA_TYPE = "application/cap+xml"

register_namespace("", NAMESPACE)


def as_xml(message: Message) -> bytes:
    """Return a message as XML in UTF-8."""
    alert = Element(_name("alert"))
    _texts(
        alert,
        ("identifier", message.identifier),
        ("sender", message.sender),
        ("sent", message.sent),
        ("status", message.status),
        ("msgType", message.kind),
        ("source", message.source),
        ("scope", message.scope),
        ("restriction", message.restriction),
        ("addresses", " ".join(message.addresses)),
        ("note", message.note),
        ("references", " ".join(message.references)),
    )
    for info in message.infos:
        _info(alert, info)
    return bytes(tostring(alert, encoding="utf-8", xml_declaration=True))


def _info(alert: Element, info: Info) -> None:
    into = SubElement(alert, _name("info"))
    _texts(into, ("language", info.language), *(("category", one) for one in info.categories))
    _texts(into, ("event", info.event), *(("responseType", one) for one in info.responses))
    _texts(
        into,
        ("urgency", info.urgency),
        ("severity", info.severity),
        ("certainty", info.certainty),
        ("audience", info.audience),
    )
    _named(into, "eventCode", info.event_codes)
    _texts(
        into,
        ("effective", info.effective),
        ("onset", info.onset),
        ("expires", info.expires),
        ("senderName", info.sender_name),
        ("headline", info.headline),
        ("description", info.description),
        ("instruction", info.instruction),
        ("web", info.web),
        ("contact", info.contact),
    )
    _named(into, "parameter", info.parameters)
    for area in info.areas:
        _area(into, area)


def _area(info: Element, area: Area) -> None:
    into = SubElement(info, _name("area"))
    _texts(into, ("areaDesc", area.description))
    _named(into, "geocode", area.geocodes)


def _named(parent: Element, name: str, pairs: Iterable[Named]) -> None:
    for label, value in pairs:
        into = SubElement(parent, _name(name))
        SubElement(into, _name("valueName")).text = label
        SubElement(into, _name("value")).text = value


def _texts(parent: Element, *pairs: Named) -> None:
    """Add elements with their texts; an empty text adds none."""
    for name, text in pairs:
        if text:
            SubElement(parent, _name(name)).text = text


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
