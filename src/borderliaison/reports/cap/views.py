"""Saving a report as a CAP message, and beginning an alert from one."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from borderliaison.audit.services import record
from borderliaison.correspondence.acting import readable_item
from borderliaison.correspondence.at_work import acting_of, refusal
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import WRITING
from borderliaison.kernel.errors import LiaisonError
from borderliaison.reports.cap.drafting import begin_from_cap
from borderliaison.reports.cap.reading import MAX_BYTES
from borderliaison.reports.cap.saving import message_of
from borderliaison.reports.cap.writing import MEDIA_TYPE, as_xml
from borderliaison.reports.drafting import Desk
from borderliaison.reports.errors import NoCapWords, NotCap
from borderliaison.reports.surroundings import NETWORK

FILE = "cap"


@require_GET
def save_as_cap(request: HttpRequest, key: str) -> HttpResponse:
    """Give a report as a CAP message to keep or to carry elsewhere."""
    officer = acting_of(request)
    try:
        item = readable_item(officer, key)
        xml = as_xml(message_of(item, officer))
    except (Item.DoesNotExist, NoCapWords) as error:
        raise Http404 from error
    except LiaisonError as error:
        return refusal(request, error)
    record(
        "report.saved_as_cap",
        actor=officer.author.officer,
        subject=item.key,
        realm=str(officer.reader.realm),
    )
    answer = HttpResponse(xml, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{item.key}.cap.xml"'
    return answer


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an alert from a CAP message that the officer chooses."""
    officer = acting_of(request)
    if officer.author.role not in WRITING:
        raise Http404
    chosen = request.FILES.get(FILE)
    try:
        if chosen is None or (chosen.size or 0) > MAX_BYTES:
            raise NotCap(FILE)
        with transaction.atomic():
            draft = begin_from_cap(
                Desk(officer, NETWORK, get_language() or "en"), chosen.read(MAX_BYTES + 1)
            )
    except LiaisonError as error:
        return refusal(request, error)
    messages.info(request, _("An alert was begun from the message. Complete it and check it."))
    return redirect("reports:draft", draft.key)
