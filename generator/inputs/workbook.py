"""The scores workbook: counts of each State, and cohort, composite and rank where given.

Office workbooks are untidy: what can be understood is read and listed; what cannot is an error at
its cell, and all such cells are reported at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.findings import Finding, Severity
from generator.inputs.clean import fold_spaces, shorten
from generator.inputs.refusals import unreadable
from generator.inputs.share_columns import ShareColumn, read_shares, take_share_columns
from generator.inputs.tables.book import read_book
from generator.inputs.tables.cells import read_text
from generator.inputs.tables.grid import Cell, CellError, Grid
from generator.inputs.tables.header import (
    KEYS,
    Header,
    find_tables,
    no_header,
    only_table,
    refuse_unlabelled,
    require_columns,
)
from generator.inputs.tables.numbers import Reading, read_count, read_rank, read_score
from generator.inputs.tables.row_keys import Key, KeyReader, is_note
from generator.inputs.tidiness import Tidiness, find_total, note_layout
from generator.model import Figure, Place, ScoreRow, Unit

MAP_IT = "rename the column, or map it under [columns] in edition.toml."
TYPE_ANEW = "Type the figure anew; without it no letter to this recipient can be made."
UNMERGE = "Unmerge the cells in Excel (Home, Merge & Center), and fill in each of them."
CHOOSE = 'Name the one that counts under [scores] in edition.toml (sheet = "…"), or hide the other.'

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class ScoresLayout:
    """What to look for in the workbook.

    ``counts`` are the columns that indicators name; ``headers`` maps a column's name to the
    workbook's own header; ``cohorts`` are the categories' ids; ``shares`` maps folded headers of
    shares to their indicator's id; with ``given``, composite and rank must be there.
    """

    counts: tuple[str, ...]
    cohorts: tuple[str, ...]
    sheet: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, str] = field(default_factory=dict)
    given: bool = False

    @property
    def count_columns(self) -> tuple[str, ...]:
        """Strength first, then every column that an indicator names."""
        return tuple(dict.fromkeys(("strength", *self.counts)))

    @property
    def names(self) -> dict[str, str]:
        """Every column's name, with the header it bears in this workbook."""
        every = ("state", "id", *self.count_columns, "cohort", "composite_score", "rank")
        return {name: self.headers.get(name, name) for name in every}


@dataclass(frozen=True, slots=True)
class Scores:
    """What the workbook says: a row a State, and its rows of totals, both in the file's order."""

    rows: tuple[ScoreRow, ...] = ()
    totals: tuple[ScoreRow, ...] = ()


def find_scores_file(folder: Path, name: str | None, shown: str) -> Path:
    """The scores file of an edition.

    Args:
        folder: The edition's folder.
        name: The file's name in the settings, if they give one.
        shown: The folder's name in messages.

    Raises:
        InputError: There is none, or there are both scores.xlsx and scores.csv.
    """
    usual = [folder / "scores.xlsx", folder / "scores.csv"]
    if all(path.is_file() for path in usual):
        raise unreadable(
            Place("scores.csv"),
            f"{shown} holds both scores.xlsx and scores.csv; which one counts is not known",
            "Delete, or move elsewhere, the one that is out of date.",
        )
    for path in [folder / name] if name else usual:
        if path.exists():
            return path
    raise unreadable(
        Place(name or "scores.xlsx"),
        f"{shown}/{name or 'scores.xlsx'} is missing, and the settings name indicators",
        "Put the scores workbook there, or write its name as file under [scores] in edition.toml.",
    )


def read_scores(path: Path, file: str, layout: ScoresLayout) -> tuple[Scores, list[Finding]]:
    """Reads the scores workbook or CSV file.

    Args:
        path: The file.
        file: Its name in messages and places.
        layout: The columns and the sheet to look for.

    Returns:
        All cells that are understood; and findings: errors of cells that are not, warnings of
        wrong grouping, and info of what was untidy. Where a row is refused there are no totals,
        as nothing can be compared with them.

    Raises:
        InputError: The file, sheet or header row cannot be found or understood.
    """
    keys = [layout.names[key] for key in KEYS]
    book = read_book(path, file, keys, layout.sheet)
    tables = find_tables(book.grids, layout.names)
    if not tables:
        raise no_header(file, book.grids, layout.names, MAP_IT)
    grid, header = only_table(tables, file, CHOOSE)
    _require(grid, header, layout)
    if grid.is_csv:  # a figure typed as 3,22,014 would move the next ones into other columns
        refuse_unlabelled(grid, header)
    tidiness = Tidiness()
    shares, header = take_share_columns(grid, header, layout.shares, tidiness)
    note_layout(tidiness, grid, header, book.hidden)
    reader = _Reader(grid, header, layout, shares, tidiness)
    rows = [r for row in grid.rows[header.row + 1 :] if (r := reader.read_row(row)) is not None]
    findings = reader.findings + tidiness.findings(file, grid.sheet)
    if not rows and not reader.findings:
        raise unreadable(
            Place(file, grid.sheet),
            f"{file}: no row stands below the header row",
            "Fill in the figures of the States.",
        )
    return Scores(tuple(rows), () if reader.refused else tuple(reader.totals)), findings


