"""``docs/howto/programs.md`` as it is written: its Python against a real server."""

import re
from pathlib import Path
from typing import Any

import pytest

from borderliaison.correspondence.models import Item
from tests.api.programs import Program, values_of
from tests.correspondence.cast import liaison, lookout, network

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "programs.md"


def code() -> dict[str, Any]:
    """Run the page's Python; return what it defines."""
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(block, str(PAGE), "exec"), names)  # noqa: S102  # our own page
    return names


@pytest.mark.django_db(transaction=True)
def test_the_python_of_the_page_sends_a_lookout(live_server: Any) -> None:
    network()
    program, names = Program(liaison()), code()
    server = live_server.url.replace("127.0.0.1", "localhost")
    values = values_of(lookout(category=["Security"]))
    number, held = names["send_lookout"](server, program.secret, values, ["KG-DST", "UZ-DUS"])
    item = Item.objects.as_system("test").get()
    assert (item.content["number"], held) == (number, ["UZ-DUS"])
    del values["grounds"]
    with pytest.raises(SystemExit, match="grounds"):
        names["send_lookout"](server, program.secret, values, ["KG-DST"])
    with pytest.raises(SystemExit, match="E-API-03"):
        names["call"](server, program.secret, "/items/" + "0" * 32)


def test_every_address_of_the_page_is_one_of_the_interface() -> None:
    text = PAGE.read_text(encoding="utf-8")
    from borderliaison.api.interface import described

    known = {path.removeprefix("/api/v1") for path in described()["paths"]}
    for said in re.findall(r"/api/v1(/[a-z]+)", text):
        assert any(one == said or one.startswith(f"{said}/") for one in known), said
