"""The number in a cell, as an office types it; what no office can mean is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from generator.inputs.clean import fold_spaces, shorten
from generator.inputs.tables.grid import Cell, CellError
from generator.locales import format_number

EXCEL_DIGITS = 15
"""Excel keeps 15 significant digits; what a float holds beyond (60.11000000000001) is noise."""

MOST_PERSONS = 10**12
MOST_SCORE = 1000
MOST_RANK = 10**6
MOST_DECIMALS = 6

_NUMBER = re.compile(r"([+-]?)([0-9]+(?:,[0-9]+)*)(\.[0-9]+)?(?: ?(%))?", re.ASCII)
_INDIAN = re.compile(r"[0-9]{1,2}(,[0-9]{2})*,[0-9]{3}", re.ASCII)
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{2,3})+", re.ASCII)


class Untidiness(StrEnum):
    """How a number was untidy and yet understood."""

    TEXT = "typed as text"
    PERCENT = "with a percent sign"
    SPACES = "with stray or no-break spaces"
    GROUPING = "with commas that are not in Indian grouping"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number, and how it was written; ``decimals`` are those of a text (79.00 % has two)."""

    value: Decimal
    notes: frozenset[Untidiness] = frozenset()
    decimals: int = 0


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
        return number_of_excel(value, cell)
    if isinstance(value, str):
        return _from_text(value, is_csv)
    kind = "a date" if isinstance(value, date) else "a time"
    raise CellError(f"{kind} stands there ({value})", expected)


def number_of_excel(value: int | float, cell: Cell) -> Reading:
    """The number that Excel keeps in a cell; of a percentage the figure that is shown.

    Raises:
        CellError: It is not finite, or has more digits than Excel keeps.
    """
    number = Decimal(f"{value:.{EXCEL_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise CellError(f"“{value}” stands there", "a number such as 3,22,014")
    if cell.percent:
        number, notes = number * 100, frozenset({Untidiness.PERCENT})
    else:
        notes = frozenset()
    return Reading(_plain(number, cell.value), notes)


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
    return Reading(_plain(value, text), frozenset(notes), len(fraction or ".") - 1)


def _expected(text: str) -> str:
    if any(c.isdecimal() and not c.isascii() for c in text):
        return "a number in international digits (0–9; Constitution, Art. 343)"
    return "a number such as 3,22,014"


def _plain(value: Decimal, typed: object) -> Decimal:
    """Without trailing zeros or an exponent: 322014.0 → 322014, 47.030 → 47.03."""
    if value.adjusted() >= EXCEL_DIGITS:
        raise CellError(f"“{_short(typed)}” stands there", f"at most {EXCEL_DIGITS} digits")
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _short(typed: object) -> str:
    return shorten(f"{typed:.3g}" if isinstance(typed, float) else typed, 24)


def _grouped(most: int) -> str:
    return format_number(Decimal(most), "en")


def read_count(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The count of persons in a cell that is not empty; the audit judges negative ones.

    Raises:
        CellError: It is no number, or not a whole one, or a percentage, or beyond all counts.
    """
    reading = _read_whole(cell, "a count of persons", is_csv)
    if abs(reading.value) > MOST_PERSONS:
        raise CellError(f"{reading.value} stands there", f"at most {_grouped(MOST_PERSONS)}")
    return reading


def read_rank(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The rank in a cell that is not empty.

    Raises:
        CellError: It is no whole number from 1 to MOST_RANK.
    """
    reading = _read_whole(cell, "a rank", is_csv)
    if not 1 <= reading.value <= MOST_RANK:
        raise CellError(f"{reading.value} stands there", f"a rank from 1 to {_grouped(MOST_RANK)}")
    return reading


def _read_whole(cell: Cell, expected: str, is_csv: bool) -> Reading:
    reading = read_number(cell, is_csv=is_csv)
    if Untidiness.PERCENT in reading.notes:
        raise CellError(f"a percentage stands there ({reading.value}%)", expected)
    if reading.value != reading.value.to_integral_value():
        raise CellError(
            f"{reading.value} stands there", f"{expected}: a whole number, without decimals"
        )
    return reading


def read_score(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The score in a cell that is not empty. A comma in it could be a decimal point: refused.

    Raises:
        CellError: It is no number from 0 to MOST_SCORE, or has a comma.
    """
    reading = _read_without_comma(cell, "a score such as 47.03", is_csv)
    if not 0 <= reading.value <= MOST_SCORE:
        raise CellError(f"{reading.value} stands there", f"a score from 0 to {MOST_SCORE}")
    return reading


def read_share(cell: Cell, *, is_csv: bool = False) -> Reading:
    """The share in a cell that is not empty, with the decimals that were typed: 79.00.

    Raises:
        CellError: It is no number, or has a comma.
    """
    reading = _read_without_comma(cell, "a share such as 67.62%", is_csv)
    typed = min(reading.decimals, MOST_DECIMALS)
    if typed <= -int(reading.value.as_tuple().exponent):
        return reading
    return replace(reading, value=reading.value.quantize(Decimal(1).scaleb(-typed)))


def _read_without_comma(cell: Cell, expected: str, is_csv: bool) -> Reading:
    reading = read_number(cell, is_csv=is_csv)
    if isinstance(cell.value, str) and "," in cell.value:
        raise CellError(f"“{shorten(cell.value)}” stands there", expected)
    return reading
