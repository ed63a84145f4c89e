"""The officer's standing questions: what each has newly found, and asking and ending them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.records.models import Standing
from borderliaison.records.search import standing
from borderliaison.records.search.errors import NoSuchQuestion, NothingAsked, TooManyQuestions
from borderliaison.records.search.question.asked import read_asked, read_question
from borderliaison.records.search.shown.hits import Hit
from borderliaison.records.search.shown.results import results


@dataclass(frozen=True, slots=True)
class Question:
    """A standing question with what it has newly found, as far as the officer may know of it now."""

    one: Standing
    new: tuple[Hit, ...]


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List the officer's questions, each with what is new."""
    account, reader, lang = account_of(request), reader_of(request), get_language() or "en"
    new = standing.new_by_question(account)
    answers = {
        one.pk: results(reader, read_question(one.question).wanted(), new.get(one.pk, ()), lang)
        for one in standing.of(account)
    }
    mark_page(request, PageMarking.of(
        marking for one in answers.values() for marking in one.markings
    ))  # fmt: skip
    found = [
        Question(one, tuple(dict.fromkeys(answers[one.pk].hits.values())))
        for one in standing.of(account)
    ]
    context = {
        "questions": found,
        "ended": request.GET.get("ended", "")[:12],
        "max_name": standing.MAX_NAME,
    }
    return render(request, "records/standing.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Ask again from now on what the page that this comes from has asked."""
    asked = read_asked(QueryDict(request.POST.get("question", "")).dict())
    try:
        standing.keep_asking(account_of(request), asked, request.POST.get("name", ""))
    except NothingAsked:  # no page offers that
        return redirect("records:search")
    except TooManyQuestions as error:
        messages.error(request, _((type(error).__doc__ or "").strip()))
        return redirect(reverse("records:search") + asked.address())
    messages.success(request, _("From now on you are told of what is new."))
    return redirect("records:standing")


@require_POST
def looked(request: HttpRequest, key: str) -> HttpResponse:
    """Note that the officer has looked at what is new."""
    return _do(lambda: standing.note_seen(account_of(request), key))


@require_POST
def call(request: HttpRequest, key: str) -> HttpResponse:
    """Call a question something else; without a name it keeps the one it has."""
    try:
        return _do(lambda: standing.call(account_of(request), key, request.POST.get("name", "")))
    except NothingAsked:  # the field of the page requires one
        return redirect("records:standing")


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Ask a question no more, and offer to take that back."""
    return _do(lambda: standing.end(account_of(request), key), f"?ended={key}")


@require_POST
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Take back that a question was ended."""
    return _do(lambda: standing.resume(account_of(request), key))


def _do(doing: Callable[[], None], then: str = "") -> HttpResponse:
    try:
        doing()
    except NoSuchQuestion as error:
        raise Http404 from error
    return redirect(reverse("records:standing") + then)
