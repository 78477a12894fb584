"""A letter's two files, just made, read back: they are its proof, or the letter fails."""

from __future__ import annotations

from generator.content import Letter
from generator.errors import RenderError
from generator.readback.compare import FileProof, Proof, prove_docx, prove_pages, section_pages
from generator.readback.expected import expect
from generator.readback.layout import PageCheck
from generator.readback.mismatch import Mismatch
from generator.readback.pdf import open_pdf

REMEDY = (
    "See that page.html, page.css and letter.docx of the kind print this block once, in its place "
    "and without changing it; then run again."
)


def prove_files(docx: bytes, pdf: bytes, letter: Letter, check: PageCheck) -> Proof:
    """Reads both files back and compares them with the letter; looks at the PDF's pages too.

    Args:
        docx: The Word file.
        pdf: The PDF.
        letter: What both must say.
        check: What looks at the PDF's pages.

    Raises:
        RenderError: One does not say what the letter says; a page is not as it should be.
    """
    expected = expect(letter)
    with open_pdf(pdf, check.memory) as pages:
        fault = next(check.faults(pages, letter, expected), None)
        of_pdf = _agreed(fault or prove_pages(pages, letter, expected), letter, "PDF")
        counts = section_pages(pages, letter, expected)
    of_docx = _agreed(prove_docx(docx, letter, counts, expected), letter, "DOCX")
    return Proof(docx=of_docx, pdf=of_pdf)


def _agreed(outcome: FileProof | Mismatch, letter: Letter, file: str) -> FileProof:
    if isinstance(outcome, Mismatch):
        raise RenderError(f"{letter.who}, {file}: {outcome}", outcome.remedy or REMEDY)
    return outcome
