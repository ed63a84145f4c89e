"""The description of the interface, held against the interface: schemathesis calls every address.

``API_EXAMPLES`` says how many calls of each kind are made (``make api-fuzz`` makes many).
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from borderliaison.accounts.models import Account
from borderliaison.api.interface import described
from borderliaison.cli import Exit, run
from tests.accounts.people import signed_in
from tests.api.programs import Program
from tests.correspondence.cast import begin_draft, sent_lookout, sent_request

EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
NO_SIGNS = str.maketrans("/{} ", "----")


def test_the_file_and_the_page_say_what_the_interface_is(
    officer: Account,
    node_directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BLO_NODE", str(node_directory))
    assert run(["api", "schema"]) == Exit.DONE
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(signed_in(officer).get("/api/openapi.json").content)
    assert printed["openapi"].startswith("3.1")
    assert len(printed["paths"]) > 20


def test_every_address_names_its_refusals_and_what_changes_something_its_key() -> None:
    for path, methods in described()["paths"].items():
        for method, said in methods.items():
            refused = said["responses"]["default"]["content"]
            assert list(refused) == ["application/problem+json"], path
            named = [one["name"] for one in said.get("parameters", ())]
            assert ("Idempotency-Key" in named) == (method == "post"), path
            assert said["security"] == [{"OfficerToken": []}], path


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the connection of the test open after each call, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Office:
    """What is there to be called for: a request, a lookout, a draft and a chart."""

    def __init__(self, officer: Account) -> None:
        self.program = Program(officer)
        item, self.request = sent_lookout(officer), sent_request(officer)
        self.items = [item.key, self.request.key]
        self.threads = [item.thread.key, self.request.thread.key]
        self.draft = begin_draft(signed_in(officer)).key
        self.chart = self.program.do("/charts", {"name": "Lorry"})["key"]

    def key_for(self, path: str, number: int) -> str:
        """Return a key of what is there for every second call, else of what is not."""
        if number % 2:
            return "0" * 32
        if "/drafts/" in path:
            return self.draft
        if "/charts/" in path:
            return self.chart
        if "/threads/" in path:
            return self.threads[number // 2 % 2]
        return self.request.key if "/requests/" in path else self.items[number // 2 % 2]


@pytest.mark.timeout(3600)  # as long as many examples take
def test_whatever_is_sent_the_answer_is_as_described(officer: Account) -> None:
    office, schema = Office(officer), schemathesis.openapi.from_dict(described())
    schema.app = get_wsgi_application()
    with one_connection():
        for path, methods in described()["paths"].items():
            for method in methods:
                call_often(office, schema[path][method.upper()])


def call_often(office: Office, operation: Any) -> None:
    """Call one address with whatever its description allows, as often as was said."""
    path, is_post = operation.path, operation.method.upper() == "POST"
    calls = iter(range(10**9))

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy())
    def call(case: Case) -> None:
        number = next(calls)
        headers: dict[str, Any] = {"Authorization": f"Bearer {office.program.secret}"}
        if is_post:
            headers["Idempotency-Key"] = f"{operation.label}-{number}".translate(NO_SIGNS)[-64:]
        if "key" in (case.path_parameters or {}):
            case.path_parameters["key"] = office.key_for(path, number)
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()
