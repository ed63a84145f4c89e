"""The pages on which officers judge who is the same, and take it back."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borderliaison.accounts.models import Account
from borderliaison.accounts.services import account_of
from borderliaison.audit.services import record
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.pages import mark_page
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.resolution.beside import beside
from borderliaison.records.resolution.canonical import taken_back
from borderliaison.records.resolution.earlier import earlier_of
from borderliaison.records.resolution.errors import JudgingError
from borderliaison.records.resolution.facts import all_judgements
from borderliaison.records.resolution.judging import MAX_REASON, Why, judge, judge_of, take_back
from borderliaison.records.resolution.listed import (
    Named,
    groups_in_words,
    judged_rows,
    named,
    pair_rows,
    percent_of,
    rows_of,
)
from borderliaison.records.resolution.measuring import sample, trusted
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.narrowing import Narrowing, narrowing_of, sets_of, steps
from borderliaison.records.resolution.offered import Offer, offered, unjudged, unsure
from borderliaison.records.resolution.several import FEWEST, several
from borderliaison.records.resolution.together import why_one
from borderliaison.records.statements.rows import known_numbers
from borderliaison.ui.sentences import sentence

MAX_DIGITS = 19
MAX_PLACE = 40
_SHOWN: Final[dict[str, Callable[[Reader, str, Narrowing], Offer]]] = {
    "": lambda reader, after, narrowing: offered(reader, after, narrowing=narrowing),
    "unsure": lambda reader, after, _narrowing: unsure(reader, after),
    "sample": lambda reader, _after, narrowing: Offer(sample(reader, narrowing)),
}


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Show the pairs that may be one, and one of them side by side."""
    account, lang = account_of(request), get_language() or "en"
    reader = account.reader()
    show = next((one for one in _SHOWN if one and one in request.GET), "")
    narrowing = narrowing_of(request.GET.get("from", ""), request.GET.get("set", ""))
    offer = _SHOWN[show](reader, request.GET.get("after", "")[:MAX_PLACE], narrowing)
    rows = pair_rows(reader, offer.pairs, lang)
    chosen = request.GET.get("pair", "")[:65] or (rows[0].pair if rows else "")
    context = {
        "rows": rows,
        "chosen": chosen,
        "show": show,
        "kept": "&".join(part for part in (show, narrowing.query()) if part),
        "narrowed": narrowing.query(),
        **(_narrowable(reader, narrowing) if show != "unsure" else {}),
        "following": offer.following,
        **(_compared(account, chosen, lang) if chosen else {}),
    }
    lines = [line for row in rows for line in (row.one, row.other)]
    lines += [context["one"], context["other"]] if chosen else []
    earlier = [row.marking for row in context.get("earlier", ())]
    _mark(request, lines, [*earlier, *context.get("set_markings", ())])
    return render(request, "records/duplicates.html", context)


@require_POST
def judge_pair(request: HttpRequest) -> HttpResponse:
    """Keep what the officer judges of a pair, and go on to the next."""
    account = account_of(request)
    one, other = request.POST.get("one", "")[:32], request.POST.get("other", "")[:32]
    verdict, basis = request.POST.get("verdict", ""), request.POST.get("basis", "")
    if verdict not in Verdict or basis not in Basis:
        raise Http404
    back = _inside(request.POST.get("back", ""))
    try:
        why = Why(Basis(basis), request.POST.get("reason", ""))
        made = judge(judge_of(account), one, other, Verdict(verdict), why)
    except JudgingError as error:
        messages.error(request, f"{sentence(error)} {error.code}")
        return HttpResponseRedirect(back or f"{reverse('records:duplicates')}?pair={one}.{other}")
    of_it = reverse("records:judgement", args=[made.key])
    said = _SAID[Verdict(made.verdict)]()
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, of_it, _("Take back")))
    return HttpResponseRedirect(back or f"{reverse('records:duplicates')}?judged={made.key}")


@require_GET
def judgements(request: HttpRequest) -> HttpResponse:
    """List what officers have judged, the latest first."""
    account, before = account_of(request), request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < MAX_DIGITS else None
    rows, following = judged_rows(account.reader(), get_language() or "en", number)
    _mark(request, [line for row in rows for line in (row.one, row.other)])
    bands = [one for one in trusted(account.reader()) if one.judged]
    context = {
        "rows": rows,
        "following": following,
        "bands": [(percent_of(one.lowest), one) for one in bands],
    }
    return render(request, "records/judgements.html", context)


