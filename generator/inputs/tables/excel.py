"""Sheets of an Excel workbook."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import pandas as pd
from lxml.etree import XMLSyntaxError
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from generator.files import MOST_UNPACKED, unpacks_too_far
from generator.inputs.refusals import unreadable
from generator.inputs.tables.grid import Book, Cell, Grid
from generator.inputs.tables.marks import Address, Marks, covered_cells, read_marks
from generator.inputs.text_files import read_bytes
from generator.model import Place

MOST_CELLS = 5_000_000
"""A sheet with more cells has a stray entry far below or beside its table.

calamine would reserve room for all of them, and abort the program.
"""

DAMAGE = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, XMLSyntaxError),
    *(NotImplementedError, RuntimeError),
)
"""What the readers raise on a damaged workbook."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_workbook(path: Path, file: str, sheet: str | None = None) -> Book:
    """Reads the visible sheets of a workbook, or the one that is named.

    Args:
        path: The file.
        file: Its name in messages.
        sheet: The sheet to read, any case; also one that is hidden.

    Raises:
        InputError: The file cannot be opened or is no workbook, or has no such sheet.
    """
    _refuse_what_is_no_workbook(path, file)
    try:
        if unpacks_too_far(path):
            raise unreadable(
                Place(file),
                f"{file} unpacks to more than {MOST_UNPACKED // 1_000_000} MB",
                "Copy the table alone into a new workbook.",
            )
        with pd.ExcelFile(path, engine="calamine") as excel:
            return _read_excel(excel, path, file, sheet)
    except DAMAGE as error:
        raise unreadable(
            Place(file),
            f"{file} is damaged, or no Excel workbook: {error}",
            "Open it in Excel and save it anew as “Excel Workbook (*.xlsx)”.",
        ) from error


def _refuse_what_is_no_workbook(path: Path, file: str) -> None:
    data = read_bytes(path, file)
    if not data:
        raise unreadable(
            Place(file), f"{file} is empty (0 bytes)", "Copy the workbook there again."
        )
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        what = "is protected by a password" if locked else "is a workbook of Excel 97–2003 (.xls)"
        how = "Remove the password (File, Info, Protect Workbook)" if locked else "Open it in Excel"
        raise unreadable(
            Place(file), f"{file} {what}", f"{how} and save it as “Excel Workbook (*.xlsx)”."
        )
    if not data.startswith(b"PK"):
        raise unreadable(
            Place(file),
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
        remedy = "Correct sheet under [scores] in edition.toml, or the sheet's name there."
        raise unreadable(
            Place(file),
            f"{file} {missing}; its sheets are: {there}",
            remedy if wanted else "Unhide the sheet with the table (right-click a tab, Unhide).",
        )
    grids = tuple(_read_sheet(excel, path, file, name) for name in names)
    return Book(file, grids, tuple(name for name in hidden if name not in names))


def _read_sheet(excel: pd.ExcelFile, path: Path, file: str, name: str) -> Grid:
    marks = read_marks(path, name)
    if marks.rows * marks.columns > MOST_CELLS:
        raise unreadable(
            Place(file, name),
            f"{file}, sheet {name}: the sheet reaches down to cell "
            f"{Address(marks.rows, marks.columns)}",
            "Delete the empty rows below and the empty columns beside the table, and save.",
        )
    frame = pd.read_excel(excel, sheet_name=name, header=None, dtype=object, na_filter=False)
    rows = frame.itertuples(index=False, name=None)
    merged = covered_cells(marks)
    cells = (
        tuple(_excel_row(row, r, Place(file, name), marks, merged))
        for r, row in enumerate(rows, start=1)
    )
    return Grid(file, name, tuple(cells))


def _excel_row(
    values: tuple[object, ...], row: int, sheet: Place, marks: Marks, merged: Mapping[str, str]
) -> Iterator[Cell]:
    for column, value in enumerate(values, start=1):
        address = str(Address(row, column))
        fault = marks.errors.get(address)
        if address in marks.uncalculated:
            fault = "a formula that was never calculated"
        yield Cell(
            None if value == "" else value,
            replace(sheet, cell=address),
            fault,
            address in marks.percent,
            merged.get(address) if value in ("", None) else None,
        )
