"""Embeds in a Word file the fonts that it is set in, with the characters that it holds.

So it looks the same where they are not installed (ECMA-376 17.8.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from generator.fingerprint import FONT_TABLE
from generator.render.docx.faces import Face, check_faces
from generator.render.docx.fonts import FontFile, find_fonts
from generator.render.docx.package import Parts, add_part, relate, relationships_name
from generator.render.docx.settings import set_embedding
from generator.render.docx.used import Used
from generator.render.docx.wordml import parse, r, serialise, w

_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_PLACES = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
"""Children of ``w:font``, the last ones in the schema's order (ECMA-376 17.8.3.10)."""


class Embedder:
    """Embeds fonts in letters of one kind; it subsets once for each set of characters.

    Args:
        folder: The fonts.
        families: Those that the template names.

    Raises:
        TemplateError: A font is damaged, or its file is named after another.
    """

    def __init__(self, folder: Path, families: frozenset[str]) -> None:
        self._families = find_fonts(folder, families)
        self._folder = folder
        self._further: dict[frozenset[str], Mapping[str, tuple[FontFile, ...]]] = {}

    def check(self, faces: Iterable[Face], name: str) -> None:
        """Checks the fonts before a letter is made.

        Args:
            faces: What the template ``name`` is set in.
            name: For messages.

        Raises:
            TemplateError: A font forbids embedding, is not there, or has no letters of the script
                that it is chosen for.
        """
        for fonts in self._families.values():
            for font in fonts:
                font.check_permission()
        check_faces(faces, self._families, name)

    def _with(self, further: frozenset[str]) -> Mapping[str, tuple[FontFile, ...]]:
        """The template's families and these."""
        if further not in self._further:
            more = find_fonts(self._folder, further - self._families.keys())
            self._further[further] = {**self._families, **more}
        return self._further[further]

    def embed(self, parts: Parts, used: Used, further: Iterable[str] = ()) -> None:
        """Adds subsets of the faces in use to a finished file.

        Args:
            parts: The file.
            used: What it is set in.
            further: Families of the letter's further languages, which the template need not name.

        Raises:
            TemplateError: A font forbids it.
        """
        families = self._with(frozenset(further))
        table = parse(parts[FONT_TABLE])
        listed = {entry.get(w("name")) for entry in table.iter(w("font"))}
        for family in sorted(used.families & families.keys() - listed):
            etree.SubElement(table, w("font"), {w("name"): family})
        for entry in table.iter(w("font")):
            if entry.get(w("name")) in used.families:
                for font in families.get(entry.get(w("name")), ()):
                    if (font.bold, font.italic) in used.emphases:
                        _embed_one(parts, entry, font, used.characters)
        parts[FONT_TABLE] = serialise(table)
        set_embedding(parts)


def forget_fonts(parts: Parts) -> None:
    """Removes fonts that Word has embedded in a template: they have the template's characters.

    LibreOffice names a set of characters for each font, which Word's own schema has not.
    """
    if FONT_TABLE not in parts:
        return
    table = parse(parts[FONT_TABLE])
    for entry in table.iter(w("font")):
        for place in _PLACES:
            for element in entry.findall(w(place)):
                entry.remove(element)
        for characters in entry.iterfind(w("charset")):
            characters.attrib.pop(w("characterSet"), None)
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
