"""A form as the program sees it: parts, fields, conditions, and what every field type can do."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from borderliaison.forms.codes import CodeList
from borderliaison.forms.conditions import Conditions, all_hold
from borderliaison.forms.context import Context, Directory
from borderliaison.forms.shapes import Key
from borderliaison.forms.words import Words


class Refused(Exception):
    """A field type does not accept what was typed.

    Attributes:
        code: the sentence to say (``wording/errors.yaml``).
        params: what the sentence names, as plain data.
        part: which input of the field: ``until`` of a window.
    """

    def __init__(self, code: str, params: Mapping[str, Any] | None = None, part: str = "") -> None:
        self.code, self.params, self.part = code, dict(params or {}), part
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen in a field.

    Attributes:
        group: the heading under which it stands.
        words: other ways to write it, by which it is found too.
    """

    value: str
    label: str
    note: str = ""
    icon: str = ""
    group: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in words.

    Attributes:
        text: the value in one string, also of several.
        code: the code, where the value is one.
        items: code and text of each, where the value is several.
        also: the same in another form: the time in UTC.
    """

    text: str
    code: str = ""
    items: tuple[tuple[str, str], ...] = ()
    also: str = ""


class FieldType(ABC):
    """A kind of field. One instance per kind, without state; ``types.TYPES`` lists them.

    To add one: subclass, list it there, describe its options; nothing else changes. What ``read``
    returns must be plain data without floats, and ``read`` must return it unchanged when given it.
    """

    name: ClassVar[str]
    about: ClassVar[str]
    options: ClassVar[Mapping[str, Key]] = {}
    inputs: ClassVar[tuple[str, ...]] = ("",)
    several: ClassVar[bool] = False

    @abstractmethod
    def read(self, raw: Any, field: "FormField", context: Context) -> Any:
        """Return the value of what was typed.

        Raises:
            Refused: it cannot be taken; the reason says what to enter.
        """

    def limit(  # noqa: B027 - most kinds have no limits
        self, value: Any, field: "FormField", values: Mapping[str, Any], context: Context
    ) -> None:
        """Compare a value with other fields and the time.

        Raises:
            Refused: it is outside its limits.
        """

    @abstractmethod
    def is_value(self, value: Any, field: "FormField") -> bool:
        """Whether this has the form of a value, so that ``show`` can be asked."""

    @abstractmethod
    def show(self, value: Any, field: "FormField", lang: str, directory: Directory) -> Shown:
        """Return a value in words."""

    def choices(self, field: "FormField", lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return what can be chosen; nothing where one types."""
        return ()

    def collect(self, given: Mapping[str, Sequence[str]]) -> Any:
        """Make what ``read`` takes from the texts of the field's inputs, by input."""
        texts = given.get("", ())
        return list(texts) if self.several else next(iter(texts), "")

    def spread(self, raw: Any, field: "FormField", zone: str) -> dict[str, list[str]]:
        """Return the texts of the field's inputs for what was typed, or for a value.

        Args:
            raw: what was typed, or a value.
            field: the field.
            zone: the zone in which times will be read again; empty for each time's own.
        """
        if isinstance(raw, list):
            return {"": [as_typed(one) for one in raw]}
        return {"": [as_typed(raw)]}


def quoted(text: str, limit: int = 40) -> str:
    """Return a typed text as a sentence can name it: short, and without signs that cannot be seen."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:limit])


def as_typed(raw: Any) -> str:
    """Return something typed as text, whatever it is."""
    if raw is None:
        return ""
    return raw if isinstance(raw, str) else str(raw)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        name: unique in the form.
        type: what kind of field it is.
        label: what stands above it.
        hint: what stands below it.
        missing: what to say when it is needed and empty.
        required: whether it is always needed.
        required_when: when else it is needed.
        when: when it belongs to the form at all; always without any.
        point_kinds: the kinds of crossing point at which it is offered openly; every kind without any.
        columns: how many of 12 columns it takes.
        options: the options of its type, as the file has them.
        codes: its code list, where it has one.
        default: what it begins with: ``value``, or ``given`` with a name.
        derived: where the value comes from, when nobody types it.
        fields: the fields of one row, of a field that repeats; else none.
        headings: of a field of a row, further headings by which its column in a table is known.
    """

    name: str
    type: FieldType
    label: Words
    hint: Words = field(default_factory=Words)
    missing: Words = field(default_factory=Words)
    required: bool = False
    required_when: Conditions = ()
    when: Conditions = ()
    point_kinds: tuple[str, ...] = ()
    columns: int = 12
    options: Mapping[str, Any] = field(default_factory=dict)
    codes: CodeList | None = None
    default: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    fields: tuple["FormField", ...] = ()
    headings: tuple[str, ...] = ()

    def applies(self, values: Mapping[str, Any]) -> bool:
        """Whether the field belongs to the form, given the other values."""
        return all_hold(self.when, values)

    def is_required(self, values: Mapping[str, Any]) -> bool:
        """Whether the field is needed, given the other values."""
        return self.required or (bool(self.required_when) and all_hold(self.required_when, values))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form: what an officer fills at one go."""

    name: str
    label: Words
    fields: tuple[FormField, ...]
    hint: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class TitlePiece:
    """One piece of the title line: a field's words, and what stands before them.

    Attributes:
        field: whose value.
        before: what joins it to the piece before, left out at the beginning.
        brief: whether the short words of codes are used.
        lower: whether its first letter is made small.
        most: how many of several are written out, the rest counted (``+2``); 0 for all.
    """

    field: str
    before: str = ""
    brief: bool = False
    most: int = 0
    lower: bool = False


@dataclass(frozen=True, slots=True)
class CoverRule:
    """What the cover of a new report of a form begins with.

    Attributes:
        level: the classification, 0 for open, 1 for official use; None where the form says nothing.
        handling: the handling codes; None where the form says nothing.
    """

    level: int | None = None
    handling: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """For how long a report is kept in a country.

    Attributes:
        days: how many.
        after: from when on: ``sent`` or ``closed``.
        source: the act that says so.
    """

    days: int
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one version. Versions never change once released.

    Attributes:
        about: when to choose it, in one line, where the catalogue does not say.
        cover: what the cover begins with.
        not_to_country_of: the fields whose country is never told: ``claims_from``, ``persons.origin``.
        retention: by country, for how long the records there keep what a report says.
        unreviewed: the languages whose words are drafts until a native speaker has read them.
    """

    form_id: str
    version: int
    label: Words
    parts: tuple[Part, ...]
    icon: str = ""
    title: tuple[TitlePiece, ...] = ()
    about: Words = field(default_factory=Words)
    cover: CoverRule = field(default_factory=CoverRule)
    not_to_country_of: tuple[str, ...] = ()
    retention: Mapping[str, Term] = field(default_factory=dict)
    unreviewed: frozenset[str] = frozenset()
    _by_name: Mapping[str, FormField] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {one.name: one for one in self.fields()}
        object.__setattr__(self, "_by_name", by_name)  # a frozen dataclass has no other way

    def fields(self) -> Iterator[FormField]:
        """Yield the fields of all parts, in order."""
        for part in self.parts:
            yield from part.fields

    def field(self, name: str) -> FormField:
        """Return a field by name.

        Raises:
            KeyError: there is none of this name.
        """
        return self._by_name[name]
