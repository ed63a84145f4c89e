"""Loading forms: a file that follows the schema, and whose references all lead somewhere."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from borderliaison.forms.codes import CodeList, load_codes
from borderliaison.forms.conditions import Condition, Conditions
from borderliaison.forms.errors import BadFile, Problem, UnknownForm
from borderliaison.forms.factors import load_factors
from borderliaison.forms.icons import icon_of_form
from borderliaison.forms.keys import FIELD_KEYS, FORM_SHAPE
from borderliaison.forms.schema import CoverRule, Form, FormField, Part, Term, TitlePiece
from borderliaison.forms.source import Path, Source, read_source
from borderliaison.forms.store import read_file, state, versions
from borderliaison.forms.types import TYPES
from borderliaison.forms.words import Words

_MOMENTS: Final = ("not_before", "max_days_after")
_ENDS: Final = ("from", "until")
_SUMMED: Final = (("by", "code"), ("of", "decimal"))


def load_form(form_id: str, version: int | None = None) -> Form:
    """Return a form, in its newest version unless told.

    Raises:
        UnknownForm: there is no such form or version.
        BadFile: the file does not follow the schema.
    """
    return read_form(form_id, version, state())


@cache
def read_form(form_id: str, version: int | None, state: str) -> Form:
    """Return a form, read once in this state of the office's own files."""
    del state
    file, text = read_file("data", form_id, version)
    return parse_form(text, file)


def known_forms() -> dict[str, tuple[int, ...]]:
    """Return every form with its versions."""
    return dict(versions("data"))


def parse_form(text: str, file: str) -> Form:
    """Read a form from YAML text.

    Args:
        text: the file's text.
        file: its name, which must say the form and the version: ``lookout.v1.yaml``.

    Raises:
        BadFile: it does not follow the schema; every problem has its line.
    """
    source = read_source(text, file)
    found = [source.problem(at, said) for at, said in FORM_SHAPE.problems(source.data, ())]
    if found:
        raise BadFile(found)
    lists, found = _code_lists(source)
    found += [source.problem(at, said) for at, said in _dangling(source, lists)]
    if found:
        raise BadFile(found)
    data = source.data
    return Form(
        form_id=data["form"],
        version=data["version"],
        label=Words.read(data["label"]),
        icon=icon_of_form(data["form"], data.get("icon", "")),
        title=tuple(TitlePiece(**piece) for piece in data.get("title", ())),
        about=Words.read(data.get("about")),
        cover=_cover(data.get("cover", {})),
        not_to_country_of=tuple(data.get("not_to_country_of", ())),
        retention={name: Term(**one) for name, one in data.get("retention", {}).items()},
        unreviewed=frozenset(data.get("native_review", ())),
        parts=tuple(_part(part, lists) for part in data["parts"]),
    )


def _cover(data: Mapping[str, Any]) -> CoverRule:
    handling = data.get("handling")
    return CoverRule(data.get("level"), None if handling is None else tuple(handling))


def _part(data: Mapping[str, Any], lists: Mapping[str, CodeList]) -> Part:
    return Part(
        name=data["name"],
        label=Words.read(data["label"]),
        hint=Words.read(data.get("hint")),
        fields=tuple(_field(_within(data, one), lists) for one in data["fields"]),
    )


