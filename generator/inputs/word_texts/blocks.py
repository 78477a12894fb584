"""A Word text's paragraphs and tables → lines of Markdown, each with its paragraph's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.document import Document
from lxml import etree

from generator.inputs.word_texts.above import Above
from generator.inputs.word_texts.faults import Fault, unique
from generator.inputs.word_texts.foreign import foreign, words_inside
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.numbering import Marker, Numbering
from generator.inputs.word_texts.runs import LINE_END, SILENT, Piece, Words, read_words
from generator.inputs.word_texts.styles import DEEPEST, Styles
from generator.inputs.word_texts.writing import (
    CHART,
    is_statement,
    reading_fault,
    write_heading,
    write_line,
)

_TYPED_NUMBER = re.compile(r"([0-9]{1,3})\.\s+")
_TYPED_BULLET = re.compile(r"[•\u00b7\u2022]\s+")
_TYPED_HEADING = re.compile(r"#{1,6}\s")
_AROUND = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag")}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Markdown, the paragraph that it comes from, and what of it is lost.

    A ``joined`` line is of one block with the line above.
    """

    text: str
    paragraph: int
    words: str = ""
    faults: tuple[Fault, ...] = ()
    joined: bool = False


class Reader:
    """Reads one Word file.

    Args:
        document: The file.
    """

    def __init__(self, document: Document) -> None:
        self.body = document.element.body
        self._styles = Styles(document)
        self._numbering = Numbering(document, self._styles)
        self._links = {
            key: relation.target_ref
            for key, relation in document.part.rels.items()
            if relation.reltype.endswith("/hyperlink")
        }
        self._paragraphs = [p for p in self.body.iter(qn("w:p")) if not _is_boxed(p)]
        self._number = {id(p): n for n, p in enumerate(self._paragraphs, 1)}
        self._unread = dict.fromkeys(map(id, self._paragraphs))
        self._above = _NONE_ABOVE

    def blocks(self) -> list[etree._Element]:
        """The paragraphs and tables of the text, in order, and what is neither."""
        return list(_flat(self.body))

    def number_of(self, element: etree._Element) -> int:
        """The number of a paragraph, or of the first one in a table or row."""
        inside = element if element.tag == qn("w:p") else next(element.iter(qn("w:p")), None)
        return self._number.get(id(inside), 0)

    def words(self, paragraph: etree._Element) -> Words:
        """The words of a paragraph."""
        self._unread.pop(id(paragraph), None)
        return read_words(paragraph, self._styles, self._links)

    def marker(self, paragraph: etree._Element) -> Marker | None:
        """The number or bullet that Word gives a paragraph; ask once, it counts on."""
        return self._numbering.marker(paragraph)

    def unread(self) -> Iterator[Line]:
        """Paragraphs whose words nobody asked for: none is left out without a word."""
        for paragraph in self._paragraphs:
            words = words_inside(paragraph)
            if id(paragraph) in self._unread and words:
                yield Line("", self.number_of(paragraph), words, (STRAY,))

    def other(self, element: etree._Element) -> Line:
        """What is neither a paragraph nor a table."""
        near = (element, *element.itersiblings(preceding=True))
        number = next((found for e in near if (found := self.number_of(e))), 1)
        for paragraph in element.iter(qn("w:p")):
            self._unread.pop(id(paragraph), None)
        return Line("", number, "", (foreign(element),))

    def paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        """The lines of a paragraph; none where it is empty."""
        words, number = self.words(paragraph), self.number_of(paragraph)
        level = self._styles.heading_level(paragraph)
        marker = self.marker(paragraph)
        if _is_initial(paragraph):
            words = replace(words, faults=(*words.faults, INITIAL))
        if not words.text.strip():
            if words.faults:
                yield Line("", number, faults=words.faults)
            return
        if level:
            yield self._heading(words, number, level, marker)
        elif CHART.fullmatch(words.text.strip()):
            yield self._chart(words, number)
        elif is_statement(words.text):
            self._above = replace(self._above, number=None, item=None)
            line = write_line([Piece(piece.text) for piece in words.pieces])
            yield Line(line, number, words.text, words.faults)
        else:
            yield self._listed(words, number, marker)

    def _heading(self, words: Words, number: int, level: int, marker: Marker | None) -> Line:
        faults = list(words.faults)
        if level > DEEPEST:
            remedy = f"Use Heading 1 to {DEEPEST}."
            faults.append(Fault(f"a heading of level {level} is deeper than a letter has", remedy))
        if marker:
            remedy = "Switch the heading's automatic number off, and type what should stand there."
            faults.append(Fault("a heading's automatic number is not printed", remedy))
        self._above = _NONE_ABOVE
        joined = [replace(p, text=p.text.replace(LINE_END, " ")) for p in words.pieces]
        line = write_heading(joined, min(level, DEEPEST))
        if fault := reading_fault(line, joined, bold=False):
            faults.append(fault)
        return Line(line, number, words.text, tuple(faults))

    def _chart(self, words: Words, number: int) -> Line:
        found = CHART.fullmatch(words.text.strip())
        alt, column = (found[1], found[2]) if found else ("", "")
        self._above = _NONE_ABOVE
        line = f"![{write_line([Piece(alt.replace(LINE_END, ' '))])}]({column})"
        return Line(line, number, words.text, words.faults)

    def _listed(self, words: Words, number: int, marker: Marker | None) -> Line:
        pieces, faults = list(words.pieces), list(words.faults)
        if marker is None:
            marker, pieces = _typed(pieces)
        if _TYPED_HEADING.match(words.text.strip()):
            faults.append(Fault("# is typed for a heading", "Use Word's Heading 1, 2 or 3."))
        faults += self._above.faults(marker)
        line = write_line(pieces)
        if fault := reading_fault(line, pieces):
            faults.append(fault)
        sign = self._above.sign(marker)
        self._above = self._above.then(marker)
        line = sign + line.replace("\n", "\n" + " " * len(sign))
        return Line(line, number, words.text, unique(faults))

    def close_list(self) -> None:
        """A table ends the list above it."""
        self._above = _NONE_ABOVE


