"""Pure renderers of a bulletin in the form of GB/T 9704—2012: HTML, DOCX and PDF of the same content."""

from .docx import render_docx
from .html import render_html
from .pdf import render_pdf

__all__ = ["render_docx", "render_html", "render_pdf"]
