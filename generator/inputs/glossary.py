"""The glossary, ``letter_templates/glossary.csv``: one row per term, the same for every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.nearest import did_you_mean
from generator.inputs.refusals import unreadable
from generator.inputs.tables.cells import read_text
from generator.inputs.tables.csv_file import read_csv
from generator.inputs.tables.grid import Cell, CellError
from generator.inputs.tables.header import Header, normalise_header, refuse_unlabelled
from generator.locales import LANGUAGES
from generator.model import Language, Place, Term
from generator.paths import Paths

FILE = "glossary.csv"
KEY = "en"
"""The column that every row fills: a term is entered under its English name."""

BETWEEN_VARIANTS = ";"
ANSWERS: Mapping[str, bool] = {"": True, "yes": True, "no": False}
"""What ``spell_out`` may say; an empty cell means yes."""


def glossary_columns() -> tuple[str, ...]:
    """Every column that may stand in the file; ``note`` is for colleagues, and not used."""
    groups = ("{}", "not_{}", "full_{}")
    texts = [group.format(code) for group in groups for code in sorted(LANGUAGES)]
    return (*texts, "spell_out", "note")


def read_glossary(paths: Paths, folder: Path) -> tuple[tuple[Term, ...], list[Finding]]:
    """The terms in the file's order; none where there is no such file.

    Args:
        paths: Where the kinds lie, beside which the file lies.
        folder: The edition's folder, for the file's name in messages.

    Returns:
        The terms that are understood, and errors at the cells of what is not.

    Raises:
        InputError: The file or its header row cannot be understood, or a column is not known.
    """
    path = paths.templates / FILE
    if not path.exists():
        return (), []
    file = paths.shown(path, folder)
    grid = read_csv(path, file, (KEY,))
    filled = [index for index, row in enumerate(grid.rows) if not all(c.is_empty for c in row)]
    columns = _read_header(grid.rows[filled[0]] if filled else (), file)
    refuse_unlabelled(grid, Header(filled[0], columns, ()))
    findings: list[Finding] = []
    entries = [_read_row(grid.rows[index], columns, findings) for index in filled[1:]]
    named = [entry for entry in entries if KEY in entry.term.name]
    findings += _clashes(named)
    return tuple(entry.term for entry in named), findings


def _read_header(row: Sequence[Cell], file: str) -> dict[str, int]:
    """The index of each column.

    Raises:
        InputError: With every cell of the header row that is not a column's name, or is twice.
    """
    known = {normalise_header(name): name for name in glossary_columns()}
    columns: dict[str, int] = {}
    errors = []
    for index, cell in enumerate(row):
        name = known.get(normalise_header(str(cell.value or "")))
        if name is not None and name not in columns:
            columns[name] = index
        elif not cell.is_empty:
            problem = "stands there twice" if name else "is no column of the glossary"
            errors.append(_unknown_column(cell, problem))
    if KEY not in columns:
        where = row[0].place if row else Place(file)
        message = f"{file}: the first row names no column “{KEY}”"
        errors.append(unreadable(where, message, f"Write {', '.join(glossary_columns())} there."))
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        findings = [finding for error in errors for finding in error.findings]
        raise InputError(f"{errors[0].message}{more}", errors[0].remedy, findings)
    return columns


def _unknown_column(cell: Cell, problem: str) -> InputError:
    names = glossary_columns()
    there = f"; there are {', '.join(names)}"
    remedy = did_you_mean(str(cell.value), names) or "Rename the column, or delete it."
    return unreadable(cell.place, f"{cell.place}: “{shorten(cell.value)}” {problem}{there}", remedy)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term, and the cell of each of its columns."""

    term: Term
    cells: Mapping[str, Cell]


def _read_row(row: Sequence[Cell], columns: Mapping[str, int], findings: list[Finding]) -> _Entry:
    cells = {name: row[index] for name, index in columns.items()}
    texts = {name: _read_cell(name, cell, findings) for name, cell in cells.items()}
    findings += _row_errors(row, cells, texts)
    term = Term(
        name=_in_languages(texts, "{}"),
        variants={c: _split(text) for c, text in _in_languages(texts, "not_{}").items()},
        full=_in_languages(texts, "full_{}"),
        spell_out=ANSWERS.get(texts.get("spell_out", "").casefold(), True),
    )
    return _Entry(term, cells)


def _row_errors(
    row: Sequence[Cell], cells: Mapping[str, Cell], texts: Mapping[str, str]
) -> Iterator[Finding]:
    """A row without a term, variants without a term, an answer that is neither yes nor no."""
    if cells[KEY].is_empty:
        where = next(cell.place for cell in row if not cell.is_empty)
        message = f"the row has no term in the column {KEY}"
        yield _error(message, "Write the term there, or empty the row.", where)
    for code in LANGUAGES:
        if code != KEY and texts.get(f"not_{code}") and not texts.get(code):
            message = f"not_{code} is filled, but {code} does not say what to write instead"
            yield _error(message, f"Fill in {code}.", cells[f"not_{code}"].place)
    if texts.get("spell_out", "").casefold() not in ANSWERS:
        message = f"spell_out: “{shorten(texts['spell_out'])}” stands there; expected yes or no"
        yield _error(message, "Correct the cell.", cells["spell_out"].place)


def _read_cell(name: str, cell: Cell, findings: list[Finding]) -> str:
    try:
        return read_text(cell)
    except CellError as error:
        findings.append(_error(f"{name}: {error}", "Correct the cell.", cell.place))
        return ""


def _in_languages(texts: Mapping[str, str], pattern: str) -> dict[Language, str]:
    found = {code: texts.get(pattern.format(code), "") for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(BETWEEN_VARIANTS))))


def _clashes(entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Terms that stand twice, and variants that are also a term, or also another's."""
    terms: dict[str, Cell] = {}
    for entry in entries:
        cell, name = entry.cells[KEY], entry.term.name[KEY]
        if name in terms:
            message = f"“{shorten(name)}” stands also in {terms[name].place.cell}"
            yield _error(message, "Delete one of the two rows.", cell.place, "rows-unique")
        terms.setdefault(name, cell)
    for code in LANGUAGES:
        names = {e.term.name[code]: e.cells[code] for e in entries if code in e.term.name}
        variants: dict[str, Cell] = {}
        for entry in entries:
            for variant in entry.term.variants.get(code, ()):
                cell = entry.cells[f"not_{code}"]
                if other := names.get(variant) or variants.get(variant):
                    message = f"“{shorten(variant)}” is not to be written, but {other.place.cell} "
                    message += "has it too" if variant in variants else "has it as a term"
                    yield _error(message, "Delete it in one of the two cells.", cell.place)
                variants.setdefault(variant, cell)


def _error(message: str, remedy: str, where: Place, check: str = "cells-understood") -> Finding:
    return Finding(Severity.ERROR, check, message, remedy, where=where)
