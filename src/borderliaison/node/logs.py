"""Structured logs: one JSON object a line on stderr. Identifiers only, never a name, text or query.

Every event that the node itself logs is in ``EVENTS``; what is not there cannot be logged, and
``docs/reference/logs.md`` is written from it.
"""

import logging
import re
import sys
from collections.abc import Callable
from typing import Any, Final

import structlog
from structlog.typing import EventDict, WrappedLogger

from borderliaison.exchange import events as exchange

EVENTS: Final = {
    "serve.started": "The supervisor is up; `parts` says what it runs.",
    "serve.stopping": "A stop was asked for, by `signal`.",
    "serve.stopped": "Every part has ended.",
    "part.started": "`part` began with process id `pid`.",
    "part.not_started": "`part` could not be executed: the system said `errno`. It is tried again.",
    "part.ready": "`part` answers, `after_ms` after its start.",
    "part.ended": "`part` ended with `code` (negative: the signal) without being asked to.",
    "part.restarting": "`part` is started again in `delay_s` seconds.",
    "part.silent": "`part` gave no sign of life at `looks` looks in a row, for minutes; it is ended and"
    " started again.",
    "part.not_kept": "Keeping `part` up failed (`error` at `where`): all parts are ended.",
    "part.stopped": "`part` ended because it was asked to.",
    "part.killed": "`part` did not end within `limit_s` seconds and was killed.",
    "web.started": "Pages are served on `port`.",
    "stream.opened": "An officer's page listens to the feed; `streams` are open.",
    "stream.closed": "It no longer does; `reason` says why.",
    "feed.failed": "The feed could not be read (`error`); it is tried again.",
    "metrics.refused": "Somebody asked for the figures without their token.",
    "metrics.unsafe_token": "`keys/metrics.token` may be read by others, or is too short:"
    " the figures stay closed.",
    "worker.started": "The worker runs.",
    "records.started": "The part that draws records from reports runs.",
    "records.not_drawn": "The report `item` could not be drawn into the records, for `code` (`error` at"
    " `where`); it is passed over.",
    "records.failed": "Drawing records was refused by the database (`error` at `where`); it is tried again"
    " in `retry_s` seconds.",
    "files.reworking_died": "The process that opened a file of this `kind` ended with `status`: the file"
    " was refused.",
    "printing.ended": "The process that set a PDF was ended with `status`, its time or memory over: the"
    " officer was asked to print less.",
    "printing.refused": "The template refused what it was given (`status`): nothing was printed.",
    "job.started": "`job` began.",
    "job.done": "`job` did what it is for.",
    "job.failed": "`job` failed with `code` (`error` at `where`); it is tried again.",
    "part.crash": "This part ended with `error` at `where`.",
    "library.said": "A library logged a warning at `place`; its words are left out.",
    **exchange.EVENTS,
}
"""What can be logged, and what it means: the node's own events and those of the packages."""

WARNED: Final = frozenset(
    {
        "part.ended",
        "part.killed",
        "part.not_kept",
        "part.not_started",
        "part.silent",
        "feed.failed",
        "metrics.refused",
        "metrics.unsafe_token",
    }
)
"""What parts report as an event and its ids only, and stands in the log as a warning."""

_SECRET_LOOKING: Final = re.compile(r"password|secret|token|name|text|query|body|payload", re.I)
_LEVELS: Final = {"debug": 10, "info": 20, "warning": 30, "error": 40}


class UndeclaredEventError(Exception):
    """Code logged an event, or a key, that the catalogue does not know."""


def configure(part: str, level: str = "info") -> None:
    """Send this process's logs to stderr as JSON.

    Args:
        part: which part of the node this process is; it stands on every line.
        level: ``debug``, ``info``, ``warning`` or ``error``.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _say_where,
            _keep_to_the_catalogue,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(part=part)
    logging.basicConfig(handlers=[_Quiet()], level=logging.WARNING, force=True)


def get(package: str) -> Any:
    """Return the logger of a package."""
    return structlog.get_logger(package=package)


def reporter(log: Any) -> Callable[..., None]:
    """Return what writes a reported event and its ids at its level."""

    def report(event: str, **ids: Any) -> None:
        method = log.warning if event in WARNED else log.info
        method(event, **ids)

    return report


def where(error: BaseException) -> str:
    """Return the file and line where an error arose: what may be logged of a traceback."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "?"
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rpartition('borderliaison/')[2]}:{trace.tb_lineno}"


def _say_where(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its class and place; its words may hold what may not be logged."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"], event["where"] = type(error).__name__, where(error)
    return event


def _keep_to_the_catalogue(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if event["event"] not in EVENTS:
        raise UndeclaredEventError(str(event["event"]))
    for key in event:
        if _SECRET_LOOKING.search(key):
            raise UndeclaredEventError(f"{event['event']}: {key}")
    return event


class _Quiet(logging.Handler):
    """What libraries log: the logger, the level and the place, never the words."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger(package=record.name.partition(".")[0]).log(
            record.levelno,
            "library.said",
            place=f"{record.name}:{record.lineno}",
            **({"error": type(error).__name__, "where": where(error)} if error else {}),
        )
