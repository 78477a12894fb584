"""What a worker process does: one finished letter in, its two files out.

Each process keeps its renderers, with templates parsed and shared pages laid out, for all the
letters it makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.content import Letter
from generator.render.docx import DocxRenderer
from generator.render.html import PageTemplate

if TYPE_CHECKING:
    from generator.render.pdf import PdfRenderer


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter's files as bytes, and how many pages its PDF has."""

    docx: bytes
    pdf: bytes
    pages: int


class _Renderers:
    """The renderers of this process."""

    pdf: PdfRenderer
    docx: DocxRenderer


def start_worker(kind_folder: Path, fonts: Path) -> None:
    """Makes this process ready for letters of one kind.

    Raises:
        TemplateError: A template of the kind cannot be read.
    """
    # loads WeasyPrint: only where letters are made
    from generator.render.pdf import PdfRenderer  # noqa: PLC0415

    _Renderers.pdf = PdfRenderer(kind_folder, fonts)
    _Renderers.docx = DocxRenderer(kind_folder)


def make_letter(letter: Letter) -> MadeLetter:
    """Renders a letter: the PDF first, since Word's page fields hold its counts."""
    pdf = _Renderers.pdf.render(letter)
    docx = _Renderers.docx.render(letter, pdf.pages)
    return MadeLetter(docx, pdf.data, sum(pdf.pages.values()))


def check_templates(kind_folder: Path) -> None:
    """Reads a kind's templates without starting the PDF's engine; ``start_worker`` reads all.

    Raises:
        TemplateError: One is missing, or cannot be read.
    """
    PageTemplate(kind_folder)
    DocxRenderer(kind_folder)
