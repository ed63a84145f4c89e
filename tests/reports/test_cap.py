"""CAP 1.2 out and in: valid by the standard’s schema, its own examples read, hostile files refused."""

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item
from borderliaison.reports.cap.drafting import values_of
from borderliaison.reports.cap.message import NAMESPACE, Info, Message
from borderliaison.reports.cap.reading import MAX_BYTES, MAX_ELEMENTS, read_message
from borderliaison.reports.cap.writing import as_xml
from borderliaison.reports.errors import NotCap
from borderliaison.reports.models import Draft
from tests.accounts.people import exercise, signed_in
from tests.api.programs import Program
from tests.correspondence.cast import (
    begin_draft,
    liaison,
    local,
    network,
    send,
    sent_lookout,
    sent_request,
)

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "cap"
SCHEMA = etree.XMLSchema(etree.parse(HERE / "CAP-v1.2.xsd"))
EXAMPLES = sorted((HERE / "oasis").glob("*.xml"))
PLAIN = Message(
    identifier="one",
    sender="urn:borderliaison:office:KG-DST",
    sent="2026-05-12T10:00:00+06:00",
    status="Actual",
    kind="Alert",
    scope="Public",
    infos=(Info("Rock fall", "Immediate", "Severe", "Observed", ("Geo",), headline="Road shut"),),
)


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def officer() -> Account:
    return liaison()


def alert(**changes: object) -> dict[str, object]:
    typed: dict[str, object] = {
        "event_at": local(-1),
        "agencies": ["KG-BOR"],
        "event": "queue",
        "headline": "Lorries wait 14 hours",
        "description": "Scanner & barrier <out> of order",
        "text_language": "en",
        "whom": "Shifts at the lorry lanes",
        "where": "KG-DST",
        "where_more": "Lane 2",
        "window.from": local(2),
        "window.until": local(48),
        "expires": local(72),
        "response": ["Prepare", "Monitor"],
        "instruction": "Open the second lane",
        "urgency": "Expected",
        "severity": "Moderate",
        "certainty": "Likely",
        "category": ["Transport", "Security"],
        "cover.level": "1",
        "cover.handling": ["H1"],
        "cover.to": ["KG-DST", "KG-OSH"],
    }
    return {**typed, **changes}


def sent_alert(account: Account, **changes: object) -> Item:
    desk = signed_in(account)
    return send(desk, begin_draft(desk, "alert"), alert(**changes))


def saved(account: Account, item: Item) -> bytes:
    answer = signed_in(account).get(f"/items/{item.key}/cap/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/cap+xml")
    return bytes(answer.content)


def upload(account: Account, data: bytes) -> object:
    file = SimpleUploadedFile("alert.xml", data, content_type="text/xml")
    return signed_in(account).post("/new/from-cap/", {"cap": file})


def draft() -> Draft:
    return Draft.objects.as_system("test").get()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.stem)
def test_the_standards_own_examples_are_read_and_written_again_validly(example: Path) -> None:
    data = example.read_bytes()
    SCHEMA.assertValid(etree.fromstring(data))
    message = read_message(data)
    written = as_xml(message)
    SCHEMA.assertValid(etree.fromstring(written))
    assert read_message(written) == message


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.stem)
def test_an_example_becomes_a_draft_that_an_officer_completes(
    officer: Account, example: Path
) -> None:
    assert upload(officer, example.read_bytes()).status_code == 302  # type: ignore[attr-defined]
    made, message = draft(), read_message(example.read_bytes())
    info = message.infos[0]
    assert made.form == "alert"
    assert made.values["headline"] == info.headline
    assert made.values["urgency"] == info.urgency
    for said in (info.description, message.identifier, info.areas[0].description, info.contact):
        assert said in made.values["description"]
    page = signed_in(officer).get(f"/drafts/{made.key}/?checked").content.decode()
    assert escape(info.headline) in page
    assert not Item.objects.as_system("test").exists()


def test_an_alert_is_saved_as_a_valid_message_with_all_it_says(officer: Account) -> None:
    item = sent_alert(officer)
    xml = saved(officer, item)
    SCHEMA.assertValid(etree.fromstring(xml))
    message = read_message(xml)
    (info,) = message.infos
    assert (message.identifier, message.status, message.kind) == (item.key, "Actual", "Alert")
    assert message.scope == "Restricted"
    assert message.source == item.content["number"]
    assert "H1" in message.restriction
    assert message.addresses == (
        "urn:borderliaison:office:KG-DST",
        "urn:borderliaison:office:KG-OSH",
    )
    assert (info.urgency, info.severity, info.certainty) == ("Expected", "Moderate", "Likely")
    assert info.description == "Scanner & barrier <out> of order"
    assert info.areas[0].description.endswith("Lane 2")
    assert AuditLine.objects.filter(action="report.saved_as_cap", subject=item.key).exists()


def test_an_alert_that_went_out_and_came_back_says_the_same(officer: Account) -> None:
    item = sent_alert(officer)
    values = item.content["values"]
    upload(officer, saved(officer, item))
    came = draft().values
    for name in (
        "event", "headline", "whom", "where", "where_more", "response", "instruction",
        "urgency", "severity", "certainty", "category", "text_language",
    ):  # fmt: skip
        assert came[name] == values[name], name
    assert came["window"]["from"] == values["window"]["from"]["local"].replace("T", " ")
    assert came["window"]["until"] == values["window"]["until"]["local"].replace("T", " ")
    assert came["expires"] == values["expires"]["local"].replace("T", " ")
    assert came["description"].startswith(values["description"])


def test_a_lookout_is_a_valid_message_too_and_a_request_is_none(officer: Account) -> None:
    SCHEMA.assertValid(etree.fromstring(saved(officer, sent_lookout(officer))))
    request = sent_request(officer)
    assert signed_in(officer).get(f"/items/{request.key}/cap/").status_code == 404


