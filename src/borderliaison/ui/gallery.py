"""Invented samples for the components page: every part in every state."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.ui.gallery_fields import fields
from borderliaison.ui.parts.cards import Card, Fact
from borderliaison.ui.parts.feed import ActionItem, FeedRow
from borderliaison.ui.parts.marks import GradingLabel, Marks
from borderliaison.ui.parts.messages import Attachment, Bubble, CallSheet, Contact, PhraseLine
from borderliaison.ui.parts.readers import Change, ReaderLine, Readers
from borderliaison.ui.parts.receipts import Recipient, Step, StepState, Why
from borderliaison.ui.parts.things import Known, Thing
from borderliaison.ui.shell import (
    ClockKind,
    ClockZone,
    Exercise,
    LinkState,
    LinkWord,
    LiveAlert,
    MarkingLabels,
    NavItem,
    Shell,
)

NOW = datetime(2026, 5, 14, 15, 42, 8, tzinfo=UTC)
_START = datetime(2026, 5, 14, 14, 51, 2, tzinfo=UTC)


def _marks() -> Marks:
    return Marks(
        GradingLabel(
            ("B", "2"), "4×4", _("Mostly reliable; known to the source, not to the officer")
        ),
        MarkingLabels(_("For official use"), False, ("H1",), _("4 offices")),
    )


def _done(seconds: float, note: str = "") -> Step:
    return Step(StepState.DONE, _START + timedelta(seconds=seconds), note)


_WAITS = Step(StepState.WAITING)
_HELD = Step(StepState.HELD)
_NOT_YET = Step(StepState.NOT_YET)


def recipients() -> list[Recipient]:
    """Return one recipient for each way that a letter can go."""
    acted = (_done(0), _done(0.9, "+0.9 s"), _done(1.7), _done(89, "G.S."), _done(3008, "041"))
    opened = (_done(0), _done(1), _done(2), _done(125, "B.O."), _NOT_YET)
    late = (_done(0), _done(1), _done(1058), Step(StepState.WAITING, None, _("late")), _NOT_YET)
    held = (_done(0), _HELD, _NOT_YET, _NOT_YET, _NOT_YET)
    lost = (_done(0), _WAITS, _NOT_YET, _NOT_YET, _NOT_YET)
    refused = (_done(0), _done(1), Step(StepState.REFUSED), _NOT_YET, _NOT_YET)
    return [
        Recipient(_("Dostuk"), acted, note=_("10 Mbit/s")),
        Recipient(_("Osh sector"), opened, note=_("100 Mbit/s")),
        Recipient(_("Karamyk"), late, note=_("mobile, 40 kbit/s")),
        Recipient(
            _("Dustlik"),
            held,
            country="UZ",
            why=Why(
                _("Not sent: waits for authorisation."),
                _("Crossing a border needs a second officer. B. Ormonov was asked at 21:24."),
            ),
        ),
        Recipient(
            _("Bor-Dobo"),
            lost,
            note=_("satellite"),
            why=Why(_("No link since 20:58."), _("It leaves by itself when the link is back.")),
        ),
        Recipient(
            _("Alat"),
            refused,
            country="UZ",
            why=Why(
                _("Key expired (E-KEY-04)."),
                _("Tell your administrator; send by voice."),
                is_refused=True,
            ),
        ),
    ]


def lookout() -> Card:
    """Return a lookout as it is read."""
    return Card(
        "lookout",
        _("Lookout"),
        (
            Fact(_("Subject"), _("Grey lorry with trailer"), note=_("four axles")),
            Fact(_("Action"), pgettext("lookout", "Search"), "tag", "zoom-scan"),
            Fact(_("Window"), _("14 May 22:00 – 18 May 06:00"), note="UTC+6"),
            Fact(_("Where"), _("Dostuk, lane out")),
            Fact(_("Plate"), "KG 01 7784 AD", "code"),
            Fact(_("Event"), kind="time", at=_START - timedelta(minutes=11)),
            Fact(_("Why"), _("Driver changed at Sary-Tash, load not as declared"), is_wide=True),
        ),
        "red",
        "immediate",
        _("Severe · Likely"),
        _marks(),
    )


def feed() -> list[FeedRow]:
    """Return rows of a feed: new, selected, plain."""
    steps = [one.steps for one in recipients()]
    open_marking = Marks(None, MarkingLabels(pgettext("classification", "Open"), True))
    return [
        FeedRow(
            NOW - timedelta(minutes=1),
            "acted",
            _("Acted"),
            _("Lookout 0117: units told, lorry lane out under tighter control."),
            "#feed",
            "green",
            _("Dostuk → Bor-Dobo, Osh"),
            steps[0],
            _("phrase 041"),
            Marks(None, MarkingLabels(handling=("H1",))),
            is_unread=True,
        ),
        FeedRow(
            _START,
            "lookout",
            _("Lookout"),
            _("High risk of narcotics KG → UZ, grey lorry, 14–18 May. Action: search."),
            "#feed",
            "red",
            _("Bor-Dobo → Dostuk, +3"),
            steps[2],
            _("1 of 4 acted"),
            _marks(),
            is_selected=True,
        ),
        FeedRow(
            _START - timedelta(hours=20),
            "crossing_status",
            _("Crossing status"),
            _("Lorry lane out: restricted, 46 waiting, about 110 min, until 23:30."),
            "#feed",
            "amber",
            _("Akzhol"),
            steps[0],
            "",
            open_marking,
        ),
    ]


def actions() -> list[ActionItem]:
    """Return items that are late, near and far."""
    return [
        ActionItem(
            _("Not acknowledged by Karamyk"),
            _(
                "Lookout 0117 from Bor-Dobo, delivered 21:08, not opened. Telephone is the next step."
            ),
            "alert-triangle",
            "red",
            NOW - timedelta(minutes=21),
        ),
        ActionItem(
            _("Authorise to Dustlik (UZ)"),
            _(
                "G. Saparalieva asks to pass lookout 0117 across the border. You are the second officer."
            ),
            "writing-sign",
            "blue",
            NOW + timedelta(minutes=48),
            marks=Marks(None, MarkingLabels(_("For official use"), False, ("H1",))),
        ),
        ActionItem(
            _("Lookout 0098 ends"),
            _("Silver van, Dostuk. 0 results in 6 days."),
            "hourglass",
            "blue",
            NOW + timedelta(hours=3, minutes=20),
        ),
    ]


def messages() -> list[Bubble]:
    """Return a message of another office and one's own."""
    return [
        Bubble(
            "G. Saparalieva",
            _("Dostuk, customs, duty officer"),
            NOW - timedelta(minutes=1),
            (
                PhraseLine(
                    "041",
                    _("Passed to the units on duty, control is tightened."),
                    "Кезметтеги бөлүктөргө берилди.",
                    "ky",
                ),
                PhraseLine("017", _("Send a photograph of the vehicle.")),
            ),
            is_unread=True,
        ),
        Bubble(
            "A. Toktosunov",
            _("Bor-Dobo, border service"),
            NOW + timedelta(minutes=27),
            (PhraseLine("022", _("Photograph follows on the routine lane.")),),
            _("It was taken at Sary-Tash at 19:40."),
            attachments=(Attachment(_("trailer-rear.jpg"), _("preview 96 kB sent"), "#", "photo"),),
            steps=recipients()[1].steps,
            marks=_marks(),
            is_own=True,
        ),
    ]


