"""What is lacking or cannot pass: links that are down, streams that are stopped, letters that were refused.

Each says what, since when, and who can do something about it. Of letters only those count that the officer
may read; what nobody could read (quarantine) is for whoever runs the office.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.listing import thread_url
from borderliaison.correspondence.shown.needs_shown import Doing, NeedGroup, ShownNeed
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.shown.steps import sentence_of
from borderliaison.exchange.counting import letters_known_to, trouble_of_node
from borderliaison.exchange.models import Application
from borderliaison.exchange.progress import Link, LinkState, Waiting
from borderliaison.exchange.services import links_known_to, recovery, refused_since
from borderliaison.exchange.wording import refusal_sentence
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.due import span
from borderliaison.ui.parts.feed import ActionItem
from borderliaison.ui.parts.times import face
from borderliaison.web.health import RUNNING_THE_OFFICE
from borderliaison.wording.marks import marks_of

REFUSED_FOR: Final = timedelta(days=7)
"""So long a refused letter is spoken of here; its thread says it for ever."""


def gaps_of(acting: Acting, lang: str, now: datetime) -> NeedGroup | None:
    """Return what is lacking; nothing where all is well."""
    found = (
        *_links(acting, lang, now),
        *_lacking(lang),
        *_unapplied(acting),
        *_of_node(acting),
        *_refused(acting, lang, now),
    )
    return NeedGroup(_("Gaps"), False, found) if found else None


def _links(acting: Acting, lang: str, now: datetime) -> Iterator[ShownNeed]:
    names = short_office_names(lang)
    for link in links_known_to(acting.reader):
        stopped = link.why is Waiting.STREAM_FROZEN
        if link.state is LinkState.DOWN or stopped:
            office = names.get(link.peer, link.peer)
            title = (
                _("Exchange with %(office)s is stopped") if stopped else _("No link to %(office)s")
            )
            yield ShownNeed(
                key=f"link-{link.peer}",
                action=ActionItem(
                    title=title % {"office": office},
                    text=_about_link(link, now),
                    icon="hand-stop" if stopped else "plug-connected-x",
                    tone="red",
                ),
                doings=(_office(link.peer), _health()),
            )


def _about_link(link: Link, now: datetime) -> str:
    said = face(link.since, now)
    words = {
        "time": f"{said.local_date} {said.local}".strip(),
        "span": span(now - link.since),
    }
    sentences = [_("Since %(time)s, %(span)s.") % words]
    if link.waiting:
        waits = ngettext("%(n)d letter waits.", "%(n)d letters wait.", link.waiting)
        sentences.append(waits % {"n": link.waiting})
    if link.why is not Waiting.NOTHING:
        sentences.append(sentence_of(link.why.label))
    return " ".join(sentences)


def _lacking(lang: str) -> Iterator[ShownNeed]:
    """Say that a node that was put back from a backup may lack letters."""
    pending = recovery()
    if pending is None:
        return
    names = short_office_names(lang)
    offices = ", ".join(names.get(one, one) for one in pending.awaited)
    asked = _("Still to be asked: %(offices)s.") % {"offices": offices} if offices else ""
    text = _("This server was put back from a backup and asks the other offices for what is later.")
    yield _standing(
        "lacking", _("Letters may be missing here"), f"{text} {asked}".strip(), "history"
    )


def _unapplied(acting: Acting) -> Iterator[ShownNeed]:
    number = letters_known_to(acting.reader).received[Application.FAILED]
    if number:
        title = ngettext(
            "%(n)d letter came and cannot be shown",
            "%(n)d letters came and cannot be shown",
            number,
        )
        text = _("They are kept. The administrator finds out why; nothing has to be sent again.")
        yield _standing("unapplied", title % {"n": number}, text, "alert-octagon")


def _of_node(acting: Acting) -> Iterator[ShownNeed]:
    if acting.author.role not in RUNNING_THE_OFFICE:
        return
    trouble = trouble_of_node()
    if trouble.quarantined:
        title = ngettext(
            "%(n)d message in quarantine", "%(n)d messages in quarantine", trouble.quarantined
        )
        text = _("It is kept apart, unread: it did not come as an office of the network sends.")
        yield _standing("quarantine", title % {"n": trouble.quarantined}, text, "shield-x")
    if trouble.unsealable:
        title = ngettext(
            "%(n)d letter could not be sealed",
            "%(n)d letters could not be sealed",
            trouble.unsealable,
        )
        text = _("It stays here until the administrator has looked.")
        yield _standing("unsealable", title % {"n": trouble.unsealable}, text, "lock")


def _refused(acting: Acting, lang: str, now: datetime) -> Iterator[ShownNeed]:
    """Name the letters of the last days that another office's server has refused."""
    refused = refused_since(now - REFUSED_FOR, acting.reader)
    made = Dissemination.objects.readable_by(acting.reader).filter(
        letter__in={letter.hex() for letter, _peer in refused}
    )
    items = {one.letter: one.item for one in made.select_related("item__thread", "item__marking")}
    for (letter, peer), code in refused.items():
        item = items.get(letter.hex())
        if item is not None:
            yield _refusal(item, peer, code, acting, lang)


def _refusal(item: Item, peer: OfficeCode, code: str, acting: Acting, lang: str) -> ShownNeed:
    office = short_office_names(lang).get(peer, peer)
    url = f"{thread_url(item.thread.key)}#item-{item.key}"
    return ShownNeed(
        key=f"refused-{item.key}-{peer}",
        action=ActionItem(
            title=_("Refused by the server of %(office)s") % {"office": office},
            text=f"{brief(item, lang).title or item.title}. {refusal_sentence(code)}",
            icon="ban",
            tone="red",
            url=url,
            marks=marks_of(item.marking.value, acting.author.office, lang),
        ),
        doings=(Doing(_("Open"), url), _office(peer)),
    )


def _office(peer: OfficeCode) -> Doing:
    return Doing(_("Office"), reverse("offices:detail", args=[peer]), "building-community")


def _standing(key: str, title: str, text: str, icon: str) -> ShownNeed:
    return ShownNeed(key, ActionItem(title, text, icon, "amber"), (_health(),))


def _health() -> Doing:
    return Doing(_("Health"), reverse("web:health"), "heart-rate-monitor")
