"""The tour: which steps there are for an officer, and where each leads. Read from ``data/tour.yaml``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml
from django.conf import settings
from django.urls import reverse

from borderliaison.accounts.models import Account
from borderliaison.correspondence.people import AUTHORISING, WRITING, Acting
from borderliaison.correspondence.threads import thread_list
from borderliaison.offices.services import counterparts_of
from borderliaison.ui.parts.guidance import TourStep

_ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {"writing": WRITING, "authorising": AUTHORISING}
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as its file has it, with the address of its page."""

    route: str
    page: str
    show: str
    title: Mapping[str, str]
    text: Mapping[str, str]


def is_offered(account: Account) -> bool:
    """Whether the officer may take the tour where he works now: nothing of it belongs to live work."""
    return settings.NODE.demo or account.working_realm.is_exercise


def steps_for(acting: Acting) -> tuple[Step, ...]:
    """Return the steps for an officer: those of his role, of things that there are."""
    found = []
    for one in _steps():
        roles = _ROLES.get(one.get("roles", ""))
        if roles is not None and acting.author.role not in roles:
            continue
        args = _THINGS[one["with"]](acting) if "with" in one else []
        if args is None:
            continue
        page = reverse(one["route"], args=args)
        found.append(Step(one["route"], page, one["show"], one["title"], one["text"]))
    return tuple(found)


def step_at(account: Account, acting: Acting, path: str, lang: str) -> TourStep | None:
    """Return the step at which an officer is; None where he takes no tour.

    Args:
        account: keeps how far he has come.
        acting: the same officer at work.
        path: the address at which he is.
        lang: a language of the pages.
    """
    if account.tour_step is None or not is_offered(account):
        return None
    steps = steps_for(acting)
    place = min(account.tour_step, len(steps))
    step = steps[place - 1]
    return TourStep(
        place,
        len(steps),
        step.title[lang],
        step.text[lang],
        step.page,
        path == step.page,
        step.show,
        reverse("web:tour_step"),
    )


def _latest_thread(acting: Acting) -> list[str] | None:
    lines = thread_list(acting).lines
    return [lines[0].key] if lines else None


def _counterpart(acting: Acting) -> list[str] | None:
    return list(counterparts_of(acting.author.office)[:1]) or None


_THINGS: Mapping[str, Callable[[Acting], list[str] | None]] = MappingProxyType(
    {"latest thread": _latest_thread, "counterpart": _counterpart}
)
"""What a step's page may be about; None where the officer has no such thing yet."""


@cache
def _steps() -> tuple[dict[str, Any], ...]:
    text = files(__package__).joinpath("data/tour.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))
