"""Files on the pages: added to a draft, sent with a report or a message, looked at, drawn over."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item
from borderliaison.exchange.core.letter import Letter
from borderliaison.exchange.drafts import decode_letter
from borderliaison.exchange.models import Outbox
from borderliaison.files.limits import MAX_FILES
from borderliaison.files.models import Attachment, Blob, Mark, Offer
from borderliaison.kernel import canonical
from borderliaison.reports.models import Draft
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, head, liaison, lookout, network, send
from tests.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def desk() -> Client:
    return signed_in(liaison())


def upload(name: str = "plate.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or samples.jpeg())


def add(desk: Client, draft: Draft, *files: SimpleUploadedFile, **typed: object) -> object:
    draft.refresh_from_db(from_queryset=Draft.objects.as_system("test"))
    given = {**lookout(), "revision": draft.revision, "files.add": list(files), **typed}
    return desk.post(f"/drafts/{draft.key}/files/", given, headers={"HX-Request": "true"})


def attachments() -> list[Attachment]:
    return list(Attachment.objects.as_system("test").order_by("pk"))


def with_picture(desk: Client, **changes: object) -> tuple[Item, Attachment]:
    """A lookout that was sent with a picture."""
    draft = begin_draft(desk)
    add(desk, draft, upload())
    draft.refresh_from_db(from_queryset=Draft.objects.as_system("test"))
    item = send(desk, draft, lookout(**changes))
    (file,) = attachments()
    return item, file


def letters() -> list[Letter]:
    return [decode_letter(row.draft) for row in Outbox.objects.order_by("pk")]


def test_a_picture_is_added_to_a_draft_with_what_was_typed(desk: Client) -> None:
    draft = begin_draft(desk)
    answer = add(desk, draft, upload("../../etc/КП 1\u202egpj.jpg"), subject="Green van")
    assert "КП 1gpj.jpg" in answer.content.decode()
    (file,) = attachments()
    assert (file.kind, file.pages, file.width, file.height) == ("jpeg", 1, 120, 80)
    assert file.original_hash == hashlib.sha256(samples.jpeg()).hexdigest()
    found = Draft.objects.as_system("test").get(key=draft.key)
    assert found.values["subject"] == "Green van"
    assert AuditLine.objects.filter(action="file.added", subject=file.key).exists()


def test_without_a_script_the_draft_is_led_back_to(desk: Client) -> None:
    draft = begin_draft(desk)
    given = {**lookout(), "revision": 0, "files.add": [upload(), upload("x.jpg", b"<svg/>")]}
    answer = desk.post(f"/drafts/{draft.key}/files/", given, follow=True)
    page = answer.content.decode()
    assert "plate.jpg" in page
    assert "E-FIL-01" in page
    assert page.count('class="file-thumb"') == 1


def test_a_file_that_is_not_taken_harms_no_other(desk: Client) -> None:
    draft = begin_draft(desk)
    evil = upload("holiday.jpg", b"<!doctype html><script>alert(1)</script>")
    page = add(desk, draft, upload(), evil, upload("empty.png", b" ")).content.decode()
    assert page.count('role="alert"') == 2
    assert "E-FIL-01" in page
    assert [one.name for one in attachments()] == ["plate.jpg"]
    assert "E-FIL-13" in add(desk, draft).content.decode()


def test_there_are_only_so_many_files(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload())
    (one,) = attachments()
    for _ in range(MAX_FILES - 1):
        one.pk, one.key = None, hashlib.sha256(str(_).encode()).hexdigest()[:32]
        one.save(force_insert=True)
    assert "E-FIL-08" in add(desk, draft, upload()).content.decode()


def test_what_was_taken_out_of_a_draft_can_be_put_back_and_else_is_not_sent(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload(), upload("second.png", samples.png()))
    first, second = attachments()
    page = add(desk, draft, **{"files.remove": first.key}).content.decode()
    assert f'value="{first.key}"' in page
    assert "Put back" in page
    add(desk, draft, **{"files.remove": second.key})
    add(desk, draft, **{"files.restore": second.key})
    draft.refresh_from_db(from_queryset=Draft.objects.as_system("test"))
    item = send(desk, draft, lookout())
    assert [(one.name, one.owner) for one in attachments()] == [("second.png", item.key)]


def test_a_draft_that_is_thrown_away_takes_its_files_along(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload())
    desk.post(f"/drafts/{draft.key}/discard/")
    assert attachments() == []


def test_a_file_in_a_draft_is_its_officers_alone(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload())
    (file,) = attachments()
    colleague = signed_in(officer("colleague", role="head"))
    for path in ("", "preview/", "pages/1/"):
        assert desk.get(f"/files/{file.key}/{path}").status_code == 200
        assert colleague.get(f"/files/{file.key}/{path}").status_code == 404
    assert colleague.post(f"/drafts/{draft.key}/files/", {"revision": "1"}).status_code == 404


def test_who_reads_the_report_looks_at_its_files_and_nobody_else(desk: Client) -> None:
    item, file = with_picture(desk, **{"cover.own": ["KG-BOR"]})
    colleague = signed_in(officer("colleague", role="head"))
    customs = signed_in(head())
    thread = colleague.get(f"/messages/{item.thread.key}/").content.decode()
    assert f"/files/{file.key}/preview/" in thread
    for path in ("", "preview/", "pages/1/"):
        assert colleague.get(f"/files/{file.key}/{path}").status_code == 200
        assert customs.get(f"/files/{file.key}/{path}").status_code == 404
    assert AuditLine.objects.filter(action="file.looked_at", subject=file.key).count() == 1


def test_what_is_shown_is_a_picture_and_nothing_more(desk: Client) -> None:
    _, file = with_picture(desk)
    answer = desk.get(f"/files/{file.key}/pages/1/")
    with Image.open(BytesIO(answer.content)) as shown:
        assert shown.size == (120, 80)
    assert samples.CAMERA.encode() not in answer.content
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert desk.get(f"/files/{file.key}/pages/2/").status_code == 404


def test_the_original_comes_out_as_it_went_in_and_that_is_noted(desk: Client) -> None:
    _, file = with_picture(desk)
    answer = desk.post(f"/files/{file.key}/original/")
    assert answer.content == samples.jpeg()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert desk.get(f"/files/{file.key}/original/").status_code == 405
    assert AuditLine.objects.filter(action="file.original_taken", subject=file.key).exists()


def test_nothing_of_a_file_lies_on_the_disk_in_the_clear(
    desk: Client, node_directory: Path
) -> None:
    with_picture(desk)
    found = [path.read_bytes() for path in (node_directory / "files").rglob("*") if path.is_file()]
    assert found
    assert not any(samples.CAMERA.encode() in one or b"\xff\xd8\xff" in one[:9] for one in found)


def test_a_file_that_was_changed_on_the_disk_is_not_shown(
    desk: Client, node_directory: Path
) -> None:
    _, file = with_picture(desk)
    path = node_directory / "files" / file.full.digest[:2] / file.full.digest
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    answer = desk.get(f"/files/{file.key}/pages/1/")
    assert (answer.status_code, answer.content) == (409, b"E-FIL-11")


def test_the_letters_name_the_blobs_and_let_their_recipients_fetch_them(desk: Client) -> None:
    _, file = with_picture(desk)
    for letter in letters():
        payload = canonical.decode(letter.payload)
        (said,) = payload["files"]
        assert said["preview"].hex() == file.preview.digest
        assert said["original"].hex() == file.original_hash
        assert {one.hash.hex() for one in letter.blobs} == {file.preview.digest, file.full.digest}
        assert file.original.digest not in {one.hash.hex() for one in letter.blobs}
    offered = Offer.objects.filter(blob=file.full).values_list("office", flat=True)
    assert set(offered) == {"KG-DST", "KG-OSH", "KG-BIS"}
    assert not Offer.objects.filter(blob=file.original).exists()


def test_what_waits_for_a_second_officer_is_not_to_be_fetched(desk: Client) -> None:
    with_picture(desk, **{"cover.to": ["KG-DST", "UZ-DUS"]})
    assert not Offer.objects.filter(office="UZ-DUS").exists()


def test_a_correction_keeps_the_files_and_an_answer_begins_without(desk: Client) -> None:
    item, file = with_picture(desk)
    answer = desk.post(f"/begin/correct/{item.key}/")
    draft = answer.url.strip("/").split("/")[-1]
    mine = Attachment.objects.as_system("test").get(owner=draft)
    assert (mine.full_id, mine.original_id) == (file.full_id, file.original_id)
    assert mine.key != file.key
    assert Blob.objects.count() == 3


def test_a_message_goes_with_files(desk: Client) -> None:
    item, _ = with_picture(desk)
    path = f"/messages/{item.thread.key}/say/"
    said = {"about": item.key, "to": ["KG-DST"], "text": "The seal"}
    answer = desk.post(path, {**said, "files": [upload("seal.png", samples.png()), upload()]})
    assert answer.status_code == 302
    message = Item.objects.as_system("test").latest("id")
    files = Attachment.objects.as_system("test").filter(owner=message.key)
    assert [one.name for one in files] == ["seal.png", "plate.jpg"]
    page = desk.get(f"/messages/{item.thread.key}/").content.decode()
    assert page.count('class="file-thumb"') == 3


def test_a_message_with_a_file_that_is_not_taken_is_not_sent_and_kept(desk: Client) -> None:
    item, _ = with_picture(desk)
    before = Item.objects.as_system("test").count()
    said = {"about": item.key, "to": ["KG-DST"], "text": "The seal is broken"}
    answer = desk.post(
        f"/messages/{item.thread.key}/say/", {**said, "files": [upload("x.jpg", b"GIF89a")]}
    )
    assert answer.status_code == 422
    assert "E-FIL-01" in answer.content.decode()
    assert "The seal is broken" in answer.content.decode()
    assert Item.objects.as_system("test").count() == before


def test_marks_are_kept_beside_the_picture_with_who_drew_them(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload())
    (file,) = attachments()
    corners = {"page": "1", "x1": "9000", "y1": "2000", "x2": "1000", "y2": "8000"}
    for kind in ("box", "arrow"):
        said = {"kind": kind, "text": f"The {kind}", **corners}
        assert desk.post(f"/files/{file.key}/marks/", said).status_code == 302
    desk.post(f"/files/{file.key}/marks/", {"kind": "note", "page": "1", "text": "Two seals"})
    page = desk.get(f"/files/{file.key}/").content.decode()
    assert "Two seals" in page
    assert "A. Toktosunov" in page
    assert '<rect x="1000" y="2000" width="8000" height="6000"/>' in page
    box = Mark.objects.as_system("test").get(kind="box")
    assert desk.post(f"/files/{file.key}/marks/{box.pk}/remove/").status_code == 302
    draft.refresh_from_db(from_queryset=Draft.objects.as_system("test"))
    send(desk, draft, lookout())
    (said, *_) = canonical.decode(letters()[0].payload)["files"]
    assert [line[1] for line in said["marks"]] == ["arrow", "note"]


def test_marks_that_were_sent_stay_and_later_ones_stay_here(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload())
    (file,) = attachments()
    desk.post(f"/files/{file.key}/marks/", {"kind": "note", "page": "1", "text": "Sent"})
    draft.refresh_from_db(from_queryset=Draft.objects.as_system("test"))
    send(desk, draft, lookout())
    desk.post(f"/files/{file.key}/marks/", {"kind": "note", "page": "1", "text": "Later"})
    sent, later = Mark.objects.as_system("test").order_by("pk")
    assert (sent.travels, later.travels) == (True, False)
    assert desk.post(f"/files/{file.key}/marks/{sent.pk}/remove/").status_code == 404
    stranger = signed_in(officer("colleague", role="head"))
    assert stranger.post(f"/files/{file.key}/marks/{later.pk}/remove/").status_code == 404
    assert desk.post(f"/files/{file.key}/marks/{later.pk}/remove/").status_code == 302


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "box", "page": "2", "x1": "1", "y1": "1", "x2": "999", "y2": "999"},
        {"kind": "box", "page": "1", "x1": "1", "y1": "1", "x2": "10001", "y2": "999"},
        {"kind": "box", "page": "1", "x1": "5", "y1": "5", "x2": "6", "y2": "6"},
        {"kind": "note", "page": "1", "text": "  "},
        {"kind": "note", "page": "1", "text": "x" * 301},
        {"kind": "script", "page": "1", "text": "x"},
        {"kind": "arrow", "page": "one", "text": "x"},
    ],
)
def test_a_mark_that_cannot_be_drawn_is_refused(desk: Client, said: dict[str, str]) -> None:
    _, file = with_picture(desk)
    answer = desk.post(f"/files/{file.key}/marks/", said)
    assert answer.status_code == 422
    assert "E-FIL-14" in answer.content.decode()
    assert not Mark.objects.as_system("test").exists()


def test_a_document_is_looked_at_page_by_page(desk: Client) -> None:
    draft = begin_draft(desk)
    add(desk, draft, upload("waybill.pdf", samples.pdf(3)))
    (file,) = attachments()
    page = desk.get(f"/files/{file.key}/?page=2").content.decode()
    assert f"/files/{file.key}/pages/2/" in page
    assert 'rel="next"' in page
    assert 'rel="prev"' in page
    assert 'rel="next"' not in desk.get(f"/files/{file.key}/?page=99").content.decode()
    assert desk.get(f"/files/{file.key}/pages/3/").headers["Content-Type"] == "image/jpeg"