def call_sheet() -> CallSheet:
    """Return a call sheet with every kind of contact."""
    return CallSheet(
        "Capt. G. Saparalieva",
        _("Customs, duty officer to 08:00"),
        _("Kyrgyz, Russian, Uzbek"),
        (
            Contact("+996 (demo) 00 041", "phone", "tel:+99600041"),
            Contact(_("Radio 4, call sign Dostuk-1"), "radio"),
            Contact(_("Woman officer on duty: yes"), "gender-female"),
        ),
        _("verified 09:10 today"),
    )


def who_reads() -> Readers:
    """Return the three lists with a reason on every line."""
    return Readers(
        will=(
            ReaderLine(
                _("Dostuk: customs, drug control"), _("The two agencies addressed"), 7, "road"
            ),
            ReaderLine(
                _("Osh sector"),
                _("Your reporting line, named by you"),
                4,
                "building-broadcast-tower",
            ),
        ),
        after=(
            ReaderLine(
                _("Dustlik (UZ), customs"),
                _("Addressed by you. Across a border only after a second officer authorises."),
                5,
                "road",
            ),
        ),
        will_not=(
            ReaderLine(
                _("Dostuk: border service, interior"),
                _("Same room, not in the audience."),
                0,
                "user-off",
                Change(_("Add agency"), "#readers"),
            ),
            ReaderLine(
                _("Anyone in an exercise"), _("Other realm: cannot be crossed"), 0, "user-off"
            ),
        ),
        will_total=_("11 officers"),
        after_total=_("5 officers"),
        note=_("H1: not in court without the provider’s permission. It limits use, not reading."),
    )


