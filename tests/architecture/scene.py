"""What the access walker walks over: something of every kind, and the strangers who look for it.

The author is O. Traceyev (KG-BOR at Bor-Dobo); everything is for his agency in his office alone.
Each stranger differs from him in one thing, and is head of office, so that no role hides a leak.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from borderliaison.accounts.models import Account, ApiToken, Exercise, SavedView
from borderliaison.accounts.saved_views.keeping import save_view
from borderliaison.accounts.tokens import NewToken, make_token
from borderliaison.charts.kept.keeping import make_chart
from borderliaison.correspondence.models import Dissemination, Item, Receipt
from borderliaison.correspondence.requests.asking import note
from borderliaison.correspondence.requests.standing import Kind, Made
from borderliaison.exchange.models import LinkRow
from borderliaison.files.adding import keep
from borderliaison.files.marking import NOTE, Drawn, Marker, draw
from borderliaison.files.models import Attachment, Mark
from borderliaison.files.owners import DRAFT, ITEM, Owner
from borderliaison.kernel.ids import OfficeCode, new_id
from borderliaison.records.interchange.exports.making import BENCH, Label
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.imports.importing import looked_at, take_in
from borderliaison.records.interchange.imports.loading import Wanted, key_of_set
from borderliaison.records.interchange.imports.waiting import SHELF
from borderliaison.records.interchange.items import Item as Imported
from borderliaison.records.interchange.items import Told
from borderliaison.records.interchange.whose import Sender
from borderliaison.records.models import Judgement, Link, Statement
from borderliaison.records.resolution.judging import Judge, Why, judge
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.search.question.asked import read_asked
from borderliaison.records.search.standing import end, keep_asking
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write
from borderliaison.reports.models import Draft
from borderliaison.reports.projection.keeping_up import catch_up
from borderliaison.reports.projection.taking_out import Decider, take_out
from tests.accounts.people import browser, exercise, officer, signed_in, without_second_step
from tests.correspondence.cast import begin_draft, local, lookout, request, send
from tests.files.samples import prepared

SECRET_WORDS = ("Zanzibar", "QQ 99 1717 ZZ", "Vermilion")
"""Of the report's subject, plate and grounds: nowhere else in the system."""

LIVE, EXERCISE = "live", "exercise:seal-2026"


def author(realm: str) -> Account:
    """Who writes."""
    return officer("traceyev", full_name="O. Traceyev", realm=realm)


def colleague(realm: str) -> Account:
    """Who may read it: the head of the office, of the same agency and clearance."""
    return officer("mamatov", full_name="B. Mamatov", role="head", realm=realm)


def links() -> None:
    """Let the links be there before anything is sent, one of them down: what waits stands beside it."""
    now = datetime.now(UTC)
    LinkRow.objects.create(peer="KG-DST", state="down", since=now, why="peer_away")
    LinkRow.objects.create(peer="KG-OSH", state="up", since=now, latency_ms=40, last_heard=now)


def strangers(realm: str, role: str = "head") -> dict[str, Client]:
    """Browsers of everybody who must not learn that anything is there."""
    other_realm = EXERCISE if realm == LIVE else LIVE
    differences: dict[str, dict[str, Any]] = {
        "of another office": {"office": "KG-OSH", "realm": realm},
        "of another agency": {"agency": "KG-CUS", "realm": realm},
        "of a lower clearance": {"clearance": 0, "realm": realm},
        "in the other realm": {"realm": other_realm},
    }
    found = {
        who: signed_in(officer(f"stranger{number}", full_name="S. Stranger", role=role, **more))
        for number, (who, more) in enumerate(differences.items())
    }
    return found


def halfway() -> dict[str, Client]:
    """Browsers of those who are not, or not quite, signed in."""
    password_only = browser()
    password_only.force_login(officer("halfway1", role="head"))
    without_second = browser()
    without_second.force_login(without_second_step(officer("halfway2", role="head")))
    return {
        "signed out": browser(),
        "with the password alone": password_only,
        "without a second step": without_second,
    }


