"""Message catalogues without the gettext programs: ``python -m tools.messages VERB``.

``compile`` writes each ``django.mo`` beside its ``django.po``; the build of the wheel does it too.
``check`` finds sentences of the code that a catalogue lacks, and entries that are empty, fuzzy or
have other placeholders than the source. ``update`` adds what is missing, empty, for a translator.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

PACKAGES = Path(__file__).resolve().parent.parent / "src" / "borderliaison"
LANGUAGES = ("ru",)
FUNCTIONS = {
    "gettext": (), "gettext_lazy": (), "gettext_noop": (), "_": (), "hint": (),
    "ngettext": ("plural",), "ngettext_lazy": ("plural",),
    "pgettext": ("context",), "pgettext_lazy": ("context",),
    "npgettext": ("context", "plural"), "npgettext_lazy": ("context", "plural"),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|(?<!%)%[sd]")
_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""


class Message(NamedTuple):
    """One sentence that code or a template asks for."""

    text: str
    context: str | None = None
    plural: str | None = None


def compile_all(packages: Path = PACKAGES) -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; return what was written."""
    written = []
    for source in sorted(packages.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


def messages_of(package: Path) -> dict[Message, str]:
    """Return the sentences of a package's code and templates, each with where it stands first."""
    found: dict[Message, str] = {}
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            where = str(path.relative_to(package.parent))
            for message in _in_python(path.read_text(encoding="utf-8")):
                found.setdefault(message, where)
    for path in sorted((package / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".js"}:
            where = str(path.relative_to(package.parent))
            for message in _in_template(path.read_text(encoding="utf-8"), where):
                found.setdefault(message, where)
    return found


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            yield from _of_error(node)
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if name not in FUNCTIONS:
            continue
        wants = FUNCTIONS[name]
        texts = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        texts = [text for text in texts if isinstance(text, str)]
        if len(texts) < 1 + len(wants):
            continue
        context = texts.pop(0) if "context" in wants else None
        yield Message(texts[0], context, texts[1] if "plural" in wants else None)


def _of_error(node: ast.ClassDef) -> Iterator[Message]:
    """Yield the sentence and the hint of a class that is an error with a code. Source: kernel.errors."""
    texts = {
        name.id: one.value.value
        for one in node.body
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        for name in one.targets
        if isinstance(name, ast.Name) and isinstance(one.value.value, str)
    }
    if texts.get("code", "").startswith("E-"):
        yield Message(" ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split()))
        if (hint := texts.get("hint", "")) and not hint.startswith("blo "):
            yield Message(hint)


def _in_template(source: str, where: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize  # noqa: PLC0415  # wants settings

    code = templatize(source, origin=where)
    for call in re.finditer(
        rf"\b(?:gettext|ngettext|pgettext|npgettext)\((?:{_TEXT}|[^()'\"]|\([^()]*\))*\)", code
    ):
        try:
            yield from _in_python(re.sub(r"\bu(?=['\"])", "", call.group()))
        except SyntaxError:
            sys.exit(f"{where}: cannot read {call.group()!r}")


def _catalogue(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def _entries(path: Path) -> dict[tuple[str, str | None], polib.POEntry]:
    return {(e.msgid, e.msgctxt): e for e in polib.pofile(str(path)) if not e.obsolete}


def _faults(package: Path, language: str) -> Iterator[str]:
    path = _catalogue(package, language)
    entries = _entries(path) if path.exists() else {}
    label = f"{package.name}/{language}"
    for message, where in _wanted(package, language).items():
        if (message.text, message.context) not in entries:
            yield f"{label}: missing: {message.text!r} ({where})"
    yield from _wrong_entries(entries, label)


def _wanted(package: Path, language: str) -> dict[Message, str]:
    """Return what a package's catalogue must hold; one without leaves it to the others'."""
    wanted = messages_of(package)
    if _catalogue(package, language).exists():
        return wanted
    others = (_catalogue(one, language) for one in (PACKAGES, *_packages()))
    held = {key for path in others if path.exists() for key in _entries(path)}
    return {m: where for m, where in wanted.items() if (m.text, m.context) not in held}


def _wrong_entries(
    entries: dict[tuple[str, str | None], polib.POEntry], label: str
) -> Iterator[str]:
    for entry in entries.values():
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            yield f"{label}: fuzzy: {entry.msgid!r}"
        elif not forms or not all(forms):
            yield f"{label}: empty: {entry.msgid!r}"
        elif any(not _same_placeholders(entry, form) for form in forms):
            yield f"{label}: other placeholders: {entry.msgid!r}"


def _same_placeholders(entry: polib.POEntry, form: str) -> bool:
    def of(text: str) -> set[str]:
        return {match.group() for match in _PLACEHOLDER.finditer(text)}

    return of(form) <= of(entry.msgid) | of(entry.msgid_plural) and (
        bool(entry.msgid_plural) or of(form) == of(entry.msgid)
    )


def _packages() -> list[Path]:
    return sorted(p.parent for p in PACKAGES.glob("*/__init__.py"))


def check() -> int:
    """Print every fault of every catalogue; return how many there are."""
    faults = [f for p in _packages() for language in LANGUAGES for f in _faults(p, language)]
    for path in (_catalogue(PACKAGES, language) for language in LANGUAGES):
        if path.exists():  # words of Django and allauth that they lack or say otherwise
            faults += _wrong_entries(_entries(path), PACKAGES.name)
    for fault in faults:
        print(fault)
    return len(faults)


def update() -> None:
    """Add to each catalogue the sentences that it lacks."""
    for package in _packages():
        for language in LANGUAGES:
            path, wanted = _catalogue(package, language), _wanted(package, language)
            if not wanted:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            _update_one(path, wanted)


def _update_one(path: Path, wanted: dict[Message, str]) -> None:
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.metadata = {
        "Language": path.parts[-3],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": (
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
            "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
        ),
    } | catalogue.metadata
    present = {(entry.msgid, entry.msgctxt) for entry in catalogue}
    for message, where in wanted.items():
        if (message.text, message.context) not in present:
            forms = dict.fromkeys(range(3), "") if message.plural else {}
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context)
            entry.msgid_plural, entry.msgstr_plural = message.plural or "", forms
            entry.occurrences = [(where, "")]
            catalogue.append(entry)
            print(f"{path.relative_to(PACKAGES)}: {message.text!r}")
    catalogue.save(str(path))


def main() -> None:
    """Do what the first argument says."""
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    if what == "compile":
        for path in compile_all():
            print(path.relative_to(PACKAGES))
    elif what == "update":
        _django_settings()
        update()
    elif what == "check":
        _django_settings()
        sys.exit(1 if check() else 0)
    else:
        sys.exit(__doc__)


def _django_settings() -> None:
    from django.conf import settings  # noqa: PLC0415  # only for reading templates

    settings.configure()


if __name__ == "__main__":
    main()
