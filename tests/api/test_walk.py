"""The access walker for programs: every route, called by everybody who may not read."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import MadeToken
from tests.api.programs import Program
from tests.architecture import scene as cast
from tests.architecture.scene import EXERCISE, LIVE, Scene
from tests.architecture.walk import ROUTES, Machine, path_of

MACHINES = {name: one for name, one in ROUTES.items() if isinstance(one, Machine)}
OBJECTS = {name: one for name, one in MACHINES.items() if one.there is not None}
ASKING = {name: one for name, one in MACHINES.items() if one.asks is not None}
CHANGES = re.compile(r"gAAAA[\w=-]+")
"""A place in the events, sealed anew at each look."""


@pytest.fixture(params=[LIVE, EXERCISE])
def realm(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def people(realm: str) -> tuple[Account, Account]:
    cast.links()
    return cast.author(realm), cast.colleague(realm)


def strangers(realm: str) -> dict[str, Program]:
    """Programs of everybody who must not learn that anything is there."""
    cast.strangers(realm)
    found = Account.objects.filter(login__startswith="stranger")
    return {one.login: Program(one, realm=one.realm) for one in found}


def ask(program: Program, method: str, path: str, data: dict[str, Any]) -> HttpResponse:
    """Call a path, given as it stands in the URL map; what is said of it is its query, or its body."""
    short = path.removeprefix("/api/v1")
    return program.get(short, asked=data) if method == "get" else program.post(short, data)


def owners(scene: Scene, realm: str) -> dict[str, Program]:
    """Programs of those who may read what is there."""
    made = MadeToken(scene.token, scene.secret)
    return {
        "author": Program(scene.author, realm=realm),
        "colleague": Program(scene.colleague, realm=realm),
        "program": Program(scene.author, made=made),
    }


def absent(key: str) -> str:
    """Return a key, or a word, of what does not exist."""
    return "0" * len(key)


def seen(answer: HttpResponse, path: str) -> tuple[int, str]:
    """What an answer tells, without the path itself and places in the events."""
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, CHANGES.sub("*", body.decode()).replace(path, "…")


def looked(program: Program, name: str, said: str | dict[str, Any]) -> tuple[int, str]:
    """What a program is told that asks a route by a query or a body, which is undone."""
    path = path_of(name, MACHINES[name].args)
    with transaction.atomic():
        if isinstance(said, str):
            found = seen(ask(program, "get", f"{path}?{said}", {}), said)
        else:
            found = seen(ask(program, "post", path, said), path)
        transaction.set_rollback(True)
    return found


def test_those_who_may_are_answered(realm: str, people: tuple[Account, Account]) -> None:
    scene = cast.play(*people)
    programs = owners(scene, realm)
    for name, one in OBJECTS.items():
        assert one.there is not None
        program, data = programs[one.owner], one.data(scene)
        with transaction.atomic():  # what one route sends or throws away is there for the next
            there = ask(program, one.method, path_of(name, one.there(scene)), data)
            transaction.set_rollback(True)
        assert there.status_code in {200, 201, 202, 409, 422}, (name, there.content)
        absent = ask(program, one.method, path_of(name, one.absent), data)
        assert absent.status_code == 404, name


def test_to_a_strangers_program_what_is_there_is_like_what_does_not_exist(
    realm: str, people: tuple[Account, Account]
) -> None:
    programs, scene = strangers(realm), cast.play(*people)
    for who, program in programs.items():
        for name, one in OBJECTS.items():
            assert one.there is not None
            paths, data = (
                (path_of(name, one.there(scene)), path_of(name, one.absent)),
                one.data(scene),
            )
            for method in ("get", "post"):
                answers = [seen(ask(program, method, path, data), path) for path in paths]
                assert answers[0] == answers[1], f"{method} {name}, {who}"
            assert seen(ask(program, one.method, paths[0], data), paths[0])[0] == 404, (
                f"{name} {who}"
            )


def test_what_is_named_beside_an_address_is_to_strangers_like_what_does_not_exist(
    realm: str, people: tuple[Account, Account]
) -> None:
    programs, scene = strangers(realm), cast.play(*people)
    may = owners(scene, realm)
    for name, one in ASKING.items():
        assert one.asks is not None
        both = zip(one.asks(scene, str), one.asks(scene, absent), strict=True)
        for there, nothing in both:
            told = looked(may[one.owner], name, there)
            assert told != looked(may[one.owner], name, nothing), f"{name} {there}"
            for who, program in programs.items():
                answers = [looked(program, name, said) for said in (there, nothing)]
                assert answers[0] == answers[1], f"{name} {there}, {who}"


def test_what_one_may_not_read_changes_no_list(realm: str, people: tuple[Account, Account]) -> None:
    programs = strangers(realm)
    lists = {name: path_of(name, one.args) for name, one in MACHINES.items() if one.there is None}
    lists = {name: path for name, path in lists.items() if MACHINES[name].method == "get"}
    before = {
        (who, name): seen(ask(program, "get", path, {}), path)
        for who, program in programs.items()
        for name, path in lists.items()
    }
    scene = cast.play(*people)
    for (who, name), looked in before.items():
        after = seen(ask(programs[who], "get", lists[name], {}), lists[name])
        assert after == looked, f"{name}, {who}"
        assert not any(trace in after[1] for trace in scene.traces), f"{name}, {who}"


def test_without_a_token_no_route_is_answered(people: tuple[Account, Account]) -> None:
    scene = cast.play(*people)
    client = Client()
    client.force_login(people[0])
    for name, one in MACHINES.items():
        path = path_of(name, one.there(scene) if one.there is not None else one.args)
        for method in ("get", "post", "head", "put", "patch", "delete", "options"):
            answer = getattr(client, method)(path)
            assert answer.status_code == 401, f"{method} {name}"
            assert b"E-API-01" in answer.content or method == "head", f"{method} {name}"