def _within(part: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field with what its part says for all of its fields."""
    when = [*_listed(part.get("when")), *_listed(data.get("when"))]
    kinds = data.get("point_kinds", part.get("point_kinds"))
    return {**data, **({"when": when} if when else {}), **({"point_kinds": kinds} if kinds else {})}


def _field(data: Mapping[str, Any], lists: Mapping[str, CodeList]) -> FormField:
    required = data.get("required", False)
    return FormField(
        name=data["name"],
        type=TYPES[data["type"]],
        label=Words.read(data["label"]),
        hint=Words.read(data.get("hint")),
        missing=Words.read(data.get("missing")),
        required=required is True,
        required_when=_conditions(None if isinstance(required, bool) else required),
        when=_conditions(data.get("when")),
        point_kinds=tuple(data.get("point_kinds", ())),
        columns=data.get("columns", 12),
        options={key: value for key, value in data.items() if key not in FIELD_KEYS},
        codes=lists.get(data.get("codes", "")),
        default=data.get("default", {}),
        derived=data.get("derived", {}),
        fields=tuple(_field(one, lists) for one in data.get("fields", ())),
        headings=tuple(data.get("headings", ())),
    )


def _listed(data: Any) -> list[Any]:
    """Return one condition, several, or none, as a list."""
    return data if isinstance(data, list) else [data] if isinstance(data, dict) else []


def _conditions(data: Any) -> Conditions:
    return tuple(
        Condition(one["field"], tuple(one.get("is", ())), tuple(one.get("not", ())))
        for one in _listed(data)
    )


def _each_field(source: Source) -> Iterator[tuple[Path, dict[str, Any]]]:
    for p, part in enumerate(source.data["parts"]):
        for f, one in enumerate(part["fields"]):
            yield ("parts", p, "fields", f), one


def _each_cell(at: Path, field: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for c, one in enumerate(field.get("fields", ())):
        yield (*at, "fields", c), one


def _code_lists(source: Source) -> tuple[dict[str, CodeList], list[Problem]]:
    lists: dict[str, CodeList] = {}
    found: list[Problem] = []
    fields = [(at, one) for at, one in _each_field(source)]
    cells = [cell for at, one in fields for cell in _each_cell(at, one)]
    for at, one in [*fields, *cells]:
        if "codes" not in one:
            continue
        name, _, version = one["codes"].rpartition(".v")
        try:
            lists[one["codes"]] = load_codes(name, int(version))
        except UnknownForm as error:
            found.append(source.problem((*at, "codes"), str(error)))
    return lists, found


def _dangling(source: Source, lists: Mapping[str, CodeList]) -> Iterator[tuple[Path, str]]:
    data = source.data
    if source.file != f"{data['form']}.v{data['version']}.yaml":
        yield ("form",), "form and version differ from the file's name"
    parts: set[str] = set()
    for p, part in enumerate(data["parts"]):
        if part["name"] in parts:
            yield ("parts", p, "name"), f"there is a part {part['name']!r} already"
        parts.add(part["name"])
    earlier: dict[str, dict[str, Any]] = {}
    for at, one in _each_field(source):
        if at[-1] == 0:
            yield from _part_problems(data["parts"][at[1]], at[:2], earlier, lists)
        yield from _field_problems(one, at, earlier, lists)
        yield from _row_problems(one, at, earlier, lists)
        earlier[one["name"]] = one
    for i, piece in enumerate(data.get("title", ())):
        if piece["field"] not in earlier:
            yield ("title", i, "field"), f"there is no field {piece['field']!r}"
    for i, name in enumerate(data.get("not_to_country_of", ())):
        if not _holds_codes(name, earlier):
            yield ("not_to_country_of", i), f"{name!r} is not a field of type code or codes"


def _holds_codes(name: str, fields: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a field, or ``ROWS.FIELD`` of a row, holds codes."""
    first, _, cell = name.partition(".")
    one = fields.get(first, {})
    if cell:
        one = next((row for row in one.get("fields", ()) if row["name"] == cell), {})
    return one.get("type") in ("code", "codes")


def _part_problems(
    part: Mapping[str, Any],
    at: Path,
    earlier: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, CodeList],
) -> Iterator[tuple[Path, str]]:
    for path, condition in _each_condition(part.get("when"), (*at, "when")):
        yield from _condition_problems(condition, path, earlier, lists)


def _each_condition(data: Any, at: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for i, one in enumerate(_listed(data)):
        yield ((*at, i) if isinstance(data, list) else at), one


def _field_problems(
    one: Mapping[str, Any],
    at: Path,
    earlier: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, CodeList],
) -> Iterator[tuple[Path, str]]:
    if one["name"] in earlier:
        yield (*at, "name"), f"there is a field {one['name']!r} already"
    for key in ("required", "when"):
        for path, condition in _each_condition(one.get(key), (*at, key)):
            yield from _condition_problems(condition, path, earlier, lists)
    for key in _MOMENTS:
        if key in one:
            yield from _reference_problems(one[key], (*at, key), earlier)
    yield from _equivalent_problems(one, at, earlier, lists)
    if "not_less_than" in one:
        yield from _quantity_problems(one["not_less_than"], (*at, "not_less_than"), earlier)
    yield from _code_problems(one, at, lists)


