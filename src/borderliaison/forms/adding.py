"""An office's own versions of forms, code lists and factors: examined, added, withdrawn.

A report keeps the version in which it was written, so nothing that was added is ever taken away: what is
withdrawn is no longer offered to begin with.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from borderliaison.forms.codes import parse_codes
from borderliaison.forms.errors import BadFile, NotAdded, Problem
from borderliaison.forms.factors import parse_factors
from borderliaison.forms.load import load_form, parse_form
from borderliaison.forms.schema import Form
from borderliaison.forms.source import Source, read_source
from borderliaison.forms.store import (
    ADDED,
    OWN_FROM,
    added,
    digest_of,
    own_folder,
    shipped,
    versions,
)
from borderliaison.kernel.durable import make_folder, write_whole

KINDS: Final = {"form": "data", "list": "codes", "factors": "factors"}
"""By the first key of a file, the folder in which it belongs."""
_OF_THE_NETWORK: Final = frozenset({"phrases"})
"""Lists that mean the same everywhere, because only their codes travel."""
_MAX_OCTETS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that can be added.

    Attributes:
        kind: ``form``, ``list`` or ``factors``.
        file: its name.
        text: what stands in it.
        changes: how a form differs from the version before it: ``+ convoy (text)``.
    """

    kind: str
    name: str
    version: int
    file: str
    text: str
    changes: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies in the office's folder."""
        return f"{KINDS[self.kind]}/{self.file}"


def examine(path: Path) -> Addition:
    """Read a file and say whether this office can add it.

    Raises:
        BadFile: it cannot; every problem has its line.
    """
    data = path.read_bytes()
    try:
        text = data[:_MAX_OCTETS].decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile([Problem(path.name, 1, "file", "not UTF-8")]) from error
    if len(data) > _MAX_OCTETS:
        raise BadFile([Problem(path.name, 1, "file", f"larger than {_MAX_OCTETS} octets")])
    source = read_source(text, path.name)
    kind = next((one for one in KINDS if isinstance(source.data, dict) and one in source.data), "")
    if not kind:
        raise BadFile([source.problem((), f"no key {', '.join(KINDS)}: what is it?")])
    form = _parse(kind, text, path.name)
    name, version = source.data[kind], source.data["version"]
    found = [*_version_problems(source, kind, data)]
    if form is not None:
        found += _form_problems(source, form)
    if found:
        raise BadFile(found)
    changes = _changes(form) if form is not None else ()
    return Addition(kind, name, version, path.name, text, changes)


def add(addition: Addition, now: datetime) -> None:
    """Put an examined file among the office's own; it is offered from now on.

    Raises:
        NotAdded: there is no node to add it to.
    """
    folder = own_folder()
    if folder is None:
        raise NotAdded(addition.path)
    target = folder / addition.path
    for one in (folder, target.parent):
        make_folder(one)
    write_whole(target, addition.text)
    line = {
        "sha256": digest_of(target.read_bytes()),
        "added_at": now.isoformat(timespec="seconds"),
        "withdrawn": False,
    }
    _write({**added(), addition.path: line})


def withdraw(name: str, version: int) -> str:
    """Offer one of the office's own forms no longer; reports written in it keep it. Return its path.

    Raises:
        NotAdded: this office has added no such form.
    """
    path, known = f"data/{name}.v{version}.yaml", added()
    if path not in known:
        raise NotAdded(path)
    _write({**known, path: {**known[path], "withdrawn": True}})
    return path


def _write(listed: dict[str, dict[str, Any]]) -> None:
    folder = own_folder()
    if folder is None:
        raise NotAdded(ADDED)
    write_whole(folder / ADDED, json.dumps(listed, indent=2, sort_keys=True) + "\n")


def _parse(kind: str, text: str, file: str) -> Form | None:
    """Read a file by its schema; return the form, where it is one."""
    match kind:
        case "form":
            return parse_form(text, file)
        case "list":
            parse_codes(text, file)
        case _:
            parse_factors(text, file)
    return None


def _version_problems(source: Source, kind: str, data: bytes) -> Iterator[Problem]:
    name, version = source.data[kind], source.data["version"]
    if version < OWN_FROM:
        said = f"an office's own version is {OWN_FROM} or more: those below are of the program"
        yield source.problem(("version",), said)
    if kind == "list" and name in _OF_THE_NETWORK:
        yield source.problem((kind,), f"the list {name!r} means the same in the whole network")
    before = added().get(f"{KINDS[kind]}/{source.file}")
    if before is not None and before["sha256"] != digest_of(data):
        yield source.problem(("version",), "this version was added already: a change is a new one")


def _form_problems(source: Source, form: Form) -> Iterator[Problem]:
    """Say what a form lacks that the program, the catalogue or the reports of others rest on."""
    known = shipped("data").get(form.form_id)
    if known is None:
        if not form.about:
            yield source.problem((), "a form of your own says when to choose it: the key 'about'")
        return
    kept = {one.name: one for one in form.fields()}
    for one in load_form(form.form_id, known[-1]).fields():
        if not one.required:
            continue
        if one.name not in kept:
            said = f"the field {one.name!r} is missing: every version of {form.form_id!r} has it"
            yield source.problem(("parts",), said)
        elif kept[one.name].type is not one.type:
            said = f"the field {one.name!r} was of type {one.type.name!r} and stays so"
            yield source.problem(("parts",), said)


def _changes(form: Form) -> tuple[str, ...]:
    """Return how a form differs from the newest version before it, field by field."""
    before = [one for one in versions("data").get(form.form_id, ()) if one < form.version]
    old = {}
    if before:
        old = {one.name: one for one in load_form(form.form_id, before[-1]).fields()}
    new = {one.name: one for one in form.fields()}
    said = [f"- {name}" for name in old if name not in new]
    said += [f"+ {name} ({one.type.name})" for name, one in new.items() if name not in old]
    said += [f"~ {name}" for name, one in new.items() if name in old and old[name] != one]
    return tuple(said) if before else ()
