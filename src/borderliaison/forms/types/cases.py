"""Numbers under which other registers keep the same case."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from borderliaison.forms.codes import Code
from borderliaison.forms.context import Context, Directory
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown, as_typed
from borderliaison.forms.shapes import Key, Whole
from borderliaison.forms.types.choices import CODE_LIST, codes_of
from borderliaison.forms.types.texts import clean_text, split_lines

_KEYS: Final = {"register", "number"}
_MAX_LINE: Final = 200


class CaseNumbersType(FieldType):
    """Case numbers of other registers, typed one a line with the register first."""

    name = "case_numbers"
    about = (
        "Case numbers of other registers, typed one a line, register first; "
        "kept as {register, number} each."
    )
    options: ClassVar[Mapping[str, Key]] = {
        "codes": CODE_LIST,
        "max_length": Key(Whole(1, 100), "The most characters of a number.", required=True),
        "max_items": Key(Whole(1, 50), "The most numbers.", required=True),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> list[dict[str, str]]:
        """Return register and number of each line."""
        found = [self._one(one, field, at) for at, one in enumerate(split_lines(raw), start=1)]
        kept = [one for one in found if one]
        limit = field.options["max_items"]
        if len(kept) > limit:
            raise Refused("too_many", {"limit": limit, "over": len(kept) - limit})
        return kept

    def _one(self, raw: Any, field: FormField, line: int) -> dict[str, str]:
        if isinstance(raw, dict):
            if set(raw) != _KEYS:
                raise Refused("not_text")
            code, number = clean_text(raw["register"], _MAX_LINE), raw["number"]
            register = codes_of(field).codes.get(code)
        else:
            text = clean_text(raw, _MAX_LINE)
            if not text:
                return {}
            register, number = _split(text, list(codes_of(field).codes.values()))
        number = clean_text(number, field.options["max_length"])
        if register is None or not number:
            known = {lang: _known(field, lang) for lang in ("en", "ru")}
            raise Refused("no_register", {"line": line, "known": {"words": known}})
        return {"register": register.code, "number": number}

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a list of registers with numbers."""
        return isinstance(value, list) and all(
            isinstance(one, dict)
            and set(one) == _KEYS
            and all(isinstance(text, str) for text in one.values())
            for one in value
        )

    def show(
        self, value: list[dict[str, str]], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return the numbers, each after its register."""
        items = tuple((one["register"], _line(one, field, lang)) for one in value)
        return Shown("; ".join(text for _, text in items), items=items)

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return one text of all lines."""
        if not isinstance(raw, list):
            return super().spread(raw, field, zone)
        lines = [
            _line(one, field, "en") if self.is_value([one], field) else as_typed(one) for one in raw
        ]
        return {"": ["\n".join(lines)]}


def _split(text: str, registers: list[Code]) -> tuple[Code | None, str]:
    folded = text.casefold()
    for one in registers:
        for name in (one.code, *one.label.texts.values(), *one.short.texts.values(), *one.aliases):
            rest = text[len(name) :]
            if folded.startswith(name.casefold()) and rest[:1] in (" ", ":", "№"):
                return one, rest.lstrip(" :№")
    return None, text


def _line(one: dict[str, str], field: FormField, lang: str) -> str:
    register = codes_of(field).codes.get(one["register"])
    return f"{register.brief(lang) if register else one['register']} {one['number']}"


def _known(field: FormField, lang: str) -> str:
    return ", ".join(one.brief(lang) for one in codes_of(field).codes.values())
