"""Uploaded files, decrypted for those who may see their case."""

from django.utils.translation import gettext_noop

from yichuang.accounts.actions import log_access
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.permissions import require

from .. import files
from ..models import Attachment
from ..types import CASE


def attachment_for(actor: Actor, attachment: int) -> tuple[Attachment, bytes]:
    """A file and its content, logged: for those who may see the identities of its case, since a scan shows them.

    While it belongs to no case, for who uploaded it.
    """
    found = Attachment.objects.select_related("case").filter(pk=attachment).first()
    if found is None:
        raise Refusal("没有此文件，可能已删除", code="not_found", field="file")
    if found.case is not None:
        require(actor, "cases.view_identity", found.case)
        log_access(actor.id, CASE.code, found.case.pk, gettext_noop("查看附件"))
    elif found.uploaded_by != actor.id:
        raise NotPermitted
    try:
        return found, files.read(found.path)
    except FileNotFoundError:
        raise Refusal("文件不在存储中，请联系系统管理员从备份恢复", code="file_missing") from None
