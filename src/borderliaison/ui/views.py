"""The page that shows every component in all its states."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from borderliaison.ui import gallery
from borderliaison.ui.context import signed_out


def components(request: HttpRequest) -> HttpResponse:
    """Show the component library; ``?realm=exercise`` shows it inside an exercise."""
    in_exercise = request.GET.get("realm") == "exercise"
    sample_shell = gallery.shell(signed_out(request), exercise=in_exercise)
    context = {**gallery.samples(), "shell": sample_shell}
    with timezone.override(ZoneInfo("Asia/Bishkek")):
        return render(request, "ui/components.html", context)