@dataclass(frozen=True, slots=True)
class Scene:
    """Ids of what is there. Every marked model has a row among them."""

    author: Account
    colleague: Account
    item: Item
    held: Dissemination
    receipt: Receipt
    draft: Draft
    key: Authenticator
    exercise: Exercise
    request: Item
    token: ApiToken
    file: Attachment
    mark: Mark
    own_file: Attachment
    view: SavedView
    record: str
    standing: str
    judgement: str
    act: str
    event: str
    chart: str
    imported: str
    waiting: str
    making: str
    query: str
    other: str
    ended: str
    sent: str
    secret: str

    @property
    def plate(self) -> str:
        """What the records know of the lorry, and nothing else in the system says."""
        return SECRET_WORDS[1]

    @property
    def traces(self) -> tuple[str, ...]:
        """Texts that give away that something is there."""
        ids = (
            self.item.key,
            self.item.thread.key,
            self.held.key,
            self.draft.key,
            self.file.key,
            self.own_file.key,
            self.exercise.title,
            self.token.key,
            self.view.key,
            self.record,
            self.standing,
            self.judgement,
            self.act,
            self.event,
            self.chart,
            self.imported,
            self.waiting,
            self.making,
            self.query,
            self.other,
            self.ended,
            self.sent,
            self.request.key,
            self.request.thread.key,
            str(self.request.content["number"]),
        )
        number = str(self.item.content["number"])
        return (*SECRET_WORDS, self.author.full_name, number, *ids)


def play(writer: Account, reader: Account) -> Scene:
    """Let the author write, send abroad, and begin another draft."""
    desk = signed_in(writer)
    typed = lookout(
        subject=f"{SECRET_WORDS[0]} lorry",
        plate=SECRET_WORDS[1],
        grounds=f"{SECRET_WORDS[2]} seals",
        urgency="Expected",
        **{"cover.own": ["KG-BOR"], "cover.to": ["KG-DST", "UZ-DUS"]},
    )
    item = send(desk, begin_draft(desk), typed)
    receipt = Receipt.objects.create(
        marking_id=item.marking_id,
        item=item,
        office="KG-DST",
        step=Receipt.Step.OPENED,
        at=datetime.now(UTC),
        officer="KG-DST/0003",
        told_by="KG-DST",
    )
    draft = begin_draft(desk)
    desk.post(f"/drafts/{draft.key}/save/", {**typed, "revision": draft.revision})
    key = Authenticator.objects.create(
        user=writer, type="webauthn", data={"name": SECRET_WORDS[0], "credential": {}}
    )
    held = item.disseminations.as_system("test").get(state=Dissemination.State.HELD)
    walk = exercise("walk-2026", reader)
    new = NewToken("statistics", f"{SECRET_WORDS[0]} counter", may_write=True, realm=writer.realm)
    made = make_token(writer, new, actor=writer.officer_id)
    file, mark = picture(writer, item)
    own = Owner(DRAFT, draft.key, draft.marking_id, writer.officer_id, writer.realm)
    own_file = keep(prepared(f"{SECRET_WORDS[0]}.png"), own)
    asked = asks(desk)
    take_out(asked, f"{SECRET_WORDS[2]} seals", Decider(reader.officer_id, reader.full_name))
    catch_up()
    index_all()
    address = f"/messages/search/?q={SECRET_WORDS[0]}"
    view = save_view(writer, f"{SECRET_WORDS[2]} seals", address, is_shared=False)
    looks_for = f"/records/?q={SECRET_WORDS[0]}"
    query = save_view(writer, f"{SECRET_WORDS[2]} lorries", looks_for, is_shared=False)
    standing = keep_asking(writer, read_asked({"q": SECRET_WORDS[0]}), SECRET_WORDS[2])
    ended = keep_asking(writer, read_asked({"q": SECRET_WORDS[1]}), SECRET_WORDS[2])
    end(writer, ended.key)
    lapsed(writer, item)
    judgement, other = judged(writer, item)
    return Scene(
        writer, reader, item, held, receipt, draft, key, walk, asked, made.token, file, mark, own_file,
        view, vehicle_of(item), standing.key, judgement.key, judgement.act,
        event_of(item), charted(writer, item), imported(writer, item), waiting(desk),
        made_of(writer), query.key, other, ended.key, sent(writer, made.token), made.secret,
    )  # fmt: skip


def vehicle_of(item: Item) -> str:
    """Return the key of the vehicle in the records of which a report speaks."""
    said = Statement.objects.as_system("test").filter(source__key=item.key, value=SECRET_WORDS[1])
    return str(said.values_list("entity__key", flat=True).get())


def event_of(item: Item) -> str:
    """Return the key of what the reports tell of as what happened."""
    drawn = Link.objects.as_system("test").filter(begin__key=vehicle_of(item), kind="Involvement")
    return str(drawn.values_list("end__key", flat=True).first())


def charted(writer: Account, item: Item) -> str:
    """Let the author put the lorry on a chart; return the chart's key."""
    keys = [vehicle_of(item), event_of(item)]
    return make_chart(writer, f"{SECRET_WORDS[0]} chart", keys).key


