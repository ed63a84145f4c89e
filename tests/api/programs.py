"""Programs that work for officers, as the tests play them."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import MadeToken, NewToken, make_token

_keys: Iterator[int] = itertools.count()


class Program:
    """A program with a token of an officer.

    Args:
        account: whose token it has.
        may_write: whether it may write.
        realm: where it works.
        made: the token, where it was made before.
    """

    def __init__(
        self,
        account: Account,
        *,
        may_write: bool = True,
        realm: str = "live",
        made: MadeToken | None = None,
    ) -> None:
        if made is None:
            new = NewToken("case_system", "A case system", may_write=may_write, realm=realm)
            made = make_token(account, new, actor=account.officer_id)
        self.token, self.secret = made.token, made.secret
        self.client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    def get(
        self, path: str, *, asked: dict[str, Any] | None = None, **headers: str
    ) -> HttpResponse:
        """Ask for something."""
        return self.client.get(  # type: ignore[return-value]
            f"/api/v1{path}", query_params=asked, headers=self._headers(headers)
        )

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> HttpResponse:
        """Do something, under a key of its own unless one is named."""
        said = {"Idempotency-Key": key or f"call-{next(_keys)}"}
        return self.client.post(  # type: ignore[return-value]
            f"/api/v1{path}",
            data=json.dumps({} if body is None else body),
            content_type="application/json",
            headers=self._headers(said | headers),
        )

    def read(self, path: str) -> Any:
        """Return what is at an address."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.content.decode()
        return json.loads(answer.content)

    def do(self, path: str, body: Any = None) -> Any:
        """Do something that succeeds; return what was answered."""
        answer = self.post(path, body)
        assert answer.status_code in {200, 201, 202}, answer.content.decode()
        return json.loads(answer.content)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.secret}"} | named


def values_of(typed: dict[str, object]) -> dict[str, object]:
    """Return the fields of a form from what a browser posts, as a program sends them."""
    values: dict[str, object] = {}
    for name, said in typed.items():
        if name.startswith("cover."):
            continue
        field, _, part = name.partition(".")
        if part:
            values.setdefault(field, {})[part] = said  # type: ignore[index]
        else:
            values[field] = said
    return values
