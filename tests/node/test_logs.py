"""Logs are JSON, hold identifiers only, and every event is in the catalogue."""

import ast
import json
import logging
from pathlib import Path

import pytest
import structlog

from borderliaison.node import logs

SOURCE = Path(logs.__file__).parents[1]
LEVELS = {"debug", "info", "warning", "error", "exception"}


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


def test_every_event_that_the_node_logs_is_in_the_catalogue() -> None:
    said = set()
    for package in ("node", "web", "exchange"):
        for path in (SOURCE / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    name = getattr(node.func, "attr", "")
                    first = node.args[0]
                    if name in LEVELS | {"_report", "report"} and isinstance(first, ast.Constant):
                        said.add(first.value)
    assert said <= set(logs.EVENTS)
    assert set(logs.EVENTS) - said <= {"library.said", "feed.failed"}