def imported(writer: Account, item: Item) -> str:
    """Let a set of records be imported under the marking of what the author wrote; return its key."""
    firm = Imported("firm", "Company", (Told("name", f"{SECRET_WORDS[0]} imports"),))
    title, marking, folder = (
        f"{SECRET_WORDS[2]} set",
        item.marking.value,
        settings.NODE.run_directory,
    )
    key = key_of_set(title, item.office, marking.realm)
    wanted = Wanted(key, title, "ftm", marking, item.office, writer.officer_id, datetime.now(UTC))
    with looked_at(iter((firm,)), Findings(), wanted, folder) as looked:
        take_in(looked, lambda _done, _all: None)
    return key


def waiting(desk: Client) -> str:
    """Let a table wait that the author sent to be taken in; return its key."""
    sent = desk.post("/records/in/", {"table": f"name\n{SECRET_WORDS[0]}\n"})
    return str(sent["Location"]).split("/")[-2]


def made_of(writer: Account) -> str:
    """Let a file of records be made that the author asked for; return its key."""
    label = Label(f"{SECRET_WORDS[2]}.ftm.json", "application/json", "en")
    return BENCH.begin(Sender(writer.officer_id, writer.realm), label, lambda *_: None).key


def sent(writer: Account, token: ApiToken) -> str:
    """Let records wait that a program of the author sent; return the key of their file."""
    sender = Sender(writer.officer_id, token.realm, token.key)
    said = {"id": "firm", "schema": "Company", "properties": {"name": [SECRET_WORDS[0]]}}
    return SHELF.put(sender, f"{SECRET_WORDS[2]}.ftm.json", json.dumps(said).encode()).key


def judged(writer: Account, item: Item) -> tuple[Judgement, str]:
    """Let the author judge that a lorry of a register is another; return that, and the other's key."""
    origin = register_of(item)
    other = lorry(origin, "other", "uz")
    write(origin, [other])
    who, why = judge_of(writer)
    at_once = replace(who, act=new_id().hex())
    return judge(at_once, vehicle_of(item), other.key, Verdict.DIFFERENT, why), other.key


def lapsed(writer: Account, item: Item) -> None:
    """Let a register speak of another lorry than that of which the author was unsure."""
    origin = register_of(item)
    was = lorry(origin, "was", "kz")
    write(origin, [was])
    who, why = judge_of(writer)
    judge(who, vehicle_of(item), was.key, Verdict.UNSURE, why)
    write(origin, [lorry(origin, "now", "kz", frozenset({was.key}))])


def register_of(item: Item) -> Origin:
    """A source that is read by whoever may read an item."""
    at = item.created_at
    return Origin(new_id().hex(), "directory", item.office, at, at, "KG", item.marking_id)


def lorry(origin: Origin, name: str, country: str, *places: frozenset[str]) -> Drafted:
    """A lorry with the secret plate, in a country."""
    said = (Said("registrationNumber", SECRET_WORDS[1]), Said("registeredIn", country))
    return Drafted(key_of_entity(origin.key, name), "Vehicle", said, *places)


def judge_of(writer: Account) -> tuple[Judge, Why]:
    """The author as a judge, and his reason."""
    why = Why(Basis.OTHER, f"{SECRET_WORDS[2]} seals")
    return Judge(writer.reader(), writer.officer_id, writes=True), why


def picture(writer: Account, item: Item) -> tuple[Attachment, Mark]:
    """Let the author add a picture to what he wrote, and draw over it."""
    owner = Owner(ITEM, item.key, item.marking_id, writer.officer_id, writer.realm)
    file = keep(prepared(f"{SECRET_WORDS[0]}.jpg"), owner)
    drawn = Drawn(NOTE, 1, (0, 0, 0, 0), f"{SECRET_WORDS[2]} seals")
    marker = Marker(writer.officer_id, writer.full_name, OfficeCode("KG-BDB"), writer.realm)
    return file, draw(file, drawn, marker)


def asks(desk: Client) -> Item:
    """Let the author ask Dostuk about the same lorry; Dostuk needs more time than it was given."""
    item = send(
        desk,
        begin_draft(desk, "request"),
        request(
            subject=f"{SECRET_WORDS[0]} lorry",
            question=f"{SECRET_WORDS[2]} seals",
            plate=SECRET_WORDS[1],
            answer_by=local(0.1),
            **{"cover.own": ["KG-BOR"], "cover.to": ["KG-DST"]},
        ),
    )
    said = Made(Kind.EXTEND, False, datetime.now(UTC), due_at=datetime.now(UTC))
    note(item, said, OfficeCode("KG-DST"), officer="KG-DST/0003")
    return item
