from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from borderliaison.ui import display, manifest
from borderliaison.ui.context import shell as shell_context
from borderliaison.ui.shell import (
    ClockKind,
    ClockZone,
    Exercise,
    LinkState,
    LinkWord,
    LiveAlert,
    MarkingLabels,
    NavItem,
    Shell,
    Theme,
)

NOW = datetime(2026, 5, 14, 15, 42, 8, tzinfo=UTC)
NAV = (NavItem("messages", "Messages", "/threads", "messages", 2, "2 unread", is_current=True),)


def page(shell: Shell, **cookies: str) -> str:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    request.COOKIES.update(cookies)
    request.frame = lambda: shell  # type: ignore[attr-defined]
    return render_to_string("ui/base.html", {}, request)


def post(view: Any, data: dict[str, str], **headers: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().post("/", data, headers={"host": "localhost"} | headers)
    answer = view(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_before_sign_in_there_is_no_office_no_name_and_no_count() -> None:
    html = render_to_string(
        "ui/base.html", {}, RequestFactory().get("/", headers={"host": "localhost"})
    )
    assert "rail-item" not in html
    assert "status-unread" not in html
    assert "LIVE" in html


def test_the_frame_says_realm_marking_and_office() -> None:
    marking = MarkingLabels(
        "For official use", is_open=False, handling=("H1",), audience="4 offices"
    )
    html = page(Shell(marking=marking, office="Border Liaison Office Bor-Dobo", nav=NAV))
    for words in ("LIVE", "For official use", "H1", "4 offices", "Border Liaison Office Bor-Dobo"):
        assert words in html
    assert 'aria-current="page"' in html
    assert "2 unread" in html


def test_an_exercise_is_said_in_the_title_the_band_the_header_and_the_status_bar() -> None:
    html = page(Shell(exercise=Exercise("Seal 2026", "22 May"), nav=NAV))
    assert '<html lang="en" dir="ltr" data-theme="system" data-realm="exercise"' in html
    assert "<title>EXERCISE · " in html
    assert "УЧЕНИЕ" in html
    assert html.count("EXERCISE") >= 5
    assert ">LIVE<" not in html


def test_a_live_alert_breaks_into_an_exercise_only() -> None:
    alert = LiveAlert("Lookout 0117", "/live")
    assert "live-alert" in page(Shell(exercise=Exercise("Seal 2026"), live_alert=alert))
    assert "live-alert" not in page(Shell(live_alert=alert))


def test_a_link_in_the_status_bar_is_said_in_words() -> None:
    html = page(Shell(links=(LinkState("Bishkek", LinkWord.DOWN, "down 44 min, 3 waiting"),)))
    assert "down 44 min, 3 waiting" in html


def test_clocks_say_their_zone() -> None:
    clock = ClockZone(ClockKind.LOCAL, "Bor-Dobo", "Asia/Bishkek")
    html = page(Shell(clocks=(clock,), now=NOW))
    assert "21:42:08" in html
    assert "Bor-Dobo UTC+6" in html


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Asia/Kolkata", "UTC+5:30"), ("America/St_Johns", "UTC-2:30"), ("UTC", "UTC+0")],
)
def test_an_offset_is_written_with_its_half_hours(zone: str, offset: str) -> None:
    assert ClockZone(ClockKind.LOCAL, "", zone).offset(NOW) == offset


def test_no_page_carries_styles_or_scripts_of_its_own() -> None:
    html = page(Shell(exercise=Exercise("Seal 2026"), nav=NAV))
    assert " style=" not in html
    assert "<style" not in html
    assert all("src=" in tag.split(">", 1)[0] for tag in html.split("<script")[1:])
    assert not any(f" {name}=" in html for name in ("onclick", "onload", "onsubmit"))


def test_scripts_are_told_never_to_evaluate_or_to_leave() -> None:
    html = page(Shell())
    for rule in ('"allowEval":false', '"selfRequestsOnly":true', '"includeIndicatorStyles":false'):
        assert rule in html


def test_the_theme_is_the_accounts_and_before_sign_in_the_browsers() -> None:
    assert 'data-theme="dark"' in page(Shell(theme=Theme.DARK))
    request = RequestFactory().get("/")
    request.COOKIES[display.THEME_COOKIE] = "dark"
    assert shell_context(request)["shell"].theme is Theme.DARK
    request.COOKIES[display.THEME_COOKIE] = "purple"
    assert shell_context(request)["shell"].theme is Theme.SYSTEM


def test_choosing_a_theme_keeps_it_and_goes_back() -> None:
    answer = post(display.set_theme, {"theme": "dark", "next": "/threads?page=2"})
    assert (answer.status_code, answer["Location"]) == (302, "/threads?page=2")
    assert answer.cookies[display.THEME_COOKIE].value == "dark"


def test_choosing_a_language_keeps_it_and_goes_back() -> None:
    answer = post(display.set_language, {"language": "ru", "next": "/threads"})
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ru"


@pytest.mark.parametrize(
    ("view", "data"),
    [(display.set_theme, {"theme": "purple"}), (display.set_language, {"language": "xx"})],
)
def test_an_unknown_choice_is_refused(view: Any, data: dict[str, str]) -> None:
    assert post(view, data).status_code == 400


def test_going_back_never_leaves_this_office() -> None:
    answer = post(display.set_theme, {"theme": "dark", "next": "//elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_choice_needs_a_post() -> None:
    assert display.set_theme(RequestFactory().get("/")).status_code == 405


def test_the_frame_speaks_russian() -> None:
    with translation.override("ru"):
        html = page(Shell(nav=NAV))
    assert 'lang="ru"' in html
    assert "РЕАЛЬНАЯ ОБСТАНОВКА" in html
    for english in ("Skip to", "Display", "Language", "Sign out", "This page"):
        assert english not in html


def test_a_missing_build_says_how_to_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(manifest, "BUILD", tmp_path)
    with pytest.raises(manifest.FrontEndNotBuilt, match="uv sync"):
        manifest.url("icons.svg")


def test_an_unknown_front_end_file_is_named() -> None:
    with pytest.raises(manifest.FrontEndNotBuilt, match=r"nowhere\.ts"):
        manifest.url("src/nowhere.ts")
