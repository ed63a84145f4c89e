"""The keys of a form file: what checks the files is what ``docs/reference/forms.md`` is held to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from borderliaison.forms.shapes import (
    Either,
    Flag,
    Found,
    Key,
    ListOf,
    MapOf,
    Record,
    Text,
    Whole,
    Wording,
)
from borderliaison.forms.source import Path
from borderliaison.forms.types import TYPES
from borderliaison.forms.words import LANGUAGES

NAME: Final = Text(r"[a-z][a-z0-9_]{0,39}", name="a name of small letters, digits and _")
ICON: Final = Text(r"[a-z0-9-]+", name="the name of an icon")

CONDITION_KEYS: Final[Mapping[str, Key]] = {
    "field": Key(NAME, "The other field, earlier in the form.", required=True),
    "is": Key(
        ListOf(Text()), "It holds one of these codes; `yes` or `no` of a field of type boolean."
    ),
    "not": Key(ListOf(Text()), "It holds none of these codes; not together with `is`."),
}
CONDITION: Final = Record(CONDITION_KEYS, "a condition")
CONDITIONS: Final = Either(ListOf(CONDITION), CONDITION)
POINT_KINDS: Final = ListOf(Text(choices=("road", "rail", "airport", "seaport")))
DEFAULT_KEYS: Final[Mapping[str, Key]] = {
    "value": Key(ListOf(Text()), "What the field begins with; one item where it takes one."),
    "given": Key(NAME, "What the program gives: now, language, crossing, agencies, point_kind."),
}
DERIVED_KEYS: Final[Mapping[str, Key]] = {
    "from": Key(Text(choices=("realm",)), "What the code follows from.", required=True),
    "live": Key(Text(), "The code in live work.", required=True),
    "exercise": Key(Text(), "The code in an exercise.", required=True),
}


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field: the keys of every field, and the options of its type."""

    about: str = "a field"

    def problems(self, data: Any, at: Path) -> Found:
        """Yield where the data differs from the shape, and what was expected."""
        kind = data.get("type") if isinstance(data, dict) else None
        options = TYPES[kind].options if isinstance(kind, str) and kind in TYPES else {}
        yield from Record({**FIELD_KEYS, **options}, "a field").problems(data, at)


FIELD_KEYS: Final[Mapping[str, Key]] = {
    "name": Key(NAME, "The field's name, unique in the form.", required=True),
    "type": Key(Text(choices=tuple(TYPES)), "One of the field types below.", required=True),
    "label": Key(Wording(), "What stands above the field.", required=True),
    "hint": Key(Wording(), "What stands below the field."),
    "missing": Key(Wording(), "What to say when the field is needed and empty: verb first."),
    "required": Key(
        Either(Flag(), CONDITION, ListOf(CONDITION)),
        "True, or a condition, or several: the field must be filled. False if not said.",
    ),
    "when": Key(
        CONDITIONS, "The field belongs to the form only under this condition, or all of several."
    ),
    "point_kinds": Key(
        POINT_KINDS,
        "The kinds of crossing point where it is offered openly; elsewhere it is folded away.",
    ),
    "columns": Key(Whole(1, 12), "How many of 12 columns the field takes; 12 if not said."),
    "default": Key(Record(DEFAULT_KEYS, "a default"), "What an empty form begins with."),
    "derived": Key(Record(DERIVED_KEYS, "a rule"), "The system fills the field; nobody types it."),
    "fields": Key(ListOf(FieldShape()), "The fields of one row; of the type `rows` alone."),
    "headings": Key(
        ListOf(Text()),
        "Of a field of a row: further headings by which its column in a pasted table is known.",
    ),
}
PIECE_KEYS: Final[Mapping[str, Key]] = {
    "field": Key(
        NAME, "The field whose words are put in; left out when it is empty.", required=True
    ),
    "before": Key(Text(), "What joins it to what stands before it."),
    "brief": Key(Flag(), "True: the short words of codes."),
    "most": Key(Whole(1, 10), "The most of several that are written out; the rest is counted."),
    "lower": Key(Flag(), "True: the first letter small, unless it begins an abbreviation."),
}


PART_KEYS: Final[Mapping[str, Key]] = {
    "name": Key(NAME, "The part's name, unique in the form.", required=True),
    "label": Key(Wording(), "The part's heading.", required=True),
    "hint": Key(Wording(), "What stands beside the heading."),
    "when": Key(CONDITIONS, "As on a field: it holds for each field of the part."),
    "point_kinds": Key(POINT_KINDS, "As on a field: it holds for each that says nothing itself."),
    "fields": Key(ListOf(FieldShape()), "The fields, in order.", required=True),
}
COVER_KEYS: Final[Mapping[str, Key]] = {
    "level": Key(Whole(0, 1), "The classification: 0 open, 1 for official use."),
    "handling": Key(ListOf(Text(choices=("H1", "H2")), 0), "The handling codes that are ticked."),
}
TERM_KEYS: Final[Mapping[str, Key]] = {
    "days": Key(Whole(1, 36_525), "For how many days it is kept.", required=True),
    "after": Key(Text(choices=("sent", "closed")), "From when on.", required=True),
    "source": Key(Text(), "The act that says so, with its article.", required=True),
}
FORM_KEYS: Final[Mapping[str, Key]] = {
    "form": Key(NAME, "The form's name, as in the file's name.", required=True),
    "version": Key(Whole(1, 9999), "The form's version, as in the file's name.", required=True),
    "label": Key(Wording(), "What the form is called.", required=True),
    "native_review": Key(
        ListOf(Text(choices=LANGUAGES)),
        "Languages whose words are drafts until a native speaker of the service has read them.",
    ),
    "about": Key(Wording(), "When to choose it, in one line; needed where the catalogue lacks it."),
    "icon": Key(ICON, "The name of an outline icon of the Tabler set."),
    "cover": Key(
        Record(COVER_KEYS, "a cover"), "What the marking of a new report begins with; changeable."
    ),
    "not_to_country_of": Key(
        ListOf(
            Text(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?", name="a field, or ROWS.FIELD")
        ),
        "Fields that hold countries; the report is refused to offices of these countries.",
    ),
    "retention": Key(
        MapOf(Record(TERM_KEYS, "a term"), r"[A-Z]{2}"),
        "By country, for how long a report is kept there. A country that is not named has set no term.",
    ),
    "title": Key(
        ListOf(Record(PIECE_KEYS, "a piece of the title")), "How the title line is made of fields."
    ),
    "parts": Key(
        ListOf(Record(PART_KEYS, "a part")), "The parts, in the order filled.", required=True
    ),
}
FORM_SHAPE: Final = Record(FORM_KEYS, "a form")
