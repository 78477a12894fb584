"""Ways in which a figure goes wrong on its way into a workbook, each as cells with new content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from generator.inputs.tables.grid import Cell, Grid
from generator.inputs.tables.numbers import read_number
from generator.model import ScoreRow

FIRST = "the first digit replaced"
LATER = "a later digit replaced"
SWAPPED = "two neighbouring digits swapped"
LOST = "a digit lost"
SHIFTED = "a column shifted down a row"
CELLS = "two neighbouring cells of a column exchanged"
ROWS = "two neighbouring rows exchanged, names apart"
KINDS = (FIRST, LATER, SWAPPED, LOST, SHIFTED, CELLS, ROWS)
ONE_CELL = (FIRST, LATER, SWAPPED, LOST)


@dataclass(frozen=True)
class Mutation:
    """One mistake: the cell where it was made, and the new content of each cell it changed."""

    kind: str
    who: str
    cell: str
    content: Mapping[str, Cell]

    def on(self, grid: Grid) -> Grid:
        """The sheet with the mistake in it."""
        rows = tuple(tuple(self._changed(cell) for cell in row) for row in grid.rows)
        return replace(grid, rows=rows)

    def _changed(self, cell: Cell) -> Cell:
        new = self.content.get(cell.place.cell or "")
        return cell if new is None else replace(new, place=cell.place)


def make_mutations(grid: Grid, rows: Sequence[ScoreRow]) -> list[Mutation]:
    """Every mistake of every kind in every count of a sheet that differs from what stands there.

    Args:
        grid: The sheet as sent.
        rows: What was read from it; their figures' cells are the ones to change.
    """
    sheet = _Sheet(grid, rows)
    return [m for m in (*sheet.digits(), *sheet.shifts(), *sheet.exchanges()) if sheet.differs(m)]


class _Sheet:
    """The cells of a sheet by address, and the addresses of each row's counts."""

    def __init__(self, grid: Grid, rows: Sequence[ScoreRow]) -> None:
        self.cells = {str(cell.place.cell): cell for row in grid.rows for cell in row}
        self.lines = {str(row[0].place.cell)[1:]: row for row in grid.rows}
        self.rows = rows
        self.columns = {
            column: [(row.who, str(row.counts[column].cells[0].cell)) for row in rows]
            for column in rows[0].counts
        }

    def differs(self, mutation: Mutation) -> bool:
        """Whether some number is another one than before."""
        return any(
            number(new) != number(self.cells[address]) for address, new in mutation.content.items()
        )

    def digits(self) -> Iterator[Mutation]:
        """What a hand does to one figure; of two slips with one result only the first."""
        for column in self.columns.values():
            for who, address in column:
                seen = set()
                for kind, text in mistype(shown(self.cells[address])):
                    if (kind, value := int(text.replace(",", "") or 0)) not in seen:
                        seen.add((kind, value))
                        yield Mutation(kind, who, address, {address: self._typed(address, text)})

    def _typed(self, address: str, text: str) -> Cell:
        cell = self.cells[address]
        return replace(cell, value=text if isinstance(cell.value, str) else int(text))

    def shifts(self) -> Iterator[Mutation]:
        """A paste that began a row too low: each cell below has what stood above it."""
        for column in self.columns.values():
            for start, (who, address) in enumerate(column[:-1]):
                below = pairwise(a for _who, a in column[start:])
                content = {lower: self.cells[upper] for upper, lower in below}
                yield Mutation(SHIFTED, who, address, content)

    def exchanges(self) -> Iterator[Mutation]:
        """Two cells, or all that stands beside two names, in each other's place."""
        for column in self.columns.values():
            for (who, upper), (_who, lower) in pairwise(column):
                yield Mutation(CELLS, who, upper, self._exchanged([(upper, lower)]))
        for first, second in pairwise(self.rows):
            beside = zip(self._beside_name(first), self._beside_name(second), strict=True)
            cell = str(first.place.cell)
            yield Mutation(ROWS, first.who, cell, self._exchanged(list(beside)))

    def _exchanged(self, pairs: Sequence[tuple[str, str]]) -> dict[str, Cell]:
        there = {upper: self.cells[lower] for upper, lower in pairs}
        return there | {lower: self.cells[upper] for upper, lower in pairs}

    def _beside_name(self, row: ScoreRow) -> list[str]:
        name = str(row.place.cell)
        addresses = [str(cell.place.cell) for cell in self.lines[name[1:]]]
        return addresses[addresses.index(name) + 1 :]


def mistype(text: str) -> Iterator[tuple[str, str]]:
    """The figure with each digit replaced, each two swapped, each lost; never with a digit added.

    Which digit replaces another follows from all of them, so that each other one has its turn.
    """
    places = [i for i, character in enumerate(text) if character.isdigit()]
    turn = sum(int(text[i]) for i in places)
    for i in places:
        other = (int(text[i]) + 1 + (turn + i) % 9) % 10
        yield (FIRST if i == places[0] else LATER), f"{text[:i]}{other}{text[i + 1 :]}"
    for i, k in pairwise(places):
        yield SWAPPED, f"{text[:i]}{text[k]}{text[i + 1 : k]}{text[i]}{text[k + 1 :]}"
    for i in places:
        yield LOST, text[:i] + text[i + 1 :]


def shown(cell: Cell) -> str:
    """A cell's figure as it is typed."""
    return cell.value if isinstance(cell.value, str) else f"{cell.value:.0f}"


def number(cell: Cell) -> Decimal | str:
    """The number in a cell; its text where that is none."""
    try:
        return read_number(cell).value
    except ValueError:
        return str(cell.value)
