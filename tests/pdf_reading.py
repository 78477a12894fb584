"""What other programs read in a PDF: text, fonts, properties, pixels."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pypdfium2

HEAD, FOOT = 56, 62
"""The margins that hold the mark and the page number, in points."""


def fold(text: str) -> str:
    """One form of each letter, one space between words."""
    # pdfium says U+0002 for a hyphen at a line's end.
    return " ".join(unicodedata.normalize("NFC", text.replace("\x02", "-")).split())


def pdfium_pages(data: bytes, *, whole: bool = False) -> list[str]:
    """The text of each page as PDFium (Chrome) reads it, without head and foot unless ``whole``."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        text = page.get_textpage()
        box = {} if whole else {"bottom": FOOT, "top": page.get_height() - HEAD}
        pages.append(fold(text.get_text_bounded(**box)))
    document.close()
    return pages


def poppler_text(data: bytes, folder: Path) -> str:
    """The text of all pages as Poppler reads it, in the order it is drawn; no head and foot."""
    box = ("-x", "0", "-y", str(HEAD), "-W", "596", "-H", str(842 - HEAD - FOOT))
    return fold(run("pdftotext", "-raw", *box, data=data, folder=folder))


def run(program: str, *options: str, data: bytes, folder: Path) -> str:
    """What a program of Poppler prints about the PDF."""
    file = folder / "letter.pdf"
    file.write_bytes(data)
    output = ["-"] if program == "pdftotext" else []
    done = subprocess.run(
        [program, *options, str(file), *output], capture_output=True, text=True, check=True
    )
    return done.stdout


def holds(text: str, wanted: str) -> bool:
    """Whether the wanted text stands in a page's text; a line may end at a hyphen or slash."""
    pattern = re.sub(r"(-|/)", r"\1 ?", re.escape(fold(wanted)).replace(r"\-", "-"))
    return re.search(pattern, text) is not None


def drawn(data: bytes, folder: Path) -> list[bytes]:
    """Every page as Poppler draws it, at 100 dots an inch."""
    file = folder / "drawn.pdf"
    file.write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "100", str(file), str(folder / "page")], check=True)
    pages = sorted(folder.glob("page-*.ppm"))
    pictures = [page.read_bytes() for page in pages]
    for page in pages:
        page.unlink()
    return pictures
