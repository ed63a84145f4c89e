"""Acknowledging several at once: one confirmation that lists them, each with a receipt of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borderliaison.correspondence.acting import open_item
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.shown.listing import item_url
from borderliaison.correspondence.shown.render import Brief, brief
from borderliaison.correspondence.shown.titles import titles_of
from borderliaison.correspondence.threads import unread_items
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.short_names import short_office_names
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.sentences import sentence
from borderliaison.wording.marks import marks_of

AT_ONCE: Final = 100
"""So many are listed together; more than that nobody reads through."""


@dataclass(frozen=True, slots=True)
class Row:
    """An item that is to be acknowledged, or that could not be.

    Attributes:
        problem: why it was not acknowledged; empty before, and where it was.
    """

    item: Item
    url: str
    title: str
    line: Brief
    office: str
    marks: Marks
    problem: str = ""


@require_http_methods(["GET", "POST"])
def acknowledge_several(request: HttpRequest) -> HttpResponse:
    """List what is to be acknowledged together; acknowledge each of it on its own."""
    officer = acting_of(request)
    if request.method == "POST":
        return _acknowledge(request, officer)
    items, total = _chosen(officer, request.GET.getlist("thread"))
    return _page(request, officer, items, total)


def _acknowledge(request: HttpRequest, officer: Acting) -> HttpResponse:
    keys = list(dict.fromkeys(request.POST.getlist("item")))[:AT_ONCE]
    problems: dict[str, str] = {}
    for key in keys:
        try:
            open_item(officer, key)
        except Item.DoesNotExist:
            problems[key] = _("You cannot read it any more.")
        except LiaisonError as error:
            problems[key] = f"{sentence(error)} {error.code}"
    done = len(keys) - len(problems)
    if done:
        words = ngettext("%(n)d acknowledged.", "%(n)d acknowledged.", done)
        messages.success(request, words % {"n": done})
    if not problems:
        return redirect("correspondence:threads")
    left = Item.objects.readable_by(officer.reader).filter(key__in=problems)
    items = list(left.select_related("thread", "marking").order_by("id"))
    return _page(request, officer, items, len(items), problems, status=409)


def _chosen(officer: Acting, threads: Sequence[str]) -> tuple[list[Item], int]:
    """Return the unread items of some threads, or of all, and of how many these are."""
    items = unread_items(officer).select_related("thread", "marking")
    if threads:
        items = items.filter(thread__key__in=threads[:AT_ONCE])
    return list(items.order_by("-id")[:AT_ONCE]), items.count()


def _page(
    request: HttpRequest,
    officer: Acting,
    items: Sequence[Item],
    total: int,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    mark_page(request, PageMarking.of(one.marking.value for one in items))
    known = problems or {}
    context = {
        "rows": list(_rows(items, officer, known)),
        "total": total,
        "gone": len(known.keys() - {one.key for one in items}),
        "failed": bool(known),
        "tells": officer.author.role in WRITING,
    }
    return render(request, "correspondence/acknowledge.html", context, status=status)


def _rows(items: Sequence[Item], officer: Acting, problems: dict[str, str]) -> Iterable[Row]:
    lang = get_language() or "en"
    titles, names = titles_of(items, officer, lang), short_office_names(lang)
    for one in items:
        yield Row(
            item=one,
            url=item_url(one),
            title=titles[one.pk],
            line=brief(one, lang),
            office=names.get(one.office, one.office),
            marks=marks_of(one.marking.value, officer.author.office, lang),
            problem=problems.get(one.key, ""),
        )
