"""Choosing from a code list: one, several, yes or no."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from borderliaison.forms.codes import CodeList
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.schema import Choice, FieldType, FormField, Refused, Shown, quoted
from borderliaison.forms.shapes import Key, Text, Whole
from borderliaison.kernel.realm import LIVE

CODE_LIST: Final = Key(
    Text(r"[a-z][a-z0-9_]*\.v[1-9][0-9]*", name="a list with its version: suspicion.v1"),
    "The code list, with its version.",
    required=True,
)
_MAX_LISTED: Final = 1_000
YES: Final[Mapping[str, str]] = {"en": "Yes", "ru": "Да"}
NO: Final[Mapping[str, str]] = {"en": "No", "ru": "Нет"}


def codes_of(field: FormField) -> CodeList:
    """Return the code list of a field that has one."""
    if field.codes is None:
        raise TypeError(f"{field.name} has no code list")
    return field.codes


def _choices(field: FormField, lang: str) -> tuple[Choice, ...]:
    listed = codes_of(field)
    return tuple(
        Choice(
            one.code,
            one.label.text(lang),
            one.note.text(lang),
            one.icon,
            listed.group_text(one, lang),
            one.spellings,
        )
        for one in listed.codes.values()
    )


def _read_code(raw: Any, field: FormField) -> str:
    if not isinstance(raw, str):
        raise Refused("not_text")
    code = raw.strip()
    if code and code not in codes_of(field).codes:
        raise Refused("not_in_list", {"typed": quoted(code)})
    return code


class CodeType(FieldType):
    """One code of a list."""

    name = "code"
    about = "One code of a code list."
    options: ClassVar[Mapping[str, Key]] = {
        "codes": CODE_LIST,
        "as": Key(
            Text(choices=("radio", "select", "search")),
            "How it is chosen; a select if not said. `search` narrows a long list by typing.",
        ),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> str:
        """Return the code."""
        code = _read_code(raw, field)
        wanted = derive(field, context)
        if field.derived and code in field.derived.values() and not wanted:
            return code
        if field.derived and code and code != wanted:
            raise Refused("derived", {"wanted": {"words": dict(_words(field, wanted))}})
        return code

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is text."""
        return isinstance(value, str)

    def show(self, value: str, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the code's label."""
        return Shown(codes_of(field).text(value, lang), code=value)

    def choices(self, field: FormField, lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return the codes."""
        return _choices(field, lang)


def derive(field: FormField, context: Context) -> str:
    """Return the code that the context gives to a derived field; empty for any other field."""
    unsaid = context.realm is None and context.purpose is Purpose.RECEIVED
    if field.derived.get("from") != "realm" or unsaid:
        return ""
    realm = context.realm or LIVE
    return field.derived["exercise" if realm.is_exercise else "live"]


def _words(field: FormField, code: str) -> Mapping[str, str]:
    known = codes_of(field).codes
    names = [code] if code else [field.derived["live"], field.derived["exercise"]]
    langs = known[names[0]].label.texts
    return {lang: " / ".join(known[one].label.text(lang) for one in names) for lang in langs}


class CodesType(FieldType):
    """Several codes of a list."""

    name = "codes"
    about = "Several codes of a code list, each once; kept in the order of the list."
    several = True
    options: ClassVar[Mapping[str, Key]] = {
        "codes": CODE_LIST,
        "max_items": Key(Whole(1, 100), "The most that can be chosen."),
        "as": Key(
            Text(choices=("checkboxes", "search")),
            "How they are chosen; checkboxes if not said. `search` finds in a long list by typing.",
        ),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> list[str]:
        """Return the codes in the order of the list."""
        if isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            raise Refused("not_list")
        limit = field.options.get("max_items", len(codes_of(field).codes))
        if len(raw) > _MAX_LISTED:
            raise Refused("too_many", {"limit": limit, "over": len(raw) - limit})
        chosen = {_read_code(one, field) for one in raw}
        kept = [code for code in codes_of(field).codes if code in chosen]
        if len(kept) > limit:
            raise Refused("too_many", {"limit": limit, "over": len(kept) - limit})
        return kept

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a list of texts."""
        return isinstance(value, list) and all(isinstance(one, str) for one in value)

    def show(self, value: list[str], field: FormField, lang: str, directory: Directory) -> Shown:
        """Return the codes' labels."""
        items = tuple((code, codes_of(field).text(code, lang)) for code in value)
        return Shown("; ".join(text for _, text in items), items=items)

    def choices(self, field: FormField, lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return the codes."""
        return _choices(field, lang)


class BooleanType(FieldType):
    """Yes or no; unanswered is neither."""

    name = "boolean"
    about = "Yes or no. Unanswered is neither."

    def read(self, raw: Any, field: FormField, context: Context) -> bool | str:
        """Return true or false; empty when it is not answered."""
        if isinstance(raw, bool):
            return raw
        answer = raw.strip().lower() if isinstance(raw, str) else None
        if answer == "":
            return ""
        if answer not in ("yes", "no"):
            raise Refused("not_yes_no")
        return answer == "yes"

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is true or false."""
        return isinstance(value, bool)

    def show(self, value: bool, field: FormField, lang: str, directory: Directory) -> Shown:
        """Return yes or no."""
        choice = self.choices(field, lang, directory)[0 if value else 1]
        return Shown(choice.label, code=choice.value)

    def choices(self, field: FormField, lang: str, directory: Directory) -> tuple[Choice, ...]:
        """Return yes and no."""
        russian = not lang.lower().startswith("en")
        return (
            Choice("yes", YES["ru" if russian else "en"]),
            Choice("no", NO["ru" if russian else "en"]),
        )

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return yes or no."""
        if isinstance(raw, bool):
            return {"": ["yes" if raw else "no"]}
        return super().spread(raw, field, zone)
