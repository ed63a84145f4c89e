"""The pages on which several records are judged by one act, and that act is taken back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borderliaison.accounts.services import account_of
from borderliaison.audit.services import record
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.records.ontology.schema import Property
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.resolution.canonical import taken_back
from borderliaison.records.resolution.errors import JudgingError, NoSuchRecord
from borderliaison.records.resolution.facts import all_judgements
from borderliaison.records.resolution.judging import MAX_REASON, Why, judge_of, take_back_act
from borderliaison.records.resolution.listed import (
    Named,
    groups_in_words,
    named,
    percent_of,
    rows_of,
)
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.several import FEWEST, Several, judge_several, several
from borderliaison.records.shown.words import name_of, value_words
from borderliaison.records.statements.rows import known_numbers
from borderliaison.ui.sentences import sentence

_MAX_COLUMNS: Final = 6
_KEY: Final = 32


@dataclass(frozen=True, slots=True)
class Row:
    """One record among the several.

    Attributes:
        line: the record.
        percent: how likely it is one with one of those above it; None for the first.
        cells: of each column what it is called, and the values in words.
    """

    line: Named
    percent: int | None
    cells: tuple[tuple[str, tuple[str, ...]], ...]


@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show the records that hang together with one, side by side."""
    account, lang = account_of(request), get_language() or "en"
    reader = account.reader()
    try:
        found = several(reader, known_numbers([key[:_KEY]]).get(key[:_KEY], 0))
    except NoSuchRecord:
        raise Http404 from None
    if len(found.records) < FEWEST:
        return redirect("records:duplicates")
    known = profiles(reader, [group[0] for group in found.records])
    there = [known[group[0]] for group in found.records]
    for other in there[1:]:
        record(
            "record.compared", actor=account.officer_id, subject=there[0].key,
            realm=account.realm, other=other.key, purpose="duplicates",
        )  # fmt: skip
    rows = _rows(there, found, lang)
    mark_page(request, PageMarking.of(one for row in rows for one in row.line.markings))
    context = {
        "rows": rows,
        "key": key,
        "are_more": found.are_more,
        "may_judge": judge_of(account).writes,
        "bases": Basis,
        "max_reason": MAX_REASON,
    }
    return render(request, "records/several.html", context)


@require_POST
def judge_them(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what the officer judges of those that he chose, and go on to the next pair."""
    verdict, basis = request.POST.get("verdict", ""), request.POST.get("basis", "")
    if verdict not in Verdict or basis not in Basis:
        raise Http404
    chosen = [one[:_KEY] for one in request.POST.getlist("record")]
    why = Why(Basis(basis), request.POST.get("reason", ""))
    try:
        made = judge_several(judge_of(account_of(request)), chosen, Verdict(verdict), why)
    except JudgingError as error:
        messages.error(request, f"{sentence(error)} {error.code}")
        return HttpResponseRedirect(reverse("records:several", args=[key]))
    said = ngettext(
        "%(n)s judgement kept. Each can be taken back by itself under “Judged”.",
        "%(n)s judgements kept. Each can be taken back by itself under “Judged”.",
        len(made),
    ) % {"n": len(made)}
    if made:
        at_once = reverse("records:act", args=[made[0].act])
        said = format_html('{} <a href="{}">{}</a>', said, at_once, _("Take all back"))
    messages.success(request, said)
    return redirect("records:duplicates")


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, key: str) -> HttpResponse:
    """Show what was judged by one act and what would change without it; take it back."""
    account, lang = account_of(request), get_language() or "en"
    reader = account.reader()
    made = list(all_judgements(reader).filter(act=key).order_by("pk")) if key else []
    if not made:
        raise Http404
    problem: JudgingError | None = None
    if request.method == "POST":
        try:
            gone = take_back_act(judge_of(account), key, request.POST.get("reason", ""))
        except JudgingError as error:
            problem = error
        else:
            said = ngettext(
                "%(n)s judgement was taken back.", "%(n)s judgements were taken back.", len(gone)
            )
            messages.success(request, said % {"n": len(gone)})
            return redirect("records:act", key)
    standing = [one for one in made if one.undone_at is None]
    now, then = taken_back(reader, *standing) if standing else ([], [])
    rows = rows_of(reader, made, lang)
    mark_page(
        request,
        PageMarking.of(
            one for row in rows for line in (row.one, row.other) for one in line.markings
        ),
    )
    context = {
        "rows": rows,
        "standing": len(standing),
        "now": groups_in_words(reader, now, lang),
        "then": groups_in_words(reader, then, lang),
        "may_judge": judge_of(account).writes,
        "max_reason": MAX_REASON,
        "problem": sentence(problem) if problem else "",
        "problem_code": problem.code if problem else "",
    }
    return render(request, "records/act.html", context, status=409 if problem else 200)


def _rows(there: list[Profile], found: Several, lang: str) -> list[Row]:
    columns = [
        prop
        for prop in _columns(there)
        if any(set(_words(one, prop, lang)) - {name_of(one, lang)} for one in there)
    ]
    return [
        Row(
            named(one, lang),
            None if score is None else percent_of(score),
            tuple((prop.label.text(lang), _words(one, prop, lang)) for prop in columns),
        )
        for one, score in zip(there, found.scores, strict=True)
    ]


def _columns(there: Iterable[Profile]) -> list[Property]:
    """Return the properties that most of some records have, in the order in which they stand there."""
    props: dict[str, Property] = {}
    count: Counter[str] = Counter()
    for one in there:
        for prop, _values in one.by_property():
            if prop.type.name != "entity" and not prop.is_hidden:
                props.setdefault(prop.name, prop)
                count[prop.name] += 1
    most = {name for name, _ in count.most_common(_MAX_COLUMNS)}
    return [prop for name, prop in props.items() if name in most]


def _words(one: Profile, prop: Property, lang: str) -> tuple[str, ...]:
    said = (value_words(one.schema, prop, value.value, lang) for value in one.of(prop.name))
    return tuple(dict.fromkeys(said))
