"""An edition: one issue of a communication, as read from its folder."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from generator.model.figures import Band, Cohort, Indicator, Place, ScoreRow
from generator.model.language import Bilingual, Language
from generator.model.people import Contact, Recipient, Signatory, State


@dataclass(frozen=True, slots=True)
class LetterheadSettings:
    """The organisation's side of the letterhead. ``logo`` is a file in the edition's folder."""

    organisation: Bilingual
    lines: Mapping[Language, tuple[str, ...]]
    address: Bilingual | None = None
    logo: Path | None = None


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

    @property
    def remedy(self) -> str:
        """What to do where a number is taken."""
        if "{serial" in self.pattern:
            return "Change the pattern or first_serial under [number] in edition.toml."
        return (
            "Under [number] in edition.toml put {serial} into the pattern, such as "
            f'"{self.pattern}({{serial}})", and write the next number as first_serial.'
        )


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How composite and rank come about: ``composite`` "computed" or "given", ``ties`` "min"."""

    composite: str = "computed"
    ties: str = "min"


@dataclass(frozen=True, slots=True)
class Condition:
    """For whom letters are: a figure from ``starts`` up to ``upto``, both included, or a category.

    ``figure`` is "rank", "composite" or an indicator's id (its share in percent); "category" has
    ``among`` instead of limits.
    """

    figure: str
    starts: Decimal | None = None
    upto: Decimal | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vetting:
    """Which officer vetted a language's texts, and when."""

    by: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Distribution:
    """To whom a memorandum goes: ``mode`` "list" (one document) or "each"."""

    mode: str
    to: Mapping[Language, tuple[str, ...]]
    copy_to: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding the office accepts, with a reason.

    ``who`` None: every recipient; ``file`` None: every file ("compendium/03-odisha.hi.md").
    """

    check: str
    reason: str
    by: str
    who: str | None = None
    file: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text file as read: CommonMark, for a kind's text with front matter and Jinja2.

    For a text written in Word, ``paragraphs`` has the number of the paragraph that each line of
    ``source`` comes from; it is empty for others.
    """

    file: str
    source: str
    paragraphs: tuple[int, ...] = ()

    def place(self, line: int | None) -> Place:
        """Where a line of the source stands in the file, counted from 1."""
        if self.paragraphs and line is not None:
            return Place(self.file, paragraph=self.paragraphs[min(line, len(self.paragraphs)) - 1])
        return Place(self.file, line=line)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the compendium, in every language it exists in.

    Each text's first line is its heading, the rest its body.
    """

    id: str
    texts: Mapping[Language, Text]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary (``letter_templates/glossary.csv``).

    ``name`` is the one spelling a language uses, ``variants`` those it does not. For an
    abbreviation ``full`` holds what it stands for; ``spell_out`` False: every reader knows it.
    """

    name: Bilingual
    variants: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    full: Bilingual = field(default_factory=dict)
    spell_out: bool = True


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the previous edition says, to compare with."""

    name: str
    date: datetime.date
    as_on: datetime.date | None
    rows: tuple[ScoreRow, ...]
    facts: Mapping[str, Fact]
    compendium: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of a communication, as read from its folder."""

    name: str
    folder: Path
    kind: str
    date: datetime.date
    as_on: datetime.date | None
    versions: tuple[Language, ...]
    number: Numbering
    signatory: Signatory
    letterhead: LetterheadSettings
    contact: Contact | None = None
    previous: Path | None = None
    series: str | None = None
    embed_fonts: bool = True
    specimen: bool = False
    partial: bool = False
    place: Bilingual | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    scoring: ScoringRules = field(default_factory=ScoringRules)
    indicators: tuple[Indicator, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    bands: tuple[Band, ...] = ()
    only: tuple[Condition, ...] = ()
    max_change_percent: Decimal = Decimal(25)
    vetting: Mapping[Language, Vetting] = field(default_factory=dict)
    distribution: Distribution | None = None
    waivers: tuple[Waiver, ...] = ()
    rows: tuple[ScoreRow, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    states: tuple[State, ...] = ()
    """Every State and UT, with the names that the edition adds in further languages."""
    compendium: tuple[Section, ...] = ()
    texts: Mapping[Language, Text] = field(default_factory=dict)
    totals: tuple[ScoreRow, ...] = ()
    """The workbook's rows of totals; ``who`` is the label."""
    left_out: frozenset[str] = frozenset()
    """Recipients who do not meet every condition of ``only``, known once scores are."""
    earlier: Earlier | None = None
    glossary: tuple[Term, ...] = ()
    translations: Mapping[str, str] = field(default_factory=dict)
    """By a translated text's file: the digest of the English it was made from."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where a setting stands, by its dotted key ("indicators.2.weight")."""

    @property
    def addressees(self) -> tuple[Recipient, ...]:
        """The recipients who get a letter, in file order."""
        return tuple(r for r in self.recipients if r.id not in self.left_out)

    @property
    def folder_name(self) -> str:
        """The dated folder under ``output/`` that belongs to this edition."""
        return f"{self.date:%Y-%m-%d}" + (f"-{self.series}" if self.series else "")
