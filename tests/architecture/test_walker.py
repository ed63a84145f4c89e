"""The access walker: every route and every kind of event, visited by everybody who may not read.

To a stranger what is there and what does not exist are one: 404, no count, no hint.
"""

import ast
import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client

import borderliaison
from borderliaison.accounts.headers import SECURITY_HEADERS
from borderliaison.accounts.middleware import OPEN
from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.services import links
from borderliaison.feed import services as feed
from borderliaison.feed.stream import Fanout, Told
from borderliaison.files.models import Blob
from borderliaison.kernel.marking import Audience
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import LIVE as LIVE_REALM
from borderliaison.markings.models import MarkedModel, MarkedQuerySet
from borderliaison.markings.services import forget, readable_ids
from borderliaison.web import asgi
from tests.accounts.people import officer, signed_in
from tests.architecture import scene as cast
from tests.architecture.scene import EXERCISE, LIVE, Scene
from tests.architecture.walk import (
    EVENTS,
    ROUTES,
    Machine,
    Object,
    Open,
    Plain,
    path_of,
    route_names,
)
from tests.charts.cast import looking
from tests.correspondence.cast import network
from tests.correspondence.letters import MARKING, message
from tests.printing.samples import pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
SOURCE = Path(borderliaison.__file__).parent
METHODS = ("get", "post", "head", "put", "patch", "delete", "options")
if settings.NODE.database_url != "sqlite":
    METHODS = METHODS[:2]  # by the others a view asks the database nothing else, if it asks at all
OBJECTS = {name: one for name, one in ROUTES.items() if isinstance(one, Object)}
PLAIN = {name: one for name, one in ROUTES.items() if isinstance(one, Plain)}

CHANGES = re.compile(
    r"/events\?after=[\w=-]+"  # a place in the feed, sealed anew at each look
    r"|\"after\": \"[\w=-]+\""  # likewise
    r"|\"(since|until)\": \d+"
    r"|[A-Za-z0-9]{64}"  # tokens against forged requests
    r"|\d{4}-\d\d-\d\dT[\d:.+-]+"
    r"|\d\d:\d\d(:\d\d)?"
    r"|\d+ min\b|data-digest=\"\w+\""
    r"|otpauth://[^\"]+|data:image/svg[^\"]+|[A-Z2-7]{32}"  # a new secret at each look
    r"|\"challenge\": \"[^\"]+\""
)
"""What differs between two looks at the same page."""


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    cast.links()
    forget()
    yield
    forget()