@require_http_methods(["GET", "POST"])
def judgement(request: HttpRequest, key: str) -> HttpResponse:
    """Show one judgement and what would change without it; take it back."""
    account, lang = account_of(request), get_language() or "en"
    reader = account.reader()
    found = all_judgements(reader).filter(key=key).first()
    if found is None:
        raise Http404
    problem: JudgingError | None = None
    if request.method == "POST":
        try:
            take_back(judge_of(account), key, request.POST.get("reason", ""))
        except JudgingError as error:
            problem = error
        else:
            messages.success(request, _("The judgement was taken back."))
            return redirect("records:judgement", key)
    now, then = taken_back(reader, found) if found.undone_at is None else ([], [])
    (row,) = rows_of(reader, [found], lang)
    _mark(request, [row.one, row.other])
    context = {
        "row": row,
        "now": groups_in_words(reader, now, lang),
        "then": groups_in_words(reader, then, lang),
        "may_judge": judge_of(account).writes,
        "max_reason": MAX_REASON,
        "problem": sentence(problem) if problem else "",
        "problem_code": problem.code if problem else "",
    }
    return render(request, "records/judgement.html", context, status=409 if problem else 200)


@require_GET
def same(request: HttpRequest, key: str) -> HttpResponse:
    """Say why a record is one: each entity by itself, and what joins it."""
    account, lang = account_of(request), get_language() or "en"
    profile = _profile(account, key)
    together = why_one(account.reader(), profile, lang)
    line = named(profile, lang)
    _mark(request, [line])
    context = {
        "line": line,
        "one": together,
        "may_judge": judge_of(account).writes,
        "max_reason": MAX_REASON,
    }
    return render(request, "records/same.html", context)


def _narrowable(reader: Reader, narrowing: Narrowing) -> dict[str, Any]:
    """Return by what the pairs may be narrowed, with how many each likelihood gives."""
    rows = Narrowing(of_set=narrowing.of_set).of(reader, unjudged(reader))
    sets = sets_of(reader)
    mark = [one.marking.value for one in sets]
    return {
        "steps": [(f"{one.lowest:g}", f"{one.lowest:.0%}"[:-1], one) for one in steps(rows)],
        "lowest": f"{narrowing.lowest:g}",
        "sets": sets,
        "set_markings": mark,
        "of_set": narrowing.of_set,
    }


def _compared(account: Account, pair: str, lang: str) -> dict[str, Any]:
    """Return two records side by side for the page.

    Raises:
        Http404: one of them is not there for the officer, or they are one.
    """
    sides = [_profile(account, key) for key in pair.split(".", 1)]
    if len(sides) == 1 or sides[0].key == sides[1].key:
        raise Http404
    one, other = sides
    _note_look(account, one, other)
    found = beside(account.reader(), one, other, lang)
    together = several(account.reader(), one.pks[0])
    return {
        "one": named(one, lang),
        "other": named(other, lang),
        "several": together if len(together.records) >= FEWEST else None,
        "beside": found,
        "percent": percent_of(found.likeness.probability) if found.likeness else None,
        "earlier": earlier_of(account.reader(), one, other, lang),
        "before_looking": found.likeness.before if found.likeness else None,
        "may_judge": judge_of(account).writes,
        "bases": Basis,
        "max_reason": MAX_REASON,
    }


def _profile(account: Account, key: str) -> Profile:
    pk = known_numbers([key[:32]]).get(key[:32])
    found = profiles(account.reader(), [pk]) if pk is not None else {}
    if pk not in found:
        raise Http404
    return found[pk]


def _note_look(account: Account, one: Profile, other: Profile) -> None:
    record(
        "record.compared", actor=account.officer_id, subject=one.key, realm=account.realm,
        other=other.key, purpose="duplicates",
    )  # fmt: skip


def _mark(request: HttpRequest, lines: Iterable[Named], others: Iterable[Marking] = ()) -> None:
    shown = (one for line in lines for one in line.markings)
    mark_page(request, PageMarking.of(chain(shown, others)))


def _inside(path: str) -> str:
    """Return the path of a page of records; empty for anything else."""
    return path if path.startswith(reverse("records:duplicates").partition("duplicates")[0]) else ""


_SAID = {
    Verdict.SAME: lambda: _("Judged the same."),
    Verdict.DIFFERENT: lambda: _("Judged different."),
    Verdict.UNSURE: lambda: _("Noted as unsure: the pair stands under “Unsure” now."),
}
