"""An edition's ``states.csv``: what States and UTs are called in a further language.

The names in Hindi and English are the program's own, curated data (``states.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.nearest import did_you_mean
from generator.inputs.refusals import unreadable
from generator.inputs.states import load_states
from generator.inputs.tables.cells import read_text
from generator.inputs.tables.csv_file import read_csv
from generator.inputs.tables.grid import Cell, CellError
from generator.inputs.tables.header import Header, find_tables
from generator.inputs.tables.row_keys import KeyReader
from generator.locales import LANGUAGES, OWN
from generator.model import Bilingual, Language, Place, Recipient, ScoreRow, State

FILE = "states.csv"
CHECK = "state-names-in-every-version"
KEY = "state"
FIELDS: Mapping[str, str] = {
    "name": "name",
    "short": "short_name",
    "head": "head",
    "government": "government",
}
"""Columns, each with the language's code after it, and what they are of a State."""


def state_columns() -> tuple[str, ...]:
    """Every column that may stand in the file."""
    further = [code for code in LANGUAGES if code not in OWN]
    return (KEY, *(f"{name}_{code}" for code in further for name in FIELDS))


def read_state_names(folder: Path) -> tuple[Mapping[str, State], list[Finding]]:
    """Every State by its id, with the names that the edition's file adds.

    Args:
        folder: The edition's folder.

    Returns:
        The States, and errors at the cells of what is not understood.

    Raises:
        InputError: The file or its header row cannot be understood, or a column is not known.
    """
    states = {state.id: state for state in load_states()}
    path = folder / FILE
    if not path.exists():
        return states, []
    names = {name: name for name in state_columns()}
    grid = read_csv(path, FILE, (KEY,))
    tables = find_tables([grid], names)
    if not tables:
        told = f"{FILE}: no row names the columns"
        raise unreadable(Place(FILE), told, f"Write {', '.join(names)} into the first row.")
    header = tables[0][1]
    for cell in header.extra:
        told = f"{cell.place}: “{shorten(cell.value)}” is no column of this file; there are "
        remedy = did_you_mean(str(cell.value), names) or "Rename the column, or delete it."
        raise unreadable(cell.place, told + ", ".join(names), remedy)
    findings: list[Finding] = []
    keys = KeyReader(header, "rows-unique", "Delete one of the two rows.", findings)
    for row in grid.rows[header.row + 1 :]:
        if any(not cell.is_empty for cell in row) and (key := keys.read(row)) and key.state:
            states[key.who] = _named(states[key.who], row, header, findings)
    return states, findings


def _named(state: State, row: Sequence[Cell], header: Header, findings: list[Finding]) -> State:
    """The State with what a row adds."""

    def added(column: str, known: Bilingual) -> Bilingual:
        texts = dict(known)
        for code in LANGUAGES:
            cell = header.cell(row, f"{column}_{code}") if code not in OWN else None
            try:
                texts |= {code: read_text(cell)} if cell else {}
            except CellError as error:
                told = f"{column}_{code}: {error}"
                findings.append(
                    _error(
                        error.check, told, "Correct the cell.", cell.place if cell else Place(FILE)
                    )
                )
        return texts

    names = added("name", state.name)
    return replace(
        state,
        name=names,
        short_name={**names, **added("short", state.short_name)},
        head=added("head", state.head),
        government=added("government", state.government),
    )


def lacking_names(
    states: Mapping[str, State],
    recipients: Iterable[Recipient],
    rows: Iterable[ScoreRow],
    versions: Sequence[Language],
    folder: Path,
) -> Iterator[Finding]:
    """What the States of an edition have no name for in one of its further languages.

    All that may stand in a ranking need their name; whoever is written to, all the rest.
    """
    for code in versions:
        if code in OWN:
            continue
        needed = {row.who: {"name"} for row in rows if row.who in states}
        for recipient in recipients:
            if recipient.state and code in (recipient.versions or versions):
                named = {"name", "government"} - ({"government"} & recipient.addressee.keys())
                if code not in recipient.designation:
                    named.add("head")
                needed[recipient.id] = named
        yield from _lacking(states, needed, code, folder)


def _lacking(
    states: Mapping[str, State], needed: Mapping[str, set[str]], code: Language, folder: Path
) -> Iterator[Finding]:
    lacking: dict[str, list[str]] = {}
    for who, fields in needed.items():
        empty = [f for f in FIELDS if f in fields and not getattr(states[who], FIELDS[f]).get(code)]
        if empty:
            columns = ", ".join(f"{name}_{code}" for name in empty)
            lacking.setdefault(columns, []).append(f"{states[who].name['en']} ({who})")
    there = (folder / FILE).exists()
    for columns, named in lacking.items():
        told = f"no {columns} for {', '.join(named)}" + ("" if there else "; there is no such file")
        remedy = f"Fill in {columns}" if there else f"Write it, with the columns {KEY}, {columns}"
        more = ", a row for each of these States: names are never transliterated by the program."
        yield _error(CHECK, told, remedy + more, Place(FILE))


def _error(check: str, message: str, remedy: str, where: Place) -> Finding:
    return Finding(Severity.ERROR, check, message, remedy, where=where)
