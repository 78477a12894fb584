"""Embeds in a Word file the fonts that it is set in, with the characters that it holds.

So it looks the same where they are not installed (ECMA-376 17.8.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from generator.fingerprint import FONT_TABLE, families_in
from generator.render.docx.dress import look_of
from generator.render.docx.fonts import FontFile, find_fonts
from generator.render.docx.looks import is_on
from generator.render.docx.package import Parts, add_part, relate, relationships_name
from generator.render.docx.runs import EMPHASES
from generator.render.docx.settings import set_embedding
from generator.render.docx.styles import Styles
from generator.render.docx.wordml import parse, r, serialise, w

_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_PLACES = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
"""Children of ``w:font``, the last ones in the schema's order (ECMA-376 17.8.3.10)."""
_TEXTS = ("word/document.xml", "word/header", "word/footer")
_FIGURES = frozenset(map(ord, "0123456789"))
"""Page numbers are counted by Word: any figure may come."""

Emphasis = tuple[bool, bool]
"""Bold, italic."""


class Embedder:
    """Embeds fonts in letters of one kind; it subsets once for each set of characters.

    Args:
        folder: The fonts.
        table: The template's part ``word/fontTable.xml``: what families it is set in.

    Raises:
        TemplateError: A font is damaged, or its file is named after another.
    """

    def __init__(self, folder: Path, table: bytes) -> None:
        self._families = find_fonts(folder, families_in(table))

    def check_permissions(self) -> None:
        """Raises ``TemplateError`` where a font forbids embedding."""
        for fonts in self._families.values():
            for font in fonts:
                font.check_permission()

    def embed(self, parts: Parts, styles: Styles) -> None:
        """Adds subsets of the faces in use to a finished file.

        Raises:
            TemplateError: A font forbids it.
        """
        characters, emphases = _used(parts, styles)
        table = parse(parts[FONT_TABLE])
        for entry in table.iter(w("font")):
            for font in self._families.get(entry.get(w("name")), ()):
                if (font.bold, font.italic) in emphases:
                    _embed_one(parts, entry, font, characters)
        parts[FONT_TABLE] = serialise(table)
        set_embedding(parts)


def forget_fonts(parts: Parts) -> None:
    """Removes fonts that Word has embedded in a template: they have the template's characters."""
    if FONT_TABLE not in parts:
        return
    table = parse(parts[FONT_TABLE])
    for entry in table.iter(w("font")):
        for place in _PLACES:
            for element in entry.findall(w(place)):
                entry.remove(element)
    parts[FONT_TABLE] = serialise(table)
    parts.pop(relationships_name(FONT_TABLE), None)


def _embed_one(
    parts: Parts, entry: etree._Element, font: FontFile, characters: frozenset[int]
) -> None:
    embedded = font.embedded(characters)
    if embedded is None:
        return
    place = _PLACES[font.bold + 2 * font.italic]
    stem = f"{font.family.replace(' ', '')}{place.removeprefix('embed')}"
    name, identifier = f"word/fonts/{stem}.odttf", f"rId{stem}"
    add_part(parts, name, embedded.data, _FONT_TYPE)
    relate(parts, FONT_TABLE, identifier, "font", name)
    element = etree.Element(w(place))
    element.set(r("id"), identifier)
    element.set(w("fontKey"), embedded.key)
    element.set(w("subsetted"), "1")
    before = {w(earlier) for earlier in _PLACES[_PLACES.index(place) + 1 :]}
    entry.insert(sum(child.tag not in before for child in entry), element)


def _used(parts: Parts, styles: Styles) -> tuple[frozenset[int], frozenset[Emphasis]]:
    """The characters of all texts, and which of bold and italic they come in."""
    characters, emphases = set(_FIGURES), set()
    for name, data in parts.items():
        if name.startswith(_TEXTS):
            for run in parse(data).iter(w("r")):
                characters.update(*(map(ord, text.text or "") for text in run.iter(w("t"))))
                emphases.add(_emphasis(run, styles))
    return frozenset(characters), frozenset(emphases)


def _emphasis(run: etree._Element, styles: Styles) -> Emphasis:
    paragraph = next(run.iterancestors(w("p")))
    look, properties = look_of(paragraph, styles), run.find(w("rPr"))
    bold, italic = look.bold, look.italic
    for identifier in _character_style(properties):
        for name, (strong, slanted) in EMPHASES.items():
            if styles.characters[name.lower()] == identifier:
                bold, italic = bold ^ strong, italic ^ slanted
    return is_on(properties, "b", bold), is_on(properties, "i", italic)


def _character_style(properties: etree._Element | None) -> Iterator[str]:
    style = properties.find(w("rStyle")) if properties is not None else None
    if style is not None:
        yield style.get(w("val"))
