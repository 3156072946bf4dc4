"""The papers of a case: what they say, and how they are printed (PDF, DOCX)."""

from .docx import render_docx
from .notices import notice_paper, number_line, title_of
from .pdf import render_pdf
from .receipt import receipt_paper
from .sheet import sheet_paper
from .types import (
    Applied,
    MaterialLine,
    NoticeContent,
    Paper,
    PointLine,
    ReceiptContent,
    SheetContent,
    SheetRow,
    Table,
)

__all__ = [
    "Applied",
    "MaterialLine",
    "NoticeContent",
    "Paper",
    "PointLine",
    "ReceiptContent",
    "SheetContent",
    "SheetRow",
    "Table",
    "notice_paper",
    "number_line",
    "receipt_paper",
    "render_docx",
    "render_pdf",
    "sheet_paper",
    "title_of",
]
