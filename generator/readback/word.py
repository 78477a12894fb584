"""The words of a Word file: what it says, in heads and feet too, what is bold and what is seen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from docx import Document

from generator.readback.frames import Margin, read_margins
from generator.readback.pieces import PARAGRAPH, pieces
from generator.readback.squeeze import squeeze
from generator.readback.structure import WordTable, read_pictures, read_tables, read_titles
from generator.readback.styles import Styles
from generator.readback.unseen import Sight
from generator.readback.words import Words, joined, read_words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

PLAIN, BOLD, HALF, STYLE_BOLD, MARKED = 0, 1, 2, 3, 4
"""What a character looks like: bold of its own; in one script only; as all of its paragraph's
style is. MARKED is added in the rows that stand out."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file as it is read back.

    ``looks`` holds a byte for each character of ``words``; ``unseen`` where in them a text begins
    that cannot be seen, and why; ``margins`` the heads and feet of each section; ``alternatives``
    the descriptions of the pictures in the text; ``titles`` the headings and their levels.
    """

    words: Words
    looks: bytes
    unseen: tuple[tuple[int, str], ...]
    margins: tuple[tuple[Margin, ...], ...]
    alternatives: tuple[str, ...]
    tables: tuple[WordTable, ...]
    titles: tuple[tuple[str, int], ...]


def open_docx(data: bytes) -> WordFile:
    """Reads a Word file once, for all that is compared."""
    document = Document(io.BytesIO(data))
    body = document.element.body
    looks = bytearray()
    styles = Styles(document.styles.element)
    sight = Sight(styles)
    texts, unseen = [], []
    for paragraph in body.iter(PARAGRAPH):
        shown = list(pieces(paragraph))
        texts.append(read_words("".join(text for _element, text in shown)))
        style = styles.of_paragraph(paragraph)
        for element, text in shown:
            if length := len(squeeze(text)):
                if told := sight.fault(element.getparent(), paragraph):
                    unseen.append((len(looks), told))
                looks += bytes([_look(styles, style, element)]) * length
    return WordFile(
        words=joined(texts),
        looks=bytes(looks),
        unseen=tuple(unseen),
        margins=tuple(read_margins(document, sight)),
        alternatives=tuple(read_pictures(document)),
        tables=tuple(read_tables(body, styles)),
        titles=tuple(read_titles(body, styles)),
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
    for paragraph in document.element.body.iter(PARAGRAPH):
        yield "".join(text for _element, text in pieces(paragraph))


def _look(styles: Styles, style: str, text: _Element) -> int:
    whole = styles.of_style(style)
    run = text.getparent()
    bold = {styles.of_run(run, style, "b"), styles.of_run(run, style, "bCs")}
    own = HALF if len(bold) == 2 else PLAIN if not bold.pop() else STYLE_BOLD if whole else BOLD
    return own + (MARKED if styles.is_marked(style) else 0)
