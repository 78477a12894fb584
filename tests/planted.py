"""Faults planted in the cells of a real workbook, as an officer's slip would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook

from tests.command import patra_json
from tests.small import Small

Cells = Mapping[str, object]


def put(small: Small, cells: Cells, formats: Mapping[str, str] | None = None) -> None:
    """Writes values into cells of the edition's first sheet, some with a number format."""
    path = small.edition / "scores.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for address, value in cells.items():
        sheet[address].value = value
    for address, number_format in (formats or {}).items():
        sheet[address].number_format = number_format
    book.save(path)


def errors_of(small: Small, code: int = 4) -> list[dict[str, Any]]:
    """The errors that ``patra check`` finds in the edition, by name of the check."""
    found = patra_json("check", small.edition, "--root", small.root, code=code)["findings"]
    errors = [finding for finding in found if finding["severity"] == "error"]
    return sorted(errors, key=lambda finding: str(finding["check"]))


def places(findings: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The check and cell (else line) of each finding."""
    return [(f["check"], f["where"].get("cell") or f["where"]["line"]) for f in findings]
