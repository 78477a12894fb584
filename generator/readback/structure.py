"""What stands in which cell of a Word file, what is a heading, and which pictures are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from generator.readback.expected import Grid, Title
from generator.readback.mismatch import CONTEXT, Mismatch
from generator.readback.pieces import PARAGRAPH, pieces
from generator.readback.squeeze import squeeze
from generator.readback.styles import OFF, TABLE_STYLE, Styles

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_LEAST = 36_000
"""A millimetre in EMU: what is smaller is no picture."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table in the style of the letter's: the squeezed text of its rows' cells.

    ``heads`` says of each row whether it is marked as a head, which Word repeats.
    """

    rows: tuple[tuple[str, ...], ...]
    heads: tuple[bool, ...]


def read_tables(body: _Element, styles: Styles) -> Iterator[WordTable]:
    """The tables in the style of the letter's, in their order."""
    for table in body.iter(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        if style is not None and styles.name(style.get(qn("w:val"))) == TABLE_STYLE:
            rows = table.findall(qn("w:tr"))
            cells = (tuple(map(_text, row.findall(qn("w:tc")))) for row in rows)
            yield WordTable(tuple(cells), tuple(map(_is_head, rows)))


def read_titles(body: _Element, styles: Styles) -> Iterator[tuple[str, int]]:
    """The paragraphs that stand in Word's navigation pane, and their levels from 1."""
    for paragraph in body.iter(PARAGRAPH):
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        style = styles.of_paragraph(paragraph)
        level = styles.level(style) if own is None else (int(own.get(qn("w:val"))) + 1) % 10
        if level:
            yield _text(paragraph), level


def read_pictures(document: WordDocument) -> Iterator[str]:
    """The descriptions of the pictures in the text that are there and can be seen."""
    for drawn in document.element.body.iter(qn("w:drawing")):
        described, size = drawn.find(f".//{qn('wp:docPr')}"), drawn.find(f".//{qn('wp:extent')}")
        embedded = (blip.get(qn("r:embed")) for blip in drawn.iter(_PICTURE))
        there = any(identifier in document.part.rels for identifier in embedded)
        text = "" if described is None else str(described.get("descr", ""))
        if text and there and all(int(size.get(side)) >= _LEAST for side in ("cx", "cy")):
            yield text


def compare_tables(found: Sequence[WordTable], grids: Sequence[Grid]) -> Mismatch | None:
    """Whether each table has its rows and cells, and a head that is marked; None if so."""
    if len(found) != len(grids):
        return Mismatch(f"{len(found)} tables", f"{len(grids)} tables in the style Letter Table")
    for table, grid in zip(found, grids, strict=True):
        if len(table.rows) != len(grid.rows):
            told = f"{len(table.rows)} rows with the head"
            return Mismatch(told, f"{len(grid.rows)}", grid.place)
        for number, (cells, wanted) in enumerate(zip(table.rows, grid.rows, strict=True)):
            if cells != wanted:
                place = f"{grid.place}, {f'row {number}' if number else 'head'}"
                return Mismatch(_told(cells), _told(wanted), place)
        if not table.heads[0] or any(table.heads[1:]):
            return Mismatch("another head", "its first row, marked to be repeated", grid.place)
    return None


def compare_titles(found: Iterable[tuple[str, int]], titles: Iterable[Title]) -> Mismatch | None:
    """Whether each heading stands in the navigation pane, at its level; None if so.

    What the kind's own template puts there besides is no difference.
    """
    left = iter(found)
    for title in titles:
        if (title.text, title.level) not in left:
            text = f"“{title.text[:CONTEXT]}”"
            wanted = f"a heading of level {title.level}"
            return Mismatch(f"{text}, no heading or of another level", wanted, title.place)
    return None


def _told(cells: Sequence[str]) -> str:
    return f"the {len(cells)} cells " + " | ".join(f"“{cell[:CONTEXT]}”" for cell in cells)


def _text(element: _Element) -> str:
    """All words of a paragraph, or of a cell, squeezed."""
    texts = (piece for paragraph in element.iter(PARAGRAPH) for piece in pieces(paragraph))
    return squeeze("".join(text for _element, text in texts))


def _is_head(row: _Element) -> bool:
    marked = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return marked is not None and marked.get(qn("w:val"), "1") not in OFF