def _row_problems(
    field: Mapping[str, Any],
    at: Path,
    earlier: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, CodeList],
) -> Iterator[tuple[Path, str]]:
    if (field["type"] == "rows") != ("fields" in field):
        yield at, "fields and the type rows go together"
        return
    within: dict[str, dict[str, Any]] = {}
    for path, one in _each_cell(at, field):
        if one["type"] == "rows":
            yield (*path, "type"), "a row has no rows of its own"
        if "default" in one or "derived" in one:
            yield path, "a field of a row begins empty and is typed"
        if "point_kinds" in one:
            yield (*path, "point_kinds"), "the kinds of crossing point stand at the rows as a whole"
        yield from _field_problems(one, path, {**earlier, **within}, lists)
        within[one["name"]] = one
    totals = field.get("totals", {})
    named: list[tuple[Path, str, str]] = [
        (("line", i), name, "") for i, name in enumerate(field.get("line", ()))
    ]
    named += [(("totals", key), totals[key], kind) for key, kind in _SUMMED if key in totals]
    for end, name, kind in named:
        if name not in within or (kind and within[name]["type"] != kind):
            yield (*at, *end), f"{name!r} is not a field of the row{kind and f' of type {kind}'}"


def _equivalent_problems(
    one: Mapping[str, Any],
    at: Path,
    earlier: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, CodeList],
) -> Iterator[tuple[Path, str]]:
    if one["type"] == "rows":
        yield from _factors_problems(one.get("totals", {}), (*at, "totals"))
    if one["type"] != "decimal":
        return
    units = lists.get(one.get("codes", ""))
    if "shown_in" in one and units and one["shown_in"] not in units.codes:
        yield (*at, "shown_in"), f"{one['codes']!r} has no code {one['shown_in']!r}"
    if ("factors" in one) != ("by" in one):
        yield at, "factors and by go together"
    if "by" in one and earlier.get(one["by"], {}).get("type") != "code":
        yield (*at, "by"), f"{one['by']!r} is not a field of type code before this one"
    yield from _factors_problems(one, at)


def _factors_problems(one: Mapping[str, Any], at: Path) -> Iterator[tuple[Path, str]]:
    if "factors" not in one:
        return
    name, _, version = one["factors"].rpartition(".v")
    try:
        load_factors(name, int(version))
    except UnknownForm as error:
        yield (*at, "factors"), str(error)


def _quantity_problems(
    name: str, at: Path, earlier: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Path, str]]:
    if earlier.get(name, {}).get("type") != "decimal":
        yield at, f"{name!r} is not a quantity before this field"


def _condition_problems(
    data: Mapping[str, Any],
    at: Path,
    earlier: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, CodeList],
) -> Iterator[tuple[Path, str]]:
    other = earlier.get(data["field"])
    if other is None:
        yield (*at, "field"), f"there is no field {data['field']!r} before this one"
        return
    if "is" in data and "not" in data:
        yield at, "a condition says is or not, never both"
    listed = lists.get(other.get("codes", ""))
    codes = set(listed.codes) if listed else set()
    if other["type"] == "boolean":
        codes = {"yes", "no"}
    for key in ("is", "not"):
        for i, code in enumerate(data.get(key, ())):
            if code not in codes:
                yield (*at, key, i), f"{data['field']!r} has no code {code!r}"


def _reference_problems(
    data: Any, at: Path, earlier: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Path, str]]:
    reference = data["of"] if isinstance(data, dict) else data
    if reference == "now":
        return
    name, _, end = reference.partition(".")
    kind = earlier.get(name, {}).get("type")
    right = kind == "window" if end in _ENDS else kind == "datetime_local"
    if not right:
        yield at, f"{reference!r} is not a moment before this field"


def _code_problems(
    one: Mapping[str, Any], at: Path, lists: Mapping[str, CodeList]
) -> Iterator[tuple[Path, str]]:
    if "derived" in one and one["type"] != "code":
        yield (*at, "derived"), "only a field of type code can be derived"
    codes = lists.get(one.get("codes", ""))
    if codes is None:
        return
    named: list[tuple[Path, str]] = [
        (("default", "value", i), c) for i, c in enumerate(_default_codes(one))
    ]
    named += [(("derived", key), one["derived"][key]) for key in _derived_keys(one)]
    for path, code in named:
        if code not in codes.codes:
            yield (*at, *path), f"{one['codes']!r} has no code {code!r}"


def _default_codes(one: Mapping[str, Any]) -> list[str]:
    return list(one.get("default", {}).get("value", ())) if one["type"] in ("code", "codes") else []


def _derived_keys(one: Mapping[str, Any]) -> tuple[str, ...]:
    return ("live", "exercise") if "derived" in one else ()
