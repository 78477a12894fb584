"""Tables as WordprocessingML: widths chosen from the contents, the look from the template."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Protocol

from markupsafe import escape

from generator.content import Inline, Row, Table, plain
from generator.render.docx.runs import runs_xml
from generator.render.docx.styles import Styles

_CHARACTER = 112
"""Average width of a character of table text (10 pt), in twips."""
_BOLD = 1.2
"""How much wider bold heads run."""
_MOST = 160.0
"""From so many characters on, a cell's text has lines enough: longer ones get no more width."""
_UNIT = 7
"""Heads of so few characters ("S. No.") are not broken."""
_PADDING = 230
"""A cell's left and right padding and its rule, in twips."""


class Writer(Protocol):
    """What a table needs of the writer of blocks."""

    @property
    def styles(self) -> Styles:
        """The template's styles."""

    @property
    def width(self) -> int:
        """The width of the text, in twips."""

    def paragraph(self, style: str, runs: str, properties: str = "") -> str:
        """A paragraph in a named style."""


def table_xml(table: Table, writer: Writer) -> str:
    """A table over the full width; its head is repeated and no row is split between pages."""
    widths = column_widths(table, writer.width)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row_xml(Row(table.head), table.align, widths, writer, head=True)]
    rows += [_row_xml(row, table.align, widths, writer) for row in table.rows]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{writer.styles.table}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def column_widths(table: Table, total: int) -> tuple[int, ...]:
    """The widths of the columns in twips, ``total`` together.

    As browsers do it: a column gets its longest word, and of the rest a share by how much more
    its longest cell would like to have.
    """
    heads = [plain(cell) for cell in table.head]
    columns = [[plain(row.cells[n]) for row in table.rows] for n in range(len(heads))]
    least = [
        max(_BOLD * _head_word(head), *map(_longest_word, ["", *column]))
        for head, column in zip(heads, columns, strict=True)
    ]
    liked = [
        max(need, min(_MOST, max(_BOLD * _length(head), *map(_length, ["", *column]))))
        for head, column, need in zip(heads, columns, least, strict=True)
    ]
    least_twips = [length * _CHARACTER + _PADDING for length in least]
    if (spare := total - sum(least_twips)) <= 0:
        return _exactly(total, least_twips)
    wishes = [(want - need) * _CHARACTER for want, need in zip(liked, least, strict=True)]
    if sum(wishes) <= spare:
        return _exactly(total, [a + b for a, b in zip(least_twips, wishes, strict=True)])
    shares = [spare * wish / sum(wishes) for wish in wishes]
    return _exactly(total, [a + b for a, b in zip(least_twips, shares, strict=True)])


def _exactly(total: int, widths: list[float] | list[int]) -> tuple[int, ...]:
    """The widths scaled to whole twips that add up to ``total``."""
    whole = sum(widths)
    edges = [round(total * reached / whole) for reached in accumulate(widths, initial=0)]
    return tuple(right - left for left, right in pairwise(edges))


def _length(text: str) -> float:
    """A text's length in characters that take room: a vowel sign half, a mark above none."""
    room = {"Mn": 0.0, "Mc": 0.5, "Cf": 0.0}
    return sum(room.get(unicodedata.category(character), 1.0) for character in text)


def _head_word(head: str) -> float:
    return _length(head) if _length(head) <= _UNIT else _longest_word(head)


def _longest_word(text: str) -> float:
    words = text.replace("/", "/ ").replace("-", "- ").split(" ")
    return max(_length(word) for word in words)


def _row_xml(
    row: Row, align: tuple[str, ...], widths: tuple[int, ...], writer: Writer, *, head: bool = False
) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    style = "Table Head" if head else "Table Text Marked" if row.marked else "Table Text"
    cells = []
    for position, (cell, side, width) in enumerate(zip(row.cells, align, widths, strict=True)):
        look = _marked_look(writer.styles, first=position == 0) if row.marked else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>'
            f"{_cell_paragraph(cell, side, style, writer)}</w:tc>"
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_paragraph(cell: Inline, side: str, style: str, writer: Writer) -> str:
    alignment = "" if side == "left" else f'<w:jc w:val="{side}"/>'
    return writer.paragraph(style, runs_xml(cell), alignment)


def _marked_look(styles: Styles, *, first: bool) -> str:
    """The tint of a marked row's cell, and before the first one a bar that survives grey print."""
    bar = _element("left", styles.marked_border) if first and styles.marked_border else ""
    fill = _element("shd", styles.marked_fill) if styles.marked_fill else ""
    return (f"<w:tcBorders>{bar}</w:tcBorders>" if bar else "") + fill


def _element(name: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' w:{key}="{escape(value)}"' for key, value in attributes.items())
    return f"<w:{name}{written}/>"
