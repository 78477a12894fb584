"""Columns of shares that stand beside the counts: read only to be compared with the counts.

No letter prints them, so what cannot be read in them is left out and stands in no letter's way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.inputs.clean import fold_spaces, shorten
from generator.inputs.settings.keys import IndicatorSettings
from generator.inputs.tables.grid import Cell, CellError, Grid
from generator.inputs.tables.header import Header, normalise_header
from generator.inputs.tables.numbers import Reading, Untidiness, read_share
from generator.inputs.tidiness import Tidiness
from generator.model import Figure, Unit

PATTERNS = ("{} %", "{} percent", "{} percentage", "% {}")
"""How an office heads the column of a count's share; spaces, case and brackets are free."""

_MARKS = re.compile(r"[()\[\].,:–-]")


@dataclass(frozen=True, slots=True)
class ShareColumn:
    """A column that holds the share of an indicator (its id)."""

    indicator: str
    index: int
    title: Cell


def share_headers(
    indicators: Iterable[IndicatorSettings], headers: Mapping[str, str]
) -> dict[str, str]:
    """The headers, folded, that mean an indicator's share, each with the indicator's id.

    A header that fits two indicators means neither.

    Args:
        indicators: The indicators.
        headers: Our names of columns with the workbook's own headers (``[columns]``).
    """
    meant: dict[str, set[str]] = {}
    for indicator in indicators:
        for header in _possible_headers(indicator, headers):
            meant.setdefault(_fold(header), set()).add(indicator.id)
    return {header: ids.pop() for header, ids in meant.items() if len(ids) == 1}


def _possible_headers(indicator: IndicatorSettings, headers: Mapping[str, str]) -> Iterator[str]:
    column = indicator.numerator
    for name in (column, headers.get(column, column), indicator.id):
        yield from (pattern.format(name) for pattern in PATTERNS)
    yield from indicator.name.values()


def _fold(header: str) -> str:
    return _MARKS.sub("", normalise_header(header))


def take_share_columns(
    grid: Grid, header: Header, names: Mapping[str, str], tidiness: Tidiness
) -> tuple[list[ShareColumn], Header]:
    """The columns of shares among those that are not used otherwise; and the header without them.

    Args:
        grid: The sheet.
        header: Its header row.
        names: The headers that mean a share, as ``share_headers`` gives them.
        tidiness: Where the columns are noted, and whether they can be compared.
    """
    found: dict[str, ShareColumn] = {}
    for index, cell in enumerate(grid.rows[header.row]):
        indicator = names.get(_fold(str(cell.value))) if cell in header.extra else None
        if indicator is not None:
            found.setdefault(indicator, ShareColumn(indicator, index, cell))
    used = [c for c in found.values() if not _may_be_fractions(grid, header, c)]
    for column in found.values():
        title = f"“{shorten(fold_spaces(str(column.title.value)), 40)}”"
        tidiness.note("shares" if column in used else "fractions", column.title, title)
    titles = [column.title for column in found.values()]
    rest = tuple(cell for cell in header.extra if cell not in titles)
    return used, replace(header, extra=rest)


def _may_be_fractions(grid: Grid, header: Header, column: ShareColumn) -> bool:
    """Whether 0.92 could mean 92 %: plain numbers, and not one above 1."""
    rows = grid.rows[header.row + 1 :]
    readings = [r for row in rows if (r := _try_read(row[column.index], is_csv=grid.is_csv))]
    plain = any(Untidiness.PERCENT not in reading.notes for reading in readings)
    return plain and all(reading.value <= 1 for reading in readings)


def read_shares(
    row: Sequence[Cell], columns: Iterable[ShareColumn], tidiness: Tidiness, *, is_csv: bool
) -> dict[str, Figure]:
    """A row's shares by the indicator's id; a cell that cannot be read is noted and left out."""
    shares = {}
    for column in columns:
        cell = row[column.index]
        if cell.is_empty:
            continue
        if (reading := _try_read(cell, is_csv=is_csv)) is None:
            tidiness.note("unread-shares", cell)
            continue
        shares[column.indicator] = Figure(reading.value, Unit.PERCENT, (cell.place,))
    return shares


def _try_read(cell: Cell, *, is_csv: bool) -> Reading | None:
    try:
        return None if cell.is_empty else read_share(cell, is_csv=is_csv)
    except CellError:
        return None
