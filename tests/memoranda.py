"""The edition of the Office Memorandum below a folder of its own, to be altered by tests."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdfium2
from docx import Document

from generator.readback import document_texts
from tests.command import ROOT
from tests.published import words

NAME = "2025-07-om"
STEM = "ALL-office-memorandum"
EACH = """\
id,honorific,name_hi,name_en,gender,designation_hi,designation_en,\
addressee_hi,addressee_en
DEA,,,,,सचिव,Secretary,आर्थिक कार्य विभाग,Department of Economic Affairs
DOE,Shri,नमूना एक,Namuna One,m,सचिव,Secretary,व्यय विभाग,Department of Expenditure
"""


def make_memorandum(root: Path) -> Path:
    """An installation below ``root`` that holds the memorandum's edition alone; its folder."""
    shutil.copytree(ROOT / "letter_templates", root / "letter_templates")
    (root / "fonts").symlink_to(ROOT / "fonts")
    return Path(shutil.copytree(ROOT / "editions" / NAME, root / "editions" / NAME))


def edit(file: Path, old: str, new: str) -> None:
    """Replaces a text in a file; the text must be there."""
    text = file.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")


def for_each(edition: Path) -> None:
    """Makes a copy for each of two addressees of it."""
    edit(edition / "edition.toml", 'mode = "list"', 'mode = "each"')
    edit(edition / "edition.toml", "{year}-iGOT", "{year}-iGOT({serial})")
    (edition / "recipients.csv").write_text(EACH, "utf-8")


def english_of_word(data: bytes) -> list[str]:
    """The English version's words in a Word file: from its number on."""
    texts = list(document_texts(Document(io.BytesIO(data))))
    first = next(n for n, text in enumerate(texts) if text.startswith("No. T-28"))
    return words("\n".join(texts[first:]))


def english_of_pdf(data: bytes) -> list[str]:
    """The English version's words as pdfium reads them: from the page of its number on."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    first = next(n for n, text in enumerate(pages) if "No. T-28" in text)
    return words("\n".join(pages[first:]))
