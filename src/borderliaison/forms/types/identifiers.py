"""Numbers that things carry, with their formats and check digits."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from borderliaison.forms.context import Context, Directory
from borderliaison.forms.identifiers.schemes import SCHEMES, Scheme
from borderliaison.forms.schema import FieldType, FormField, Refused, Shown, as_typed
from borderliaison.forms.shapes import Key, Text
from borderliaison.forms.types.texts import clean_text
from borderliaison.forms.words import Words

_KEYS: Final = frozenset({"number", "as_written"})
_MAX_NUMBER: Final = 40
AS_WRITTEN: Final = Words(
    {
        "en": "so written on the thing",
        "ru": "так на самом предмете",
        "kk": "заттың өзінде солай жазылған",
        "ky": "буюмдун өзүндө ушундай жазылган",
        "tg": "дар худи ашё ҳамин тавр навишта шудааст",
        "tk": "zadyň özünde şeýle ýazylan",
        "uz": "buyumning o‘zida shunday yozilgan",
    }
)


class IdentifierType(FieldType):
    """A number by which a thing is known."""

    name = "identifier"
    about = (
        "A number by which a thing is known, checked by its scheme; kept as {number}. One that really "
        "is wrong on the thing is kept as {number, as_written: true} and shown so."
    )
    inputs = ("number", "as_written")
    options: ClassVar[Mapping[str, Key]] = {
        "scheme": Key(Text(choices=tuple(SCHEMES)), "One of the schemes below.", required=True),
    }

    def read(self, raw: Any, field: FormField, context: Context) -> dict[str, Any]:
        """Return the number as it is kept; a right one is never marked."""
        if isinstance(raw, str):
            raw = {"number": raw}
        if not isinstance(raw, Mapping) or set(raw) - _KEYS:
            raise Refused("not_text", {}, "number")
        try:
            typed = clean_text(raw.get("number", ""), _MAX_NUMBER)
        except Refused as refused:
            raise Refused(refused.code, refused.params, "number") from refused
        if not typed:
            return {}
        scheme = scheme_of(field)
        number = scheme.cleaned(typed)
        wrong = _wrong(scheme, number)
        if wrong is None:
            return {"number": number}
        if raw.get("as_written") in (True, "yes"):
            return {"number": typed, "as_written": True}
        raise wrong

    def is_value(self, value: Any, field: FormField) -> bool:
        """Whether it is a number, marked or not."""
        return (
            isinstance(value, dict)
            and isinstance(value.get("number"), str)
            and value.keys() <= _KEYS
            and value.get("as_written", True) is True
        )

    def show(
        self, value: Mapping[str, Any], field: FormField, lang: str, directory: Directory
    ) -> Shown:
        """Return the number in groups; a wrong one with the words that it stands so."""
        if value.get("as_written"):
            return Shown(f"{value['number']} ({AS_WRITTEN.text(lang)})")
        return Shown(scheme_of(field).written(value["number"]))

    def collect(self, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return the texts of both inputs; none where no number was typed."""
        texts = {part: next(iter(given.get(part, ())), "") for part in self.inputs}
        if not texts["number"].strip():
            return {}
        return {part: text for part, text in texts.items() if text}

    def spread(self, raw: Any, field: FormField, zone: str) -> dict[str, list[str]]:
        """Return the number as it is typed, and whether it is marked."""
        if not isinstance(raw, Mapping):
            return {"number": [as_typed(raw)]}
        is_marked = raw.get("as_written") in (True, "yes")
        return {"number": [as_typed(raw.get("number"))], "as_written": ["yes"] if is_marked else []}


def scheme_of(field: FormField) -> Scheme:
    """Return the scheme of a field of this type."""
    return SCHEMES[field.options["scheme"]]


def _wrong(scheme: Scheme, number: str) -> Refused | None:
    """Return what is wrong with a cleaned number; None where nothing is."""
    if not scheme.fits(number):
        return Refused(f"not_{scheme.name}", {"example": scheme.example}, "number")
    wanted = scheme.digit_wanted(number)
    if not wanted:
        return None
    found = {"wanted": wanted, "found": number[scheme.place]}
    return Refused("wrong_digit", found, "number")
