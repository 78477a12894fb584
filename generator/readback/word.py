"""The words of a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

from generator.readback.squeeze import squeeze

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import _BaseHeaderFooter
    from lxml.etree import _Element

_TEXT, _RUN, _PARAGRAPH = qn("w:t"), qn("w:r"), qn("w:p")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_docx(data: bytes) -> str:
    """All words of a Word file's body in reading order, squeezed; heads and feet left out."""
    return "".join(squeeze(text) for text in document_texts(Document(io.BytesIO(data))))


def read_day(data: bytes) -> date | None:
    """The day that a Word file bears in its properties; None where it is no Word file."""
    try:
        created = Document(io.BytesIO(data)).core_properties.created
    except Exception:  # damage shows in whichever layer of the file it lies
        return None
    return created.date() if created else None


def read_margins(data: bytes) -> list[str]:
    """The words in the heads and feet of each section, squeezed."""
    return [
        _joined(
            s.header,
            s.first_page_header,
            s.even_page_header,
            s.footer,
            s.first_page_footer,
            s.even_page_footer,
        )
        for s in Document(io.BytesIO(data)).sections
    ]


def document_texts(document: WordDocument) -> Iterator[str]:
    """Every paragraph's text in the order of the document, wherever it stands.

    In tables, boxes, fields and tracked insertions too: all that a reader sees.
    """
    return _texts(document.element.body)


def _joined(*frames: _BaseHeaderFooter) -> str:
    own = (frame for frame in frames if not frame.is_linked_to_previous)
    return "".join(squeeze(text) for frame in own for text in _texts(frame.part.element))


def _texts(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(_PARAGRAPH):
        yield "".join(_shown(e) for e in paragraph.iter() if _paragraph_of(e) is paragraph)


def _shown(element: _Element) -> str:
    if element.tag == _TEXT:
        return element.text or ""
    parent = element.getparent()
    return _SIGNS.get(element.tag, "") if parent is not None and parent.tag == _RUN else ""


def _paragraph_of(element: _Element) -> _Element | None:
    """The innermost paragraph: a box in one has its own."""
    return next(element.iterancestors(_PARAGRAPH), None)
