"""What needs action, in words: what it is, until when, one sentence, and at most three things to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests.asked_shown import AskedView
from borderliaison.correspondence.shown.listing import thread_url
from borderliaison.correspondence.shown.needing import Need, Needs
from borderliaison.correspondence.shown.render import brief
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.feed import ActionItem
from borderliaison.wording.marks import marks_of

SOON: Final = timedelta(hours=4)
MAX_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to do: a page to open, or a form to begin.

    Attributes:
        posts: whether it is sent as a form.
        key: the key that does it; only the first of the list has one.
    """

    words: str
    url: str
    icon: str = ""
    posts: bool = False
    is_primary: bool = False
    key: str = ""

    @property
    def kind(self) -> str:
        """How its button looks."""
        return "primary" if self.is_primary else ""


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """One thing that needs action, ready for its template."""

    key: str
    action: ActionItem
    doings: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """What is due at about the same time."""

    label: str
    is_late: bool
    needs: tuple[ShownNeed, ...]


@dataclass(frozen=True, slots=True)
class NeedList:
    """All that needs action.

    Attributes:
        shown: how many of ``total`` the groups show.
    """

    groups: tuple[NeedGroup, ...] = field(default=())
    total: int = 0
    shown: int = 0


def show_needs(
    needs: Sequence[Need], acting: Acting, lang: str, now: datetime, most: int = MAX_SHOWN
) -> NeedList:
    """Return what needs action in groups: late, due soon, later; so many at most."""
    shown = needs[:most]
    with_keys: set[str] = set()
    parts = (
        (_("Late"), True, [one for one in shown if one.is_late(now)]),
        (
            _("Due in the next 4 hours"),
            False,
            [one for one in shown if now <= one.due_at <= now + SOON],
        ),
        (_("Later"), False, [one for one in shown if one.due_at > now + SOON]),
    )
    groups = tuple(
        NeedGroup(label, late, tuple(_show(one, acting, lang, now, with_keys) for one in some))
        for label, late, some in parts
        if some
    )
    return NeedList(groups, len(needs), len(shown))


def _show(need: Need, acting: Acting, lang: str, now: datetime, with_keys: set[str]) -> ShownNeed:
    line = brief(need.item, lang)
    names = short_office_names(lang)
    kind = line.kind or _("Message")
    about = {
        "title": line.title or need.item.title or kind,
        "kind": kind,
        "office": names.get(need.office, need.office),
        "number": line.number,
    }
    title, text, icon = _words(need, about)
    late = need.is_late(now)
    thread = thread_url(need.item.thread.key)
    return ShownNeed(
        key=f"{need.needs}-{need.item.key}-{need.office}",
        action=ActionItem(
            title=title,
            text=text,
            icon=icon,
            tone="red" if late else "blue",
            due_at=need.due_at,
            since=need.since,
            url=f"{thread}#item-{need.item.key}",
            marks=marks_of(need.item.marking.value, acting.author.office, lang),
        ),
        doings=_with_keys(_doings(need, thread), with_keys),
    )


def _words(need: Need, about: dict[str, str]) -> tuple[str, str, str]:
    numbered = " · ".join(one for one in (about["number"], about["title"]) if one)
    match need.needs:
        case Needs.ANSWER:
            return _("Answer %(office)s") % about, numbered, "help-circle"
        case Needs.AUTHORISE:
            text = _("%(name)s asks to pass it across the border to %(office)s: %(title)s.")
            asked = {"name": need.held.requested_name if need.held else "", **about}
            return _("Authorise to %(office)s") % about, text % asked, "writing-sign"
        case Needs.OPEN:
            text = _("%(kind)s from %(office)s. Nobody here has opened it yet.")
            return _("Acknowledge: %(title)s") % about, text % about, "alert-triangle"
        case Needs.UNANSWERED:
            return _("Not answered by %(office)s") % about, numbered, "help-circle"
        case Needs.UNOPENED:
            text = _("%(title)s. Not opened there; telephone is the next step.")
            return _("Not acknowledged by %(office)s") % about, text % about, "alert-triangle"


def _doings(need: Need, thread: str) -> list[Doing]:
    look = Doing(_("Open"), f"{thread}#item-{need.item.key}", is_primary=need.needs is Needs.OPEN)
    match need.needs:
        case Needs.ANSWER:
            held = need.held.key if need.held is not None else ""
            return replies(need.item.key, Replying(held, may_answer=True, may_decline=True))
        case Needs.AUTHORISE:
            url = reverse("correspondence:decision", args=[need.held.key if need.held else ""])
            return [Doing(_("Review"), url, is_primary=True, key="A")]
        case Needs.OPEN:
            url = reverse("correspondence:acknowledge", args=[need.item.key])
            return [
                Doing(_("Acknowledge"), url, "eye", posts=True, is_primary=True, key="A"),
                Doing(_("Open"), look.url),
            ]
        case Needs.UNANSWERED:
            url = reverse("correspondence:withdraw", args=[need.item.key])
            return [Doing(_("Open"), look.url), Doing(_("Withdraw"), url, posts=True)]
        case _:
            return [Doing(_("Open"), look.url)]


class Replying(NamedTuple):
    """Which replies to a request are open to an officer; ``AskedView`` says it too.

    Attributes:
        held: the key of a reply that waits for a second officer; empty without one.
    """

    held: str
    may_answer: bool
    may_decline: bool


def replies(key: str, asked: Replying | AskedView) -> list[Doing]:
    """Return what may be said to a request: answer, more time, refuse; or the reply that waits."""
    if asked.held:
        held = reverse("correspondence:decision", args=[asked.held])
        return [Doing(_("Your reply waits for a second officer"), held, "lock")]

    def begin(purpose: str) -> str:
        return reverse("reports:begin_from", args=[purpose, key])

    found = []
    if asked.may_answer:
        found.append(
            Doing(_("Answer"), begin("answer"), "message-reply", True, is_primary=True, key="1")
        )
    if asked.may_decline:
        found += [
            Doing(_("More time"), begin("extend"), "hourglass", posts=True, key="2"),
            Doing(_("Refuse"), begin("refuse"), "ban", posts=True, key="3"),
        ]
    return found


def _with_keys(doings: list[Doing], taken: set[str]) -> tuple[Doing, ...]:
    """Leave each key to the first thing of the list that it does."""
    made = tuple(one if one.key not in taken else replace(one, key="") for one in doings)
    taken |= {one.key for one in doings} - {""}
    return made
