"""Who the letters go to: ``recipients.csv`` or ``recipients.xlsx``, one row per recipient."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.nearest import did_you_mean
from generator.inputs.person import (
    person_findings,
    read_gender,
    read_honorific,
    read_service,
    read_versions,
    with_state_defaults,
)
from generator.inputs.refusals import unreadable
from generator.inputs.tables.book import read_book
from generator.inputs.tables.cells import read_date, read_text
from generator.inputs.tables.grid import Cell, CellError, Grid
from generator.inputs.tables.header import (
    KEYS,
    Header,
    find_tables,
    no_header,
    only_table,
    refuse_unlabelled,
)
from generator.inputs.tables.row_keys import Key, KeyReader
from generator.inputs.tidiness import separator_message
from generator.locales import LANGUAGES
from generator.model import Language, Place, Recipient, State

PLAIN = ("state", "id", "honorific", "service", "gender", "email", "versions", "confirmed_on")
PER_LANGUAGE = ("name", "designation", "addressee", "address", "salutation")

CHECKS = {"confirmed_on": "confirmed-on-understood"}
"""Checks of columns that no letter prints, so that their faults can be waived."""

NAME_IT = "name the column state (States and Union Territories) or id (others)."
CHOOSE = "Hide or delete the sheet that does not count."

V = TypeVar("V")


def recipient_columns() -> dict[str, str]:
    """Every column that may stand in the file, by its name."""
    texts = [f"{name}_{language}" for name in PER_LANGUAGE for language in LANGUAGES]
    return {name: name for name in (*PLAIN, *texts)}


def find_recipients_file(folder: Path, shown: str) -> Path | None:
    """The recipients file of an edition, None if there is none.

    Raises:
        InputError: There are both recipients.csv and recipients.xlsx.
    """
    found = [p for p in (folder / "recipients.csv", folder / "recipients.xlsx") if p.exists()]
    if len(found) > 1:
        raise unreadable(
            Place("recipients.csv"),
            f"{shown} holds both recipients.csv and recipients.xlsx",
            "Delete, or move elsewhere, the one that is out of date.",
        )
    return found[0] if found else None


def read_recipients(
    path: Path,
    file: str,
    versions: Sequence[Language],
    states: Mapping[str, State] | None = None,
) -> tuple[tuple[Recipient, ...], list[Finding]]:
    """Reads the recipients in the file's order.

    Args:
        path: The file.
        file: Its name in messages and places.
        versions: The edition's languages, in which names and texts must stand.
        states: The States by id, with names in further languages; None: as the program has them.

    Returns:
        The recipients whose State or id is understood; error findings at their cells, and info of
        what was untidy.

    Raises:
        InputError: The file or its header row cannot be understood, or a column is not known.
    """
    names = recipient_columns()
    book = read_book(path, file, KEYS)
    tables = find_tables(book.grids, names)
    if not tables:
        keys = {"state": "state", "id": "id"}
        wanted = {**keys, "name_en": "name_en", "gender": "gender"}
        raise no_header(file, book.grids, wanted, NAME_IT)
    grid, header = only_table(tables, file, CHOOSE)
    _refuse_unknown_columns(header, names)
    refuse_unlabelled(grid, header)
    reader = _Reader(header, tuple(versions), states or {})
    rows = (reader.read_row(row) for row in grid.rows[header.row + 1 :])
    recipients = tuple(r for r in rows if r is not None)
    if not recipients and not reader.findings:
        message = f"{file}: no row stands below the header row"
        raise unreadable(Place(file, grid.sheet), message, "Fill in the recipients.")
    return recipients, [*_untidy(grid), *reader.findings]


def _untidy(grid: Grid) -> Iterable[Finding]:
    if grid.separated_by:
        message, where = separator_message(grid), Place(grid.file)
        remedy = "Nothing need be done."
        yield Finding(Severity.INFO, "recipients-tidy", message, remedy, where=where)


def _refuse_unknown_columns(header: Header, names: Iterable[str]) -> None:
    """A column that is not known is a typo, or a thing that would silently not be printed."""
    findings = [
        Finding(
            Severity.ERROR,
            "recipient-columns-known",
            f"“{shorten(cell.value)}” is not a column of recipients; there are {', '.join(names)}",
            did_you_mean(str(cell.value), names) or "Rename the column, or delete it.",
            where=cell.place,
        )
        for cell in header.extra
    ]
    if findings:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        first = findings[0]
        raise InputError(f"{first.where}: {first.message}{more}", first.remedy, findings)


class _Reader:
    """Reads row after row, and collects the findings."""

    def __init__(
        self, header: Header, versions: tuple[Language, ...], states: Mapping[str, State]
    ) -> None:
        self.header, self._states = header, states
        self.versions = versions
        self.findings: list[Finding] = []
        remedy = "Delete one of the two rows: a recipient gets one letter."
        self._keys = KeyReader(header, "recipients-unique", remedy, self.findings)

    def read_row(self, row: Sequence[Cell]) -> Recipient | None:
        """The row's recipient; None for a blank row, or one without a key of its own."""
        found = ((name, self.header.cell(row, name)) for name in self.header.columns)
        cells = {name: cell for name, cell in found if cell is not None}
        if not cells or (key := self._keys.read(row)) is None:
            return None
        reading = _Row(key, cells, self.findings)
        recipient = self._recipient(reading)
        covered = {n: c for n, c in self.header.covered(row).items() if n not in KEYS}
        for name, cell in covered.items():
            reading.refuse_covered(name, cell)
        self.findings += person_findings(recipient, self.versions, {**cells, **covered})
        return with_state_defaults(recipient)

    def _recipient(self, row: _Row) -> Recipient:
        return Recipient(
            id=row.key.who,
            place=row.key.cell.place,
            state=self._states.get(row.key.who, row.key.state),
            honorific=row.read("honorific", read_honorific, ""),
            name=row.texts("name"),
            service=row.read("service", read_service, ""),
            gender=row.read("gender", read_gender, None),
            designation=row.texts("designation"),
            addressee=row.texts("addressee"),
            address=row.texts("address"),
            email=row.read("email", read_text, ""),
            versions=row.read("versions", lambda cell: read_versions(cell, self.versions), None),
            salutation=row.texts("salutation"),
            confirmed_on=row.read("confirmed_on", read_date, None),
            places={name: cell.place for name, cell in row.cells.items()},
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """The filled cells of a recipient's row."""

    key: Key
    cells: Mapping[str, Cell]
    findings: list[Finding]

    def read(self, name: str, how: Callable[[Cell], V], empty: V) -> V:
        """What a column's cell says; ``empty`` if it is not filled, or not understood."""
        if (cell := self.cells.get(name)) is None:
            return empty
        try:
            return how(cell)
        except CellError as error:
            remedy = "Correct the cell; leave it empty if there is nothing to say."
            self._error(CHECKS.get(name, error.check), f"{name}: {error}", remedy, cell)
            return empty

    def refuse_covered(self, name: str, cell: Cell) -> None:
        """An error of a cell that has no value of its own, as merged cells cover it."""
        message = f"{name}: nothing stands there, as the merged cells {cell.merged} cover it"
        remedy = "Unmerge the cells in Excel (Home, Merge & Center), and fill in each of them."
        self._error(CHECKS.get(name, "cells-understood"), message, remedy, cell)

    def _error(self, check: str, message: str, remedy: str, cell: Cell) -> None:
        finding = Finding(Severity.ERROR, check, message, remedy, self.key.who, cell.place)
        self.findings.append(finding)

    def texts(self, name: str) -> dict[Language, str]:
        """The texts of a column that stands once for each language."""
        how = partial(read_text, keep_lines=name == "address")
        found = {code: self.read(f"{name}_{code}", how, "") for code in LANGUAGES}
        return {code: text for code, text in found.items() if text}
