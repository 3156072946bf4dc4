"""Papers as files and on screen; the public page where anyone verifies one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yichuang.engines.documents.qr import qr_data_uri
from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, public, requires

from ..documents import (
    NoticeContent,
    Paper,
    ReceiptContent,
    Table,
    notice_paper,
    receipt_paper,
    render_docx,
    render_pdf,
    sheet_paper,
)
from ..documents.codes import LENGTH, address_of, clean_code, grouped, how_to_verify
from ..queries import notice_for, sheet_for, verify

FORMS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", lambda paper: render_pdf(paper, font_paths=[settings.FONT_DIR])),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
}
LONGEST_TYPED = 200  # a scanned address is longer than its code


@requires("cases.view_case")
def notice_page(request: Request, notice: int) -> HttpResponse:
    """A notice as a sheet of paper, with what prints and downloads it."""
    content = notice_for(request.actor, notice)
    paper = _paper(content)
    context = {
        "paper": paper,
        "case": content.applied.case_number,
        "notice": notice,
        "blocks": [(isinstance(block, Table), block) for block in paper.blocks],
        "qr": qr_data_uri(address_of(paper.address, paper.code)),
        "code": grouped(paper.code),
        "how_to_verify": how_to_verify(paper.address),
    }
    return render(request, "cases/notice.html", context)


@requires("cases.view_case")
def notice_file(request: Request, notice: int, form: str) -> HttpResponse:
    """A notice as ``pdf`` (opens in the browser, to be printed) or ``docx``."""
    return _file(_paper(notice_for(request.actor, notice)), form)


@requires("cases.view_sheet")
def sheet_file(request: Request, number: str, form: str) -> HttpResponse:
    """A hand-over sheet as ``pdf`` or ``docx``."""
    return _file(sheet_paper(sheet_for(request.actor, number)), form)


@public
def verify_form(request: Request) -> HttpResponse:
    """Ask for a code; a good one leads to its own address."""
    typed = request.GET.get("code", "")[:LONGEST_TYPED]
    code = clean_code(typed)
    if code:
        return redirect("verify_code", code=code)
    context: dict[str, object] = {"typed": typed}
    if typed.strip():
        context["fault"] = _("验证码是%(length)s位字母和数字，请照文书左下方二维码旁的“验证码”输入") % {
            "length": LENGTH
        }
    return _unlisted(render(request, "cases/verify.html", context, status=422 if "fault" in context else 200))


@public
def verify_code(request: Request, code: str) -> HttpResponse:
    """Whether there is a paper with this code, what it is and whether it still holds; nothing about the person."""
    cleaned = clean_code(code)
    found = verify(cleaned, today=timezone.localdate())
    context = {
        "found": found,
        "code": grouped(cleaned),
        "typed": grouped(cleaned) or code[:LONGEST_TYPED],
        "asked": True,
    }
    return _unlisted(render(request, "cases/verify.html", context, status=200 if found else 404))


def _paper(content: NoticeContent | ReceiptContent) -> Paper:
    return receipt_paper(content) if isinstance(content, ReceiptContent) else notice_paper(content)


def _file(paper: Paper, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Refusal(_("没有这种格式，可下载 pdf 或 docx"), code="not_found", field="form")
    media_type, render_as = FORMS[form]
    response = HttpResponse(render_as(paper), content_type=media_type)
    name = f"{paper.title}-{paper.number.rpartition('：')[2]}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=form != "pdf", filename=name) or ""
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Kept by no cache and no search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    return response
