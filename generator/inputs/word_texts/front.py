"""The front matter of a text written in Word: a table of two columns at its top, key and value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from generator.inputs.word_texts.blocks import Line, Reader
from generator.inputs.word_texts.faults import Fault, unique
from generator.inputs.word_texts.runs import LINE_END, Piece, Words
from generator.inputs.word_texts.writing import emphasis_fault, write_line

FENCE = "---"
_KEY = re.compile(r"([a-z_]+)(?: *\((m|f|other)\))?")
_NUMBERS = re.compile(r"\[?\s*(\d+(?:\s*,\s*\d+)*)?\s*\]?")
_LISTS = ("shared_annexures",)
_BARE = ("letterhead", "date_style")
"""Keys whose values are words of YAML itself, and not texts."""

NO_KEY = Fault(
    "the first column of the table at the top holds keys, and this is none",
    "Write a key such as subject, or salutation (m); letter_templates/README.md lists them all.",
)


def is_front(table: etree._Element, reader: Reader) -> bool:
    """Whether a table holds front matter: two columns, and a key in its first cell."""
    first = next(table.iter(qn("w:tr")), None)
    cells = list(first.iter(qn("w:tc"))) if first is not None else []
    return len(cells) == 2 and bool(_KEY.fullmatch(_text(cells[0], reader)))


def read_front(table: etree._Element, reader: Reader) -> Iterator[Line]:
    """The lines of the front matter, between its two fences."""
    yield Line(FENCE, reader.number_of(table))
    above = ""
    for row in table.iter(qn("w:tr")):
        cells = list(row.iter(qn("w:tc")))
        key = _KEY.fullmatch(_text(cells[0], reader)) if len(cells) == 2 else None
        number = reader.number_of(row)
        if key is None:
            text = " ".join(_text(cell, reader) for cell in cells)
            if text.strip():
                yield Line("", number, text, (NO_KEY,))
            continue
        if key[2] and key[1] != above:
            yield Line(f"{key[1]}:", number)
        above = key[1]
        yield from _entry(key[1], key[2] or "", cells[1], reader, number)
    yield Line(FENCE, reader.number_of(table))


def _entry(
    key: str, form: str, cell: etree._Element, reader: Reader, number: int
) -> Iterator[Line]:
    words = [reader.words(paragraph) for paragraph in cell.iter(qn("w:p"))]
    faults = unique(fault for word in words for fault in word.faults)
    lines, told = _lines(words)
    text = LINE_END.join(word.text for word in words)
    indent, name = ("  ", form) if form else ("", key)
    faults = unique([*faults, *told])
    if len(lines) < 2:
        yield Line(f"{indent}{name}: {_value(key, ''.join(lines))}", number, text, faults)
        return
    yield Line(f"{indent}{name}: |", number, text, faults)
    yield from (Line(f"{indent}  {line}", number) for line in lines)


def _lines(words: list[Words]) -> tuple[list[str], list[Fault]]:
    """The value's lines: a paragraph or a line break ends one."""
    lines, faults = [], []
    for word in words:
        for pieces in _split(word.pieces):
            line = write_line(pieces)
            if fault := emphasis_fault(line, pieces):
                faults.append(fault)
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return lines, faults


def _split(pieces: tuple[Piece, ...]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(LINE_END)
        lines[-1].append(Piece(first, piece.bold, piece.italic))
        lines += [[Piece(other, piece.bold, piece.italic)] for other in others]
    return lines


def _value(key: str, text: str) -> str:
    if key in _LISTS and (found := _NUMBERS.fullmatch(text.replace("\\", ""))):
        return f"[{found[1] or ''}]"
    return text if key in _BARE else json.dumps(text, ensure_ascii=False)


def _text(cell: etree._Element, reader: Reader) -> str:
    words = (reader.words(paragraph).text for paragraph in cell.iter(qn("w:p")))
    return " ".join(" ".join(words).split()).casefold()