def shell(base: Shell, *, exercise: bool) -> Shell:
    """Return the sample frame: every part of it filled."""
    marking = MarkingLabels(_("For official use"), False, ("H1",), _("4 offices"))
    nav = (
        NavItem("messages", _("Messages"), "#", "messages", 2, _("2 unread"), is_current=True),
        NavItem("new", _("New"), "#", "forms"),
        NavItem("duty", _("Duty"), "#", "notebook", 5, _("5 need action")),
        NavItem("offices", _("Offices"), "#", "building-community"),
        NavItem("health", _("Health"), "#", "activity-heartbeat", is_foot=True),
        NavItem("me", _("Me"), "#", "user-circle", is_foot=True, is_on_phone=False),
    )
    return Shell(
        exercise=Exercise("Seal 2026", _("22 May 10:00–12:00")) if exercise else None,
        marking=marking,
        office=_("Border Liaison Office Bor-Dobo"),
        officer="A. Toktosunov",
        nav=nav,
        links=(
            LinkState(_("Bishkek"), LinkWord.LINKED, _("84 ms")),
            LinkState(_("Karamyk"), LinkWord.SLOW, _("1.9 s")),
            LinkState(_("Dostuk"), LinkWord.DOWN, _("down 44 min, 3 waiting")),
        ),
        clocks=(
            ClockZone(ClockKind.LOCAL, _("Bor-Dobo"), "Asia/Bishkek"),
            ClockZone(ClockKind.UTC, "UTC", "UTC"),
            ClockZone(ClockKind.COUNTERPART, _("Kyzyl-Art"), "Asia/Dushanbe"),
        ),
        unread=2,
        duty=_("A. Toktosunov to 08:00"),
        live_alert=LiveAlert(_("Lookout 0117 from Bor-Dobo, search, Dostuk lane out"), "#"),
        languages=base.languages,
        theme=base.theme,
        sign_out_url="#",
        keys_url="#",
        is_demo=True,
        now=NOW,
    )


def things() -> tuple[Thing, ...]:
    """Return a person, a vehicle and a substance."""
    born = Known(_("Born"), "12.03.1988")
    document = Known(_("Document"), "AN1234567", is_code=True)
    plate = Known(_("Plate"), "01 7784 AD", is_code=True)
    tested = Known(_("Tested"), _("Field kit, positive"))
    return (
        Thing("user", "ASANOV Bakyt, KG", (born, document)),
        Thing("truck", _("Grey lorry with trailer"), (plate,)),
        Thing("vaccine", _("Heroin 85.505 kg"), (Known(_("Form"), _("Powder")), tested)),
    )


def samples() -> dict[str, Any]:
    """Return everything that the page shows."""
    hours = {"far": timedelta(hours=3, minutes=20), "near": timedelta(minutes=18)}
    return {
        "marks": _marks(),
        "recipients": recipients(),
        "lookout": lookout(),
        "feed": feed(),
        "actions": actions(),
        "bubbles": messages(),
        "sheet": call_sheet(),
        "readers": who_reads(),
        "things": things(),
        "fields": fields(),
        "far": NOW + hours["far"],
        "near": NOW + hours["near"],
        "late": NOW - timedelta(minutes=20),
        "since": NOW - timedelta(minutes=44),
        "night": datetime(2026, 5, 14, 20, 18, tzinfo=UTC),
        "bars": [one.steps for one in recipients()],
    }
