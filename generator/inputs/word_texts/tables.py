"""A table in Word → a Markdown table; rows that hold tags alone repeat or choose its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.inputs.word_texts.blocks import Line, Reader
from generator.inputs.word_texts.faults import Fault, unique
from generator.inputs.word_texts.foreign import TRACKED, has_changes
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.runs import LINE_END, Piece, Words
from generator.inputs.word_texts.writing import (
    TAG,
    is_statement,
    reading_fault,
    straighten,
    write_line,
)

MERGED = Fault(
    "merged cells are not printed",
    "In Word, Layout: split them, and write into each cell what it says.",
)
NESTED = Fault("a table within a table is not printed", "Make two tables of it.")
UNEVEN = Fault(
    "the rows of the table have not the same number of cells",
    "Give each row as many cells as the first.",
)
HEAD_TAG = Fault(
    "the first row of a table is its head, and this one holds a tag alone",
    "Put a row with the head of the columns above it.",
)
SPLIT_TAG = Fault(
    "a loop or condition begins in one cell and ends in another",
    "Put {% for … %} alone into a row above, and {% endfor %} alone into a row below.",
)
CELL_LIST = Fault(
    "Word's automatic number or bullet in a table is not printed",
    "Switch it off, and type what should stand there.",
)
CHANGED = Fault(f"{TRACKED.what}: a table, row or cell was changed", TRACKED.remedy)
_OPENS = re.compile(r"\{%-?\s*(?:if|for)\b")
_CLOSES = re.compile(r"\{%-?\s*end(?:if|for)\b")
_RULES = {"right": "---:", "end": "---:", "center": ":---:"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its cells' words, alignments, number of its first paragraph, faults."""

    cells: tuple[Words, ...]
    sides: tuple[str, ...]
    number: int
    faults: tuple[Fault, ...]

    @property
    def text(self) -> str:
        """All words of the row."""
        return " ".join(cell.text for cell in self.cells if cell.text.strip())


def read_table(table: etree._Element, reader: Reader) -> Iterator[Line]:
    """The lines of a table; the first row is its head."""
    rows = [_row(row, reader) for row in table.iter(qn("w:tr")) if _table_of(row) is table]
    if not any(row.text.strip() for row in rows):
        yield from (Line("", row.number, faults=row.faults) for row in rows if row.faults)
        return
    width = len(rows[0].cells)
    for position, row in enumerate(rows):
        faults = list(row.faults)
        above = position > 0
        if is_statement(row.text):
            faults += () if above else (HEAD_TAG,)
            yield Line(_statement(row.text), row.number, row.text, unique(faults), joined=above)
            continue
        if len(row.cells) != width and MERGED not in faults:
            faults.append(UNEVEN)
        lines, told = _cells(row, bold=position > 0)
        line, faults = f"| {' | '.join(lines)} |", [*faults, *told]
        yield Line(line, row.number, row.text, unique(faults), joined=above)
        if not above:
            yield Line(f"|{'|'.join(_rules(rows))}|", row.number, joined=True)


def _row(row: etree._Element, reader: Reader) -> _Row:
    faults = [CHANGED] if is_changed(row) else []
    cells, sides = [], []
    for cell in row.iter(qn("w:tc")):
        if _row_of(cell) is not row:
            continue
        if next(cell.iter(qn("w:tbl")), None) is not None:
            faults.append(NESTED)
        words = [reader.words(paragraph) for paragraph in cell.iter(qn("w:p"))]
        if any(reader.marker(paragraph) for paragraph in cell.iter(qn("w:p"))):
            faults.append(CELL_LIST)
        cells.append(_joined(words))
        sides.append(_side(cell))
        faults += [fault for word in words for fault in word.faults]
        if _merged(cell) and not is_statement("".join(word.text for word in words)):
            faults.append(MERGED)
    return _Row(tuple(cells), tuple(sides), reader.number_of(row), unique(faults))


def _joined(words: Sequence[Words]) -> Words:
    """The paragraphs of a cell as lines of one."""
    pieces: list[Piece] = []
    for word in words:
        if pieces and word.text.strip():
            pieces.append(Piece(LINE_END))
        pieces += word.pieces if word.text.strip() else ()
    return Words(tuple(pieces), ())


def _cells(row: _Row, *, bold: bool) -> tuple[list[str], list[Fault]]:
    lines, faults = [], []
    for cell in row.cells:
        line = write_line(cell.pieces, bold=bold, cell=True)
        lines.append(line)
        if fault := reading_fault(line, cell.pieces, bold=bold, cell=True):
            faults.append(fault)
        tags = "".join(tag[0] for tag in TAG.finditer(cell.text))
        if len(_OPENS.findall(tags)) != len(_CLOSES.findall(tags)):
            faults.append(SPLIT_TAG)
    return lines, faults


def _rules(rows: Sequence[_Row]) -> list[str]:
    """How the columns stand, by the first row of figures, else by the head."""
    body = next((row for row in rows[1:] if not is_statement(row.text)), rows[0])
    sides = body.sides if len(body.sides) == len(rows[0].sides) else rows[0].sides
    return [_RULES.get(side, ":---") for side in sides]


def _statement(text: str) -> str:
    """A row of tags alone; the minus keeps empty lines out of the table."""
    tags = straighten(text.strip())
    return tags.replace("{%-", "{%").replace("{#-", "{#").replace("{%", "{%-").replace("{#", "{#-")


def is_changed(row: etree._Element) -> bool:
    """Whether a tracked change is kept in the properties of a row or its cells, or of its table."""
    table = _table_of(row)
    first = table is not None and next(table.iter(qn("w:tr")), None) is row
    holders = [*row.iter(qn("w:trPr"), qn("w:tcPr"))]
    if table is not None and first:
        holders += [*table.iter(qn("w:tblPr"), qn("w:tblGrid"))]
    return any(map(has_changes, holders))


def _side(cell: etree._Element) -> str:
    found = cell.find(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:jc')}")
    return found.get(qn("w:val"), "left") if found is not None else "left"


def _merged(cell: etree._Element) -> bool:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return False
    span = properties.find(qn("w:gridSpan"))
    wide = span is not None and span.get(qn("w:val")) != "1"
    return wide or any(properties.find(qn(t)) is not None for t in ("w:vMerge", "w:hMerge"))


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(qn("w:tbl")), None)


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(qn("w:tr")), None)
