"""Import by the page: a file is checked and kept first, and written when its report is confirmed."""

import zlib
from datetime import datetime, timedelta

from django.db import transaction

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from ..models import ItemUpload
from ..types import REFUSALS_KEPT, Report
from .imports import import_items

KEPT = timedelta(days=1)


@transaction.atomic
def check_upload(content: bytes, *, file_name: str, actor: Actor, at: datetime) -> ItemUpload:
    """Dry run; keeps file and report until confirmed, for a day. Clears what others left longer than that."""
    report = import_items(content, file_name=file_name, dry_run=True, actor=actor, at=at)
    ItemUpload.objects.filter(uploaded_at__lt=at - KEPT).delete()
    return ItemUpload.objects.create(
        file_name=report.file_name,
        content=zlib.compress(content),
        report=report.as_json(REFUSALS_KEPT),
        uploaded_by=actor.id,
        uploaded_at=at,
    )


@transaction.atomic
def confirm_upload(upload_id: int, *, actor: Actor, at: datetime) -> Report:
    """Import a file that this ``actor`` had checked; it can be confirmed once."""
    require(actor, "catalogue.import")
    upload = ItemUpload.objects.select_for_update().filter(pk=upload_id, uploaded_by=actor.id).first()
    if upload is None:
        raise Refusal("该文件已导入或已过期，请重新上传", code="no_upload", field="file")
    content = zlib.decompress(bytes(upload.content))
    report = import_items(content, file_name=upload.file_name, dry_run=False, actor=actor, at=at)
    upload.delete()
    return report
