"""What a page is told of the newest that waits: its kind and its urgency, never what it says."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from borderliaison.accounts.models import Account, NoticeSettings
from borderliaison.accounts.notices.confirming import notice_settings
from borderliaison.accounts.services import account_of
from borderliaison.correspondence.at_work import acting_of
from borderliaison.correspondence.meaning import Asking, Warned, meaning_of
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.threads import unread_items
from borderliaison.ui.notices import Notice, Tone


@require_GET
def waiting_notice(request: HttpRequest) -> JsonResponse:
    """Answer a page that was told of an event: what to play, and what to show."""
    acting, account = acting_of(request), account_of(request)
    newest = unread_items(acting).order_by("-id").first()
    found = Notice() if newest is None else _notice(newest, account, notice_settings(account))
    return JsonResponse(found.to_data(), headers={"Cache-Control": "no-store"})


def _notice(item: Item, account: Account, chosen: NoticeSettings) -> Notice:
    tone = tone_of(item)
    clock = timezone.localtime().time()
    is_still = chosen.is_quiet(clock) and tone is not Tone.IMMEDIATE
    if is_still or (account.working_realm.is_exercise and not chosen.in_exercise):
        return Notice(item.key)
    kind = brief(item, get_language() or "en").kind or _("Message")
    return Notice(
        item.key,
        tone if chosen.sound else Tone.NONE,
        kind if chosen.by_browser else "",
        chosen.volume,
    )


def tone_of(item: Item) -> Tone:
    """Return how an item sounds: by its urgency, where it says one."""
    match meaning_of(item.payload_type, item.content):
        case Asking(urgency=urgency) | Warned(urgency=urgency):
            known = {"immediate": Tone.IMMEDIATE, "expected": Tone.EXPECTED}
            return known.get(urgency.lower(), Tone.ROUTINE)
        case _:
            return Tone.EXPECTED if item.urgent else Tone.ROUTINE