@pytest.fixture(params=[LIVE, EXERCISE])
def realm(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def people(realm: str) -> tuple[Account, Account]:
    return cast.author(realm), cast.colleague(realm)


@pytest.fixture
def strangers(realm: str, people: tuple[Account, Account]) -> dict[str, Client]:
    """Those who may not read; they say for what they look, for what is told for a purpose only."""
    return {who: looking(client) for who, client in cast.strangers(realm).items()}


@pytest.fixture
def scene(people: tuple[Account, Account]) -> Scene:
    return cast.play(*people)


def seen(response: HttpResponse) -> tuple[int, str, str]:
    """What an answer tells: its status, where it leads, and its text without clocks and tokens."""
    body = b"".join(response)  # type: ignore[arg-type]
    is_paper = response.headers.get("Content-Type") == "application/pdf"
    text = "".join(pages_of(body)) if is_paper else body.decode(errors="replace")
    return response.status_code, response.headers.get("Location", ""), CHANGES.sub("*", text)


def ask(client: Client, method: str, path: str, data: dict[str, Any]) -> tuple[int, str, str]:
    """Ask for a path, and leave the path itself out of what the answer tells."""
    arguments = {"data": data} if method in {"get", "post"} else {}
    status, location, text = seen(getattr(client, method)(path, **arguments))
    return status, location, text.replace(path, "…") if len(path) > 1 else text


def differences(one: tuple[int, str, str], other: tuple[int, str, str]) -> list[str]:
    """Return the lines in which two answers differ."""
    lines = [f"{status} {location}\n{text}".splitlines() for status, location, text in (one, other)]
    return [line for line in unified_diff(*lines, lineterm="", n=0) if line[:2] != "@@"]


def gives_away(scene: Scene, text: str) -> list[str]:
    """Return what of the scene stands in a text."""
    return [trace for trace in scene.traces if trace.casefold() in text.casefold()]


def test_every_route_is_described() -> None:
    assert sorted(set(route_names()) - set(ROUTES)) == []
    assert sorted(set(ROUTES) - set(route_names())) == []


def test_what_is_open_is_what_the_gate_lets_through() -> None:
    assert {name for name, one in ROUTES.items() if isinstance(one, Open)} == OPEN
    assert set(asgi.ROUTES) == {"/events", "/healthz", "/metrics"}


def test_every_marked_model_has_a_row_in_the_scene(scene: Scene) -> None:
    for model in apps.get_models():
        if issubclass(model, MarkedModel):
            assert model.objects.as_system("test").exists(), model.__name__


def test_those_who_may_are_answered(scene: Scene) -> None:
    clients = {owner: signed_in(getattr(scene, owner)) for owner in ("author", "colleague")}
    for name, described in OBJECTS.items():
        client, data = clients[described.owner], described.data(scene)
        there, absent = path_of(name, described.there(scene)), path_of(name, described.absent)
        assert ask(client, described.method, absent, data)[0] == 404, name
        assert ask(client, described.method, there, data)[0] in {200, 204, 302, 409}, name


@pytest.mark.timeout(600)  # every route by every method, for each stranger
def test_to_a_stranger_what_is_there_is_like_what_does_not_exist(
    scene: Scene, strangers: dict[str, Client]
) -> None:
    held = list(Blob.objects.values_list("pk", "wanted_at"))
    for who, client in strangers.items():
        for name, described in OBJECTS.items():
            there, absent = path_of(name, described.there(scene)), path_of(name, described.absent)
            data = described.data(scene)
            assert described.method in METHODS, name
            for method in METHODS:
                answers = [ask(client, method, path, data) for path in (there, absent)]
                assert answers[0][0] == 404 or method != described.method, f"{name}, {who}"
                assert answers[0] == answers[1], f"{method} {name}, {who}"
                assert answers[0][1] == "", f"{method} {name}, {who}"
                assert gives_away(scene, answers[0][2]) == [], f"{method} {name}, {who}"
    assert list(Blob.objects.values_list("pk", "wanted_at")) == held


def test_a_file_in_a_draft_is_nothing_to_whoever_reads_what_its_officer_sends(scene: Scene) -> None:
    client = signed_in(scene.colleague)
    of_files = {name: one for name, one in OBJECTS.items() if name.startswith("files:")}
    in_a_draft = replace(scene, file=scene.own_file)
    for name, described in of_files.items():
        there = path_of(name, described.there(in_a_draft))
        assert ask(client, described.method, there, described.data(scene))[0] == 404, name


def plain_looks(client: Client) -> dict[str, tuple[int, str, str]]:
    """Return what each plain page tells, however it is asked."""
    looked = {}
    for name, described in PLAIN.items():
        path = path_of(name, described.args)
        for query in ("", *described.queries):
            looked[f"{name}?{query}"] = seen(client.get(f"{path}?{query}" if query else path))
        for data in described.posts:
            looked[f"{name} {data}"] = seen(client.post(path, data))
    return looked


def test_what_one_may_not_read_changes_no_page(
    people: tuple[Account, Account], strangers: dict[str, Client]
) -> None:
    # The board counts by hours: none may begin between the two looks.
    with time_machine.travel(datetime.now(UTC), tick=False):
        before = {who: plain_looks(client) for who, client in strangers.items()}
        scene = cast.play(*people)
        afterwards = {who: plain_looks(client) for who, client in strangers.items()}
    for who, looks in afterwards.items():
        for look, after in looks.items():
            assert gives_away(scene, after[2]) == [], f"{look}, {who}"
            if not PLAIN[look.partition("?")[0].partition(" ")[0]].figures:
                assert differences(before[who][look], after) == [], f"{look}, {who}"


@pytest.mark.parametrize("route", ["correspondence:register", "correspondence:register_table"])
def test_the_walk_would_notice_a_line_of_a_register_that_one_may_not_read(
    people: tuple[Account, Account],
    strangers: dict[str, Client],
    monkeypatch: pytest.MonkeyPatch,
    route: str,
) -> None:
    def looks() -> dict[str, tuple[int, str, str]]:
        how, path = ("post" if PLAIN[route].posts else "get"), path_of(route, ())
        return {
            who: seen(getattr(one, how)(path, {"way": "out"})) for who, one in strangers.items()
        }

    monkeypatch.setattr(MarkedQuerySet, "readable_by", lambda rows, _: rows.as_system("a leak"))
    before = looks()
    cast.play(*people)
    assert looks() != before


@pytest.mark.parametrize("role", ["liaison", "duty", "analyst", "observer"])
def test_figures_of_the_node_are_for_the_head_of_the_office_alone(
    people: tuple[Account, Account], realm: str, role: str
) -> None:
    before = {
        (who, name): (client, seen(client.get(path_of(name, described.args))))
        for who, client in cast.strangers(realm, role).items()
        for name, described in PLAIN.items()
        if described.figures
    }
    cast.play(*people)
    for (who, name), (client, looked) in before.items():
        after = seen(client.get(path_of(name, PLAIN[name].args)))
        assert differences(looked, after) == [], f"{name}, {role}, {who}"


def test_the_walk_would_notice_a_count_of_what_one_may_not_read(
    people: tuple[Account, Account], strangers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("borderliaison.web.shell.links_known_to", lambda _: links())
    before = {who: seen(client.get("/messages/")) for who, client in strangers.items()}
    cast.play(*people)
    for who, client in strangers.items():
        assert differences(before[who], seen(client.get("/messages/"))) != [], who


def test_the_walk_would_notice_what_one_may_read(people: tuple[Account, Account]) -> None:
    client = signed_in(people[1])
    before = seen(client.get("/messages/"))
    scene = cast.play(*people)
    after = seen(client.get("/messages/"))
    assert after != before
    assert gives_away(scene, after[2])


def test_the_walk_would_notice_a_page_that_asks_nobody(
    scene: Scene, strangers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MarkedQuerySet, "readable_by", lambda rows, _: rows.as_system("a leak"))
    path = path_of("correspondence:thread", (scene.item.thread.key,))
    for client in strangers.values():
        status, _, text = ask(client, "get", path, {})
        assert status == 200
        assert gives_away(scene, text)


def test_whoever_is_not_quite_signed_in_reaches_nothing(scene: Scene) -> None:
    for who, client in cast.halfway().items():
        for name, described in ROUTES.items():
            if isinstance(described, Open | Machine) or (who, name) in HALFWAY_THERE:
                continue
            args = described.there(scene) if isinstance(described, Object) else described.args
            for method in METHODS:
                status, location, text = ask(client, method, path_of(name, args), {})
                assert status == 302, f"{method} {name}, {who}"
                assert location.startswith(("/sign-in", "/me/begin")), f"{method} {name}, {who}"
                assert text == "", f"{method} {name}, {who}"


HALFWAY_THERE = {
    ("without a second step", name)
    for name in (
        "account_change_password",
        "account_reauthenticate",
        "accounts_begin",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    )
}
"""How an officer without a second step adds one."""


def test_a_live_alert_breaks_into_an_exercise_for_those_who_may_read_it_only() -> None:
    reader = cast.colleague(EXERCISE)
    others = cast.strangers(EXERCISE)
    others.pop("in the other realm")  # he is in live work: the alert is no alert to him

    marking = replace(MARKING, audience=Audience.of(("KG-BDB", "KG-BOR"), ("KG-DST", "*")))
    receive_item(message("Vermilion", lane=Lane.URGENT, marking=marking))
    for path in ("/me", "/live-alert/"):
        assert "live-alert" in signed_in(reader).get(path).content.decode()
        for who, client in others.items():
            alert = client.get(path).content.decode().replace("/live-alert/", "")
            assert "live-alert" not in alert, who


def heard_by(reader: Reader, wake: Path, live: Reader | None = None) -> list[Told]:
    """Return what ``/events`` tells this reader of everything that happened."""

    async def listen() -> list[Told]:
        thread = ThreadPoolExecutor(1)
        fanout = Fanout[Reader](readable_ids, thread, wake, pytest.fail)
        heard: list[Told] = []

        async def keep() -> None:
            async for told in fanout.listen(reader, 0, live):
                heard.append(told)

        listening = asyncio.create_task(keep())
        while not fanout.listeners:
            await asyncio.sleep(0.01)
        fanout.hang_up()
        await listening
        await asyncio.get_running_loop().run_in_executor(thread, connections.close_all)
        thread.shutdown()
        return heard

    return asyncio.run(listen())


@pytest.mark.django_db(transaction=True)
def test_the_stream_tells_strangers_nothing(
    scene: Scene, strangers: dict[str, Client], tmp_path: Path
) -> None:
    for kind, is_marked in EVENTS.items():
        feed.announce(kind, scene.item.thread.key, scene.item.marking_id if is_marked else None)
    marked = {kind for kind, is_marked in EVENTS.items() if is_marked}
    told = heard_by(scene.colleague.reader(), tmp_path / "feed.sock")
    assert {one.kind for one in told} == set(EVENTS)
    for account in Account.objects.filter(login__startswith="stranger"):
        told = heard_by(account.reader(), tmp_path / "feed.sock")
        assert {one.kind for one in told} == set(EVENTS) - marked, account.login


@pytest.mark.django_db(transaction=True)
def test_of_live_work_the_stream_of_an_exercise_tells_that_there_is_an_alert_and_no_more(
    tmp_path: Path,
) -> None:
    wake = tmp_path / "feed.sock"
    scene = cast.play(cast.author(LIVE), cast.colleague(LIVE))
    for kind, is_marked in EVENTS.items():
        feed.announce(kind, scene.item.thread.key, scene.item.marking_id if is_marked else None)
    plain = {kind for kind, is_marked in EVENTS.items() if not is_marked}
    player = officer("player", role="head", realm=EXERCISE)
    told = heard_by(player.reader(), wake, player.reader(LIVE_REALM))
    assert {one.kind for one in told} == {*plain, "live_alert"}
    assert {one.subject for one in told if one.kind == "live_alert"} == {""}
    cast.strangers(EXERCISE)
    for account in Account.objects.filter(login__startswith="stranger", realm=EXERCISE):
        told = heard_by(account.reader(), wake, account.reader(LIVE_REALM))
        assert {one.kind for one in told} == plain, account.login


@pytest.mark.django_db(transaction=True)
def test_of_an_exercise_the_stream_of_live_work_tells_nothing(tmp_path: Path) -> None:
    scene = cast.play(cast.author(EXERCISE), cast.colleague(EXERCISE))
    for kind, is_marked in EVENTS.items():
        feed.announce(kind, scene.item.thread.key, scene.item.marking_id if is_marked else None)
    plain = {kind for kind, is_marked in EVENTS.items() if not is_marked}
    told = heard_by(scene.colleague.reader(LIVE_REALM), tmp_path / "feed.sock")
    assert {one.kind for one in told} == plain


def kinds_announced() -> Iterator[tuple[str, bool]]:
    """Yield the kind of each event that the code announces, and whether with a marking."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "announce":
                kind = node.args[0]
                marked = len(node.args) > 2 or any(one.arg == "marking_id" for one in node.keywords)
            elif name == "announce_all" and path != SOURCE / "feed" / "services.py":
                each = getattr(node.args[0], "elt", None)
                assert isinstance(each, ast.Tuple), f"{path.name}: say each in the call itself"
                kind, marked = each.elts[0], True
            else:
                continue
            assert isinstance(kind, ast.Constant), f"{path.name}: say the kind in the call itself"
            yield str(kind.value), marked


def test_every_kind_of_event_is_described() -> None:
    announced = set(kinds_announced())
    assert {kind for kind, _ in announced} == set(EVENTS)
    for kind, marked in announced:
        assert marked == EVENTS[kind], kind


def test_what_is_served_beside_django_carries_the_same_headers() -> None:
    async def answered(path: str) -> dict[str, str]:
        sent: list[dict[str, Any]] = []

        async def send(part: Any) -> None:
            sent.append(part)

        async def receive() -> dict[str, str]:
            return {"type": "http.disconnect"}

        app = asgi.Application(Path("unused"), lambda *_, **__: None, None)  # type: ignore[arg-type]
        await app({"type": "http", "method": "POST", "path": path, "headers": []}, receive, send)
        return {name.decode(): value.decode() for name, value in sent[0]["headers"]}

    headers = asyncio.run(answered("/events"))
    for name, value in SECURITY_HEADERS.items():
        assert headers.get(name.lower()) == value, name
