"""Uploaded files: kept encrypted, bound to a case when it is received, discarded while they belong to none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from yichuang.catalogue.queries import materials_of
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.kernel.sm3 import sm3

from .. import files
from ..models import Attachment, Case
from ..rules import check_file
from ..types import MaterialGiven
from .moving import facts_of, lock_case

KEPT = timedelta(days=7)  # without a case: what a draft may still refer to


def upload(
    *, name: str, content: bytes, spec: int | None = None, number: str | None = None, actor: Actor, at: datetime
) -> Attachment:
    """Keep a file of at most 20 MB (PDF, JPEG, PNG, OFD, DOCX, XLSX by content), for a case or for one to come.

    ``spec``, the material it is about, counts for a file of a case; otherwise the material names its files.
    The file is on the disk before its row; without the row it is removed again. Uploads of this person that have
    belonged to no case for a week are cleared away.
    """
    require(actor, "cases.attach")
    shown, media_type = check_file(name, content)
    path = files.keep(content)
    try:
        with transaction.atomic():
            case = _case(number, actor) if number else None
            attachment = Attachment.objects.create(
                case=case,
                spec_id=_asked(case, spec),
                name=shown,
                media_type=media_type,
                size=len(content),
                digest=sm3(content),
                path=path,
                uploaded_by=actor.id,
                uploaded_at=at,
            )
            _clear_stale(actor, at)
    except BaseException:
        files.remove(path)
        raise
    return attachment


@transaction.atomic
def discard_upload(attachment: int, *, actor: Actor) -> None:
    """Delete a file of one's own that belongs to no case yet; the file goes when the row is gone for good."""
    require(actor, "cases.attach")
    found = Attachment.objects.select_for_update().filter(pk=attachment, uploaded_by=actor.id).first()
    if found is None:
        raise Refusal("没有此文件，可能已删除", code="not_found", field="file")
    if found.case_id is not None:
        raise Refusal("文件已归入办件，不能删除", code="bound", field="file")
    _discard(found)


def bind_attachments(case: Case, materials: Sequence[MaterialGiven], *, actor: Actor) -> None:
    """Give the case the files that ``actor`` uploaded for its materials; refused when one is not there."""
    wanted = {attachment: given.spec for given in materials for attachment in given.attachments}
    if not wanted:
        return
    rows = list(
        Attachment.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, uploaded_by=actor.id, case=None)
        .order_by("pk")
    )
    if len(rows) < len(wanted):
        raise Refusal("有的附件已删除或已归入其他办件，请重新上传", code="no_upload", field="attachments")
    for row in rows:
        row.case, row.spec_id = case, wanted[row.pk]
    Attachment.objects.bulk_update(rows, ["case", "spec"])


def _case(number: str, actor: Actor) -> Case:
    case = lock_case(number)
    require(actor, "cases.attach", facts_of(case))
    return case


def _asked(case: Case | None, spec: int | None) -> int | None:
    if case is None or spec is None:
        return None
    if spec not in {known.pk for known in materials_of(case.item_id)}:
        raise Refusal("材料不属于此办件的事项，请从清单中选择", code="wrong_material", field="spec")
    return spec


def _clear_stale(actor: Actor, at: datetime) -> None:
    stale = Attachment.objects.select_for_update(of=("self",)).filter(
        case=None, uploaded_by=actor.id, uploaded_at__lt=at - KEPT
    )
    for attachment in stale.order_by("pk"):
        _discard(attachment)


def _discard(attachment: Attachment) -> None:
    path = attachment.path
    attachment.delete()
    transaction.on_commit(lambda: files.remove(path), robust=True)
