"""The words of a Word file: what it says, in heads and feet too, what is bold and what is seen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from docx import Document
from lxml.etree import tostring

from generator.readback.frames import Margin, margin_parts, read_margins
from generator.readback.memory import Memory
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
    the descriptions of the pictures in the text, ``in_margins`` of those in heads and feet;
    ``titles`` the headings and their levels.
    """

    words: Words
    looks: bytes
    unseen: tuple[tuple[int, str], ...]
    margins: tuple[tuple[Margin, ...], ...]
    alternatives: tuple[str, ...]
    in_margins: tuple[str, ...]
    tables: tuple[WordTable, ...]
    titles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of a Word file's body, a paragraph or a table, as ``WordFile`` has them all."""

    words: tuple[Words, ...]
    looks: bytes
    unseen: tuple[tuple[int, str], ...]
    tables: tuple[WordTable, ...]
    titles: tuple[tuple[str, int], ...]


_MET: Memory[bytes] = Memory(2048)
"""Blocks read before, by their own XML and the file's styles: all that they look like comes of
these. Those of shared annexures are the same in every letter."""


def open_docx(data: bytes) -> WordFile:
    """Reads a Word file once, for all that is compared."""
    document = Document(io.BytesIO(data))
    body = document.element.body
    styles = Styles(document.styles.element)
    sight = Sight(styles)
    dress = sha256(tostring(document.styles.element)).digest()
    blocks = []
    for element in body:
        met = _MET.of(sha256(dress + tostring(element, with_tail=False)).digest())
        blocks.append(met.recall("block", partial(_read_block, element, styles, sight)))
    lengths = accumulate((len(block.looks) for block in blocks), initial=0)
    return WordFile(
        words=joined(words for block in blocks for words in block.words),
        looks=b"".join(block.looks for block in blocks),
        unseen=tuple(
            (start + at, told)
            for start, block in zip(lengths, blocks, strict=False)
            for at, told in block.unseen
        ),
        margins=tuple(read_margins(document, sight)),
        alternatives=tuple(read_pictures(document.part, body)),
        in_margins=tuple(
            text for part in margin_parts(document) for text in read_pictures(part, part.element)
        ),
        tables=tuple(table for block in blocks for table in block.tables),
        titles=tuple(title for block in blocks for title in block.titles),
    )


def _read_block(block: _Element, styles: Styles, sight: Sight) -> _Block:
    looks = bytearray()
    words, unseen = [], []
    for paragraph in block.iter(PARAGRAPH):
        shown = list(pieces(paragraph))
        words.append(read_words("".join(text for _element, text in shown)))
        style = styles.of_paragraph(paragraph)
        for element, text in shown:
            if length := len(squeeze(text)):
                if told := sight.fault(element.getparent(), paragraph):
                    unseen.append((len(looks), told))
                looks += bytes([_look(styles, style, element)]) * length
    tables, titles = read_tables(block, styles), read_titles(block, styles)
    return _Block(tuple(words), bytes(looks), tuple(unseen), tuple(tables), tuple(titles))


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
