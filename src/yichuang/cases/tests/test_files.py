"""Uploads: what is taken, how it lies on the disk, who may open it, what is left after a failure."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import Workbook
from PIL import Image

from yichuang.accounts.models import AccessLog
from yichuang.accounts.tests.factories import make_person
from yichuang.kernel.actor import Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.types import Channel

from ..actions import discard_upload, receive, upload
from ..models import Attachment
from ..queries import attachment_for
from ..rules import check_file
from ..types import MaterialGiven
from .factories import CLERK, EDITOR, PERSON, REVIEWER, SECOND_REVIEWER, START, actor_with, make_item, received_case

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
EXE = b"MZ\x90\x00" + b"\x00" * 200
OTHER_CLERK = actor_with((Role.FRONT, ""), person=31)


def picture(form: str) -> bytes:
    kept = io.BytesIO()
    Image.effect_noise((300, 200), 60).save(kept, form)
    return kept.getvalue()


def packed(*names: str, size: int = 10) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return kept.getvalue()


def office(form: str) -> bytes:
    kept = io.BytesIO()
    if form == "docx":
        Document().save(kept)
    else:
        Workbook().save(kept)
    return kept.getvalue()


def files_on_disk() -> list[Path]:
    return [path for path in Path(storages["files"].location).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("扫描.pdf", PDF, "application/pdf"),
        ("照片.jpeg", picture("JPEG"), "image/jpeg"),
        ("照片.png", picture("PNG"), "image/png"),
        ("公文.ofd", packed("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        ("表.xlsx", office("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("书.docx", office("docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("名字不算.exe", PDF, "application/pdf"),
    ],
    ids=["pdf", "jpeg", "png", "ofd", "xlsx", "docx", "pdf named exe"],
)
def test_a_file_is_what_its_content_says(name: str, content: bytes, media_type: str) -> None:
    assert check_file(name, content) == (name, media_type)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (EXE, "bad_type"),
        (b"<html><script>alert(1)</script>", "bad_type"),
        (b"%PDF-1.7 " + b"0" * 5000, "damaged_file"),
        (picture("JPEG")[:2000], "damaged_file"),
        (picture("PNG")[:2000], "damaged_file"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "damaged_file"),
        (packed("readme.txt"), "bad_type"),
        (packed("word/document.xml", "word/vbaProject.bin"), "bad_type"),
        (packed("OFD.xml", "big", size=401 * 1024 * 1024 // 2), "bad_type"),
        (packed("OFD.xml")[:60], "bad_type"),
        (b"PK\x03\x04" + b"\x00" * 40, "bad_type"),
    ],
    ids=[
        "empty",
        "program",
        "page",
        "no pdf",
        "half a jpeg",
        "half a png",
        "no png",
        "zip",
        "macros",
        "unpacks to gigabytes",
        "half an ofd",
        "no zip",
    ],
)
def test_other_files_are_refused_in_words(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_file("材料.pdf", content)
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert "材料.pdf" in refused.value.message


def test_a_file_of_more_than_20_mb_is_refused() -> None:
    with pytest.raises(Refusal, match="20 MB"):
        check_file("大.pdf", PDF + b"0" * 20 * 1024 * 1024)


@pytest.mark.parametrize("side", [7_100, 20_000])
def test_a_picture_with_too_many_pixels_is_refused(side: int) -> None:
    kept = io.BytesIO()
    Image.new("1", (side, side)).save(kept, "PNG")
    with pytest.raises(Refusal, match="像素太多"):
        check_file("大.png", kept.getvalue())


def test_a_page_of_a4_at_600_dpi_is_taken() -> None:
    kept = io.BytesIO()
    Image.new("1", (4_961, 7_016)).save(kept, "PNG")
    assert check_file("页.png", kept.getvalue())[1] == "image/png"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (r"C:\扫描\身份证.pdf", "身份证.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        ("", "未命名"),
    ],
)
def test_names_are_made_harmless(name: str, kept: str) -> None:
    assert check_file(name, PDF)[0] == kept


def test_a_file_lies_encrypted_and_opens_for_those_concerned() -> None:
    before = set(files_on_disk())
    item = make_item(materials=("申请书",))
    spec = item.materials.get().pk
    kept = upload(name="申请书.pdf", content=PDF, actor=CLERK, at=START)
    (file,) = set(files_on_disk()) - before
    assert b"PDF" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(NotPermitted):
        attachment_for(OTHER_CLERK, kept.pk)
    assert attachment_for(CLERK, kept.pk)[1] == PDF
    given = [MaterialGiven(spec, attachments=(kept.pk,))]
    with pytest.raises(Refusal, match="附件已删除"):
        receive(item=item.key, applicant=PERSON, materials=given, channel=Channel.WINDOW, actor=OTHER_CLERK, at=START)
    case = receive(item=item.key, applicant=PERSON, materials=given, channel=Channel.WINDOW, actor=CLERK, at=START)
    kept.refresh_from_db()
    assert (kept.case_id, kept.spec_id) == (case.pk, spec)
    for actor in (OTHER_CLERK, REVIEWER):
        assert attachment_for(actor, kept.pk)[1] == PDF
    for actor in (SECOND_REVIEWER, EDITOR):
        with pytest.raises(NotPermitted):
            attachment_for(actor, kept.pk)
    assert AccessLog.objects.filter(subject_id=case.pk).count() == 2
    with pytest.raises(Refusal, match="不能删除"):
        discard_upload(kept.pk, actor=CLERK)


def test_a_refused_upload_leaves_no_file() -> None:
    before = set(files_on_disk())
    case = received_case(make_item())
    for number, spec, code in (("K404", None, "not_found"), (case.number, 987654, "wrong_material")):
        with pytest.raises(Refusal) as refused:
            upload(name="a.pdf", content=PDF, number=number, spec=spec, actor=CLERK, at=START)
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        upload(name="a.pdf", content=PDF, actor=EDITOR, at=START)
    assert set(files_on_disk()) == before
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_discarded_file_goes_with_its_row_and_stale_ones_after_a_week() -> None:
    before = set(files_on_disk())
    kept = upload(name="a.pdf", content=PDF, actor=CLERK, at=START)
    with pytest.raises(Refusal):
        discard_upload(kept.pk, actor=OTHER_CLERK)
    discard_upload(kept.pk, actor=CLERK)
    assert set(files_on_disk()) == before
    upload(name="alt.pdf", content=PDF, actor=CLERK, at=START)
    upload(name="neu.pdf", content=PDF, actor=CLERK, at=START + timedelta(days=8))
    assert [one.name for one in Attachment.objects.all()] == ["neu.pdf"]
    assert len(set(files_on_disk()) - before) == 1


def test_the_page_uploads_and_shows_a_file(client: Client) -> None:
    case = received_case(make_item(), timezone.now())
    client.force_login(make_person("someone", [Role.FRONT]))
    page = client.post("/attachments", {"number": case.number, "file": io.BytesIO(PDF)}, follow=True)
    kept = Attachment.objects.get()
    assert f"/attachments/{kept.pk}" in page.content.decode()
    opened = client.get(f"/attachments/{kept.pk}")
    assert opened.content == PDF
    assert opened["Content-Type"] == "application/pdf"
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert opened["Content-Disposition"].startswith("inline")
    assert "no-store" in opened["Cache-Control"]
    renamed = io.BytesIO(EXE)
    renamed.name = "身份证.pdf"
    answer = client.post("/attachments", {"number": case.number, "file": renamed})
    assert answer.status_code == 422
    assert "只改扩展名无效" in answer.content.decode()
    assert client.post("/attachments", {"number": case.number}).status_code == 422


def test_word_and_excel_are_downloads(client: Client) -> None:
    person = make_person("someone", [Role.FRONT])
    client.force_login(person)
    file = io.BytesIO(office("docx"))
    file.name = "书.docx"
    assert client.post("/attachments", {"file": file}).status_code == 201
    kept = Attachment.objects.get()
    assert client.get(f"/attachments/{kept.pk}")["Content-Disposition"].startswith("attachment")
    assert client.post(f"/attachments/{kept.pk}/discard").status_code == 204
    assert client.get(f"/attachments/{kept.pk}").status_code == 404
