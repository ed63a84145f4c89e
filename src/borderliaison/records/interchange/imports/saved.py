"""The import specifications of this office: those that come with the system, and those that were saved."""

import logging
from datetime import UTC, datetime

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.records.interchange.errors import BadSpec, UnknownSpec
from borderliaison.records.interchange.imports.specs.known import shipped
from borderliaison.records.interchange.imports.specs.spec import Spec, parse_spec
from borderliaison.records.interchange.models import ImportSpec

log = logging.getLogger(__name__)


@transaction.atomic
def save_spec(text: str, file: str, officer: str) -> Spec:
    """Check a specification and save it under its name, in the place of one that was there.

    Raises:
        BadSpec: it does not fit.
    """
    spec = parse_spec(text, file)
    row = {"text": text, "officer": officer, "saved_at": datetime.now(UTC)}
    ImportSpec.objects.update_or_create(name=spec.name, defaults=row)
    record("records.spec_saved", actor=officer, subject=spec.name)
    return spec


@transaction.atomic
def drop_spec(name: str, officer: str) -> None:
    """Drop a specification that was saved; what it read stays.

    Raises:
        UnknownSpec: none of this name was saved.
    """
    if not ImportSpec.objects.filter(name=name).delete()[0]:
        raise UnknownSpec(name[:40])
    record("records.spec_dropped", actor=officer, subject=name)


def texts() -> dict[str, str]:
    """Return the text of each specification by its name; a saved one hides one that comes along."""
    saved = dict(ImportSpec.objects.values_list("name", "text"))
    return dict(sorted({**shipped(), **saved}.items()))


def specs() -> list[Spec]:
    """Return every specification that can be read: what is wrong with a saved one stops no other."""
    return [one for name, text in texts().items() if (one := _read(name, text)) is not None]


def _read(name: str, text: str) -> Spec | None:
    try:
        return parse_spec(text, f"{name}.yaml")
    except BadSpec:
        log.warning("the saved specification %s cannot be read", name)
        return None


def spec_named(name: str) -> Spec:
    """Return a specification.

    Raises:
        UnknownSpec: there is none of this name.
    """
    known = texts()
    if name not in known:
        raise UnknownSpec(f"{name[:40]!r}; known here: {', '.join(known)}")
    return parse_spec(known[name], f"{name}.yaml")
