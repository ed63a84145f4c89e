"""Places to go: the pages, the officer's drafts, the latest threads, the offices."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.threads import ThreadLine, ThreadList
from borderliaison.offices.models import Office
from borderliaison.offices.services import all_offices
from borderliaison.offices.short_names import short_office_names
from borderliaison.reports.composing import drafts_shown
from borderliaison.reports.drafting import Desk
from borderliaison.reports.models import Draft
from borderliaison.ui.parts.everything import Entry, EntryGroup
from borderliaison.ui.shell import NavItem


def pages(nav: tuple[NavItem, ...], acting: Acting) -> EntryGroup:
    """Return the pages: those of the rail, and those that stand behind them."""
    register = reverse("correspondence:register")
    agency = pgettext("register", "of your agency")
    behind = [
        Entry(_("Requests"), reverse("correspondence:requests"), "hourglass", _("deadlines")),
        Entry(_("Incoming register"), f"{register}?way=in", "notebook", agency),
        Entry(_("Outgoing register"), f"{register}?way=out", "notebook", agency),
        Entry(_("Keys, app and recovery codes"), reverse("mfa_index"), "key"),
        Entry(_("Change the password"), reverse("account_change_password"), "lock"),
        Entry(_("Tokens for programs"), reverse("accounts_tokens"), "plug-connected"),
        Entry(_("Tour"), reverse("web:tour"), "walk", _("ten minutes through the pages")),
        Entry(_("Parts of pages"), reverse("ui:components"), "layout-dashboard"),
    ]
    named = [Entry(one.label, one.url, one.icon) for one in nav]
    return EntryGroup("pages", _("Pages"), (*named, *behind))


def drafts(desk: Desk, own: list[Draft]) -> EntryGroup:
    """Return the officer's drafts, which are his alone."""
    if desk.acting.author.role not in WRITING:
        own = []
    entries = tuple(
        Entry(one["label"], reverse("reports:draft", args=[one["key"]]), one["icon"], one["form"])
        for one in drafts_shown(desk, own)
        if "is_gone" not in one
    )
    return EntryGroup("drafts", _("Your drafts"), entries)


def threads(listed: ThreadList, lang: str) -> EntryGroup:
    """Return the latest threads that the officer may read."""
    offices = short_office_names(lang)
    entries = tuple(_thread(line, lang, offices) for line in listed.lines)
    shown = {"shown": len(entries), "total": listed.total}
    note = _("the latest %(shown)d of %(total)d") % shown if listed.total > len(entries) else ""
    return EntryGroup("threads", _("Latest threads"), entries, note)


def _thread(line: ThreadLine, lang: str, offices: dict[str, str]) -> Entry:
    said = brief(line.first, lang)
    office = offices.get(line.first.office, line.first.office)
    return Entry(
        said.title or line.first.title,
        reverse("correspondence:thread", args=[line.key]),
        said.icon or "message",
        ", ".join(part for part in (said.kind, office) if part),
        said.number,
    )


def offices(lang: str) -> EntryGroup:
    """Return the offices of the network, found by every name they have."""
    shown = short_office_names(lang)
    entries = tuple(
        Entry(
            shown[one.code],
            reverse("offices:detail", args=[one.code]),
            "building-community",
            one.code,
            _spellings(one),
        )
        for one in all_offices()
    )
    return EntryGroup("offices", _("Offices"), entries)


def _spellings(office: Office) -> str:
    others = (str(one["text"]) for one in office.aliases)
    return " ".join(dict.fromkeys([*office.names.values(), *others]))
