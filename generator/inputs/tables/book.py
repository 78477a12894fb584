"""A table's file, workbook or CSV, as sheets of cells."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator.inputs.tables.csv_file import read_csv
from generator.inputs.tables.excel import read_workbook
from generator.inputs.tables.grid import Book


def read_book(path: Path, file: str, keys: Collection[str], sheet: str | None = None) -> Book:
    """Reads a CSV file, or the visible sheets of a workbook, or the one that is named.

    Args:
        path: The file.
        file: Its name in messages.
        keys: The headers of which the header row bears one.
        sheet: The sheet to read, any case; also one that is hidden.

    Raises:
        InputError: The file cannot be opened or understood, or has no such sheet.
    """
    if path.suffix.lower() == ".csv":
        return Book(file, (read_csv(path, file, keys),))
    return read_workbook(path, file, sheet)
