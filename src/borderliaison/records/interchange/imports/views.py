"""The pages on which records are taken in: a file is sent, mapped, tried, taken in, and taken back."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from borderliaison.accounts.models import Role
from borderliaison.accounts.services import account_of, reader_of
from borderliaison.accounts.zones import zone_of
from borderliaison.files.limits import MAX_FILE_BYTES
from borderliaison.files.uploading import uploads_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.services import office_names
from borderliaison.records.interchange.errors import (
    InterchangeError,
    NothingMapped,
    NothingSent,
    NotYourTask,
    SetBusy,
    TooLarge,
)
from borderliaison.records.interchange.findings import SENTENCES, Findings
from borderliaison.records.interchange.imports.importing import LookedAt, take_back
from borderliaison.records.interchange.imports.mapping_form import mapping_form
from borderliaison.records.interchange.imports.naming import key_for
from borderliaison.records.interchange.imports.reading import SUFFIXES, check_readable, is_table
from borderliaison.records.interchange.imports.saved import save_spec, specs
from borderliaison.records.interchange.imports.set_form import SetForm, read_set, set_choices
from borderliaison.records.interchange.imports.sketching import (
    OWN,
    Sketch,
    first_sketch,
    read_sketch,
)
from borderliaison.records.interchange.imports.specs.known import fitting
from borderliaison.records.interchange.imports.specs.spec import Spec, parse_spec
from borderliaison.records.interchange.imports.specs.tables import read_table
from borderliaison.records.interchange.imports.taking import (
    TRIED,
    Asked,
    begin,
    columns_of,
    looked_into,
)
from borderliaison.records.interchange.imports.waiting import SHELF, Waiting
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.interchange.whose import Sender, check_task
from borderliaison.records.ontology.model import schemata
from borderliaison.records.shown.onward import new_chart_url
from borderliaison.ui.parts.marks import Marks
from borderliaison.ui.sentences import sentence
from borderliaison.wording.marks import marks_of

LISTED: Final = 200
SAMPLED: Final = 3


@dataclass(frozen=True, slots=True)
class Table:
    """The heading of a table that waits, some of its lines, and the specifications that fit."""

    columns: tuple[str, ...]
    samples: tuple[dict[str, str], ...]
    fit: tuple[Spec, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One flaw, as it is shown: where, and what is wrong."""

    line: int
    columns: tuple[str, ...]
    about: str
    sentence: str


@require_http_methods(["GET", "HEAD", "POST"])
def in_(request: HttpRequest) -> HttpResponse:
    """Show what was taken in and ask for a file; keep the file that is sent."""
    if request.method != "POST":
        return _front(request)
    try:
        check_task(account_of(request))
        name, data = _sent(request)
        check_readable(BytesIO(data), name)
        one = SHELF.put(_sender(request), name, data)
    except LiaisonError as error:
        return _front(request, _sentence(error), status=422)
    return redirect("records:look", one.key)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a file would bring, or how far it is taken in; do what is asked with it."""
    one = SHELF.find(_sender(request), key)
    if one is None:
        raise Http404
    if one.is_held or one.is_taken:
        context = {"one": one, "taking": one.taking, "draw_url": new_chart_url()}
        return render(request, "records/in_taking.html", context)
    if request.POST.get("do") == "drop":
        SHELF.drop(one)
        return redirect("records:in")
    return _look(request, one)


@require_POST
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Take a set back."""
    found = ImportSet.objects.readable_by(reader_of(request)).filter(key=key).first()
    if found is None:
        raise Http404
    try:
        check_task(account_of(request))
        take_back(found.key, account_of(request).officer_id)
    except (NotYourTask, SetBusy) as error:
        return _front(request, _sentence(error), status=422)
    messages.success(request, _("The set was taken back."))
    return redirect("records:in")


