"""The words of a PDF, from its text layer, as PDFium (Chrome) reads them; and its pictures'."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from generator.readback.words import Words, read_words


class Box(NamedTuple):
    """A place on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class PdfPage:
    """A page that is open: PDFium's own page, and its text."""

    page: Any
    text: Any

    @cached_property
    def words(self) -> Words:
        """The page's words: the text, then what stands in its head and foot."""
        read: Words = read_words.__wrapped__(self.text.get_text_bounded())
        return read

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
        for index in range(self.text.count_rects()):
            raw.FPDFText_GetRect(self.text, index, left, top, right, bottom)
            boxes.append(Box(left.value, bottom.value, right.value, top.value))
        return tuple(boxes)

    def text_in(self, box: Box) -> str:
        """The text of a place."""
        return " ".join(str(self.text.get_text_bounded(*box)).split())


@contextmanager
def open_pdf(data: bytes) -> Iterator[list[PdfPage]]:
    """The pages of a PDF, while inside.

    Raises:
        pypdfium2.PdfiumError: It is no PDF.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        yield [PdfPage(page, page.get_textpage()) for page in document]
    finally:
        document.close()


def read_pdf(data: bytes) -> list[str]:
    """Each page's words, squeezed: the text, then what stands in its head and foot."""
    with open_pdf(data) as pages:
        return [page.words.text for page in pages]


def read_alternatives(pages: Sequence[PdfPage]) -> list[str]:
    """The alternative texts in the tags of the pages, in their order."""
    found = []
    for page in pages:
        tree = raw.FPDF_StructTree_GetForPage(page.page)
        try:
            roots = range(raw.FPDF_StructTree_CountChildren(tree))
            tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in roots)
            found += list(_alternatives(tops))
        finally:
            raw.FPDF_StructTree_Close(tree)
    return found


def _alternatives(elements: Iterable[Any]) -> Iterator[str]:
    for element in elements:
        if not element:
            continue
        text = _alternative(element)
        if text:
            yield text
        children = range(raw.FPDF_StructElement_CountChildren(element))
        yield from _alternatives(
            raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in children
        )


def _alternative(element: Any) -> str:  # noqa: ANN401 - the library ships no types
    length = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if length <= 2:  # an empty text still has its two closing bytes
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDF_StructElement_GetAltText(element, buffer, length)
    return buffer.raw[:-2].decode("utf-16-le")