def _require(grid: Grid, header: Header, layout: ScoresLayout) -> None:
    needed = list(layout.count_columns)
    if "cohort" in header.columns and "strength" not in layout.counts:
        needed.remove("strength")
    if layout.given:
        needed += ["composite_score", "rank"]
    require_columns(grid, header, layout.names, needed, MAP_IT)


class _Reader:
    """Reads row after row, and collects what there is to say about them."""

    def __init__(
        self,
        grid: Grid,
        header: Header,
        layout: ScoresLayout,
        shares: Sequence[ShareColumn],
        tidiness: Tidiness,
    ) -> None:
        self.grid = grid
        self.header = header
        self.layout = layout
        self.shares = shares
        self.tidiness = tidiness
        self.findings: list[Finding] = []
        self.totals: list[ScoreRow] = []
        self.refused = False
        remedy = "Delete the row that is wrong; add up the two if they are parts of one."
        self._keys = KeyReader(header, "rows-unique", remedy, self.findings, self._two_categories)

    def read_row(self, row: Row) -> ScoreRow | None:
        """The row's figures; None for a row without a State that is its own."""
        known = {name: c for name in self.header.columns if (c := self.header.cell(row, name))}
        label = known.get("state") or known.get("id")
        if known and (total := find_total(row, label)) is not None:
            self.tidiness.note("total", next(iter(known.values())))
            self.totals.append(self._total(row, total))
            return None
        if is_note(known):
            if filled := next((cell for cell in row if not cell.is_empty), None):
                self.tidiness.note("notes", filled)
            return None
        if (key := self._keys.read(row)) is None:
            self.refused = True
            return None
        self.tidiness.note_key(key)
        return self._figures(row, key)

    def _figures(self, row: Row, key: Key) -> ScoreRow:
        for name, cell in self.header.covered(row).items():
            if name not in KEYS:
                message = f"nothing stands there, as the merged cells {cell.merged} cover it"
                self._unread(cell, name, f"{message}; expected a cell of its own", key, UNMERGE)
        counts = {
            name: figure
            for name in self.layout.count_columns
            if (figure := self._figure(row, name, read_count, Unit.COUNT, key)) is not None
        }
        return ScoreRow(
            key.who,
            key.cell.place,
            counts,
            self._cohort(row, key),
            self._figure(row, "composite_score", read_score, Unit.SCORE, key),
            self._figure(row, "rank", read_rank, Unit.RANK, key),
            read_shares(row, self.shares, self.tidiness, is_csv=self.grid.is_csv),
        )

    def _total(self, row: Row, label: Cell) -> ScoreRow:
        """The row's counts; one that cannot be read stands in no letter, and is left out."""
        counts = {}
        for name in self.layout.count_columns:
            if (cell := self.header.cell(row, name)) is not None:
                with suppress(CellError):
                    value = read_count(cell, is_csv=self.grid.is_csv).value
                    counts[name] = Figure(value, Unit.COUNT, (cell.place,))
        return ScoreRow(fold_spaces(str(label.value)), label.place, counts)

    def _two_categories(self, first: Row, second: Row) -> str:
        """What there is to add of a State's two rows: that they give it two categories."""
        cells = [self.header.cell(row, "cohort") for row in (first, second)]
        texts = [fold_spaces(str(cell.value)) for cell in cells if cell is not None]
        if len({text.casefold() for text in texts}) < 2:
            return ""
        return f", once in category {shorten(texts[0])} and once in {shorten(texts[1])}"

    def _figure(
        self, row: Row, name: str, read: Callable[..., Reading], unit: Unit, key: Key
    ) -> Figure | None:
        if (cell := self.header.cell(row, name)) is None:
            return None
        try:
            reading = read(cell, is_csv=self.grid.is_csv)
        except CellError as error:
            self._unread(cell, name, str(error), key)
            return None
        self.tidiness.note_number(cell, reading, key.who)
        return Figure(reading.value, unit, (cell.place,))

    def _cohort(self, row: Row, key: Key) -> str | None:
        if (cell := self.header.cell(row, "cohort")) is None:
            return None
        ids = {cohort.casefold(): cohort for cohort in self.layout.cohorts}
        expected = f"one of the categories {', '.join(self.layout.cohorts)}"
        try:
            text = read_text(cell)
            if text.casefold() not in ids:
                raise CellError(f"“{shorten(text)}” stands there", expected)
        except CellError as error:
            self._unread(cell, "cohort", str(error), key)
            return None
        return ids[text.casefold()]

    def _unread(
        self, cell: Cell, column: str, message: str, key: Key, remedy: str = TYPE_ANEW
    ) -> None:
        message = f"{column}: {message}"
        self.findings.append(
            Finding(Severity.ERROR, "cells-understood", message, remedy, key.who, cell.place)
        )
