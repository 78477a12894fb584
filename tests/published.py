"""The published edition, waived and issued through the real command, and its words read back."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from docx import Document

from generator.readback import document_texts
from generator.readback.squeeze import LINE_END_HYPHEN
from tests.command import ROOT, patra_json

WAIVED = ("share-not-of-itself", "composite-recomputed", "rank-recomputed")
WAIVER = '\n[[waivers]]\ncheck = "{}"\nreason = "as published"\nby = "the test"\n'
BROKEN_WORD = re.compile(r"(?<=[-–])\r?\n")
"""A line may break after a hyphen: the word goes on in the next line."""


@dataclass(frozen=True)
class Published:
    """The English pages of the published letter, made again."""

    docx: bytes
    pdf: bytes
    first_page: int
    """The first page of the English version, from 0."""


def waive(folder: Path) -> Path:
    """A copy of the published edition below ``folder`` whose errors are waived."""
    copy = folder / "2025-12-published"
    shutil.copytree(ROOT / "editions" / "2025-12-published", copy)
    settings = copy / "edition.toml"
    waivers = "".join(WAIVER.format(check) for check in WAIVED)
    settings.write_text(settings.read_text("utf-8") + waivers, "utf-8")
    return copy


def publish(folder: Path) -> Published:
    """Issues the waived copy with its English version alone read back.

    The letter holds both versions; the English one begins on the first page that says "DO No.".
    """
    result = patra_json("issue", waive(folder), "--output", folder / "output", "--jobs", 1)
    files = result["letters"][0]["files"]
    pdf = Path(files["pdf"]["path"]).read_bytes()
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    first = next(n for n, text in enumerate(pages) if "DO No." in text)
    return Published(Path(files["docx"]["path"]).read_bytes(), pdf, first)


def pdf_words(published: Published) -> list[str]:
    """The English version's words as pdfium reads them."""
    document = pypdfium2.PdfDocument(published.pdf)
    pages = [document[n] for n in range(published.first_page, len(document))]
    return words("\n".join(page.get_textpage().get_text_bounded() for page in pages))


def docx_words(published: Published) -> list[str]:
    """The English version's words as they stand in the Word file: from its letterhead on."""
    texts = list(document_texts(Document(io.BytesIO(published.docx))))
    number = next(n for n, text in enumerate(texts) if "DO No." in text)
    head = max(n for n in range(number) if "भारद्वाज" in texts[n])
    return words("\n".join(texts[head:]))


def words(text: str) -> list[str]:
    """Words in NFC, those broken over a line's end put together; a slash ends a word."""
    text = unicodedata.normalize("NFC", text).replace(LINE_END_HYPHEN, "-")
    return BROKEN_WORD.sub("", text).replace("/", "/ ").split()
