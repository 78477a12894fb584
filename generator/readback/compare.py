"""The finished files of a letter beside the letter: block by block, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.content import Letter
from generator.readback.emphasis import compare_emphasis, compare_sight
from generator.readback.expected import Expected, Picture, expect
from generator.readback.feet import compare_feet, compare_margins, count_pages, page_bodies
from generator.readback.mismatch import Mismatch, compare_pictures, compare_words
from generator.readback.order import as_laid_out
from generator.readback.pdf import PdfPage, open_pdf, read_alternatives
from generator.readback.structure import compare_tables, compare_titles
from generator.readback.weight import compare_weight
from generator.readback.word import WordFile, open_docx
from generator.readback.words import joined


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


def prove_docx(
    data: bytes, letter: Letter, pages: Sequence[int] = (), expected: Expected | None = None
) -> FileProof | Mismatch:
    """Whether a Word file says what the letter says, in heads and feet too, and shows it.

    Bold words, marked rows, cells, headings and the pictures' descriptions are compared as well.
    What a kind's ``letter.docx`` itself adds to heads and feet is no difference, nor is another
    order of the lines around the body, which is the office's layout. ``pages`` are those of each
    section, where they are known: its page fields must show them. ``expected`` is what the letter
    says, where that is known already.
    """
    try:
        file = open_docx(data)
    except Exception:  # damage shows in whichever layer of the file it lies
        return Mismatch("no Word file that can be read", "the letter's Word file")
    expected = expected or expect(letter)
    margins = ["".join(margin.text for margin in frames) for frames in file.margins]
    laid_out = as_laid_out(expected, file.words, margins, letter)
    return (
        compare_words(file.words, laid_out)
        or compare_tables(file.tables, expected.grids)
        or compare_titles(file.titles, expected.titles)
        or compare_sight(file, laid_out)
        or compare_margins(file.margins, letter, expected, pages)
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
    """Whether a PDF says what the letter says, each page under its mark, foot and number."""
    try:
        with open_pdf(data) as pages:
            return prove_pages(pages, letter)
    except Exception:  # damage shows in whichever layer of the file it lies
        return Mismatch("no PDF that can be read", "the letter's PDF")


def prove_pages(
    pages: Sequence[PdfPage], letter: Letter, expected: Expected | None = None
) -> FileProof | Mismatch:
    """As ``prove_pdf``, of pages that are open."""
    expected = expected or expect(letter)
    bodies = page_bodies(pages, letter, expected)
    if isinstance(bodies, Mismatch):
        return bodies
    alternatives = read_alternatives(pages) if expected.pictures else ()
    return (
        compare_words(joined(bodies), expected)
        or compare_feet(pages, bodies, letter, expected)
        or compare_weight(pages, bodies, expected)
        or compare_pictures(alternatives, expected.pictures)
        or _proof(expected, len(pages))
    )


def section_pages(
    pages: Sequence[PdfPage], letter: Letter, expected: Expected | None = None
) -> list[int]:
    """How many pages each section of a proved PDF has."""
    expected = expected or expect(letter)
    bodies = page_bodies(pages, letter, expected)
    return [] if isinstance(bodies, Mismatch) else count_pages(bodies, expected)


def _proof(expected: Expected, pages: int = 0) -> FileProof:
    blocks = len(expected.units) + len(expected.pictures)
    return FileProof(blocks, len(expected.words.figures), pages, expected.digest)
