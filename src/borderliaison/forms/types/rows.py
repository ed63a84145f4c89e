"""Groups that repeat: several packages, substances, vehicles, each a row of the same fields."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from borderliaison.forms.context import Context, Directory
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown
from borderliaison.forms.shapes import Key, ListOf, Record, Text, Whole, Wording
from borderliaison.forms.types.numbers import FACTORS
from borderliaison.forms.words import Words

_NAME: Final = Text(r"[a-z][a-z0-9_]{0,39}", name="the name of a field of the row")
TOTALS_KEYS: Final[Mapping[str, Key]] = {
    "by": Key(_NAME, "The code of a row by which is summed.", required=True),
    "of": Key(_NAME, "The quantity of a row, a decimal with a unit.", required=True),
    "factors": Key(
        FACTORS,
        "The published factors by which other units are converted to kilograms.",
    ),
}


class RowsType(FieldType):
    """Rows of the same fields."""

    name = "rows"
    about = (
        "Rows of the same fields, added and taken away as needed; kept as a list of mappings. "
        "Rows in which nothing is filled are left out."
    )
    options: ClassVar[Mapping[str, Key]] = {
        "min": Key(Whole(0, 50), "The fewest rows; an empty form begins with as many."),
        "max": Key(Whole(1, 50), "The most rows.", required=True),
        "row": Key(Wording(), "What one row is called.", required=True),
        "add": Key(Wording(), "The words of the button that adds a row.", required=True),
        "line": Key(ListOf(_NAME), "The fields that stand for a row in one line.", required=True),
        "totals": Key(Record(TOTALS_KEYS, "a rule of totals"), "What is summed below the rows."),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> list[Mapping[str, Any]]:
        """Return the rows as they were typed; what stands in them is read field by field."""
        if not isinstance(raw, list) or not all(isinstance(one, Mapping) for one in raw):
            raise Refused("not_rows")
        limit = field.options["max"]
        if len(raw) > limit:
            raise Refused("too_many_rows", {"limit": limit, "over": len(raw) - limit})
        return raw

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a list of mappings."""
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)

    def show(
        self, value: list[dict[str, Any]], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return each row in one line."""
        items = tuple(("", row_line(one, field, lang, directory)) for one in value)
        return Shown("; ".join(text for _, text in items), items=items)

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return the texts of the inputs of all rows, by place and name: ``0.quantity.amount``."""
        texts: dict[str, list[str]] = {}
        for place, row in enumerate(raw if isinstance(raw, list) else []):
            for one in field.fields:
                if not isinstance(row, Mapping) or one.name not in row:
                    continue
                for part, said in one.type.spread(row[one.name], one, zone).items():
                    name = f"{place}.{one.name}"
                    texts[f"{name}.{part}" if part else name] = said
        return texts


def row_line(row: Mapping[str, Any], field: FormField, lang: str, directory: Directory) -> str:
    """Return a row in one line: "Heroin 85.505 kg"."""
    said = []
    for one in field.fields:
        value = row.get(one.name)
        if one.name not in field.options["line"] or not one.type.is_value(value, one):
            continue
        code = one.codes.codes.get(value) if one.codes and isinstance(value, str) else None
        said.append(code.brief(lang) if code else one.type.show(value, one, lang, directory).text)
    return " ".join(said) or Words.read(field.options["row"]).text(lang)