def test_a_correction_updates_the_message_that_it_corrects(officer: Account) -> None:
    item, desk = sent_alert(officer), signed_in(officer)
    begun = desk.post(f"/begin/correct/{item.key}/").url.strip("/").split("/")[-1]  # type: ignore[attr-defined]
    corrected = send(
        desk, Draft.objects.as_system("test").get(key=begun), alert(headline="Lorries wait 3 hours")
    )
    message = read_message(saved(officer, corrected))
    assert message.kind == "Update"
    before = read_message(saved(officer, item))
    assert message.references == (f"{before.sender},{before.identifier},{before.sent}",)


def test_in_an_exercise_the_message_says_so_and_live_messages_stay_out(officer: Account) -> None:
    exercise("seal-2026", officer)
    Account.objects.filter(pk=officer.pk).update(realm="exercise:seal-2026")
    officer.refresh_from_db()
    item = sent_alert(officer)
    xml = saved(officer, item)
    assert read_message(xml).status == "Exercise"
    assert upload(officer, as_xml(PLAIN)).status_code == 409  # type: ignore[attr-defined]
    Account.objects.filter(pk=officer.pk).update(realm="live")
    officer.refresh_from_db()
    assert upload(officer, xml).status_code == 409  # type: ignore[attr-defined]
    assert not Draft.objects.as_system("test").exists()


@pytest.mark.parametrize("changes", [{"kind": "Cancel"}, {"kind": "Ack"}, {"infos": ()}])
def test_what_warns_of_nothing_becomes_no_draft(
    officer: Account, changes: dict[str, object]
) -> None:
    answer = upload(officer, as_xml(replace(PLAIN, **changes)))  # type: ignore[arg-type]
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert "E-REP-14" in answer.content.decode()  # type: ignore[attr-defined]


def hostile() -> dict[str, bytes]:
    """Files that somebody would send who means harm."""
    good = as_xml(PLAIN).decode()
    body = good.partition("?>")[2]
    laughs = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    many = f"<info>{'<category>Geo</category>' * (MAX_ELEMENTS + 1)}</info></alert>"
    return {
        "entities that grow": f'<!DOCTYPE alert [<!ENTITY l0 "ha">{laughs}]>{body}'.encode(),
        "a file of this machine": (
            f'<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>{body}'.encode()
        ),
        "a document type elsewhere": (
            f'<!DOCTYPE alert SYSTEM "http://127.0.0.1:9/x.dtd">{body}'.encode()
        ),
        "too many elements": body.replace("</alert>", many).encode(),
        "too deep": body.replace("</alert>", "<info>" * 50 + "</info>" * 50 + "</alert>").encode(),
        "deep in another namespace": body.replace(
            "</alert>", '<x xmlns="urn:x">' * 50 + "</x>" * 50 + "</alert>"
        ).encode(),
        "too large": body.replace("Road shut", "x" * MAX_BYTES).encode(),
        "a long text": body.replace("Road shut", "x" * 30_000).encode(),
        "not well-formed": body[:-3].encode(),
        "nothing": b"",
        "no text": b"\xff\xfe\x00\x01",
        "another encoding": b'<?xml version="1.0" encoding="no-such-thing"?>' + body.encode(),
        "another root": f'<info xmlns="{NAMESPACE}"/>'.encode(),
        "an older version": body.replace("cap:1.2", "cap:1.1").encode(),
        "no identifier": body.replace("<identifier>one</identifier>", "").encode(),
        "an unknown status": body.replace(">Actual<", ">Real<").encode(),
    }


@pytest.mark.parametrize("what", sorted(hostile()))
def test_a_hostile_or_broken_file_is_refused(officer: Account, what: str) -> None:
    with pytest.raises(NotCap):
        read_message(hostile()[what])
    answer = upload(officer, hostile()[what])
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert "E-REP-13" in answer.content.decode()  # type: ignore[attr-defined]
    assert not Draft.objects.as_system("test").exists()


def test_a_signature_is_passed_over() -> None:
    signed = as_xml(PLAIN).replace(
        b"</alert>",
        b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><identifier>two</identifier>'
        b"</Signature></alert>",
    )
    SCHEMA.assertValid(etree.fromstring(signed))
    assert read_message(signed) == PLAIN


def test_the_part_in_the_officers_language_is_taken_and_the_others_are_named() -> None:
    (info,) = PLAIN.infos
    parts = (replace(info, language="es-US"), replace(info, language="ru-RU", headline="Обвал"))
    values = values_of(replace(PLAIN, infos=parts), "Asia/Bishkek", "ru")
    assert values["headline"] == "Обвал"
    assert values["text_language"] == "ru"
    assert "es-US" in values["description"]


def test_a_deprecated_certainty_is_read_as_the_standard_says() -> None:
    (info,) = PLAIN.infos
    message = replace(PLAIN, infos=(replace(info, certainty="Very Likely"),))
    assert values_of(message, "Asia/Bishkek", "en")["certainty"] == "Likely"


def test_programs_carry_messages_in_and_out(officer: Account) -> None:
    item, program = sent_alert(officer), Program(officer)
    answer = program.get(f"/items/{item.key}/cap")
    SCHEMA.assertValid(etree.fromstring(answer.content))
    assert program.get(f"/items/{sent_request(officer).key}/cap").status_code == 404
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": "one"}
    for body, status in ((as_xml(PLAIN), 201), (b"<x/>", 422)):
        headers["Idempotency-Key"] = f"call-{status}"
        made = program.client.post(
            "/api/v1/cap", data=body, content_type="application/cap+xml", headers=headers
        )
        assert made.status_code == status, made.content
    assert draft().values["headline"] == "Road shut"
