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
    Block,
    Chart,
    Heading,
    Inline,
    Letter,
    Letterhead,
    List,
    Paragraph,
    Row,
    Table,
    Version,
    plain,
)
from generator.fingerprint import sha256
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
    logo: bool = False


@dataclass(frozen=True)
class Expected:
    """All that a letter says, in reading order."""

    units: tuple[Unit, ...]
    pictures: tuple[Picture, ...]

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
    parts = [part for version in letter.versions for part in _version(letter, version)]
    units = tuple(part for part in parts if isinstance(part, Unit))
    return Expected(units, tuple(part for part in parts if isinstance(part, Picture)))


def _version(letter: Letter, version: Version) -> Iterator[Unit | Picture]:
    language = version.language
    yield from _letterhead(letter, version.letterhead, language)
    yield from _fields(version, FIELDS_ABOVE)
    yield from _blocks(version.body, f"{language}, body")
    yield from _fields(version, FIELDS_BELOW)
    for annexure in version.annexures:
        yield from _blocks(annexure.blocks, f"{language}, annexure {annexure.number}")


def _letterhead(letter: Letter, head: Letterhead, language: str) -> Iterator[Unit | Picture]:
    place = f"{language}, letterhead"
    for side, lines in (("left", head.left), ("right", head.right)):
        for number, line in enumerate(lines, 1):
            yield Unit(f"{place}, {side}, line {number}", line.text, ())
    if head.logo:
        yield Picture(
            f"{place}, logo", (*(line.text for line in head.right), letter.title), logo=True
        )


def _fields(version: Version, names: Iterable[str]) -> Iterator[Unit]:
    for name in names:
        for number, line in enumerate(version.fields.get(name, ()), 1):
            yield Unit(f"{version.language}, {name}, line {number}", "", line)


def _blocks(blocks: Iterable[Block], where: str) -> Iterator[Unit | Picture]:
    counts: dict[type[Block], int] = {}
    for block in blocks:
        kind = type(block)
        number = counts[kind] = counts.get(kind, 0) + 1
        yield from _block(block, f"{where}, {kind.__name__.lower()} {number}")


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
