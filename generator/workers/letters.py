"""What a worker process does: one finished letter in, its two files out, read back and proved.

Each process keeps its renderers, with templates parsed and shared pages laid out, for all the
letters it makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.content import Letter
from generator.readback import PageCheck, Proof, prove_files
from generator.render.docx import DocxRenderer
from generator.render.html import PageTemplate

if TYPE_CHECKING:
    from generator.render.pdf import PdfRenderer


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter's files as bytes, how many pages its PDF has, and that they say what it says."""

    docx: bytes
    pdf: bytes
    pages: int
    proof: Proof


class _Renderers:
    """The renderers of this process."""

    pdf: PdfRenderer
    docx: DocxRenderer
    check: PageCheck


def start_worker(kind_folder: Path, fonts: Path) -> None:
    """Makes this process ready for letters of one kind.

    Raises:
        TemplateError: A template of the kind cannot be read.
    """
    # loads WeasyPrint: only where letters are made
    from generator.render.pdf import PdfRenderer  # noqa: PLC0415

    _Renderers.pdf = PdfRenderer(kind_folder, fonts)
    _Renderers.docx = DocxRenderer(kind_folder, fonts)
    _Renderers.check = PageCheck(fonts)


def make_letter(letter: Letter, fingerprint: str) -> MadeLetter:
    """Renders a letter: the PDF first, since Word's page fields hold its counts.

    Its ``fingerprint`` ("" in a draft) stands in the data that the PDF carries.
    """
    pdf = _Renderers.pdf.render(letter, fingerprint)
    docx = _Renderers.docx.render(letter, pdf.pages)
    proof = prove_files(docx, pdf.data, letter, _Renderers.check)
    return MadeLetter(docx, pdf.data, sum(pdf.pages.values()), proof)


def check_templates(kind_folder: Path, fonts: Path | None) -> None:
    """Reads a kind's templates without starting the PDF's engine; ``start_worker`` reads all.

    Args:
        kind_folder: The kind's templates.
        fonts: Holds the fonts that Word files carry; None: they carry none.

    Raises:
        TemplateError: One is missing, or cannot be read, or a font may not be embedded.
    """
    PageTemplate(kind_folder)
    DocxRenderer(kind_folder, fonts).check_fonts()
