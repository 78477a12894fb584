"""Cells, each with its place; the sheets they stand in; and the book of these sheets."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's value as the file holds it, None when empty.

    ``fault`` says why a cell that is not empty has no value; ``percent``: shown as a percentage;
    ``merged``: the merged cells ("D5:E5") that cover this one, which has no value of its own.
    """

    value: object
    place: Place
    fault: str | None = None
    percent: bool = False
    merged: str | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing, or nothing but spaces, stands there."""
        blank = isinstance(self.value, str) and not self.value.strip()
        return self.fault is None and (self.value is None or blank)


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


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet; rows and columns begin at A1 even where these are empty.

    ``separated_by`` names what separates the values of a CSV file where these are no commas.
    """

    file: str
    sheet: str | None
    rows: tuple[tuple[Cell, ...], ...]
    separated_by: str = ""

    @property
    def is_csv(self) -> bool:
        """From a CSV file, where every number is text."""
        return self.sheet is None


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets that may be read, and the names of those that are hidden."""

    file: str
    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
