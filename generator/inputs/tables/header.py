"""The header row of a table: where it stands, and which column is which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import InputError
from generator.inputs.clean import fold_spaces, shorten
from generator.inputs.nearest import nearest_names
from generator.inputs.refusals import unreadable
from generator.inputs.tables.grid import Cell, Grid
from generator.model import Place

KEYS = ("state", "id")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: its index, the column index of each name that is there, and the other cells."""

    row: int
    columns: Mapping[str, int]
    extra: tuple[Cell, ...]

    def cell(self, row: Sequence[Cell], name: str) -> Cell | None:
        """The cell of a row in a named column; None if there is no such column or it is empty."""
        if (column := self.columns.get(name)) is None or row[column].is_empty:
            return None
        return row[column]

    def covered(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """The cells of a row without a value of their own, as merged cells cover them, by name."""
        return {name: row[i] for name, i in self.columns.items() if row[i].merged}


def normalise_header(text: str) -> str:
    """The form in which headers are compared: any case, no spaces, no underscores."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return re.sub("[\\s_\u200b-\u200f\ufeff]+", "", folded)


def find_tables(grids: Iterable[Grid], names: Mapping[str, str]) -> list[tuple[Grid, Header]]:
    """The sheets that have a header row, each with the first row that is one.

    A header row names a key column (``state``, ``id``) and one more known column; only if no
    sheet has such a row, a key column alone will do.

    Args:
        grids: The sheets.
        names: Each column's name and the header that it bears in this file.

    Raises:
        InputError: A header row bears a known header twice.
    """
    sheets = list(grids)
    for least in (2, 1):
        found = ((grid, _find_header(grid, names, least)) for grid in sheets)
        if tables := [(grid, header) for grid, header in found if header is not None]:
            return tables
    return []


def only_table(
    tables: Sequence[tuple[Grid, Header]], file: str, remedy: str
) -> tuple[Grid, Header]:
    """The table of a file that has one.

    Raises:
        InputError: Several sheets have a header row; which of them counts is not guessed.
    """
    if len(tables) > 1:
        sheets = _list([str(grid.sheet) for grid, _header in tables])
        where = Place(file, tables[1][0].sheet)
        raise unreadable(
            where,
            f"{file}: the sheets {sheets} have a header row each; one table can count",
            remedy,
        )
    return tables[0]


def _find_header(grid: Grid, names: Mapping[str, str], least: int) -> Header | None:
    wanted = {normalise_header(header): name for name, header in names.items()}
    for index, row in enumerate(grid.rows):
        known = {wanted[h] for cell in row if (h := _header_of(cell)) in wanted}
        if len(known) >= least and not known.isdisjoint(KEYS):
            return _read_header(grid, index, wanted)
    return None


def _header_of(cell: Cell) -> str:
    return normalise_header(cell.value) if isinstance(cell.value, str) else ""


def _read_header(grid: Grid, index: int, wanted: Mapping[str, str]) -> Header:
    columns: dict[str, int] = {}
    extra = []
    row = grid.rows[index]
    for column, cell in enumerate(row):
        name = wanted.get(_header_of(cell))
        if name is None:
            extra += [] if cell.is_empty else [cell]
        elif name in columns:
            first = row[columns[name]].place
            raise unreadable(
                cell.place,
                f"{cell.place}: the header “{cell.value}” stands here and in {first.cell}",
                "Rename or delete one of the two columns.",
            )
        else:
            columns[name] = column
    return Header(index, columns, tuple(extra))


def require_columns(
    grid: Grid, header: Header, names: Mapping[str, str], needed: Iterable[str], how: str
) -> None:
    """Refuses a table that lacks columns.

    Args:
        grid: The sheet.
        header: Its header row.
        names: Each column's name and the header that it bears in this file.
        needed: Names of the columns that must be there.
        how: What to do about a missing one, as a clause.

    Raises:
        InputError: With the columns found, and for each missing one the nearest of them.
    """
    if missing := [names[name] for name in needed if name not in header.columns]:
        row = grid.rows[header.row]
        where = next(cell.place for cell in row if not cell.is_empty)
        others = [str(cell.value) for cell in header.extra]
        raise unreadable(
            where,
            f"{where}: the header row has no column {_list(missing)}; it has {_titles(row)}",
            _remedy(missing, others, how),
        )


def refuse_unlabelled(grid: Grid, header: Header) -> None:
    """Refuses a table in which something stands in a column without a header.

    Raises:
        InputError: With the first such cell.
    """
    top = grid.rows[header.row]
    for row in grid.rows[header.row + 1 :]:
        for title, cell in zip(top, row, strict=True):
            if title.is_empty and not cell.is_empty:
                raise unreadable(
                    cell.place,
                    f"{cell.place}: “{shorten(cell.value)}” stands in a column without a header",
                    "Write the column's name into the header row, or delete the cell"
                    + ("; a value with commas stands in quotation marks." if grid.is_csv else "."),
                )


def no_header(file: str, grids: Sequence[Grid], names: Mapping[str, str], how: str) -> InputError:
    """The refusal of a file in which no row is a header row; ``how`` to help it, as a clause."""
    wanted = {normalise_header(h) for h in names.values()}
    rows = [row for grid in grids for row in grid.rows if any(not c.is_empty for c in row)]
    if not rows:
        message = f"{file} holds nothing but empty cells"
        return unreadable(Place(file), message, "Fill in the table, and save.")
    best = max(rows, key=lambda row: len({_header_of(c) for c in row} & wanted))
    where = next(cell.place for cell in best if not cell.is_empty)
    keys = [names[key] for key in KEYS if key in names]
    expected = f"{_list(keys, 'or')} and {_list([n for n in names.values() if n not in keys][:3])}"
    return unreadable(
        where,
        f"{where}: no header row was found; expected one with {expected} …, "
        f"and the nearest row has {_titles(best)}",
        _remedy(keys[:1], [str(c.value) for c in best if not c.is_empty], how),
    )


def _remedy(missing: Sequence[str], others: Sequence[str], how: str) -> str:
    hints = []
    for name in missing:
        counts = [title for title in others if "%" not in title]  # a share is never a count
        if near := nearest_names(name, counts, count=1):
            hints.append(f"Is “{shorten(near[0])}” meant for {name}? Then")
            break
    return " ".join([*hints, how]) if hints else how[0].upper() + how[1:]


def _list(names: Sequence[str], word: str = "and") -> str:
    quoted = [f"“{name}”" for name in names]
    return f" {word} ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1]))) if quoted else ""


def _titles(row: Iterable[Cell]) -> str:
    texts = [shorten(fold_spaces(str(cell.value)), 40) for cell in row if not cell.is_empty]
    return ", ".join(f"“{text}”" for text in texts[:12]) + (" …" if len(texts) > 12 else "")
