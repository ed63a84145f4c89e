"""``docs/howto/programs.md`` as it is written: its Python against a real server."""

import re
from pathlib import Path
from typing import Any

import pytest

from borderliaison.api.interface import described
from borderliaison.api.problems import refusals
from borderliaison.api.routes.events import KINDS
from borderliaison.correspondence.models import Item
from tests.api.programs import Program, values_of
from tests.architecture.walk import EVENTS
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


PAGES = (PAGE, PAGE.with_name("open-in-qgis.md"), PAGE.with_name("records-in-and-out.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_address_and_every_code_of_a_page_is_one_of_the_interface(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = {path.removeprefix("/api/v1") for path in described()["paths"]}
    named = re.findall(r"/api/v1(/[a-z]+)", text)
    if page == PAGE:
        named += re.findall(r"`(?:GET |POST )?(/[a-z]+)[/?`{]", text)
    for said in named:
        assert any(one == said or one.startswith(f"{said}/") for one in known), said
    assert set(re.findall(r"E-[A-Z]{3}-\d\d", text)) <= refusals().keys()


def test_the_page_names_every_kind_of_event_and_they_are_those_of_the_feed() -> None:
    assert KINDS.keys() == EVENTS.keys()
    told = PAGE.read_text(encoding="utf-8").partition("## Follow what happens")[2]
    assert all(f"`{kind}`" in told.partition("\n## ")[0] for kind in KINDS)
