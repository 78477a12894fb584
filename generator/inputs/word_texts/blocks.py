"""A Word text's paragraphs and tables → lines of Markdown, each with its paragraph's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from generator.inputs.word_texts.faults import Fault
from generator.inputs.word_texts.numbering import Marker, Numbering
from generator.inputs.word_texts.runs import LINE_END, Piece, Words, read_words
from generator.inputs.word_texts.styles import DEEPEST, Styles
from generator.inputs.word_texts.writing import CHART, emphasis_fault, is_statement, write_line

_TYPED_NUMBER = re.compile(r"(\d{1,3})[.)]\s+")
_TYPED_BULLET = re.compile(r"[•\u00b7\u2022]\s+")
_TYPED_HEADING = re.compile(r"#{1,6}\s")
_AROUND = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag")}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Markdown, the paragraph that it comes from, and what of it is lost."""

    text: str
    paragraph: int
    words: str = ""
    faults: tuple[Fault, ...] = ()


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
        self._paragraphs = list(self.body.iter(qn("w:p")))
        self._number = {id(p): n for n, p in enumerate(self._paragraphs, 1)}
        self._nested = 0
        """How far the sub-items of the numbered paragraph above are indented; 0: there is none."""

    def blocks(self) -> list[etree._Element]:
        """The paragraphs and tables of the text, in order."""
        return list(_flat(self.body))

    def number_of(self, element: etree._Element) -> int:
        """The number of a paragraph, or of the first one in a table or row."""
        inside = element if element.tag == qn("w:p") else next(element.iter(qn("w:p")), None)
        return self._number.get(id(inside), 0)

    def words(self, paragraph: etree._Element) -> Words:
        """The words of a paragraph."""
        return read_words(paragraph, self._styles, self._links)

    def paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        """The lines of a paragraph; none where it is empty."""
        words, number = self.words(paragraph), self.number_of(paragraph)
        level = self._styles.heading_level(paragraph)
        marker = self._numbering.marker(paragraph)
        if not words.text.strip():
            if words.faults:
                yield Line("", number, faults=words.faults)
            return
        if level:
            yield self._heading(words, number, level, marker)
        elif CHART.fullmatch(words.text.strip()):
            yield self._chart(words, number)
        elif is_statement(words.text):
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
        self._nested = 0
        joined = [replace(p, text=p.text.replace(LINE_END, " ")) for p in words.pieces]
        line = write_line(joined, bold=False)
        if fault := emphasis_fault(line, joined, bold=False):
            faults.append(fault)
        return Line(f"{'#' * min(level, DEEPEST)} {line}", number, words.text, tuple(faults))

    def _chart(self, words: Words, number: int) -> Line:
        found = CHART.fullmatch(words.text.strip())
        alt, column = (found[1], found[2]) if found else ("", "")
        self._nested = 0
        line = f"![{write_line([Piece(alt.replace(LINE_END, ' '))])}]({column})"
        return Line(line, number, words.text, words.faults)

    def _listed(self, words: Words, number: int, marker: Marker | None) -> Line:
        pieces, faults = list(words.pieces), list(words.faults)
        if marker is None:
            marker, pieces = _typed(pieces)
        if _TYPED_HEADING.match(words.text.strip()):
            faults.append(Fault("# is typed for a heading", "Use Word's Heading 1, 2 or 3."))
        if marker and marker.kind == "item" and not self._nested:
            faults.append(_STRAY_ITEM)
        line = write_line(pieces)
        if fault := emphasis_fault(line, pieces):
            faults.append(fault)
        return Line(self._marked(line, marker), number, words.text, tuple(faults))

    def _marked(self, line: str, marker: Marker | None) -> str:
        kind = marker.kind if marker else ""
        if kind == "item" and marker:
            indent = " " * self._nested
            sign = f"{indent}{marker.number}) "
            return sign + line.replace("\n", "\n" + " " * len(sign))
        self._nested = len(f"{marker.number}. ") if marker and kind == "number" else 0
        sign = {"number": f"{marker.number}. " if marker else "", "bullet": "- "}.get(kind, "")
        return sign + line.replace("\n", "\n" + " " * len(sign))

    def close_list(self) -> None:
        """A table ends the list above it."""
        self._nested = 0


_STRAY_ITEM = Fault(
    "a lettered item stands under no numbered paragraph",
    "Number the paragraph above it (2. …), or use bullets.",
)


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
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _AROUND:
            yield from _flat(child)
