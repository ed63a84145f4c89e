"""The stage that is pictured: the demo after its play, and what else an office's day has.

Run as ``python -m tools.pictures.stage FOLDER``: makes it, writes ``stage.json``, stays until SIGTERM.
"""

import asyncio
import json
import signal
import sys
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw

from borderliaison.node.config import NodeConfig
from borderliaison.node.demo import play as script
from borderliaison.node.demo.build import SignIn, Stage, _blo, build
from borderliaison.node.demo.cast import (
    BISHKEK,
    BOR_DOBO,
    DOSTUK,
    DUSTLIK,
    OFFICES,
    OSH,
    DemoOfficer,
)
from borderliaison.node.demo.officer import Officer
from borderliaison.node.demo.ports import Ports, choose_ports
from borderliaison.node.demo.proof import Proof
from borderliaison.node.demo.running import running
from borderliaison.node.demo.steps import Steps

FACTS: Final = "stage.json"
READY: Final = "stage.ready"
EXERCISE: Final = "seal-2026"
PLAYING: Final = (BOR_DOBO, DOSTUK, BISHKEK, DUSTLIK)
NEWCOMER: Final = "newcomer"
PASSWORD: Final = "amber-basalt-cedar-delta-ember"  # noqa: S105  # of an invented officer
LONG: Final = {
    "subject": "White articulated lorry with a refrigerated semi-trailer, near Sary-Tash",
    "description": "Registered to a transport company in Almaty, seen twice at night on the road from"
    " the pass; the seal is new and the tyres are not those of the papers. Two drivers, one of whom"
    " left the cab before the weighbridge.",
    "urgency": "Immediate",
    "severity": "Extreme",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pictures need to know of the stage.

    Attributes:
        folder: where the nodes are.
        sign_ins: by login: url, password and the secret of the app, which may be empty.
        paths: of what was made, by a name of ours.
    """

    folder: str
    sign_ins: dict[str, dict[str, str]]
    paths: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> "Facts":
        """Read what ``stage.json`` holds."""
        return cls(**json.loads((folder / FACTS).read_text(encoding="utf-8")))

    def officer(self, login: str) -> Officer:
        """Return an officer who can sign in."""
        return Officer(self.sign_in(login))

    def sign_in(self, login: str) -> SignIn:
        """Return how an officer signs in."""
        return _sign_in(login, **self.sign_ins[login])


def _sign_in(login: str, url: str, password: str, secret: str) -> SignIn:
    for office in OFFICES:
        for one in office.officers:
            if one.login == login:
                return SignIn(office, one, url, password, secret)
    newcomer = DemoOfficer(login, "KG-BIS/0009", "A. Newcomer", "KG-BOR", "liaison")
    return SignIn(BISHKEK, newcomer, url, password, secret)


async def main(folder: Path) -> None:
    """Make the stage, or serve again the one that the folder holds, and stay."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # asyncio.run makes one
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    if (folder / FACTS).exists():
        stage = _again(Facts.read(folder))
    else:
        stage = await build(folder, choose_ports([office.code for office in OFFICES]))
    async with running(stage) as processes:
        if not (folder / FACTS).exists():
            await _play(stage)
        # An office whose link is down belongs to every picture of a day.
        processes[OSH.code].terminate()
        (folder / READY).touch()
        print("the stage stands", flush=True)
        try:
            await asyncio.Event().wait()
        finally:
            (folder / READY).unlink()


def _again(facts: Facts) -> Stage:
    folder = Path(facts.folder)
    nodes = {office.code: NodeConfig.load(folder / office.code) for office in OFFICES}
    hub = next(nodes[office.code].hub_port for office in OFFICES if office.serves_hub)
    return Stage(folder, Ports({code: node.port for code, node in nodes.items()}, hub), {})


async def _play(stage: Stage) -> None:
    steps = Steps(lambda step: print(step.ok, step.words, step.problem, flush=True))
    await script.play(stage, steps, Proof(stage, wanted=False))
    paths = await _day(stage)
    url = next(one.url for one in stage.sign_ins.values() if one.office is BISHKEK)
    await _newcomer(stage)
    sign_ins = {
        login: {"url": one.url, "password": one.password, "secret": one.secret}
        for login, one in stage.sign_ins.items()
        if one.office is not OSH
    } | {NEWCOMER: {"url": url, "password": PASSWORD, "secret": ""}}
    facts = Facts(str(stage.folder), sign_ins, paths)
    place = stage.folder / FACTS
    place.write_text(json.dumps(asdict(facts)), encoding="utf-8")
    place.chmod(0o600)


async def _newcomer(stage: Stage) -> None:
    """An officer who has not added a second step yet."""
    node = ["--node", str(stage.node(BISHKEK))]
    add = ["user", "add", NEWCOMER, "--officer", "KG-BIS/0009", "--name", "A. Newcomer"]
    await _blo(([*add, "--agency", "KG-BOR", "--password-stdin", *node], PASSWORD))


async def _day(stage: Stage) -> dict[str, str]:
    """Write what the demo does not: a held letter, drafts, a lookout of an exercise."""
    async with AsyncExitStack() as at_work:

        async def officer(login: str) -> Officer:
            # The codes of the play are used up until the next ones come.
            while True:
                try:
                    return await at_work.enter_async_context(
                        Officer(stage.sign_ins[login]).at_work()
                    )
                except Exception as error:  # noqa: BLE001  # the next code is tried
                    print(f"{login}: {error}", flush=True)
                    await asyncio.sleep(5)

        writer, duty, head = [await officer(n) for n in ("toktosunov", "saparalieva", "ormonov")]
        paths = await _second_lookout(writer)
        paths |= await _letter_abroad(duty, head, paths["thread"])
        paths |= await _each_form(duty)
        paths |= await _of_the_year(duty)
        await _open_exercise(stage)
        paths |= await _exercise(await officer("abdyrakhmanova"), await officer("kalykov"))
        return paths


async def _second_lookout(writer: Officer) -> dict[str, str]:
    await writer.open("/messages/")
    paths = {"thread": str(writer.page.one("//a[contains(@class, 'thread-item')]/@href"))}
    to = [DOSTUK.code, OSH.code, BISHKEK.code]
    await _write(writer, to, LONG)
    paths["long thread"] = _path(writer)
    paths["file"] = await _picture(writer, paths["long thread"])
    await _begin(writer, {"subject": "Blue bus, hidden compartment", "plate": "01KG119BUS"})
    paths["draft"] = _path(writer)
    await _begin(writer, {"cover.level": "1"})
    paths["empty draft"] = _path(writer)
    return paths


async def _picture(writer: Officer, thread: str) -> str:
    """Send a picture in a thread, and draw an arrow over it; return where it is looked at."""
    await writer.open(thread)
    said = {"text": "The seal on the left door, as it is now", "to": [DOSTUK.code]}
    drawn, out = Image.new("RGB", (1200, 800), "#3a4a5c"), BytesIO()
    ImageDraw.Draw(drawn).rectangle((300, 200, 900, 640), outline="#c9d3dc", width=12)
    drawn.save(out, "JPEG")
    await writer.send('//form[@id="composer"]', said, files={"files": ("seal.jpg", out.getvalue())})
    path = str(writer.page.all("//a[@class='file-link']/@href")[-1])
    await writer.open(path)
    arrow = {"kind": "arrow", "x1": "1000", "y1": "1000", "x2": "2500", "y2": "2500"}
    await writer.send("//form[@data-mark-form]", {**arrow, "text": "Seal KG 77101, cut"})
    return path


async def _each_form(writer: Officer) -> dict[str, str]:
    """Begin each form that the office offers beside the lookout."""
    page = await writer.open("/new/")
    offered = [
        str(one) for one in page.all("//form[starts-with(@action, '/new/')][not(@enctype)]/@action")
    ]
    paths = {}
    for action in offered:
        name = action.strip("/").rpartition("/")[2]
        if name != script.LOOKOUT:
            await writer.open("/new/")
            await writer.press(action)
            paths[f"form {name}"] = _path(writer)
    return paths


async def _of_the_year(reader: Officer) -> dict[str, str]:
    """Find a thread of each kind that the past year has left."""
    page = await reader.open("/messages/")
    paths = {}
    for kind in ("Request", "Seizure", "Weekly summary", "Alert"):
        item = f"//a[contains(@class, 'thread-item')][contains(., '{kind}')]/@href"
        for path in page.all(item)[:1]:
            paths[f"thread of {kind.lower()}"] = str(path)
    return paths


async def _begin(writer: Officer, values: dict[str, Any]) -> None:
    await writer.open("/new/")
    await writer.press(f"/new/{script.LOOKOUT}/")
    await writer.send('//form[@id="draft"]', values)


async def _write(writer: Officer, to: list[str], values: dict[str, Any]) -> None:
    await writer.open("/new/")
    await writer.press(f"/new/{script.LOOKOUT}/")
    filled = script._lookout(writer.page) | {"cover.to": to} | values
    await writer.send('//form[@id="draft"]', filled, button="send")
    script._said(writer.page, script.LOOKOUT)


async def _letter_abroad(duty: Officer, head: Officer, thread: str) -> dict[str, str]:
    await duty.open(thread)
    words = {
        "text": "Did the lorry pass the weighbridge at Dustlik before 22:00, and with which seal?",
        "phrase": "017",
        "to": [BOR_DOBO.code, DUSTLIK.code],
    }
    await duty.send('//form[@id="composer"]', words)
    await duty.open("/new/")
    latest = str(await _pass_on(duty, thread))
    await head.open("/authorise/")
    held = head.page.all("//*[@data-row]//a[contains(@href, '/authorise/')]/@href")
    await head.open(thread)
    ours = str(
        head.page.one("//a[contains(@href, '/items/') and contains(@href, '/records/')]/@href")
    )
    return {"decision": str(held[0]), "pass on": latest, "in records": ours}


async def _pass_on(duty: Officer, thread: str) -> str:
    await duty.open(thread)
    form = "//form[contains(@action, '/begin/pass-on/')]"
    await duty.send(form, {})
    return _path(duty)


async def _open_exercise(stage: Stage) -> None:
    """Let the administrators of all offices open one exercise, for one officer each."""
    until = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    for office in PLAYING:
        others = [part for one in PLAYING if one is not office for part in ("--with", one.code)]
        member = ["--member", office.officers[-1].officer_id]
        node = ["--node", str(stage.node(office))]
        command = ["exercise", "open", EXERCISE, "--until", until]
        await _blo([*command, *others, *member, *node])


async def _exercise(writer: Officer, reader: Officer) -> dict[str, str]:
    for one in (writer, reader):
        await one.open("/me")
        await one.press("/me/exercise")
    to = [DOSTUK.code, BISHKEK.code, DUSTLIK.code]
    await _write(writer, to, {"subject": "tank wagon with a precursor"})
    thread = _path(writer)
    await reader.until(thread, lambda page: page.items(script.LOOKOUT))
    await reader.send(
        '//form[@id="composer"]', {"phrase": "033", "text": "The train is on the line."}
    )
    await _begin(writer, {"subject": "second wagon group"})
    return {"exercise thread": thread, "exercise draft": _path(writer)}


def _path(officer: Officer) -> str:
    return "/" + officer.page.url.split("/", 3)[3].partition("#")[0]


if __name__ == "__main__":
    with suppress(asyncio.CancelledError):
        asyncio.run(main(Path(sys.argv[1]).absolute()))
