"""Files that come with letters: attached to their item, drawn anew, read strictly; and that come back."""

from dataclasses import replace

import pytest
from django.utils import timezone

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.arrivals.returning import item_returned
from borderliaison.correspondence.errors import MalformedPayload
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.payloads import ITEM, ItemPayload
from borderliaison.exchange.core.letter import Blob as LetterBlob
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.files import looking
from borderliaison.files.adding import Prepared
from borderliaison.files.coming import next_wanted
from borderliaison.files.kinds import Kind
from borderliaison.files.models import Attachment, Blob, Mark, Offer
from borderliaison.kernel.ids import OfficeCode
from tests.accounts.people import signed_in
from tests.correspondence.cast import liaison, network
from tests.correspondence.letters import DOSTUK, NOW, author_at, letter
from tests.files.samples import CAMERA, polyglot, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def said_of(made: Prepared, **changes: object) -> dict[str, object]:
    """What a payload says of a file."""
    return {
        "name": made.name,
        "kind": made.kind.value,
        "pages": made.pages,
        "width": made.width,
        "height": made.height,
        "preview": made.preview.listed.digest,
        "full": made.full.listed.digest,
        "original": bytes.fromhex(made.original_hash),
        "original_size": made.original_size,
        "added": 1_778_558_400_000,
        "office": "KG-DST",
        "officer": "KG-DST/0003",
        "marks": [[1, "arrow", 0, 0, 5000, 5000, "Seal", "KG-DST/0003", "G. Saparalieva", 1]],
        **changes,
    }


def with_files(
    made: Prepared, *said: dict[str, object], office: OfficeCode = DOSTUK, **changes: object
) -> ReceivedLetter:
    """A message with a file, from Dostuk unless told."""
    content = {"phrases": [], "text": "See the seal", "language": "en", "about": ""}
    payload = ItemPayload(
        "6b" * 16, "A message", author_at(office), NOW, content, files=list(said or [said_of(made)])
    )
    blobs = tuple(
        LetterBlob(one.listed.digest, one.listed.size, one.key) for one in (made.preview, made.full)
    )
    return letter(
        f"{ITEM}/message", payload.encode(), **{"issuer": office, "blobs": blobs, **changes}
    )


def come(made: Prepared) -> None:
    """Let the blobs have been fetched: they are in this test's store already."""
    for one in (made.preview, made.full):
        Blob.objects.filter(digest=one.listed.digest.hex()).update(
            hashes=b"".join(one.listed.hashes), is_here=True, wanted_at=None
        )


def test_a_file_comes_with_its_item_and_its_preview_is_asked_for() -> None:
    made = prepared()
    receive_item(with_files(made))
    receive_item(with_files(made))  # a replay
    item = Item.objects.as_system("test").get()
    file = Attachment.objects.as_system("test").get()
    assert (file.owner, file.marking_id, file.original) == (item.key, item.marking_id, None)
    assert Mark.objects.as_system("test").get().officer_name == "G. Saparalieva"
    wanted = next_wanted(DOSTUK)
    assert wanted is not None
    assert wanted.digest == made.preview.listed.digest


def test_the_full_picture_is_asked_for_by_an_officer() -> None:
    made = prepared()
    receive_item(with_files(made))
    file = Attachment.objects.as_system("test").get()
    desk = signed_in(liaison())
    page = desk.get(f"/files/{file.key}/").content.decode()
    assert "Ask for the full picture" in page
    assert desk.get(f"/files/{file.key}/preview/").status_code == 404
    desk.post(f"/files/{file.key}/fetch/")
    file.full.refresh_from_db()
    assert file.full.wanted_at is not None
    assert "is on its way" in desk.get(f"/files/{file.key}/").content.decode()
    assert desk.post(f"/files/{file.key}/original/").status_code == 404


def test_what_another_office_sent_is_drawn_anew_before_it_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = prepared()
    receive_item(with_files(made))
    come(made)
    asked: list[Kind] = []
    real = looking.rework
    monkeypatch.setattr(
        looking, "rework", lambda kind, data: asked.append(kind) or real(kind, data)
    )
    file = Attachment.objects.as_system("test").get()
    desk = signed_in(liaison())
    for _ in range(2):
        answer = desk.get(f"/files/{file.key}/pages/1/")
        assert answer.status_code == 200
        assert CAMERA.encode() not in answer.content
    assert asked == [Kind.SHEAF]
    assert polyglot()[-4:] not in answer.content


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "svg"},
        {"kind": "sheaf"},
        {"pages": 0},
        {"pages": True},
        {"width": 10**9},
        {"name": "x\u202e"},
        {"name": ""},
        {"preview": bytes(32)},
        {"full": "text"},
        {"original": b"short"},
        {"office": "evil"},
        {"marks": [[2, "box", 0, 0, 1, 1, "", "", "", 0]]},
        {"marks": [[1, "box", 0, 0, 1, 10_001, "", "", "", 0]]},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_no_file_is_refused_with_its_item(change: dict[str, object]) -> None:
    made = prepared()
    with pytest.raises(MalformedPayload):
        receive_item(with_files(made, said_of(made, **change)))
    assert not Item.objects.as_system("test").exists()


def test_a_blob_that_another_office_named_with_another_key_spoils_nothing() -> None:
    made = prepared()
    hostile = with_files(made)
    spoilt = tuple(replace(one, key=bytes(32)) for one in hostile.blobs)
    receive_item(replace(hostile, blobs=spoilt))
    other = with_files(made, office=OfficeCode("KG-OSH"))
    receive_item(other)
    come(made)
    file = Attachment.objects.as_system("test").order_by("pk").last()
    assert file is not None
    assert looking.page(file, 1).media == "image/jpeg"


def test_files_of_our_own_that_were_lost_are_asked_back_and_offered_again() -> None:
    made = prepared()
    ours = OfficeCode("KG-BDB")
    returned = with_files(made, office=ours, to=(DOSTUK,), created=timezone.now())
    item_returned(returned)
    item_returned(returned)
    file = Attachment.objects.as_system("test").get()
    assert (file.full.source, file.original) == (DOSTUK, None)
    assert Offer.objects.filter(office=DOSTUK).count() == 2
