"""Scorecards → a workbook that the office can open, check and pass on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.files import FILE_MODE
from generator.locales import format_date
from generator.model import Edition, Figure, Scorecard, ScoreRow, State

COUNT = r"[>=10000000]##\,##\,##\,##0;[>=100000]##\,##\,##0;##,##0"
"""Indian grouping (3,22,014), which Excel has only as a choice by size."""
SHARE = '0.00"%"'
SCORE = "0.00"
RANK = "0"
TEXT = "@"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_HEAD = PatternFill("solid", fgColor="1F3864")
_LINE = Border(bottom=Side("thin", color="BFBFBF"))

Value = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class _Line:
    """All that one row of the sheet is made of."""

    who: str
    state: State | None
    row: ScoreRow | None
    card: Scorecard


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its header, width in characters, number format, and its value in a line."""

    title: str
    width: int
    number_format: str
    value: Callable[[_Line], Value]


def write_scorecards(
    edition: Edition,
    scorecards: Mapping[str, Scorecard],
    path: Path,
    states: Iterable[State] = (),
) -> None:
    """Writes shares, composite, category and rank of every State, with the counts behind them.

    The rows stand by category, then by rank. Where composites are given, the computed ones stand
    beside them. The file appears whole or not at all.

    Args:
        edition: The edition.
        scorecards: Its scorecards, by State's or recipient's id.
        path: The workbook to write; one that is there is replaced.
        states: For the names of those who are no recipients of the edition.

    Raises:
        OSError: The file cannot be written there.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Scores"
    columns = _columns(edition)
    top = _write_titles(sheet, edition)
    _write_header(sheet, columns, top)
    lines = _lines(edition, scorecards, states)
    for number, line in enumerate(lines, start=top + 1):
        for position, column in enumerate(columns, start=1):
            put_cell(sheet, (number, position), column.value(line), column.number_format)
    sheet.freeze_panes = f"B{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{top + len(lines)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.creator = edition.letterhead.organisation.get("en", "")
    book.properties.title = _title(edition)
    save_book(book, path)


def _lines(
    edition: Edition, scorecards: Mapping[str, Scorecard], states: Iterable[State]
) -> list[_Line]:
    """The rows in the order of category, rank, name; those without stand last."""
    known = {state.id: state for state in states}
    known |= {r.id: r.state for r in edition.recipients if r.state is not None}
    rows = {row.who: row for row in edition.rows}
    categories = [cohort.id for cohort in edition.cohorts]

    def order(line: _Line) -> tuple[int, Decimal, str]:
        cohort, rank = line.card.cohort, line.card.rank
        place = categories.index(cohort) if cohort in categories else len(categories)
        return place, rank.value if rank else Decimal("Infinity"), _name(line, "en")

    lines = [_Line(who, known.get(who), rows.get(who), c) for who, c in scorecards.items()]
    return sorted(lines, key=order)


def _columns(edition: Edition) -> list[_Column]:
    counts = dict.fromkeys(c for i in edition.indicators for c in (i.numerator, i.denominator))
    counts.pop("strength", None)
    given = edition.scoring.composite == "given"
    computed = _Column("Composite score, computed", 13, SCORE, lambda x: _number(x.card.computed))
    return [
        _Column("State/UT", 34, TEXT, lambda x: _name(x, "en")),
        _Column("राज्य/संघ राज्य क्षेत्र", 34, TEXT, lambda x: _name(x, "hi")),
        _Column("Category", 10, TEXT, lambda x: x.card.cohort),
        _Column("Strength", 13, COUNT, lambda x: _number(x.card.strength)),
        *(_Column(_words(name), 14, COUNT, _count(name)) for name in counts),
        *(_Column(i.name.get("en", i.id), 18, SHARE, _share(i.id)) for i in edition.indicators),
        *([computed] if given else []),
        _Column(
            "Composite score, given" if given else "Composite score",
            13,
            SCORE,
            lambda x: _number(x.card.composite),
        ),
        _Column("Rank", 8, RANK, lambda x: _number(x.card.rank)),
    ]


def _count(name: str) -> Callable[[_Line], Value]:
    return lambda line: _number(line.row.counts.get(name)) if line.row else None


def _share(indicator: str) -> Callable[[_Line], Value]:
    def value(line: _Line) -> Value:
        shares = (s.share for s in line.card.shares if s.indicator.id == indicator)
        return _number(next(shares, None))

    return value


def _number(figure: Figure | None) -> Decimal | None:
    return figure.value if figure else None


def _name(line: _Line, language: str) -> str:
    if line.state is not None:
        return line.state.name[language]
    return line.who if language == "en" else ""


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _title(edition: Edition) -> str:
    return f"Scores of the States and Union Territories, edition {edition.name}"


def _write_titles(sheet: Worksheet, edition: Edition) -> int:
    """Writes the lines above the table; gives the header's row."""
    titles = [_title(edition), f"Letters of {format_date(edition.date, 'en')}"]
    if edition.as_on is not None:
        titles[1] += f"; data as on {format_date(edition.as_on, 'en')}"
    if edition.specimen:
        titles.append("SPECIMEN – illustrative figures")
    for row, text in enumerate(titles, start=1):
        cell = put_cell(sheet, (row, 1), text, TEXT)
        cell.font = Font(bold=row != 2, size=14 if row == 1 else 11)
        cell.border = Border()
    return len(titles) + 2


def _write_header(sheet: Worksheet, columns: Iterable[_Column], row: int) -> None:
    for position, column in enumerate(columns, start=1):
        put_head(sheet, (row, position), column.title, column.width, column.number_format)
    sheet.row_dimensions[row].height = 48


def put_head(
    sheet: Worksheet, at: tuple[int, int], title: str, width: int, number_format: str
) -> None:
    """Puts a column's title into a cell (row, column), and makes the column as wide as it is."""
    cell = put_cell(sheet, at, title, TEXT)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _HEAD
    cell.alignment = Alignment(
        horizontal="left" if number_format == TEXT else "right",
        vertical="center",
        wrap_text=True,
    )
    sheet.column_dimensions[get_column_letter(at[1])].width = width


def put_cell(sheet: Worksheet, at: tuple[int, int], value: Value, number_format: str) -> Cell:
    """Puts a text, which is never a formula, a number or a date into a cell (row, column)."""
    cell = cast("Cell", sheet.cell(*at))
    if isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    elif isinstance(value, date):
        cell.value = value
    elif value:
        cell.value = value
        cell.data_type = "s"
    cell.number_format = number_format
    cell.border = _LINE
    return cell


def save_book(book: Workbook, path: Path) -> None:
    """Writes a workbook, whole or not at all; one that is there is replaced.

    Raises:
        OSError: It cannot be written there.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(part, _NEW, FILE_MODE), "wb") as file:
            book.save(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
