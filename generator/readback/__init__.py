"""Finished files → their words again, and whether those are the letter's.

White space does not count: where lines and pages end is each program's own affair.
"""

from __future__ import annotations

from generator.readback.compare import Mismatch, compare_docx, compare_pdf
from generator.readback.pdf import read_pdf
from generator.readback.squeeze import squeeze
from generator.readback.word import document_texts, read_day, read_docx

__all__ = [
    "Mismatch",
    "compare_docx",
    "compare_pdf",
    "document_texts",
    "read_day",
    "read_docx",
    "read_pdf",
    "squeeze",
]
