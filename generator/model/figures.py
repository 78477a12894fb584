"""Figures and how they come about: counts, shares, composites, ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from generator.model.language import Bilingual


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and in it a sheet and cell, or a line.

    In a Word file it is a ``paragraph``, counted from 1 through the text with its tables;
    ``part`` says where it is to be looked for ("table 1, row 2", "header of section 1").
    """

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    part: str | None = None
    paragraph: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.cell is not None:
            parts.append(f"cell {self.cell}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.part is not None:
            parts.append(self.part)
        if self.paragraph is not None:
            parts.append(f"paragraph {self.paragraph}")
        return ", ".join(parts)


class Unit(StrEnum):
    """What a figure counts; decides how it is printed."""

    COUNT = "count"
    PERCENT = "percent"
    SCORE = "score"
    RANK = "rank"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number until the moment it is printed, with the cells it came from.

    ``value`` of a percentage is 0–100, not 0–1.
    """

    value: Decimal
    unit: Unit
    cells: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A Key Performance Indicator: the share ``numerator ÷ denominator`` (column names)."""

    id: str
    weight: Decimal
    numerator: str
    denominator: str
    name: Bilingual
    objective: Bilingual
    definition: Bilingual


@dataclass(frozen=True, slots=True)
class Cohort:
    """A category of States by strength: above the previous limit, up to and including ``upto``."""

    id: str
    upto: int | None


@dataclass(frozen=True, slots=True)
class Band:
    """A performance level by share in percent, up to and including ``upto``.

    ``starts`` is only set where the office prints its own lower limit (``from`` in the settings).
    """

    id: str
    upto: Decimal
    name: Bilingual
    starts: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row of the scores workbook, as read.

    ``counts`` maps a column's name ("strength", and every column an indicator names) to its
    figure; an empty cell has no entry. ``cohort``, ``composite`` and ``rank`` are as given by
    the scoring cell, and so are ``shares``: percentages by the indicator's id, where the workbook
    has a column for them.
    """

    who: str
    place: Place
    counts: Mapping[str, Figure] = field(default_factory=dict)
    cohort: str | None = None
    composite: Figure | None = None
    rank: Figure | None = None
    shares: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """One indicator of one recipient: ``share`` in percent at full precision, and its level."""

    indicator: Indicator
    numerator: Figure
    denominator: Figure
    share: Figure
    level: Band


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One recipient's figures.

    ``shares`` is empty and ``computed`` None where counts are missing. ``composite`` and ``rank``
    are what is printed: computed, or given by the scoring cell.
    """

    who: str
    cohort: str | None
    strength: Figure | None
    shares: tuple[Share, ...]
    computed: Figure | None
    composite: Figure | None
    rank: Figure | None
