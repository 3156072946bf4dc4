"""A bulletin as files: HTML, DOCX and PDF of the same document."""

from collections.abc import Mapping
from pathlib import Path

from .documents import render_docx, render_html, render_pdf
from .types import Document

FORMS: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def render_document(document: Document, form: str, font_dir: Path) -> bytes:
    """The document in one of :data:`FORMS`; ``font_dir`` is searched for fonts besides the system's."""
    if form == "html":
        return render_html(document).encode()
    if form == "docx":
        return render_docx(document)
    return render_pdf(document, font_paths=[font_dir] if font_dir.is_dir() else [])


def file_name(document: Document) -> str:
    """``weekly-2024-02-26-2024-03-01``, without the ending."""
    return f"weekly-{document.masthead.first}-{document.masthead.last}"


def write_files(document: Document, folder: Path, font_dir: Path) -> list[Path]:
    """Write every form into ``folder`` (made if missing); returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{file_name(document)}.{form}" for form in FORMS]
    for path, form in zip(paths, FORMS, strict=True):
        path.write_bytes(render_document(document, form, font_dir))
    return paths
