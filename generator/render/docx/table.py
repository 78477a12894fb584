"""Tables as WordprocessingML: widths chosen from the contents, the look from the template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Protocol

from markupsafe import escape

from generator.content import Inline, Row, Span, Table, plain
from generator.render.docx.runs import runs_xml
from generator.render.docx.styles import Styles
from generator.render.tints import level_fill

_EM = 190
"""The size of table text (9.5 pt), in twips."""
_MEASURED = 1.02
"""What is added to an estimate, so that no estimated line is too narrow by a hair."""
_BOLD = 1.07
"""How much wider bold letters run."""
_PADDING = 200
"""A cell's left and right padding, its rule and the bar of a marked row, in twips."""
_MOST = 90.0
"""A cell's text that is longer (in em) has lines enough: it gets no more width."""
_SHORT_HEAD = 3.2
"""Heads up to this length in em ("S. No.") are not broken."""
_SHORT_VALUE = 10.0
"""Values up to this length in em ("1,00,001 – 5,00,000") are not broken, in a column of figures."""
_FIGURES = {False: 0.135, True: 0.09}
"""A column of figures gets this part of the width, where words leave it; True: in wide tables.

The PDF gives it the same (``td.right`` in ``page.css``).
"""
_WIDE = 6
"""From so many columns on, a table is wide."""

_ROOM = {
    **dict.fromkeys(".,:;'’", 0.26),
    **dict.fromkeys("fijltIJ", 0.34),
    **dict.fromkeys("crsz", 0.47),
    **dict.fromkeys("aegy", 0.56),
    **dict.fromkeys("0123456789", 0.56),
    **dict.fromkeys("bdhnpqu", 0.63),
    **dict.fromkeys("mwMW%", 0.92),
    **dict.fromkeys("&+=<>₹", 0.75),
    **dict.fromkeys("–—", 0.5),
    **dict.fromkeys("अकखजझञणफलस", 0.71),
    **dict.fromkeys("आऐओऔ", 0.97),
    "र": 0.42,
}
_ROOM_OF_CATEGORY = {"Mn": 0.0, "Cf": 0.0, "Mc": 0.25, "Lu": 0.68, "Zs": 0.27}
_VIRAMA = "\u094d"
_MARKS = re.compile(f"र{_VIRAMA}|{_VIRAMA}र")
"""Joined to another consonant, ra is a mark above or below it."""
_JOINED = 0.35
"""What a consonant adds to the one it is joined to by a virama: that one loses its stem."""


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
    """The widths of the columns in twips, ``total`` together, much as the PDF has them.

    Every column gets what it needs at least: words their longest word, figures (right-aligned)
    their values and the longest word of their head, which is broken into lines. Where words can
    stand in one line in all their cells, that comes next, and then figures get their part of the
    width; where they must be broken in any case, figures come first. What is left goes to words.
    """
    figures = [side == "right" for side in table.align]
    columns = [[row.cells[n] for row in table.rows] for n in range(len(table.head))]
    least = [
        _twips(max(_head_word(head), *map(_value if right else _longest_word, [(), *cells])))
        for head, cells, right in zip(table.head, columns, figures, strict=True)
    ]
    lines = [
        _twips(min(_MOST, max(_BOLD * _length(plain(head)), *map(_line, [(), *cells]))))
        for head, cells in zip(table.head, columns, strict=True)
    ]
    part = _FIGURES[len(figures) >= _WIDE] * total
    words = [0.0 if right else line for line, right in zip(lines, figures, strict=True)]
    numbers = [part if right else 0.0 for right in figures]
    unbroken = sum(map(max, least, words)) <= total
    widths = least
    for wishes in (words, numbers) if unbroken else (numbers, words):
        widths = _grown(widths, wishes, total)
    return _filled(widths, words if any(words) else widths, total)


def _grown(widths: list[float], wishes: list[float], total: int) -> list[float]:
    """The widths, each nearer to its wish by the same share of what it lacks."""
    lacks = [max(0.0, wish - width) for width, wish in zip(widths, wishes, strict=True)]
    spare = max(0.0, total - sum(widths))
    share = min(1.0, spare / sum(lacks)) if any(lacks) else 0.0
    return [width + share * lack for width, lack in zip(widths, lacks, strict=True)]


def _filled(widths: list[float], weights: list[float], total: int) -> tuple[int, ...]:
    """The widths in whole twips that add up to ``total``: filled by weight, or scaled down."""
    spare = max(0.0, total - sum(widths))
    filled = [a + spare * b / sum(weights) for a, b in zip(widths, weights, strict=True)]
    edges = [round(total * reached / sum(filled)) for reached in accumulate(filled, initial=0.0)]
    return tuple(right - left for left, right in pairwise(edges))


def _twips(length: float) -> float:
    return length * _MEASURED * _EM + _PADDING


def _line(cell: Inline) -> float:
    """How long a cell's text is in one line, in em."""
    return sum(_length(span.text) * (_BOLD if span.bold else 1.0) for span in cell)


def _length(text: str) -> float:
    """About how long a text is, in em: a mark above or below a letter takes no room."""
    length, before = 0.0, ""
    for character in _MARKS.sub("", text):
        category = unicodedata.category(character)
        room = _ROOM_OF_CATEGORY.get(category, 0.32 if category.startswith("P") else 0.58)
        joined = before == _VIRAMA and category == "Lo"
        length += _JOINED if joined else _ROOM.get(character, room)
        before = character
    return length


def _head_word(head: Inline) -> float:
    length = _BOLD * _length(plain(head))
    return length if length <= _SHORT_HEAD else _longest_word((Span(plain(head), bold=True),))


def _value(cell: Inline) -> float:
    length = _line(cell)
    return length if length <= _SHORT_VALUE else _longest_word(cell)


def _longest_word(cell: Inline) -> float:
    """The longest piece of a text between two places where a line may end, in em."""
    bold = _BOLD if any(span.bold for span in cell) else 1.0
    words = plain(cell).replace("/", "/ ").replace("-", "- ").split(" ")
    return bold * max(map(_length, words))


def _row_xml(
    row: Row, align: tuple[str, ...], widths: tuple[int, ...], writer: Writer, *, head: bool = False
) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    style = "Table Head" if head else "Table Text Marked" if row.marked else "Table Text"
    cells = []
    for position, (cell, side, width) in enumerate(zip(row.cells, align, widths, strict=True)):
        look = _cell_look(cell, writer.styles, marked=row.marked, first=position == 0)
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>'
            f"{_cell_paragraph(cell, side, style, writer)}</w:tc>"
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_paragraph(cell: Inline, side: str, style: str, writer: Writer) -> str:
    alignment = "" if side == "left" else f'<w:jc w:val="{side}"/>'
    return writer.paragraph(style, runs_xml(cell), alignment)


def _cell_look(cell: Inline, styles: Styles, *, marked: bool, first: bool) -> str:
    """A cell's tint: of the level it names, or of a marked row; before that a bar.

    The bar survives grey print.
    """
    barred = marked and first and styles.marked_border
    bar = _element("left", styles.marked_border) if barred else ""
    level = level_fill(cell)
    fill = {"val": "clear", "color": "auto", "fill": level} if level else {}
    fill = fill or dict(styles.marked_fill if marked else {})
    shade = _element("shd", fill) if fill else ""
    return (f"<w:tcBorders>{bar}</w:tcBorders>" if bar else "") + shade


def _element(name: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' w:{key}="{escape(value)}"' for key, value in attributes.items())
    return f"<w:{name}{written}/>"
