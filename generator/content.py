"""The document: finished strings in blocks, the one content that both renderers walk.

Everything here is final: no renderer formats a number, picks a word or takes a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from generator.letter_data import LetterData
from generator.model import Language


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. Italic never occurs in Devanagari (domain rule 10).

    ``level`` is set where the text is the name of a performance level: its place among them in
    percent (of three: 33, 67, 100), by which its cell is tinted. 0: no level.
    """

    text: str
    bold: bool = False
    italic: bool = False
    level: int = 0


Inline: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1: an annexure's name ("ANNEXURE 1"); 2: its title; 3: a section in it."""

    level: int
    text: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``number`` ("2.") stands before the text where the paragraph is numbered.

    ``note`` marks the bracketed line under an annexure's heading (the as-on date): centred.
    """

    text: Inline
    number: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; ``label`` is printed before it ("a)", "(क)", "•")."""

    label: str
    text: Inline


@dataclass(frozen=True, slots=True)
class List:
    """A list whose items hang from their labels."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; ``marked`` is the addressee's own, every cell bold: tinted, with a bar."""

    cells: tuple[Inline, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. ``align`` holds "left", "right" or "center" a column."""

    align: tuple[str, ...]
    head: tuple[Inline, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: ``length`` in hundredths of a percent of the longest (0–10,000).

    ``value`` is printed at its end; ``marked`` is the addressee's own.
    """

    label: str
    value: str
    length: int
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars of the table above it, in its order; a picture with alternative text."""

    alt: str
    bars: tuple[Bar, ...]


Block: TypeAlias = Heading | Paragraph | List | Table | Chart


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the foot of each page of a part.

    ``left`` is the number, or on shared annexures the edition's date; ``page`` is a pattern with
    {page} and {pages} in it ("Page {page} of {pages}").
    """

    left: str
    page: str


@dataclass(frozen=True, slots=True)
class Annexure:
    """An annexure: ``blocks`` begins with its Heading(1).

    ``running`` is set on an annexure that is the same in every letter: it is laid out once,
    numbered from page 1 and carries its own foot. None: it belongs to the letter's own pages.
    """

    number: int
    blocks: tuple[Block, ...]
    running: Running | None = None


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the letterhead, in its own language whichever version it heads."""

    text: str
    language: Language
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The bilingual letterhead of each version's first page."""

    left: tuple[HeadLine, ...]
    right: tuple[HeadLine, ...]
    logo: Path | None = None


def picture_for_word(logo: Path) -> Path:
    """The file of a logo that Word is given: for an SVG the PNG beside it, as old Words need."""
    return logo.with_suffix(".png") if logo.suffix.lower() == ".svg" else logo


FIELDS_ABOVE = ("number", "place", "date", "subject_label", "subject", "salutation")
FIELDS_BELOW = ("closing", "subscription", "signatory", "addressee", "email", "enclosures")
"""The lines that stand around a letter's body, in reading order."""


@dataclass(frozen=True, slots=True)
class Version:
    """One language's full text of a letter.

    ``fields`` maps every name of FIELDS_ABOVE and FIELDS_BELOW to its lines (none: ()).
    ``running`` is the foot of the letter's own pages (letter and own annexures).
    """

    language: Language
    letterhead: Letterhead
    fields: Mapping[str, tuple[Inline, ...]]
    body: tuple[Block, ...]
    annexures: tuple[Annexure, ...]
    running: Running

    @property
    def own_annexures(self) -> tuple[Annexure, ...]:
        """The annexures that belong to this letter's own pages."""
        return tuple(a for a in self.annexures if a.running is None)

    @property
    def shared_annexures(self) -> tuple[Annexure, ...]:
        """The annexures that are the same in every letter of the edition."""
        return tuple(a for a in self.annexures if a.running is not None)


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter, all versions under one number.

    ``mark`` is the line in the head of every page of a specimen or draft, one text a language.
    ``number`` is empty in a draft. ``title`` and ``subject`` go into the documents' properties.
    ``revision`` counts the letter's issues under its number; ``date`` is that of the revision.
    ``embed_fonts``: the Word file carries the fonts that it is set in.
    ``data`` is what the PDF carries for machines; None where a kind has no figures of its own.
    """

    who: str
    number: str
    date: date
    title: str
    subject: str
    author: str
    versions: tuple[Version, ...]
    mark: tuple[HeadLine, ...] = ()
    revision: int = 1
    data: LetterData | None = None
    embed_fonts: bool = True


def plain(inline: Inline) -> str:
    """The text of an inline without its styles."""
    return "".join(span.text for span in inline)


def block_texts(block: Block) -> Iterator[str]:
    """The texts of a block in reading order: one a paragraph, item or cell.

    A chart has none: it is a picture of the table above it, described by its alternative text.
    """
    match block:
        case Heading():
            yield plain(block.text)
        case Paragraph():
            yield f"{block.number} {plain(block.text)}".strip()
        case List():
            for item in block.items:
                yield f"{item.label} {plain(item.text)}"
        case Table():
            for cells in (block.head, *(row.cells for row in block.rows)):
                yield from (plain(cell) for cell in cells)
        case Chart():
            return


def version_texts(version: Version) -> Iterator[str]:
    """Every text of a version in reading order, from letterhead to last annexure."""
    yield from (line.text for line in (*version.letterhead.left, *version.letterhead.right))
    yield from _field_texts(version, FIELDS_ABOVE)
    for block in version.body:
        yield from block_texts(block)
    yield from _field_texts(version, FIELDS_BELOW)
    for annexure in version.annexures:
        for block in annexure.blocks:
            yield from block_texts(block)


def charts(version: Version) -> Iterator[Chart]:
    """Every chart of a version, in reading order."""
    annexed = (block for annexure in version.annexures for block in annexure.blocks)
    yield from (block for block in (*version.body, *annexed) if isinstance(block, Chart))


def _field_texts(version: Version, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (plain(line) for line in version.fields.get(name, ()))
