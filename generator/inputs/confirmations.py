"""Clears ``confirmed_on`` of a copied recipients' file: names must be confirmed anew."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook

from generator.inputs.tables.csv_file import find_separator
from generator.inputs.tables.header import KEYS

COLUMN = "confirmed_on"


def clear_confirmations(folder: Path) -> None:
    """Empties the column in the recipients' file of an edition's folder, CSV or workbook."""
    table, workbook = folder / "recipients.csv", folder / "recipients.xlsx"
    if table.exists():
        cleared = _clear_rows(table.read_text("utf-8-sig"))
        table.write_text(cleared, "utf-8-sig")  # with the mark by which Excel knows UTF-8
    if workbook.exists():
        _clear_workbook(workbook)


def _clear_rows(text: str) -> str:
    separator = find_separator(text, KEYS)
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    heads = [(r, c) for r, row in enumerate(rows) for c, v in enumerate(row) if _is_head(v)]
    for head, column in heads:
        for row in rows[head + 1 :]:
            if column < len(row):
                row[column] = ""
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _clear_workbook(path: Path) -> None:
    book = load_workbook(path)
    for sheet in book:
        heads = [cell for row in sheet.iter_rows() for cell in row if _is_head(cell.value)]
        for head in heads:
            if head.row and head.column:
                for row in range(head.row + 1, sheet.max_row + 1):
                    sheet.cell(row, head.column).value = None
    book.save(path)


def _is_head(value: object) -> bool:
    return str(value).strip().lower() == COLUMN
