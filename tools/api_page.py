"""``docs/reference/api.md``: every address for programs, from the description that the node serves."""

from typing import Any

import django
from django.apps import apps

from tools.throwaway import make_node

_HEAD = """Everything below `/api/v1/` is for programs. How to begin: [let a program work for
you](../howto/programs.md). The same as OpenAPI 3.1: `blo api schema`, or `/api/openapi.json` for
whoever is signed in.

- **Token.** `Authorization: Bearer blo_…`, made under *Me* or by `blo user token add`: for one
  officer, one purpose, one realm, for reading or for writing too, with an end. No cookie is read or
  set.
- **Reading** is the officer's: what he may not read is answered like what does not exist. Nothing
  here authorises: what crosses a border waits for a second officer on his page, and `held` names
  the offices.
- **Audit.** Each call leaves a line with the token, its purpose, the route and the status.
- **Doing once.** Each `POST` needs an `Idempotency-Key` (1 to 64 of `A-Za-z0-9_-`), new for each
  call. For 24 hours the same key with the same body is answered as before, with
  `Idempotency-Replayed: true`; with another body it is refused. The answer commits with the effect.
  What was refused changed nothing and may be tried again.
- **Refusals** are `application/problem+json` (RFC 9457) with `code`, a sentence in the language of
  `Accept-Language` as `title`, and `errors` with the place of each thing that is wrong.
- **Limits.** 60 calls at once, then 2 a second for each token; then `429` with `Retry-After`. One
  export and one measurement at a time for each token. A body has at most 1 MiB (CAP 256 KiB,
  charts 8 MiB, files 30 MB), then `413`. Values of forms have no numbers with a point.
- **Pages** of lists go on after `next`. `GET` answers carry an `ETag`; with `If-None-Match` what is
  held already is not sent again.
- **Events.** `GET /events` is asked again and again with `after`; with `Accept: text/event-stream`
  the same comes as a stream (server-sent events), at most 12 for each officer. Events say what
  changed, never what it says.
- **Values** of a form are given as one would type them (`"2026-05-14 22:00"`, office time) or as
  they are kept (`{"local", "zone", "utc"}`); what each kind of field takes stands in
  [forms](forms.md).
"""


def api_page(written: str) -> str:
    """Return the page of all addresses.

    Args:
        written: the line that says that the page is written by a program.
    """
    _start_django()
    from borderliaison.api.errors import ApiError  # noqa: PLC0415  # likewise
    from borderliaison.api.interface import described  # noqa: PLC0415  # needs Django
    from borderliaison.api.problems import refusals  # noqa: PLC0415  # likewise
    from borderliaison.api.routes.events import KINDS  # noqa: PLC0415  # likewise

    found = described()
    lines = ["# The interface for programs", written, "", *_HEAD.splitlines(), ""]
    lines += ["| | address | scope | what it does |", "|---|---|---|---|"]
    for path, methods in found["paths"].items():
        for method, said in methods.items():
            scope = "write" if method == "post" else "read"
            lines.append(f"| {method.upper()} | `{path}` | {scope} | {_what(said)} |")
    lines += ["", "## Events", "", "| kind | what it tells |", "|---|---|"]
    lines += [f"| `{kind}` | {said} |" for kind, said in KINDS.items()]
    lines += ["", "## How a call is refused", ""]
    lines += ["Other codes are those that a page shows for the same; their sentence says why.", ""]
    lines += ["| code | status | sentence |", "|---|---|---|"]
    own = (one for one in refusals().values() if issubclass(one, ApiError))
    for one in sorted(own, key=lambda one: one.code):
        sentence = " ".join((one.__doc__ or "").partition("\n\n")[0].split())
        lines.append(f"| `{one.code}` | {one.status.value} | {sentence} |")
    lines += ["", "## What is answered and taken", ""]
    for name, shape in sorted(found["components"]["schemas"].items()):
        if "properties" in shape:
            named = " ".join(f"`{one}`" for one in shape["properties"])
            about = " ".join(shape.get("description", "").split()).replace("``", "`")
            lines += [f"- **{name}**: {about} {named}"]
    return "\n".join(lines) + "\n"


def _what(said: dict[str, Any]) -> str:
    return " ".join(said["description"].split()).replace("``", "`")


def _start_django() -> None:
    """Start Django on a node that is thrown away, where none is started."""
    if not apps.ready:
        make_node()
        django.setup()
