"""The finished files of a letter beside the letter: block by block, figure by figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.content import Letter, Running
from generator.readback.emphasis import compare_emphasis
from generator.readback.expected import Expected, Picture, expect
from generator.readback.mismatch import CONTEXT, Mismatch, compare_pictures, compare_words
from generator.readback.order import as_laid_out
from generator.readback.pdf import PdfPage, open_pdf, read_alternatives
from generator.readback.squeeze import squeeze
from generator.readback.word import WordFile, open_docx
from generator.readback.words import Words, joined


@dataclass(frozen=True, slots=True)
class FileProof:
    """What was found equal in one file.

    ``blocks`` counts the letter's texts (lines, headings, paragraphs, items, cells) and pictures,
    ``figures`` the figures in them; ``sha256`` is that of the agreed text: every text in NFC
    without its white space, one a line. A Word file has no ``pages`` of its own: 0.
    """

    blocks: int
    figures: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That both files of a letter, read back, say what the letter says."""

    docx: FileProof
    pdf: FileProof


def prove_docx(data: bytes, letter: Letter) -> FileProof | Mismatch:
    """Whether a Word file says what the letter says, in heads and feet too.

    Bold words, marked rows and the pictures' descriptions are compared as well. What a kind's
    ``letter.docx`` itself adds to heads and feet is no difference, nor is another order of the
    lines around the body, which is the office's layout.
    """
    try:
        file = open_docx(data)
    except Exception:  # damage shows in whichever layer of the file it lies
        return Mismatch("no Word file that can be read", "the letter's Word file")
    expected = expect(letter)
    laid_out = as_laid_out(expected, file.words, file.margins, letter)
    return (
        compare_words(file.words, laid_out)
        or _compare_margins(file.margins, letter)
        or compare_emphasis(file, laid_out)
        or compare_pictures(file.alternatives, _in_text(expected.pictures, file))
        or _proof(expected)
    )


def _in_text(pictures: Iterable[Picture], file: WordFile) -> Iterator[Picture]:
    """The pictures without the logo where that stands in a head or foot."""
    for picture in pictures:
        if not picture.logo or not set(picture.texts) & set(file.in_margins):
            yield picture


def prove_pdf(data: bytes, letter: Letter) -> FileProof | Mismatch:
    """Whether a PDF says what the letter says, each page under its mark and foot."""
    try:
        with open_pdf(data) as pages:
            return prove_pages(pages, letter)
    except Exception:  # damage shows in whichever layer of the file it lies
        return Mismatch("no PDF that can be read", "the letter's PDF")


def prove_pages(pages: Sequence[PdfPage], letter: Letter) -> FileProof | Mismatch:
    """As ``prove_pdf``, of pages that are open."""
    expected = expect(letter)
    bodies = page_bodies(pages, letter)
    if isinstance(bodies, Mismatch):
        return bodies
    alternatives = read_alternatives(pages) if expected.pictures else ()
    return (
        compare_words(joined(bodies), expected)
        or compare_pictures(alternatives, expected.pictures)
        or _proof(expected, len(pages))
    )


def page_bodies(pages: Sequence[PdfPage], letter: Letter) -> list[Words] | Mismatch:
    """The words of each page without what stands in its head and foot, which comes last."""
    margins = _margins(letter)
    bodies = []
    for number, page in enumerate(pages, 1):
        margin = margins.search(page.words.text)
        if margin is None:
            found = f"page {number} ends with “{page.words.text[-CONTEXT:]}”"
            return Mismatch(found, "the letter's mark and foot at its end")
        bodies.append(page.words.until(margin.start()))
    return bodies


def _proof(expected: Expected, pages: int = 0) -> FileProof:
    blocks = len(expected.units) + len(expected.pictures)
    return FileProof(blocks, len(expected.words.figures), pages, expected.digest)


def _compare_margins(margins: Sequence[str], letter: Letter) -> Mismatch | None:
    """Whether each section bears in its head or foot the letter's mark, and its own line."""
    runnings = list(_runnings(letter))
    if len(margins) != len(runnings):
        return Mismatch(f"{len(margins)} sections", f"{len(runnings)} sections")
    for number, (margin, running) in enumerate(zip(margins, runnings, strict=True), 1):
        left, page = _foot_parts(running)
        parts = (re.escape(_mark(letter)), rf"{left}(?!\d)", page)  # 1112-1 is not 1112-12
        if not all(re.search(part, margin) for part in parts):
            told = (_mark(letter), running.left, running.page)
            expected = ", ".join(f"“{text}”" for text in told if text)
            return Mismatch(f"head and foot of section {number}: “{margin}”", expected)
    return None


def _margins(letter: Letter) -> re.Pattern[str]:
    """What a page's text ends with: the mark in its head, then one of the letter's feet."""
    feet = dict.fromkeys("".join(_foot_parts(running)) for running in _runnings(letter))
    return re.compile(f"{re.escape(_mark(letter))}(?:{'|'.join(feet)})$")


def _mark(letter: Letter) -> str:
    return squeeze(" · ".join(line.text for line in letter.mark))


def _runnings(letter: Letter) -> Iterator[Running]:
    for version in letter.versions:
        yield version.running
        yield from (a.running for a in version.annexures if a.running)


def _foot_parts(running: Running) -> tuple[str, str]:
    """Patterns of a foot's two parts, whatever number its page has."""
    page = re.sub(r"\\\{pages?\\\}", r"\\d+", re.escape(squeeze(running.page)))
    return re.escape(squeeze(running.left)), page
