"""The words of a PDF, from its text layer, as PDFium (Chrome) reads them; and its pictures'."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from generator.readback.identity import page_identities
from generator.readback.memory import Memory, Notes
from generator.readback.words import Words, read_words

_EDGES = tuple(ctypes.c_float() for _ in range(4))
"""Filled anew for each object: PDFium itself serves one thread alone."""
_SMALLEST = 8.0
"""In points: a picture that is less wide or high shows nothing."""


class Box(NamedTuple):
    """A place on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class PdfPage:
    """A page of a file that is open, which PDFium reads when something is asked of it.

    ``notes`` hold what was found on a page that is drawn from the same bytes.
    """

    document: Any
    number: int
    notes: Notes = field(default_factory=Notes)

    @cached_property
    def page(self) -> Any:  # noqa: ANN401 - the library ships no types
        """PDFium's own page."""
        return self.document[self.number]

    @cached_property
    def text(self) -> Any:  # noqa: ANN401
        """PDFium's text of the page."""
        return self.page.get_textpage()

    @cached_property
    def words(self) -> Words:
        """The page's words: the text, then what stands in its head and foot."""
        return self.notes.recall("words", self._read_words)

    def _read_words(self) -> Words:
        read: Words = read_words.__wrapped__(self.text.get_text_bounded())
        return read

    @cached_property
    def described(self) -> list[tuple[str, frozenset[int]]]:
        """Each alternative text in the tags of the page, and the marks of what it describes."""
        return _read_described(self.page)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self.page.get_size()
        return width, height

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Where each piece of text stands: a word, or a line in one font."""
        sides = [ctypes.c_double() for _ in range(4)]
        left, top, right, bottom = sides
        boxes = []
        text = self.text.raw
        for index in range(self.text.count_rects()):
            raw.FPDFText_GetRect(text, index, left, top, right, bottom)
            boxes.append(Box(left.value, bottom.value, right.value, top.value))
        return tuple(boxes)

    def text_in(self, box: Box) -> str:
        """The text of a place."""
        return " ".join(str(self.text.get_text_bounded(*box)).split())


@contextmanager
def open_pdf(data: bytes, memory: Memory[bytes] | None = None) -> Iterator[list[PdfPage]]:
    """The pages of a PDF, while inside.

    Args:
        data: The file.
        memory: Of pages that were read before; what is drawn from the same bytes is not read
            again.

    Raises:
        pypdfium2.PdfiumError: It is no PDF.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        numbers = range(len(document))
        known = page_identities(data) if memory else []
        if memory and len(known) == len(numbers):
            notes = [memory.of(identity) if identity else Notes() for identity in known]
            yield [PdfPage(document, number, notes[number]) for number in numbers]
        else:
            yield [PdfPage(document, number) for number in numbers]
    finally:
        document.close()


def read_pdf(data: bytes) -> list[str]:
    """Each page's words, squeezed: the text, then what stands in its head and foot."""
    with open_pdf(data) as pages:
        return [page.words.text for page in pages]


def read_alternatives(pages: Sequence[PdfPage]) -> list[str]:
    """The alternative texts in the tags of the pages, in their order, of what is drawn there.

    Tags are the file's, not the page's: of a page that is known only that it has no picture is
    taken from its notes.
    """
    found = []
    for page in pages:
        if page.notes.recall("pictures", partial(_has_pictures, page)):
            drawn = _drawn_marks(page)
            found += [text for text, marks in page.described if marks & drawn]
    return found


def _has_pictures(page: PdfPage) -> bool:
    return bool(page.described)


def _read_described(page: Any) -> list[tuple[str, frozenset[int]]]:  # noqa: ANN401
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        roots = range(raw.FPDF_StructTree_CountChildren(tree))
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in roots)
        return list(_alternatives(tops))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _alternatives(elements: Iterable[Any]) -> Iterator[tuple[str, frozenset[int]]]:
    """Each alternative text, and the marks of what it describes."""
    for element in elements:
        if not element:
            continue
        text = _alternative(element)
        if text:
            yield text, frozenset(_marks(element))
        yield from _alternatives(_children(element))


def _children(element: Any) -> Iterator[Any]:  # noqa: ANN401
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        yield raw.FPDF_StructElement_GetChildAtIndex(element, number)


def _marks(element: Any) -> Iterator[int]:  # noqa: ANN401
    for number in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element)):
        yield raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, number)
    for child in filter(None, _children(element)):
        yield from _marks(child)


def _drawn_marks(page: PdfPage) -> frozenset[int]:
    """The marks of what is drawn on the page large enough to be seen."""
    width, height = page.size
    sides: dict[int, Box] = {}
    whole = page.page.raw
    for index in range(raw.FPDFPage_CountObjects(whole)):
        item = raw.FPDFPage_GetObject(whole, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_TEXT:
            mark, box = raw.FPDFPageObj_GetMarkedContentID(item), bounds(item)
            sides[mark] = _around(sides.get(mark, box), box)
    return frozenset(
        mark
        for mark, (left, bottom, right, top) in sides.items()
        if min(right, width) - max(left, 0) >= _SMALLEST
        and min(top, height) - max(bottom, 0) >= _SMALLEST
    )


def bounds(item: Any) -> Box:  # noqa: ANN401
    """Where a page's object stands."""
    left, bottom, right, top = _EDGES
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return Box(left.value, bottom.value, right.value, top.value)


def _around(one: Box, other: Box) -> Box:
    left, bottom = min(one.left, other.left), min(one.bottom, other.bottom)
    return Box(left, bottom, max(one.right, other.right), max(one.top, other.top))


def _alternative(element: Any) -> str:  # noqa: ANN401 - the library ships no types
    length = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if length <= 2:  # an empty text still has its two closing bytes
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDF_StructElement_GetAltText(element, buffer, length)
    return buffer.raw[:-2].decode("utf-16-le")
