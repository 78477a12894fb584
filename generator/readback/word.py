"""The words of a Word file: what it says, in heads and feet too, and what is bold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

from generator.readback.squeeze import squeeze
from generator.readback.styles import BoldStyles
from generator.readback.words import Words, joined, read_words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from lxml.etree import _Element

PLAIN, BOLD, HALF, STYLE_BOLD, MARKED = 0, 1, 2, 3, 4
"""What a character looks like: bold of its own; in one script only; as all of its paragraph's
style is. MARKED is added in the rows that stand out."""

_TEXT, _RUN, _PARAGRAPH = qn("w:t"), qn("w:r"), qn("w:p")
_DESCRIBED = qn("wp:docPr")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file as it is read back.

    ``looks`` holds a byte for each character of ``words``; ``margins`` the words in the heads and
    feet of each section; ``alternatives`` the descriptions of the pictures in the text, and
    ``in_margins`` of those in heads and feet.
    """

    words: Words
    looks: bytes
    margins: tuple[str, ...]
    alternatives: tuple[str, ...]
    in_margins: tuple[str, ...]


def open_docx(data: bytes) -> WordFile:
    """Reads a Word file once, for all that is compared."""
    document = Document(io.BytesIO(data))
    body = document.element.body
    looks = bytearray()
    styles = BoldStyles(document.styles.element)
    texts = []
    for paragraph in body.iter(_PARAGRAPH):
        pieces = list(_pieces(paragraph))
        texts.append(read_words("".join(text for _element, text in pieces)))
        style = styles.of_paragraph(paragraph)
        for element, text in pieces:
            length = len(squeeze(text))
            looks += bytes([_look(styles, style, element)]) * length if length else b""
    sections = list(document.sections)
    return WordFile(
        joined(texts),
        bytes(looks),
        tuple(
            "".join(squeeze(text) for root in _frames(s) for text in _texts(root)) for s in sections
        ),
        _described(body),
        tuple(text for s in sections for root in _frames(s) for text in _described(root)),
    )


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


def document_texts(document: WordDocument) -> Iterator[str]:
    """Every paragraph's text in the order of the document, wherever it stands.

    In tables, boxes, fields and tracked insertions too: all that a reader sees.
    """
    return _texts(document.element.body)


def _look(styles: BoldStyles, style: str, text: _Element) -> int:
    whole = styles.of_style(style)
    run = text.getparent()
    bold = {styles.of_run(run, style, "b"), styles.of_run(run, style, "bCs")}
    own = HALF if len(bold) == 2 else PLAIN if not bold.pop() else STYLE_BOLD if whole else BOLD
    return own + (MARKED if styles.is_marked(style) else 0)


def _described(root: _Element) -> tuple[str, ...]:
    described = (picture.get("descr") for picture in root.iter(_DESCRIBED))
    return tuple(text for text in described if text)


def _frames(section: Section) -> Iterator[_Element]:
    """The heads and feet of a section's own."""
    frames = (
        section.header,
        section.first_page_header,
        section.even_page_header,
        section.footer,
        section.first_page_footer,
        section.even_page_footer,
    )
    return (frame.part.element for frame in frames if not frame.is_linked_to_previous)


def _texts(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(_PARAGRAPH):
        yield "".join(text for _element, text in _pieces(paragraph))


def _pieces(paragraph: _Element) -> Iterator[tuple[_Element, str]]:
    """The elements of a paragraph's own that show something, and what they show."""
    for element in paragraph.iter(_TEXT, *_SIGNS):
        shown = _shown(element)
        if shown and _paragraph_of(element) is paragraph:
            yield element, shown


def _shown(element: _Element) -> str:
    if element.tag == _TEXT:
        return element.text or ""
    parent = element.getparent()
    return _SIGNS.get(element.tag, "") if parent is not None and parent.tag == _RUN else ""


def _paragraph_of(element: _Element) -> _Element | None:
    """The innermost paragraph: a box in one has its own."""
    return next(element.iterancestors(_PARAGRAPH), None)
