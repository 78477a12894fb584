"""The despatch register → a workbook that the office can open, filter and pass on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from generator.model import State
from generator.register import Entry, Revision
from generator.scoresheet import TEXT, Value, put_cell, put_head, save_book

DATE, WHOLE = "dd-mm-yyyy", "0"
"""Indian order of day and month, as a date that can be sorted."""

_TITLE = "Despatch register"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: a revision of a letter, or a number under which nothing was issued."""

    entry: Entry
    revision: Revision | None
    state: State | None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its header, width in characters, number format, and its value in a line."""

    title: str
    width: int
    number_format: str
    value: Callable[[_Line], Value]


def write_register(entries: Iterable[Entry], path: Path, states: Iterable[State]) -> None:
    """Writes a row for each revision, and one for each number without any.

    Args:
        entries: The register's lines, in the order of the rows.
        path: The workbook to write; one that is there is replaced, whole or not at all.
        states: For the names of recipients that are States.

    Raises:
        OSError: The file cannot be written there.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _TITLE
    for position, column in enumerate(_COLUMNS, start=1):
        put_head(sheet, (1, position), column.title, column.width, column.number_format)
    sheet.row_dimensions[1].height = 32
    lines = _lines(entries, {state.id: state for state in states})
    for row, line in enumerate(lines, start=2):
        for position, column in enumerate(_COLUMNS, start=1):
            put_cell(sheet, (row, position), column.value(line), column.number_format)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(lines) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.title = _TITLE
    save_book(book, path)


def _lines(entries: Iterable[Entry], states: dict[str, State]) -> list[_Line]:
    return [
        _Line(entry, revision, states.get(entry.who))
        for entry in entries
        for revision in (entry.revisions or (None,))
    ]


def _of_revision(value: Callable[[Revision], Value]) -> Callable[[_Line], Value]:
    """A column that is empty where nothing was issued."""
    return lambda line: value(line.revision) if line.revision else None


def _name(language: str) -> Callable[[_Line], Value]:
    return lambda line: line.state.name[language] if line.state else None


def _engines(revision: Revision) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(revision.engines.items()))


_COLUMNS = (
    _Column("Number", 38, TEXT, lambda x: x.entry.number),
    _Column("Date of the letter", 13, DATE, lambda x: x.entry.date),
    _Column("Recipient", 11, TEXT, lambda x: x.entry.who),
    _Column("State/UT", 30, TEXT, _name("en")),
    _Column("राज्य/संघ राज्य क्षेत्र", 30, TEXT, _name("hi")),
    _Column("Status", 11, TEXT, lambda x: x.entry.status),
    _Column("Why cancelled", 30, TEXT, lambda x: x.entry.reason),
    _Column("Revision", 10, WHOLE, _of_revision(lambda r: Decimal(r.revision))),
    _Column("Date of the revision", 13, DATE, _of_revision(lambda r: r.date)),
    _Column("Why revised", 30, TEXT, _of_revision(lambda r: r.reason)),
    _Column("Pages", 8, WHOLE, _of_revision(lambda r: Decimal(r.pages))),
    _Column("Edition", 24, TEXT, lambda x: x.entry.edition),
    _Column("Folder", 24, TEXT, lambda x: x.entry.folder),
    _Column("Word file", 26, TEXT, _of_revision(lambda r: f"{r.stem}.docx")),
    _Column("PDF file", 26, TEXT, _of_revision(lambda r: f"{r.stem}.pdf")),
    _Column("SHA-256 of the Word file", 68, TEXT, _of_revision(lambda r: r.docx_sha256)),
    _Column("SHA-256 of the PDF", 68, TEXT, _of_revision(lambda r: r.pdf_sha256)),
    _Column("Fingerprint", 68, TEXT, _of_revision(lambda r: r.fingerprint)),
    _Column("Made of (SHA-256 in the store)", 68, TEXT, _of_revision(lambda r: r.package)),
    _Column("Version of patra", 13, TEXT, _of_revision(lambda r: r.program)),
    _Column("Versions of the engines", 250, TEXT, _of_revision(_engines)),
)
