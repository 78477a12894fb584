"""Sheets of cells, each with its place: from an Excel workbook or a CSV file."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd
from lxml.etree import XMLSyntaxError
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from generator.errors import InputError
from generator.inputs.tables.marks import Address, Marks, read_marks
from generator.inputs.text_files import decode, read_bytes
from generator.model import Place

MOST_CELLS = 5_000_000
"""A sheet with more cells has a stray entry far below or beside its table.

calamine would reserve room for all of them, and abort the program.
"""

EXCEL_SUFFIXES = (".xlsx", ".xlsm")
DAMAGE = (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, XMLSyntaxError)
"""What the readers raise on a damaged workbook."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's value as the file holds it, None when empty.

    ``fault`` says why a cell that is not empty has no value; ``percent``: shown as a percentage.
    """

    value: object
    place: Place
    fault: str | None = None
    percent: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing, or nothing but spaces, stands there."""
        blank = isinstance(self.value, str) and not self.value.strip()
        return self.fault is None and (self.value is None or blank)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet; rows and columns begin at A1 even where these are empty."""

    file: str
    sheet: str | None
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def is_csv(self) -> bool:
        """From a CSV file, where every number is text."""
        return self.sheet is None


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets that may be read, and the names of those that are hidden."""

    file: str
    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()


def read_book(path: Path, file: str, sheet: str | None = None) -> Book:
    """Reads a CSV file, or the visible sheets of a workbook, or the one that is named.

    Args:
        path: The file.
        file: Its name in messages.
        sheet: The sheet to read, any case; also one that is hidden.

    Raises:
        InputError: The file cannot be opened or is no workbook, or has no such sheet.
    """
    if path.suffix.lower() == ".csv":
        return Book(file, (_read_csv(path, file),))
    _refuse_what_is_no_workbook(path, file)
    try:
        with pd.ExcelFile(path, engine="calamine") as excel:
            return _read_excel(excel, path, file, sheet)
    except DAMAGE as error:
        raise InputError(
            f"{file} is damaged, or no Excel workbook: {error}",
            "Open it in Excel and save it anew as “Excel Workbook (*.xlsx)”.",
        ) from error


def _refuse_what_is_no_workbook(path: Path, file: str) -> None:
    data = read_bytes(path, file)
    if not data:
        raise InputError(f"{file} is empty (0 bytes)", "Copy the workbook there again.")
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        what = "is protected by a password" if locked else "is a workbook of Excel 97–2003 (.xls)"
        how = "Remove the password (File, Info, Protect Workbook)" if locked else "Open it in Excel"
        raise InputError(f"{file} {what}", f"{how} and save it as “Excel Workbook (*.xlsx)”.")
    if not data.startswith(b"PK"):
        raise InputError(
            f"{file} is no Excel workbook, whatever its name says",
            "Open it in Excel and save it as “Excel Workbook (*.xlsx)”.",
        )


def _read_excel(excel: pd.ExcelFile, path: Path, file: str, wanted: str | None) -> Book:
    book = cast("CalamineWorkbook", excel.book)
    sheets = [s for s in book.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
    hidden = tuple(s.name for s in sheets if s.visible is not SheetVisibleEnum.Visible)
    if wanted is None:
        names = [s.name for s in sheets if s.name not in hidden]
    else:
        names = [s.name for s in sheets if s.name.strip().casefold() == wanted.strip().casefold()]
    if not names:
        there = ", ".join(f"“{s.name}”" for s in sheets) or "none"
        missing = f"has no sheet “{wanted}”" if wanted else "has no visible sheet"
        raise InputError(
            f"{file} {missing}; its sheets are: {there}",
            "Correct sheet under [scores] in edition.toml, or the sheet's name in the workbook.",
        )
    grids = tuple(_read_sheet(excel, path, file, name) for name in names)
    return Book(file, grids, tuple(name for name in hidden if name not in names))


def _read_sheet(excel: pd.ExcelFile, path: Path, file: str, name: str) -> Grid:
    marks = read_marks(path, name)
    if marks.rows * marks.columns > MOST_CELLS:
        raise InputError(
            f"{file}, sheet {name}: the sheet reaches down to cell "
            f"{Address(marks.rows, marks.columns)}",
            "Delete the empty rows below and the empty columns beside the table, and save.",
        )
    frame = pd.read_excel(excel, sheet_name=name, header=None, dtype=object, na_filter=False)
    rows = frame.itertuples(index=False, name=None)
    cells = (tuple(_excel_row(row, r, file, name, marks)) for r, row in enumerate(rows, start=1))
    return Grid(file, name, tuple(cells))


def _excel_row(
    values: tuple[object, ...], row: int, file: str, sheet: str, marks: Marks
) -> Iterator[Cell]:
    for column, value in enumerate(values, start=1):
        address = str(Address(row, column))
        fault = marks.errors.get(address)
        if address in marks.uncalculated:
            fault = "a formula that was never calculated"
        yield Cell(
            None if value == "" else value,
            Place(file, sheet, address),
            fault,
            address in marks.percent,
        )


def _read_csv(path: Path, file: str) -> Grid:
    data = read_bytes(path, file)
    text = decode(data, file)
    if not text.strip():
        raise InputError(f"{file} is empty", "Copy the file there again.")
    records = _csv_records(text, file)
    width = max(len(values) for _line, values in records)
    rows = enumerate(records, start=1)
    return Grid(file, None, tuple(_csv_row(v, r, line, width, file) for r, (line, v) in rows))


def _csv_records(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted value may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, line = [], 1
    try:
        for values in reader:
            records.append((line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{file}, line {reader.line_num}: the file is no CSV here: {error}",
            "Open it in Excel and save it as “CSV UTF-8 (Comma delimited) (*.csv)”.",
        ) from error
    return records


def _csv_row(values: list[str], row: int, line: int, width: int, file: str) -> tuple[Cell, ...]:
    padded = [*values, *[""] * (width - len(values))]
    return tuple(
        Cell(value or None, Place(file, None, str(Address(row, column)), line))
        for column, value in enumerate(padded, start=1)
    )