def _front(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    sets = ImportSet.objects.readable_by(reader_of(request)).select_related("marking")
    listed = list(sets.order_by("-imported_at", "-pk")[: LISTED + 1])
    mark_page(request, PageMarking.of(one.marking.value for one in listed[:LISTED]))
    lang = get_language() or "en"
    context = {
        "sets": [_line(one, lang) for one in listed[:LISTED]],
        "has_more": len(listed) > LISTED,
        "accept": ",".join(SUFFIXES),
        "problem": problem,
        "may": account_of(request).role_now != Role.OBSERVER,
        "draw_url": new_chart_url(),
    }
    return render(request, "records/in.html", context, status=status)


def _line(one: ImportSet, lang: str) -> tuple[ImportSet, Marks, str]:
    """Return a set with its marking in words, and who gave it; empty where that is this office."""
    office, marking = settings.NODE.office, one.marking.value
    given = OfficeCode("" if marking.originator == office else marking.originator)
    return one, marks_of(marking, office, lang), office_names(lang).get(given, given)


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    """Return the name of what was sent, and what is in it.

    Raises:
        NothingSent, TooLarge: as they say.
    """
    for one in uploads_of(request, "file"):
        if len(one.data) > MAX_FILE_BYTES:
            raise TooLarge
        return one.name, one.data
    pasted = request.POST.get("table", "").strip("\r\n")
    if not pasted.strip():
        raise NothingSent
    day = timezone.localtime().strftime("%Y-%m-%d %H.%M")
    return _("Table of %(day)s") % {"day": day} + ".csv", pasted.encode()


def _look(request: HttpRequest, one: Waiting) -> HttpResponse:
    office, lang = settings.NODE.office, get_language() or "en"
    wanted = read_set(request.POST, _stem(one.name), office)
    table = _table(one)
    chosen = _chosen(request, table)
    context = {"one": one, "set": wanted, "choices": set_choices(office, lang)}
    folder, status = Path(settings.NODE.run_directory), 200
    do = request.POST.get("do", "" if isinstance(chosen, Sketch) and request.POST else "try")
    try:
        check_task(account_of(request))
        if one.taking is not None and one.taking.problem is not None and not request.POST:
            raise one.taking.problem
        if do == "save" and table is not None and isinstance(chosen, Sketch):
            chosen = _save(request, table, chosen, wanted)
            table = _table(one)
        if do:
            asked = _asked(request, wanted, table, chosen)
        if do == "take":
            begin(one, asked, folder)
            return redirect("records:look", one.key)
        if do:
            with looked_into(one, asked, folder, most=TRIED) as looked:
                context |= {"looked": looked, "flaws": _rows(looked, asked.spec, lang)}
    except NothingMapped as error:
        if request.POST:
            context["problem"], status = _sentence(error), 422
    except LiaisonError as error:
        context["problem"], status = _sentence(error), 422
    if table is not None and chosen is not None:
        context["mapping"] = mapping_form(table.columns, table.samples, table.fit, chosen, lang)
    return render(request, "records/in_look.html", context, status=status)


def _table(one: Waiting) -> Table | None:
    """Return what a table is like, as far as it can be read; None where the file is none."""
    if not is_table(one.name):
        return None
    found = read_table(SHELF.open(one), Findings())
    samples: list[dict[str, str]] = []
    with suppress(InterchangeError):
        samples.extend(dict(cells) for _, cells in islice(found.lines, SAMPLED))
    return Table(found.columns, tuple(samples), tuple(fitting(found.columns, specs())))


def _chosen(request: HttpRequest, table: Table | None) -> Spec | Sketch | None:
    """Return how the table is to be read: as was chosen, else by what fits best, else as it seems to be."""
    if table is None:
        return None
    name = request.POST.get("spec", "")
    named = next((one for one in table.fit if one.name == name), None)
    if named is not None:
        return named
    if name != OWN and table.fit:
        return table.fit[0]
    return (
        read_sketch(request.POST.dict(), table.columns)
        if "thing-1" in request.POST
        else first_sketch(table.columns)
    )


def _asked(
    request: HttpRequest, wanted: SetForm, table: Table | None, chosen: Spec | Sketch | None
) -> Asked:
    """Return how the file is to be taken in.

    Raises:
        NothingMapped: columns are still to be chosen.
        HalfGraded, HandlingUnsaid: only half of the grade was chosen, or H3 says nothing.
    """
    marking = wanted.marking(settings.NODE.office, reader_of(request).realm)
    spec = chosen
    if table is not None and isinstance(chosen, Sketch):
        spec = parse_spec(_text(table, chosen, OWN, OWN), OWN)
    assert not isinstance(spec, Sketch), "a sketch is of a table"  # noqa: S101
    key = key_for(reader_of(request), wanted.title)
    return Asked(key, wanted.title, marking, account_of(request).officer_id, spec)


def _save(request: HttpRequest, table: Table, chosen: Sketch, wanted: SetForm) -> Spec:
    """Keep what was chosen column by column, under a name."""
    name = request.POST.get("save_as", "").strip()
    text = _text(table, chosen, name, wanted.title)
    return save_spec(text, f"{name}.yaml", account_of(request).officer_id)


def _text(table: Table, chosen: Sketch, name: str, title: str) -> str:
    if not chosen.used() or chosen.loose():
        raise NothingMapped
    zone = str(zone_of(settings.NODE.office))
    return chosen.text(table.columns, name, {"en": title}, zone)


def _rows(looked: LookedAt, spec: Spec | None, lang: str) -> list[Row]:
    """Return the flaws that are shown one by one, in the reader's words."""
    return [
        Row(
            one.line,
            columns_of(spec, one.flaw, one.field),
            _words(one.field, lang),
            _(SENTENCES[one.flaw]),
        )
        for one in looked.findings.first
    ]


def _words(said: str, lang: str) -> str:
    """Return a kind, or a kind and its property, in the reader's words; else as the file says it."""
    name, _colon, prop = said.partition(":")
    kind = schemata().get(name)
    if kind is None:
        return said
    known = kind.properties.get(prop)
    return (
        f"{kind.label.text(lang)} · {known.label.text(lang) if known else prop}"
        if prop
        else kind.label.text(lang)
    )


def _sender(request: HttpRequest) -> Sender:
    return Sender(account_of(request).officer_id, str(reader_of(request).realm))


def _stem(name: str) -> str:
    """Return a file's name without what says its kind."""
    found = [one for one in SUFFIXES if name.lower().endswith(one)]
    return name[: -len(max(found, key=len))] or name if found else name


def _sentence(error: LiaisonError) -> str:
    """Return what an officer reads of an error, with its code to quote."""
    hint = f" {_(error.hint)}" if error.hint else ""
    return f"{sentence(error)}{hint} ({error.code})"
