"""Finished files → their words again, and whether those are the letter's.

White space does not count: where lines and pages end is each program's own affair. But a figure is
one figure: it neither ends nor begins elsewhere than in the letter.
"""

from __future__ import annotations

from generator.readback.attachments import read_attachments
from generator.readback.compare import (
    FileProof,
    Proof,
    prove_docx,
    prove_pages,
    prove_pdf,
    section_pages,
)
from generator.readback.layout import PageCheck
from generator.readback.mismatch import Mismatch
from generator.readback.pdf import open_pdf, read_pdf
from generator.readback.proving import prove_files
from generator.readback.squeeze import squeeze
from generator.readback.word import document_texts, read_day, read_docx

__all__ = [
    "FileProof",
    "Mismatch",
    "PageCheck",
    "Proof",
    "document_texts",
    "open_pdf",
    "prove_docx",
    "prove_files",
    "prove_pages",
    "prove_pdf",
    "read_attachments",
    "read_day",
    "read_docx",
    "read_pdf",
    "section_pages",
    "squeeze",
]
