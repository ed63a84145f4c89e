"""Files by programs: added to a draft once, listed, looked at as pictures, asked for, as on pages."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from PIL import Image

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.files.limits import MAX_FILE_BYTES
from borderliaison.files.models import Attachment, Blob
from tests.accounts.people import officer as account
from tests.api.programs import Program, values_of
from tests.correspondence.cast import lookout
from tests.files import samples


def draft_of(program: Program) -> str:
    """Begin a lookout that can be filed."""
    cover = {"level": 1, "handling": ["H1"], "own": ["KG-BOR"], "to": ["KG-DST"]}
    body = {"form": "lookout", "values": values_of(lookout()), "cover": cover}
    return str(program.do("/drafts", body)["draft"])


def add(
    program: Program, draft: str, data: bytes, name: str = "plate.jpg", key: str = "add"
) -> HttpResponse:
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": key}
    return program.client.post(  # type: ignore[return-value]
        f"/api/v1/drafts/{draft}/files/add?name={name}",
        data=data,
        content_type="application/octet-stream",
        headers=headers,
    )


def code_of(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def files_of(program: Program, path: str) -> list[dict[str, Any]]:
    return list(program.read(path)["files"])


def test_a_picture_goes_with_a_report_and_is_looked_at(officer: Account) -> None:
    program = Program(officer)
    draft = draft_of(program)
    assert add(program, draft, samples.jpeg(), "Номер.jpg").status_code == 201
    (file,) = files_of(program, f"/drafts/{draft}/files")
    assert (file["name"], file["kind"], file["pages"]) == ("Номер.jpg", "jpeg", 1)
    assert file["original_hash"] == hashlib.sha256(samples.jpeg()).hexdigest()
    assert file["preview"]["here"]
    item = program.do(f"/drafts/{draft}/file")["item"]
    assert [one["key"] for one in files_of(program, f"/items/{item}/files")] == [file["key"]]
    assert program.read(f"/files/{file['key']}") == file
    for path in ("preview", "pages/1"):
        answer = program.get(f"/files/{file['key']}/{path}")
        assert samples.CAMERA.encode() not in answer.content
        with Image.open(BytesIO(answer.content)) as picture:
            assert picture.size == (120, 80)
    assert code_of(program.get(f"/files/{file['key']}/pages/2")) == (404, "E-API-03")
    assert program.do(f"/files/{file['key']}/fetch") == {"file": file["key"], "waits": False}
    looked = AuditLine.objects.filter(action="file.looked_at", subject=file["key"])
    assert looked.count() == 2


def test_a_file_is_added_once_however_often_it_is_sent(
    officer: Account, node_directory: Path
) -> None:
    program = Program(officer)
    draft = draft_of(program)
    first = add(program, draft, samples.jpeg())
    blobs = Blob.objects.count()
    again = add(program, draft, samples.jpeg())
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Blob.objects.count() == blobs
    assert len(files_of(program, f"/drafts/{draft}/files")) == 1
    assert code_of(add(program, draft, samples.png())) == (422, "E-API-09")


def test_a_large_photograph_is_taken_and_one_that_is_too_large_is_not(officer: Account) -> None:
    program = Program(officer)
    draft = draft_of(program)
    large = samples.jpeg() + bytes(4_000_000)
    assert add(program, draft, large, key="large").status_code == 201
    too_large = samples.jpeg() + bytes(MAX_FILE_BYTES)
    assert code_of(add(program, draft, too_large, key="more")) == (413, "E-API-07")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "E-FIL-12"),
        (b"MZ\x90\x00 a program", 422, "E-FIL-01"),
        (samples.png_bomb(), 422, "E-FIL-03"),
        (samples.jpeg()[:60], 422, "E-FIL-05"),
    ],
)
def test_what_is_no_file_is_refused_by_name_and_leaves_nothing(
    officer: Account, data: bytes, status: int, code: str
) -> None:
    program = Program(officer)
    draft = draft_of(program)
    assert code_of(add(program, draft, data)) == (status, code)
    assert not Attachment.objects.as_system("test").exists()
    assert not Blob.objects.exists()


def test_a_file_is_taken_out_and_put_back(officer: Account) -> None:
    program = Program(officer)
    draft = draft_of(program)
    file = json.loads(add(program, draft, samples.jpeg()).content)["file"]
    path = f"/drafts/{draft}/files/{file}"
    program.do(f"{path}/remove")
    assert files_of(program, f"/drafts/{draft}/files")[0]["removed"]
    program.do(f"{path}/restore")
    assert not files_of(program, f"/drafts/{draft}/files")[0]["removed"]
    assert code_of(program.post(f"/drafts/{draft}/files/{'0' * 32}/remove")) == (404, "E-API-03")


def test_nobody_adds_to_anothers_draft_and_nothing_is_opened_for_him(officer: Account) -> None:
    draft = draft_of(Program(officer))
    other = Program(account("mamatov", full_name="B. Mamatov"))
    assert code_of(add(other, draft, b"not even looked at")) == (404, "E-API-03")
    reading = Program(officer, may_write=False)
    assert code_of(add(reading, draft, samples.jpeg())) == (403, "E-API-02")
    assert not Blob.objects.exists()


def test_what_has_not_come_yet_says_so(officer: Account) -> None:
    program = Program(officer)
    draft = draft_of(program)
    file = json.loads(add(program, draft, samples.jpeg()).content)["file"]
    rows = Attachment.objects.as_system("test").filter(key=file)
    Blob.objects.filter(pk=rows.get().full_id).update(is_here=False, source="KG-DST", come=0)
    assert code_of(program.get(f"/files/{file}/pages/1")) == (409, "E-FIL-10")
    assert program.do(f"/files/{file}/fetch")["waits"]
    assert program.read(f"/files/{file}")["full"]["wanted"]
