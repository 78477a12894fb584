"""What a letter's files must say: each text of the letter, under the name of its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from generator.content import (
    FIELDS_ABOVE,
    FIELDS_BELOW,
    Annexure,
    Block,
    Chart,
    Heading,
    Inline,
    Letter,
    Letterhead,
    List,
    Paragraph,
    Row,
    Running,
    Table,
    Version,
    plain,
)
from generator.fingerprint import sha256
from generator.readback.squeeze import squeeze
from generator.readback.words import Words, joined, read_words


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a letter: a line around the body, a heading, a paragraph, an item, a cell.

    ``place`` is its name in messages. ``label`` stands before ``inline``, whose bold words are
    compared where ``styled``. ``marked`` says of a cell whether its row is; None elsewhere.
    """

    place: str
    label: str
    inline: Inline
    styled: bool = False
    heading: bool = False
    marked: bool | None = None

    @property
    def part(self) -> str:
        """The letter's body, or the annexure, that the text is in."""
        return ", ".join(self.place.split(", ")[:2])

    @property
    def text(self) -> str:
        """All of the text."""
        return f"{self.label} {plain(self.inline)}" if self.label else plain(self.inline)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart or logo: where it stands, which alternative texts it may have."""

    place: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The pages that are counted together: its foot, and its first unit of the letter's."""

    running: Running
    first: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where it stands, and the squeezed texts of its rows' cells, the head's first."""

    place: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading: where it stands, its squeezed text, its level from 1."""

    place: str
    text: str
    level: int


@dataclass(frozen=True)
class Expected:
    """All that a letter says, in reading order."""

    units: tuple[Unit, ...]
    pictures: tuple[Picture, ...]
    sections: tuple[Section, ...]
    grids: tuple[Grid, ...]
    titles: tuple[Title, ...]

    @cached_property
    def parts(self) -> tuple[Words, ...]:
        """The words of each unit."""
        return tuple(read_words(unit.text) for unit in self.units)

    @cached_property
    def words(self) -> Words:
        """The words of all units."""
        return joined(self.parts)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each unit begins in the words of all, and where the last one ends."""
        return tuple(accumulate((len(part.text) for part in self.parts), initial=0))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the squeezed texts, one a line."""
        return sha256("\n".join(part.text for part in self.parts).encode())

    def unit_at(self, place: int) -> Unit:
        """The unit that a place in the words of all belongs to; the last one beyond its end."""
        return self.units[min(bisect_right(self.starts, place), len(self.units)) - 1]


def expect(letter: Letter) -> Expected:
    """What the files of a letter must say."""
    units: list[Unit] = []
    pictures: list[Picture] = []
    sections = []
    for running, parts in _sections(letter):
        sections.append(Section(running, len(units)))
        for part in parts:
            if isinstance(part, Unit):
                units.append(part)
            else:
                pictures.append(part)
    blocks = [placed for version in letter.versions for placed in _placed(version)]
    grids = (_grid(block, place) for place, block in blocks if isinstance(block, Table))
    titles = (
        Title(place, squeeze(plain(block.text)), block.level)
        for place, block in blocks
        if isinstance(block, Heading)
    )
    return Expected(tuple(units), tuple(pictures), tuple(sections), tuple(grids), tuple(titles))


def _sections(letter: Letter) -> Iterator[tuple[Running, Iterator[Unit | Picture]]]:
    """Each version's own pages, then those of each annexure that is the same in every letter."""
    for version in letter.versions:
        yield version.running, _own_pages(letter, version)
        for annexure in version.shared_annexures:
            if annexure.running:
                yield annexure.running, _annexure(version, annexure)


def _own_pages(letter: Letter, version: Version) -> Iterator[Unit | Picture]:
    yield from _letterhead(letter, version.letterhead, version.language)
    yield from _fields(version, FIELDS_ABOVE)
    for place, block in _numbered(version.body, f"{version.language}, body"):
        yield from _block(block, place)
    yield from _fields(version, FIELDS_BELOW)
    for annexure in version.own_annexures:
        yield from _annexure(version, annexure)


def _annexure(version: Version, annexure: Annexure) -> Iterator[Unit | Picture]:
    for place, block in _numbered(annexure.blocks, _place_of(version, annexure)):
        yield from _block(block, place)


def _placed(version: Version) -> Iterator[tuple[str, Block]]:
    """Every block with the name of its place."""
    yield from _numbered(version.body, f"{version.language}, body")
    for annexure in (*version.own_annexures, *version.shared_annexures):
        yield from _numbered(annexure.blocks, _place_of(version, annexure))


def _place_of(version: Version, annexure: Annexure) -> str:
    return f"{version.language}, annexure {annexure.number}"


def _letterhead(letter: Letter, head: Letterhead, language: str) -> Iterator[Unit | Picture]:
    place = f"{language}, letterhead"
    for side, lines in (("left", head.left), ("right", head.right)):
        for number, line in enumerate(lines, 1):
            yield Unit(f"{place}, {side}, line {number}", line.text, ())
    if head.logo:
        yield Picture(f"{place}, logo", (*(line.text for line in head.right), letter.title))


def _fields(version: Version, names: Iterable[str]) -> Iterator[Unit]:
    for name in names:
        for number, line in enumerate(version.fields.get(name, ()), 1):
            yield Unit(f"{version.language}, {name}, line {number}", "", line)


def _numbered(blocks: Iterable[Block], where: str) -> Iterator[tuple[str, Block]]:
    counts: dict[type[Block], int] = {}
    for block in blocks:
        kind = type(block)
        counts[kind] = counts.get(kind, 0) + 1
        yield f"{where}, {kind.__name__.lower()} {counts[kind]}", block


def _grid(table: Table, place: str) -> Grid:
    rows = (table.head, *(row.cells for row in table.rows))
    return Grid(place, tuple(tuple(squeeze(plain(cell)) for cell in cells) for cells in rows))


def _block(block: Block, place: str) -> Iterator[Unit | Picture]:
    match block:
        case Heading():
            yield Unit(place, "", block.text, heading=True)
        case Paragraph():
            yield Unit(place, block.number, block.text, styled=True)
        case List():
            for number, item in enumerate(block.items, 1):
                yield Unit(f"{place}, item {number}", item.label, item.text, styled=True)
        case Table():
            for column, cell in enumerate(block.head, 1):
                yield Unit(f"{place}, head, column {column}", "", cell, marked=False)
            for number, row in enumerate(block.rows, 1):
                yield from _row(row, f"{place}, row {number}")
        case Chart():
            yield Picture(place, (block.alt,))


def _row(row: Row, place: str) -> Iterator[Unit]:
    for column, cell in enumerate(row.cells, 1):
        yield Unit(f"{place}, column {column}", "", cell, styled=True, marked=row.marked)
