"""CSV files: UTF-8, separated by commas, or as Excel saves them in other regions."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path

from generator.inputs.refusals import unreadable
from generator.inputs.tables.grid import Cell, Grid
from generator.inputs.tables.header import normalise_header
from generator.inputs.tables.marks import Address
from generator.inputs.text_files import decode, read_bytes
from generator.model import Place

COMMA = ","
SEPARATORS: Mapping[str, str] = {
    COMMA: "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
}
"""Excel writes the list separator of the computer's region: a semicolon in many."""


def read_csv(path: Path, file: str, keys: Collection[str]) -> Grid:
    """Reads a CSV file.

    Args:
        path: The file.
        file: Its name in messages.
        keys: The headers of which the header row bears one; they tell the separator.

    Raises:
        InputError: The file cannot be opened, is not UTF-8, is empty, or its quotation is broken.
    """
    text = decode(read_bytes(path, file), file)
    if not text.strip():
        raise unreadable(Place(file), f"{file} is empty", "Copy the file there again.")
    separator = find_separator(text, keys)
    records = _records(text, separator, file)
    width = max(len(values) for _line, values in records)
    rows = enumerate(records, start=1)
    cells = tuple(_row(values, row, line, width, file) for row, (line, values) in rows)
    return Grid(file, None, cells, "" if separator == COMMA else SEPARATORS[separator])


def find_separator(text: str, keys: Collection[str]) -> str:
    """The separator by which some row has a key's header among several values.

    Where there is no such row, the one that occurs most in the first line, else a comma.
    """
    wanted = {normalise_header(key) for key in keys}
    for separator in SEPARATORS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        except csv.Error:
            continue
        if any(len(row) > 1 and not wanted.isdisjoint(map(normalise_header, row)) for row in rows):
            return separator
    first = text.strip("\r\n").splitlines()[0] if text.strip() else ""
    return max(SEPARATORS, key=first.count)


def _records(text: str, separator: str, file: str) -> list[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted value may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records, line = [], 1
    try:
        for values in reader:
            records.append((line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(
            Place(file, line=reader.line_num),
            f"{file}, line {reader.line_num}: the file is no CSV here: {error}",
            "Open it in Excel and save it as “CSV UTF-8 (Comma delimited) (*.csv)”.",
        ) from error
    return records


def _row(values: list[str], row: int, line: int, width: int, file: str) -> tuple[Cell, ...]:
    padded = [*values, *[""] * (width - len(values))]
    return tuple(
        Cell(value or None, Place(file, None, str(Address(row, column)), line))
        for column, value in enumerate(padded, start=1)
    )
