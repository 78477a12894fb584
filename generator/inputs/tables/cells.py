"""What one cell says, where it is no number: a text, a date."""

from __future__ import annotations

import re
from datetime import date, datetime

from generator.inputs.clean import clean_text, fault_in_text, fold_spaces, shorten
from generator.inputs.tables.grid import Cell, CellError
from generator.inputs.tables.numbers import number_of_excel

_DAY = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_MONTHS = 12


def read_text(cell: Cell, *, keep_lines: bool = False) -> str:
    """The text in a cell ("" when empty), in NFC, without stray and no-break spaces.

    Args:
        cell: The cell; a whole number is taken as it is shown (6, 101).
        keep_lines: Keep line ends inside the cell (addresses).

    Raises:
        CellError: It holds what no letter can print, or is no text.
    """
    value, expected = cell.value, "a text"
    if cell.fault is not None:
        raise CellError(f"{cell.fault} stands there", expected)
    if value is None:
        return ""
    if isinstance(value, bool | datetime) or not isinstance(value, str | int | float):
        raise CellError(f"{value} stands there, which is no text", expected)
    text = value if isinstance(value, str) else str(number_of_excel(value, cell).value)
    if fault := fault_in_text(text):
        raise CellError(f"“{shorten(text)}” holds {fault[1]}", "a text that can be printed")
    lines = clean_text(text).split("\n") if keep_lines else [clean_text(text)]
    return "\n".join(filter(None, map(fold_spaces, lines)))


def read_date(cell: Cell) -> date | None:
    """The date in a cell (None when empty): Excel's own, 2025-12-03, 03/12/2025 or 3.12.2025.

    The day stands before the month, as in India; the other order is never guessed.

    Raises:
        CellError: It is no date, or its month would be above 12.
    """
    expected = "a date: day/month/year such as 03/12/2025, or 2025-12-03"
    if cell.fault is None and isinstance(cell.value, datetime):
        return cell.value.date()
    if cell.fault is None and cell.value is not None and not isinstance(cell.value, str):
        raise CellError(f"{cell.value} stands there", expected)
    text = read_text(cell)
    if not text:
        return None
    if found := _DAY.fullmatch(text):
        day, _separator, month, year = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    else:
        raise CellError(f"“{shorten(text)}” stands there", expected)
    if int(month) > _MONTHS:
        raise CellError(f"“{text}” stands there, and there is no month {month}", expected)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError(f"“{text}” stands there, a day that does not exist", expected) from None
