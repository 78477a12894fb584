"""The front matter of a text written in Word: a table of two columns at its top, key and value."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from lxml import etree

from generator.inputs.word_texts.blocks import Line, Reader
from generator.inputs.word_texts.faults import Fault, unique
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.runs import LINE_END, Piece, Words
from generator.inputs.word_texts.tables import CELL_LIST, CHANGED, NESTED, is_changed
from generator.inputs.word_texts.writing import reading_fault, write_line

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
NO_FRONT = Fault(
    "the text does not begin with the table of keys",
    "Put a table of two columns at its top: in the first a key (number, date, subject, addressee "
    "…), in the second its value; letter_templates/README.md, Writing in Word, has an example.",
)
TWICE = Fault(
    "this key stands in the table twice", "Keep one row, or give each its form: (m), (f)."
)


def read_front(table: etree._Element, reader: Reader) -> Iterator[Line]:
    """The lines of the front matter, between its two fences."""
    yield Line(FENCE, reader.number_of(table))
    said: set[tuple[str, str]] = set()
    above = ""
    for row in table.iter(qn("w:tr")):
        cells = list(row.iter(qn("w:tc")))
        words = [_cell_words(cell, reader) for cell in cells]
        key = _KEY.fullmatch(_text(words[0])) if len(cells) == 2 else None
        number = reader.number_of(row)
        faults = unique([*_row_faults(row, reader), *(f for w in words[:1] for f in w.faults)])
        if key is None:
            yield from _no_key(words, number, faults)
            continue
        if _is_again(key[1], key[2] or "", above, said):
            faults = (*faults, TWICE)
        said.add((key[1], key[2] or ""))
        if key[2] and key[1] != above:
            yield Line(f"{key[1]}:", number, joined=True)
        above = key[1]
        value = Words(words[1].pieces, unique([*faults, *words[1].faults]))
        yield from _entry(key[1], key[2] or "", value, number)
    yield Line(FENCE, reader.number_of(table), joined=True)


def _is_again(key: str, form: str, above: str, said: Collection[tuple[str, str]]) -> bool:
    """Whether a key was said before; its forms stand in rows on end, each once."""
    if key not in {name for name, _form in said}:
        return False
    return not form or key != above or (key, form) in said or (key, "") in said


def _no_key(words: list[Words], number: int, faults: tuple[Fault, ...]) -> Iterator[Line]:
    text = " ".join(word.text for word in words)
    inside = (fault for word in words for fault in word.faults)
    if text.strip():
        yield Line("", number, text, unique([NO_KEY, *faults, *inside]))
    elif faults:
        yield Line("", number, "", faults)


def _row_faults(row: etree._Element, reader: Reader) -> list[Fault]:
    faults = [CHANGED] if is_changed(row) else []
    if any(reader.marker(paragraph) for paragraph in row.iter(qn("w:p"))):
        faults.append(CELL_LIST)
    return [*faults, *([NESTED] if next(row.iter(qn("w:tbl")), None) is not None else [])]


def _cell_words(cell: etree._Element, reader: Reader) -> Words:
    """The words of a cell; each paragraph but the first begins a line."""
    pieces: list[Piece] = []
    faults: list[Fault] = []
    for position, paragraph in enumerate(cell.iter(qn("w:p"))):
        words = reader.words(paragraph)
        pieces += [Piece(LINE_END)] if position else []
        pieces += words.pieces
        faults += words.faults
    return Words(tuple(pieces), unique(faults))


def _entry(key: str, form: str, words: Words, number: int) -> Iterator[Line]:
    lines, told = _lines(words)
    indent, name = ("  ", form) if form else ("", key)
    faults = unique([*words.faults, *told])
    if len(lines) < 2:
        line = f"{indent}{name}: {_value(key, ''.join(lines))}"
        yield Line(line, number, words.text, faults, joined=True)
        return
    yield Line(f"{indent}{name}: |", number, words.text, faults, joined=True)
    yield from (Line(f"{indent}  {line}", number, joined=True) for line in lines)


def _lines(words: Words) -> tuple[list[str], list[Fault]]:
    """The value's lines: a paragraph or a line break ends one."""
    lines, faults = [], []
    for pieces in _split(words.pieces):
        line = write_line(pieces)
        if fault := reading_fault(line, pieces, cell=True):
            faults.append(fault)
        lines.append(line)
    while lines and not lines[0]:
        lines.pop(0)
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


def _text(words: Words) -> str:
    return " ".join(words.text.split()).casefold()
