"""The reference page of all forms and code lists, written from their data files."""

from collections.abc import Iterator

from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.codes import CodeList, load_codes
from borderliaison.forms.languages import languages_of
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Form, FormField
from borderliaison.forms.store import versions

COUNTRIES = ("KG", "KZ", "TJ", "TM", "UZ")
LEVELS = ("open", "for official use")


def network_forms_page(written: str) -> str:
    """Return the page of every form in its newest version, and of every code list.

    Args:
        written: the line that says that the page is written by a program.
    """
    lines = [
        "# The forms of the network", written, "",
        "Every form in its newest version: what it asks, in which languages, and what its marking begins"
        " with. How such a file is made stands in [forms](forms.md); the terms in the"
        " [glossary](glossary.md). Hints and sentences are English and Russian; labels and codes of the"
        " languages under *to be reviewed* are drafts until a native speaker of the service has read them."
        " A form may name, by country, for how long its reports are kept and which act says so; nothing is"
        " deleted by that yet.",
    ]  # fmt: skip
    for name in known_forms():
        lines += ["", *_form(load_form(name))]
    lines += [
        "", "## Code lists", "",
        "| list | versions | codes | to be reviewed | source |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, numbers in versions("codes").items():
        lines.append(_list(load_codes(name), numbers))
    return "\n".join(lines) + "\n"


def _form(form: Form) -> Iterator[str]:
    entry = load_catalogue().entry(form.form_id)
    yield f"## {form.label.text('en')}"
    yield ""
    if entry is not None:
        yield f"{entry.about.text('en')}. {form.label.text('ru')}: {entry.about.text('ru')}."
        yield ""
    yield f"`{form.form_id}`, version {form.version}, in {', '.join(languages_of(form))}" + (
        f"; to be reviewed: {', '.join(sorted(form.unreviewed))}." if form.unreviewed else "."
    )
    begins = _begins(form)
    if begins:
        yield f"Its marking begins with: {begins}."
    if form.not_to_country_of:
        fields = ", ".join(f"`{one}`" for one in form.not_to_country_of)
        yield f"It is refused to every office of a country that stands in {fields}."
    yield f"Kept for: {_kept(form)}."
    yield ""
    yield "| part | field | | type | needed |"
    yield "|---|---|---|---|---|"
    for part in form.parts:
        for field in part.fields:
            yield from _field(field, part.label.text("en"), "")


def _kept(form: Form) -> str:
    """Return for how long a report is kept, in the countries of the network."""
    said = [
        f"{country} {one.days} days after it is {one.after} ({one.source})"
        for country, one in sorted(form.retention.items())
    ]
    open_ = [one for one in COUNTRIES if one not in form.retention]
    return "; ".join([*said, *([f"not set ({', '.join(open_)})"] if open_ else [])])


def _begins(form: Form) -> str:
    said = [] if form.cover.level is None else [LEVELS[form.cover.level]]
    return ", ".join([*said, *(form.cover.handling or ())])


def _field(field: FormField, part: str, rows: str) -> Iterator[str]:
    kind = field.type.name
    if field.codes is not None:
        kind += f" of `{field.codes.name}.v{field.codes.version}`"
    if "scheme" in field.options:
        kind += f", {field.options['scheme']}"
    needed = "yes" if field.required else ("under a condition" if field.required_when else "")
    yield f"| {part} | `{rows}{field.name}` | {field.label.text('en')} | {kind} | {needed} |"
    for cell in field.fields:
        yield from _field(cell, part, f"{field.name}.")


def _list(listed: CodeList, numbers: tuple[int, ...]) -> str:
    said = ", ".join(str(one) for one in numbers)
    waits = ", ".join(sorted(listed.unreviewed))
    return f"| `{listed.name}` | {said} | {len(listed.codes)} | {waits} | {listed.source} |"
