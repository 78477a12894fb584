"""Domain values: what an edition is made of, as frozen dataclasses.

Everything here can be pickled (letters are made in spawned processes), so the mappings are
plain dicts by type ``Mapping``: nobody writes to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

Language: TypeAlias = str
"""A language's code ("hi", "en"); what each code stands for is in ``locales.py``."""

Bilingual: TypeAlias = Mapping[Language, str]
"""One text in every language it exists in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and in it a sheet and cell, or a line."""

    file: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.cell is not None:
            parts.append(f"cell {self.cell}")
        if self.line is not None:
            parts.append(f"line {self.line}")
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
class State:
    """A State or Union Territory (a row of ``inputs/states.csv``)."""

    id: str
    """ISO 3166-2:IN without ``IN-`` (HR, CG, DH)."""
    lgd_code: str
    name: Bilingual
    short_name: Bilingual
    is_ut: bool
    has_legislature: bool
    region: str
    """Region A, B or C of the Official Languages Rules 1976, r. 2."""
    rules_extend: bool
    """False for Tamil Nadu alone (Official Languages Rules 1976, r. 1(2))."""
    head: Bilingual
    """Designation of the head of administration."""
    government: Bilingual
    keys: tuple[str, ...]
    """Every other spelling, code and Hindi form by which the State is found."""


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
class Signatory:
    """Who signs. ``gender`` ("m", "f") decides the subscription."""

    name: Bilingual
    gender: str
    designation: Bilingual
    service: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LetterheadSettings:
    """The organisation's side of the letterhead. ``logo`` is a file in the edition's folder."""

    organisation: Bilingual
    lines: Mapping[Language, tuple[str, ...]]
    address: Bilingual | None = None
    logo: Path | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the addressee may ask."""

    name: Bilingual
    honorific: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure quoted in the prose. ``style`` is "plain", "lakh" or "crore"."""

    value: Decimal
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How letters are numbered; ``pattern`` is a ``str.format`` pattern that holds {serial}."""

    pattern: str
    first_serial: int = 1


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How composite and rank come about: ``composite`` "computed" or "given", ``ties`` "min"."""

    composite: str = "computed"
    ties: str = "min"


@dataclass(frozen=True, slots=True)
class Vetting:
    """Which officer vetted a language's texts, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Distribution:
    """To whom a memorandum goes: ``mode`` "list" (one document) or "each"."""

    mode: str
    to: Mapping[Language, tuple[str, ...]]
    copy_to: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding the office accepts, with a reason. ``who`` None: every recipient."""

    check: str
    reason: str
    by: str
    who: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row of the scores workbook, as read.

    ``counts`` maps a column's name ("strength", and every column an indicator names) to its
    figure; an empty cell has no entry. ``cohort``, ``composite`` and ``rank`` are as given by
    the scoring cell.
    """

    who: str
    place: Place
    counts: Mapping[str, Figure] = field(default_factory=dict)
    cohort: str | None = None
    composite: Figure | None = None
    rank: Figure | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a letter is addressed to. ``state`` is None for recipients that are no State.

    ``name`` is empty where the letter is addressed by office. ``honorific`` and ``service`` are
    the settings' own codes ("Shri", "IAS"); ``gender`` is "m", "f" or None.
    """

    id: str
    place: Place
    state: State | None = None
    honorific: str = ""
    name: Bilingual = field(default_factory=dict)
    service: str = ""
    gender: str | None = None
    designation: Bilingual = field(default_factory=dict)
    addressee: Bilingual = field(default_factory=dict)
    address: Bilingual = field(default_factory=dict)
    email: str = ""
    versions: tuple[Language, ...] | None = None
    salutation: Bilingual = field(default_factory=dict)
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text file as read: CommonMark, for a kind's text with front matter and Jinja2."""

    file: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the compendium, in every language it exists in.

    Each text's first line is its heading, the rest its body.
    """

    id: str
    texts: Mapping[Language, Text]


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of a communication, as read from its folder."""

    name: str
    folder: Path
    kind: str
    date: date
    as_on: date | None
    versions: tuple[Language, ...]
    number: Numbering
    signatory: Signatory
    letterhead: LetterheadSettings
    contact: Contact | None = None
    previous: Path | None = None
    series: str | None = None
    specimen: bool = False
    partial: bool = False
    place: Bilingual | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    scoring: ScoringRules = field(default_factory=ScoringRules)
    indicators: tuple[Indicator, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    bands: tuple[Band, ...] = ()
    max_change_percent: Decimal = Decimal(25)
    vetting: Mapping[Language, Vetting] = field(default_factory=dict)
    distribution: Distribution | None = None
    waivers: tuple[Waiver, ...] = ()
    rows: tuple[ScoreRow, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    compendium: tuple[Section, ...] = ()
    texts: Mapping[Language, Text] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where a setting stands, by its dotted key ("indicators.2.weight")."""

    @property
    def folder_name(self) -> str:
        """The dated folder under ``output/`` that belongs to this edition."""
        return f"{self.date:%Y-%m-%d}" + (f"-{self.series}" if self.series else "")


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
