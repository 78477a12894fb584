"""Performance levels in tables: a cell that is the name of a level knows its place among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.content import Block, Inline, Table, plain
from generator.model import Band, Language


def mark_levels(
    blocks: Iterable[Block], bands: tuple[Band, ...], language: Language
) -> tuple[Block, ...]:
    """The blocks, with ``Span.level`` in every cell that is wholly the name of a level.

    Args:
        blocks: Finished blocks in one language.
        bands: The edition's performance levels, ascending.
        language: In which the levels are named.
    """
    places = {
        band.name[language]: round(100 * place / len(bands)) for place, band in enumerate(bands, 1)
    }
    return tuple(_in_table(b, places) if isinstance(b, Table) else b for b in blocks)


def _in_table(table: Table, places: Mapping[str, int]) -> Table:
    head = tuple(_in_cell(cell, places) for cell in table.head)
    rows = tuple(
        replace(row, cells=tuple(_in_cell(cell, places) for cell in row.cells))
        for row in table.rows
    )
    return replace(table, head=head, rows=rows)


def _in_cell(cell: Inline, places: Mapping[str, int]) -> Inline:
    level = places.get(plain(cell).strip(), 0)
    return tuple(replace(span, level=level) for span in cell) if level else cell