STRAY = Fault(
    "these words stand where a letter cannot print them",
    "Cut them, and paste them as plain text into a paragraph of their own.",
)
INITIAL = Fault(
    "a large initial (drop cap) is torn from its word",
    "In Word, Insert, Drop Cap: None.",
)
_NONE_ABOVE = Above()


def _typed(pieces: list[Piece]) -> tuple[Marker | None, list[Piece]]:
    """A number or bullet that is typed before the words, and the words without it."""
    text = "".join(piece.text for piece in pieces)
    stripped = text.lstrip()
    before = len(text) - len(stripped)
    if found := _TYPED_NUMBER.match(stripped):
        return Marker("number", int(found[1])), _without(pieces, before + found.end())
    if found := _TYPED_BULLET.match(stripped):
        return Marker("bullet"), _without(pieces, before + found.end())
    return None, pieces


def _without(pieces: list[Piece], count: int) -> list[Piece]:
    """The pieces without their first letters."""
    kept = []
    for piece in pieces:
        kept.append(replace(piece, text=piece.text[count:]))
        count = max(0, count - len(piece.text))
    return [piece for piece in kept if piece.text]


def _flat(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in _AROUND:
            yield from _flat(child)
        elif child.tag not in SILENT and isinstance(child.tag, str):
            yield child


def _is_initial(paragraph: etree._Element) -> bool:
    """Whether a paragraph is the first letter of the next, set large."""
    frame = paragraph.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    return frame is not None and frame.get(qn("w:dropCap"), "none") != "none"


def _is_boxed(paragraph: etree._Element) -> bool:
    """Whether a paragraph stands in a text box, and so in the middle of another's words."""
    return next(paragraph.iterancestors(qn("w:r")), None) is not None
