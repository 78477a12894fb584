"""What a workbook's XML says of its cells that the reader of values leaves out.

calamine gives "" for a cell that holds an error (#REF!), for a formula that was never calculated
and for a cell that merged cells cover; and 0.4703 for a cell that shows 47.03%. All four would
pass for something else.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from lxml import etree

BUILT_IN_PERCENT = frozenset({9, 10})
"""ECMA-376 Part 1, 18.8.30: number formats 0% and 0.00%."""

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a number format prints as it stands: 0.00"%" does not multiply by 100, 0.00% does."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Address(NamedTuple):
    """A cell's row and column, both from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def column_letters(number: int) -> str:
    """The letters of a column counted from 1: A, …, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number, from 1, of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: cells in error with what they show, uncalculated formulas, percent cells.

    ``rows`` and ``columns`` are those down to the last cell that is filled; ``merges`` are the
    ranges of merged cells ("D5:E5").
    """

    rows: int = 0
    columns: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    uncalculated: frozenset[str] = frozenset()
    percent: frozenset[str] = frozenset()
    merges: tuple[str, ...] = ()


def covered_cells(marks: Marks) -> dict[str, str]:
    """The merged cells that cover a cell, by its address; not of the cell with the value.

    Only as far as the sheet is filled: a merge may reach down to its last row.
    """
    covered = {}
    for merge in marks.merges:
        if (found := _RANGE.fullmatch(merge)) is None:
            continue
        left, top, right, bottom = found.groups()
        first = Address(int(top), column_number(left))
        for row in range(first.row, min(int(bottom), marks.rows) + 1):
            for column in range(first.column, min(column_number(right), marks.columns) + 1):
                covered[str(Address(row, column))] = merge
        covered.pop(str(first), None)
    return covered


def read_marks(path: Path, sheet: str) -> Marks:
    """The marks of a sheet, by cell address ("D9").

    Raises:
        KeyError, etree.XMLSyntaxError, zipfile.BadZipFile: The package is damaged.
    """
    with zipfile.ZipFile(path) as package:
        percent_styles = _percent_styles(package)
        errors: dict[str, str] = {}
        uncalculated, percent = set(), set()
        rows = columns = 0
        with package.open(_sheet_part(package, sheet)) as part:
            merges: list[str] = []
            for address, cell in _cells(part, merges):
                value = cell.findtext("{*}v")
                if len(cell):
                    rows, columns = max(rows, address.row), max(columns, address.column)
                if cell.get("t") == "e":
                    errors[str(address)] = value or "an error"
                elif not value and cell.find("{*}f") is not None:
                    uncalculated.add(str(address))
                if int(cell.get("s", "0")) in percent_styles:
                    percent.add(str(address))
    return Marks(rows, columns, errors, frozenset(uncalculated), frozenset(percent), tuple(merges))


def _cells(part: IO[bytes], merges: list[str]) -> Iterator[tuple[Address, etree._Element]]:
    """Each cell with its address, which may be left out where it follows the one before.

    The ranges of merged cells, which stand behind the rows, are added to ``merges``.
    """
    row_number = 0
    for row in _elements(part, "row", "mergeCell"):
        if row.get("ref") is not None:
            merges.append(str(row.get("ref")))
            continue
        row_number = int(row.get("r", row_number + 1))
        column = 0
        for cell in row.iterchildren("{*}c"):
            letters = str(cell.get("r", "")).rstrip("0123456789")
            column = column_number(letters) if letters else column + 1
            yield Address(row_number, column), cell


def _elements(part: IO[bytes], *names: str) -> Iterator[etree._Element]:
    tags = ["{*}" + name for name in names]
    for _event, element in etree.iterparse(part, tag=tags, resolve_entities=False):
        yield element
        element.clear()


def _sheet_part(package: zipfile.ZipFile, sheet: str) -> str:
    """The package part that holds a sheet (ECMA-376 Part 1, 18.2.19)."""
    with package.open("xl/workbook.xml") as part:
        relations = {
            str(e.get("name")): e.get(_RELATION) or e.get(_STRICT_RELATION)
            for e in _elements(part, "sheet")
        }
    with package.open("xl/_rels/workbook.xml.rels") as part:
        targets = {str(e.get("Id")): str(e.get("Target")) for e in _elements(part, "Relationship")}
    target = targets[str(relations[sheet])]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _percent_styles(package: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles (positions in ``cellXfs``) whose number format shows a percent."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    with package.open("xl/styles.xml") as part:
        root = etree.parse(part, etree.XMLParser(resolve_entities=False)).getroot()
    formats = {
        int(e.get("numFmtId", "0"))
        for e in root.iterfind("{*}numFmts/{*}numFmt")
        if "%" in _LITERAL.sub("", e.get("formatCode", ""))
    } | BUILT_IN_PERCENT
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(n for n, e in styles if int(e.get("numFmtId", "0")) in formats)
