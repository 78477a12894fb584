"""What only a finished page shows: a foreign font, a text out of its place, a lonely heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

from generator.content import Letter
from generator.inputs.characters import HANDLED, read_fonts
from generator.readback.drawn import Drawn, read_drawn
from generator.readback.expected import Expected, expect
from generator.readback.feet import page_bodies
from generator.readback.legible import illegible
from generator.readback.memory import Memory
from generator.readback.mismatch import CONTEXT, Mismatch
from generator.readback.overflow import overflows
from generator.readback.pdf import PdfPage

_KEPT = 256
"""More pages than the shared annexures of an edition and the letter in hand have."""
_FONT = "Name in page.css only fonts that it loads from fonts/, by the names of their files."


class PageCheck:
    """Looks at the pages of finished PDFs of one kind.

    What was found on a page is remembered by the bytes that it is drawn from: those of shared
    annexures are the same in every letter, and looked at once.

    Args:
        fonts: The folder of the fonts that may be used.

    Raises:
        TemplateError: A font is damaged.
    """

    def __init__(self, fonts: Path) -> None:
        self._fonts = {_plain(name): has for name, has in read_fonts(fonts).items()}
        self.memory: Memory[bytes] = Memory(_KEPT)
        """Of the pages met: for opening the next file."""

    def faults(
        self, pages: Sequence[PdfPage], letter: Letter, expected: Expected | None = None
    ) -> Iterator[Mismatch]:
        """What is wrong with the pages, whatever they say."""
        for number, page in enumerate(pages, 1):
            find = partial(self._find_faults, page, f"page {number}")
            for fault in page.notes.recall("faults", find):
                yield replace(fault, place=f"page {number}")
        expected = expected or expect(letter)
        bodies = page_bodies(pages, letter, expected)
        if not isinstance(bodies, Mismatch):  # told when the words are compared
            yield from _lonely_headings([len(body.text) for body in bodies], expected)

    def _find_faults(self, page: PdfPage, place: str) -> tuple[Mismatch, ...]:
        return tuple(self._page_faults(page, place))

    def _page_faults(self, page: PdfPage, place: str) -> Iterator[Mismatch]:
        drawn = read_drawn(page)
        yield from self._font_faults(drawn, place)
        yield from self._missing_glyphs(page, drawn, place)
        misplaced = overflows(page.boxes, drawn, page.size)
        for box, found, expected in chain(misplaced, illegible(drawn.scripts, drawn.fills)):
            yield Mismatch(
                f"the text “{page.text_in(box)}” {found}",
                expected,
                place,
                "Correct page.css of the kind, or shorten the text.",
            )

    def _font_faults(self, drawn: Drawn, place: str) -> Iterator[Mismatch]:
        for font in sorted(drawn.fonts):
            tag, _, name = font.name.rpartition("+")
            if not font.embedded:
                found = f"the font {font.name}, not in the file"
            elif not tag:
                found = f"the font {font.name}, with all its glyphs"
            elif _plain(name) not in self._fonts:
                found = f"the font {name}"
            else:
                continue
            yield Mismatch(found, "a font of fonts/, embedded as a subset", place, _FONT)

    def _missing_glyphs(self, page: PdfPage, drawn: Drawn, place: str) -> Iterator[Mismatch]:
        """Characters that none of the page's own fonts has."""
        names = (_plain(font.name.rpartition("+")[2]) for font in drawn.fonts)
        covered = [HANDLED, *(self._fonts[name] for name in names if name in self._fonts)]
        text = page.words.text
        for character in sorted(c for c in set(text) if not any(ord(c) in has for has in covered)):
            start = max(0, text.index(character) - CONTEXT // 2)
            told = f"“{character}” (U+{ord(character):04X})"
            yield Mismatch(
                f"{told}, which no font of the page has, in “{text[start : start + CONTEXT]}”",
                "a glyph for every character",
                place,
                "Replace the character, or name a font of fonts/ that has it in page.css.",
            )


def _plain(name: str) -> str:
    """NotoSerif-Bold, Noto-Serif-Bold → NotoSerifBold; the regular face has the family's name."""
    return name.replace("-", "").replace(" ", "").removesuffix("Regular")


def _lonely_headings(lengths: Sequence[int], expected: Expected) -> Iterator[Mismatch]:
    """Headings with which a page ends, though what they head goes on."""
    pages: dict[int, int] = {}
    reached = 0
    for number, length in enumerate(lengths, 1):
        reached += length
        pages.setdefault(reached, number)
    for (unit, end), following in pairwise(zip(expected.units, expected.starts[1:], strict=True)):
        if unit.heading and end in pages and following[0].part == unit.part:
            yield Mismatch(
                f"the heading “{unit.text}” is alone at the foot of page {pages[end]}",
                "on the same page two lines of the text below it",
                unit.place,
                "Give headings break-after: avoid in page.css.",
            )
