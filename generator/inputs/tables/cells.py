"""What one cell says: a number as an office types it, a date, a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from generator.inputs.clean import clean_text, fault_in_text, fold_spaces, shorten
from generator.inputs.tables.grid import Cell

EXCEL_DIGITS = 15
"""Excel keeps 15 significant digits; what a float holds beyond (60.11000000000001) is noise."""

_NUMBER = re.compile(r"([+-]?)([0-9]+(?:,[0-9]+)*)(\.[0-9]+)?(?: ?(%))?", re.ASCII)
_INDIAN = re.compile(r"[0-9]{1,2}(,[0-9]{2})*,[0-9]{3}", re.ASCII)
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{2,3})+", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be understood.

    Args:
        found: What stands there.
        expected: What was expected.
        check: Name of the check that it fails.
    """

    def __init__(self, found: str, expected: str, check: str = "cells-understood") -> None:
        super().__init__(f"{found}; expected {expected}")
        self.check = check


class Untidiness(StrEnum):
    """How a number was untidy and yet understood."""

    TEXT = "typed as text"
    PERCENT = "with a percent sign"
    SPACES = "with stray or no-break spaces"
    GROUPING = "with commas that are not in Indian grouping"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number, and how it was written."""

    value: Decimal
    notes: frozenset[Untidiness] = frozenset()


def read_number(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The number in a cell that is not empty; of a percentage the figure before the sign.

    Text is understood with Indian or other grouping by commas, a percent sign and stray spaces.

    Raises:
        CellError: It is no number: an error value, a date, words, digits of another script.
    """
    value, expected = cell.value, "a number such as 3,22,014"
    if cell.fault is not None:
        raise CellError(f"{cell.fault} stands there", expected)
    if isinstance(value, bool):
        raise CellError(f"the logical value {str(value).upper()} stands there", expected)
    if isinstance(value, int | float):
        return _from_excel(value, cell)
    if isinstance(value, str):
        return _from_text(value, is_csv)
    kind = "a date" if isinstance(value, date) else "a time"
    raise CellError(f"{kind} stands there ({value})", expected)


def _from_excel(value: int | float, cell: Cell) -> Reading:
    number = Decimal(f"{value:.{EXCEL_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise CellError(f"“{value}” stands there", "a number such as 3,22,014")
    if cell.percent:
        number, notes = number * 100, frozenset({Untidiness.PERCENT})
    else:
        notes = frozenset()
    return Reading(_plain(number), notes)


def _from_text(text: str, is_csv: bool) -> Reading:
    typed = text.replace("\u2212", "-").lstrip("'")
    folded = re.sub(r" ?, ?", ",", fold_spaces(typed)).lstrip("'")
    if _SPACED.fullmatch(folded):
        folded = folded.replace(" ", ",")
    notes = {Untidiness.SPACES} if folded != typed else set()
    found = _NUMBER.fullmatch(folded)
    if found is None:
        raise CellError(f"“{shorten(text)}” stands there", _expected(text))
    sign, whole, fraction, percent = found.groups()
    if not is_csv or "," in whole:
        notes.add(Untidiness.TEXT)
    if percent:
        notes.add(Untidiness.PERCENT)
    if "," in whole and not _INDIAN.fullmatch(whole):
        notes.add(Untidiness.GROUPING)
    value = Decimal(sign + whole.replace(",", "") + (fraction or ""))
    return Reading(_plain(value), frozenset(notes))


def _expected(text: str) -> str:
    if any(c.isdecimal() and not c.isascii() for c in text):
        return "a number in international digits (0–9; Constitution, Art. 343)"
    return "a number such as 3,22,014"


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros or an exponent: 322014.0 → 322014, 47.030 → 47.03."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def read_whole(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The whole number in a cell that is not empty.

    Raises:
        CellError: It is no number, or not a whole one, or a percentage.
    """
    reading = read_number(cell, is_csv=is_csv)
    if Untidiness.PERCENT in reading.notes:
        raise CellError(f"a percentage stands there ({reading.value}%)", "a count of persons")
    if reading.value != reading.value.to_integral_value():
        raise CellError(f"{reading.value} stands there", "a whole number: counts have no decimals")
    return reading


def read_score(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The score in a cell that is not empty. A comma in it could be a decimal point: refused.

    Raises:
        CellError: It is no number, or has a comma.
    """
    reading = read_number(cell, is_csv=is_csv)
    if isinstance(cell.value, str) and "," in cell.value:
        raise CellError(f"“{shorten(cell.value)}” stands there", "a score such as 47.03")
    return reading


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
    text = value if isinstance(value, str) else str(_from_excel(value, cell).value)
    if fault := fault_in_text(text):
        raise CellError(f"“{shorten(text)}” holds {fault[1]}", "a text that can be printed")
    lines = clean_text(text).split("\n") if keep_lines else [clean_text(text)]
    return "\n".join(filter(None, map(fold_spaces, lines)))


def read_date(cell: Cell) -> date | None:
    """The date in a cell (None when empty): Excel's own, 2025-12-11 or 11-12-2025.

    Raises:
        CellError: It is no date, or written in a form that could mean another day.
    """
    expected = "a date such as 2025-12-11 or 11-12-2025 (day-month-year)"
    if cell.fault is None and isinstance(cell.value, datetime):
        return cell.value.date()
    if cell.fault is None and cell.value is not None and not isinstance(cell.value, str):
        raise CellError(f"{cell.value} stands there", expected)
    text = read_text(cell)
    if not text:
        return None
    iso = re.sub(r"(?a)(\d{2})-(\d{2})-(\d{4})", r"\3-\2-\1", text)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso, re.ASCII):
            raise ValueError(iso)
        return date.fromisoformat(iso)
    except ValueError:
        raise CellError(f"“{shorten(text)}” stands there", expected) from None
