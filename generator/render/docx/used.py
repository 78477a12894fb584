"""What the texts of a finished Word file are set in, and with which characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from generator.render.docx.dress import look_of
from generator.render.docx.looks import is_on
from generator.render.docx.package import Parts
from generator.render.docx.runs import EMPHASES
from generator.render.docx.styles import Styles
from generator.render.docx.wordml import parse, w

_TEXTS = ("word/document.xml", "word/header", "word/footer")
_SLOTS = tuple(w(slot) for slot in ("ascii", "hAnsi", "cs"))
_FIGURES = "0123456789"
"""Page numbers are counted by Word: any figure may come."""
_RUN, _PARAGRAPH, _TEXT, _PROPERTIES = w("r"), w("p"), w("t"), w("rPr")

Emphasis = tuple[bool, bool]
"""Bold, italic."""


@dataclass(frozen=True, slots=True)
class Used:
    """The characters of texts, and the emphases and font families that they are set in."""

    characters: frozenset[int]
    emphases: frozenset[Emphasis]
    families: frozenset[str]


def used_together(parts: Iterable[Used]) -> Used:
    """What all of them use."""
    every = tuple(parts)
    return Used(
        frozenset(map(ord, _FIGURES)).union(*(used.characters for used in every)),
        frozenset[Emphasis]().union(*(used.emphases for used in every)),
        frozenset[str]().union(*(used.families for used in every)),
    )


def used_in_file(parts: Parts, styles: Styles) -> Used:
    """What a finished file uses, in heads and feet too."""
    texts = (data for name, data in parts.items() if name.startswith(_TEXTS))
    return used_together(used_in(parse(data), styles) for data in texts)


def used_in(root: etree._Element, styles: Styles) -> Used:
    """What the runs below ``root`` use, which have been dressed: every one names its fonts."""
    characters: set[str] = set()
    emphases: set[Emphasis] = set()
    families: set[str] = set()
    met: set[tuple[int, bytes]] = set()
    for run in root.iter(_RUN):
        for text in run.iter(_TEXT):
            characters.update(text.text or "")
        paragraph, properties = next(run.iterancestors(_PARAGRAPH)), run.find(_PROPERTIES)
        look = look_of(paragraph, styles)
        key = id(look), b"" if properties is None else etree.tostring(properties, with_tail=False)
        if key not in met:
            met.add(key)
            emphases.add(_emphasis(properties, styles, bold=look.bold, italic=look.italic))
            families.update(_families(properties))
    return Used(frozenset(map(ord, characters)), frozenset(emphases), frozenset(families))


def _families(properties: etree._Element | None) -> Iterator[str]:
    fonts = properties.find(w("rFonts")) if properties is not None else None
    if fonts is not None:
        yield from (fonts.get(slot, "") for slot in _SLOTS)


def _emphasis(
    properties: etree._Element | None, styles: Styles, *, bold: bool, italic: bool
) -> Emphasis:
    style = properties.find(w("rStyle")) if properties is not None else None
    if style is not None:
        for name, (strong, slanted) in EMPHASES.items():
            if styles.characters[name.lower()] == style.get(w("val")):
                bold, italic = bold ^ strong, italic ^ slanted
    return is_on(properties, "b", bold), is_on(properties, "i", italic)
