"""Putting guidance away and bringing it back; the first page of the tour, and its steps."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from borderliaison.accounts.models import Account
from borderliaison.accounts.services import account_of
from borderliaison.correspondence.at_work import acting_of
from borderliaison.web.guidance.pages import names
from borderliaison.web.guidance.tour import is_offered, steps_for


@require_POST
def set_guidance(request: HttpRequest) -> HttpResponse:
    """Put the guidance of a page away, or with ``back`` bring it back."""
    account, name = account_of(request), request.POST.get("name", "")
    if name not in names():
        raise Http404
    kept = set(account.guidance_put_away) - {name}
    if "back" not in request.POST:
        kept.add(name)
    Account.objects.filter(pk=account.pk).update(guidance_put_away=sorted(kept))
    following = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(following if is_ours else "/")


@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """Say what the tour is, and let it begin or go on."""
    account = account_of(request)
    steps = steps_for(acting_of(request))
    context = {"is_offered": is_offered(account), "reached": account.tour_step, "total": len(steps)}
    return render(request, "web/tour.html", context)


@require_POST
def tour_step(request: HttpRequest) -> HttpResponse:
    """Lead to a step of the tour; without one end it."""
    account, steps = account_of(request), steps_for(acting_of(request))
    if not is_offered(account):
        raise Http404
    wanted = request.POST.get("step", "")
    place = int(wanted) if wanted.isdecimal() and len(wanted) < 3 else 0  # two digits
    step = place if 0 < place <= len(steps) else None
    Account.objects.filter(pk=account.pk).update(tour_step=step)
    return redirect("web:tour" if step is None else steps[step - 1].page)
