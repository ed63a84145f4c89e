"""The page of records: what is looked for stands in its address; a result leads to its record."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.records.search.found.finding import find
from borderliaison.records.search.question.asked import Asked, read_asked
from borderliaison.records.search.question.fields import narrowing
from borderliaison.records.search.question.rows import asked_with_rows, rows_of
from borderliaison.records.search.question.sentence import sentence
from borderliaison.records.search.shown.results import results
from borderliaison.records.search.standing import new_for
from borderliaison.records.shown.onward import charts_url

PAGE: Final = 25


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show the records that this officer looks for, as far as he may know of them."""
    reader, lang = reader_of(request), get_language() or "en"
    asked = read_asked(asked_with_rows(request.GET))
    wanted = asked.wanted()
    found = find(reader, wanted)
    first = (asked.page - 1) * PAGE
    groups = found.groups[first : first + PAGE]
    shown = results(reader, wanted, [one[0] for one in groups], lang)
    hits = [shown.hits[one[0]] for one in groups if one[0] in shown.hits]
    mark_page(request, PageMarking.of(shown.markings))
    rows = rows_of(request.GET, asked, lang)
    total = len(found.groups)
    context = {
        "asked": asked,
        "fields": narrowing(reader, asked, lang),
        "rows": rows,
        "several": sum(not one.is_new for one in rows) > 1,
        "hits": hits,
        "found": found,
        "total": total,
        "left_out": wanted.query.left_out,
        "shown": f"{first + 1}–{first + len(hits)}",
        "previous": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "following": asked.address(page=asked.page + 1) if total > first + PAGE else "",
        "without_filters": Asked(q=asked.q).address(),
        "question": asked.address().removeprefix("?"),
        "sentence": sentence(asked, reader.office, lang),
        "new": new_for(account_of(request)),
        "charts_url": charts_url(),
    }
    answer = render(request, "records/search.html", context)
    answer["HX-Replace-Url"] = request.path + asked.address()
    return answer
