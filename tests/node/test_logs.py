"""Logs are JSON, hold identifiers only, and every event is in the catalogue."""

import ast
import json
import logging
import re

import pytest
import structlog

from borderliaison.node import log_actions, logs
from tools.log_calls import log_calls


@pytest.fixture
def configured(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    logs.configure("test")
    yield capsys  # type: ignore[misc]
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.getLogger().handlers.clear()


def test_a_line_is_one_json_object_with_its_part_and_time(
    configured: pytest.CaptureFixture[str],
) -> None:
    logs.get("node").info("web.started", port=8400)
    line = json.loads(configured.readouterr().err)
    assert line["event"] == "web.started"
    assert line["part"] == "test"
    assert line["port"] == 8400
    assert line["timestamp"].endswith("Z")


def test_an_event_that_is_not_in_the_catalogue_cannot_be_logged(
    configured: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(logs.UndeclaredEventError):
        logs.get("node").info("made.up")


@pytest.mark.parametrize("key", ["password", "full_name", "text", "query", "hub_token"])
def test_what_may_hold_more_than_an_identifier_cannot_be_logged(
    configured: pytest.CaptureFixture[str], key: str
) -> None:
    with pytest.raises(logs.UndeclaredEventError):
        logs.get("node").info("web.started", **{key: "x"})


def test_an_exception_is_logged_by_its_class_and_place_without_its_words(
    configured: pytest.CaptureFixture[str],
) -> None:
    try:
        raise ValueError("A. Toktosunov")
    except ValueError as error:
        logs.get("node").error("part.crash", exc_info=error)
    written = configured.readouterr().err
    assert "Toktosunov" not in written
    assert json.loads(written)["error"] == "ValueError"


def test_the_words_of_a_library_are_left_out(configured: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("some.library").warning("A. Toktosunov said so")
    written = configured.readouterr().err
    assert "Toktosunov" not in written
    assert json.loads(written)["place"].startswith("some.library:")


def test_every_event_that_is_logged_is_in_the_catalogue_and_none_is_there_for_nothing() -> None:
    assert {call.event for call in log_calls()} == set(logs.EVENTS)


def test_every_field_that_is_logged_is_named_in_the_meaning_of_its_event() -> None:
    for call in log_calls():
        named = set(re.findall(r"`(\w+)`", logs.EVENTS[call.event]))
        assert set(call.fields) - {"exc_info"} <= named, f"{call.event} at {call.where}"


def test_no_log_call_carries_a_name_a_text_or_the_words_of_an_error() -> None:
    for call in log_calls():
        for field, value in call.fields.items():
            if field == "exc_info":  # reduced to its class and place
                continue
            if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "len":
                continue
            said = {getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(value)}
            assert not said & SAYING_MORE, f"{call.event}.{field} at {call.where}"


SAYING_MORE = {
    "args", "body", "content", "data", "draft", "full_name", "grounds", "label", "login", "message",
    "payload", "repr", "sentence", "str", "subject", "text", "title", "values", "words",
}  # fmt: skip
"""What holds more than an identifier, by the names under which the code knows it."""


def test_every_warning_and_every_error_says_what_to_do() -> None:
    alarming = {call.event for call in log_calls() if call.level in {"warning", "error"}}
    assert alarming == set(log_actions.ACTIONS)


def test_what_parts_report_stands_at_its_level(configured: pytest.CaptureFixture[str]) -> None:
    report = logs.reporter(logs.get("node"))
    report("part.ended", part="web", code=1)
    report("part.started", part="web", pid=1)
    lines = [json.loads(line) for line in configured.readouterr().err.splitlines()]
    assert [line["level"] for line in lines] == ["warning", "info"]
