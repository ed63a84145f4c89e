"""A sent alert or lookout as a CAP message, for systems that understand nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.forms.context import PlaceKind
from borderliaison.forms.foreign import nearest_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import show_value, title
from borderliaison.forms.times import is_moment, utc_of
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Level
from borderliaison.offices.services import office_names, zone_of
from borderliaison.reports.cap.message import OWN, Area, Info, Message, Named, has_cap_words
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.errors import NoCapWords
from borderliaison.reports.surroundings import NETWORK

_HEADLINES: Final = ("headline", "subject")
_DESCRIPTIONS: Final = ("description", "grounds")
_INSTRUCTIONS: Final = ("instruction", "measures_more")


def sender_of(office: OfficeCode) -> str:
    """Return how an office is named as the sender of a message."""
    return f"urn:borderliaison:office:{office}"


def message_of(item: Item, acting: Acting) -> Message:
    """Return a report as a CAP message.

    Args:
        item: which this officer may read.
        acting: who saves it.

    Raises:
        NoCapWords: it is no report with urgency, severity, certainty and category.
    """
    if item.payload_type != PAYLOAD_TYPE:
        raise NoCapWords(item.key)
    content = ReportContent.from_data(item.content)
    form = nearest_form(content.form, content.version)
    if form is None or not has_cap_words(content.values):
        raise NoCapWords(item.key)
    marking, office = item.marking.value, OfficeCode(item.office)
    before = _corrected(item, acting)
    return Message(
        identifier=item.key,
        sender=sender_of(office),
        sent=_moment(item.created_at, office),
        status="Exercise" if marking.realm.is_exercise else "Actual",
        kind="Update" if before is not None else "Alert",
        source=content.number,
        scope="Restricted",
        restriction=_restriction(item),
        addresses=tuple(sender_of(one) for one in marking.audience.offices() if one != office),
        references=(_reference(before),) if before is not None else (),
        infos=(_Report(item, content, form).info(),),
    )


def _corrected(item: Item, acting: Acting) -> Item | None:
    if not item.corrects:
        return None
    known = Item.objects.readable_by(acting.reader).filter(key=item.corrects, office=item.office)
    return known.first()


def _reference(item: Item) -> str:
    office = OfficeCode(item.office)
    return f"{sender_of(office)},{item.key},{_moment(item.created_at, office)}"


def _restriction(item: Item) -> str:
    """Say under which marking it may be handled: level, handling codes and what H3 asks for."""
    marking = item.marking.value
    level = Level(marking.classification.level).name.lower()
    codes = " ".join(str(one) for one in marking.handling.shown())
    return " · ".join(part for part in (level, codes, marking.handling.text) if part)


def _moment(at: datetime, office: OfficeCode) -> str:
    """Return a moment as CAP writes it: to the second, with an offset. Source: section 3.3.2."""
    local = at.astimezone(ZoneInfo(zone_of(office))).replace(microsecond=0)
    text = local.isoformat()
    return f"{text[:-6]}-00:00" if text.endswith("+00:00") else text


@dataclass(frozen=True, slots=True)
class _Report:
    """A report while it is put into CAP's words."""

    item: Item
    content: ReportContent
    form: Form

    @property
    def office(self) -> OfficeCode:
        """Whose report it is."""
        return OfficeCode(self.item.office)

    def info(self) -> Info:
        """Return what it says, in the language in which its author wrote."""
        values, lang = self.content.values, self.language
        codes = ((f"{OWN}form", f"{self.form.form_id}.v{self.content.version}"),)
        event = values.get("event")
        return Info(
            event=self.shown("event") or self.form.label.text(lang),
            urgency=str(values["urgency"]),
            severity=str(values["severity"]),
            certainty=str(values["certainty"]),
            categories=tuple(values["category"]),
            language=lang,
            responses=tuple(values.get("response") or ()),
            audience=str(values.get("whom", "")),
            event_codes=((f"{OWN}alert_event", event), *codes) if event else codes,
            effective=self.moment(values.get("event_at")),
            onset=self.moment((values.get("window") or {}).get("from")),
            expires=self.moment(values.get("expires")),
            sender_name=office_names(lang).get(self.office, self.office),
            headline=self.headline(),
            description=self.first(_DESCRIPTIONS),
            instruction=self.first(_INSTRUCTIONS) or self.shown("action"),
            parameters=self.parameters(),
            areas=self.areas(),
        )

    @property
    def language(self) -> str:
        """The language in which its author wrote."""
        return str(self.content.values.get("text_language") or "en")

    def headline(self) -> str:
        """Return what it is about, in one line."""
        values, directory = self.content.values, NETWORK.directory()
        return self.first(_HEADLINES) or title(self.form, values, self.language, directory)

    def first(self, names: tuple[str, ...]) -> str:
        """Return the first of some texts that was written."""
        said = (self.content.values.get(name) for name in names)
        return next((one for one in said if isinstance(one, str) and one), "")

    def shown(self, name: str) -> str:
        """Return a field in words; empty where the form or the report has none."""
        field = next((one for one in self.form.fields() if one.name == name), None)
        value = self.content.values.get(name)
        if field is None or value is None:
            return ""
        return show_value(field, value, self.language, NETWORK.directory()).text

    def moment(self, value: Any) -> str:
        """Return a kept moment as CAP writes it."""
        return _moment(utc_of(value["utc"]), self.office) if is_moment(value) else ""

    def parameters(self) -> tuple[Named, ...]:
        """Return what CAP has no element for."""
        values = self.content.values
        until = self.moment((values.get("window") or {}).get("until"))
        said = (
            ("window_until", until),
            ("lane", str(values.get("lane", ""))),
            ("where_more", str(values.get("where_more", ""))),
            ("plate", self.shown("plate")),
        )
        return tuple((f"{OWN}{name}", value) for name, value in said if value)

    def areas(self) -> tuple[Area, ...]:
        """Return where it holds: the crossing point, and what stands beside it."""
        code = str(self.content.values.get("where", ""))
        if not code:
            return ()
        name = NETWORK.directory().text(PlaceKind.CROSSING, code, self.language)
        more = str(self.content.values.get("where_more", ""))
        about = f"{name}: {more}" if more else name
        return (Area(about, ((f"{OWN}crossing", code),)),)
