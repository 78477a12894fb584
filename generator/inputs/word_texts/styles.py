"""What a Word style says: heading, bold, italic, font, numbering; inherited as Word does.

Styles are known by their names, which are English in every language of Word ("heading 1"), not by
their ids, which are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

DEEPEST = 3
_HEADING = re.compile(r"heading (\d)")
_OFF = ("0", "false", "off", "none")
_FONTS = ("ascii", "hAnsi", "cs")


def is_on(mark: etree._Element | None) -> bool | None:
    """Whether a property such as ``w:b`` is on; None where it is not said."""
    return None if mark is None else mark.get(qn("w:val"), "1").lower() not in _OFF


class Styles:
    """The styles of one Word file."""

    def __init__(self, document: Document) -> None:
        self._root = document.styles.element

    @cached_property
    def _by_id(self) -> dict[str, etree._Element]:
        return {s.get(qn("w:styleId"), ""): s for s in self._root.iter(qn("w:style"))}

    @cached_property
    def _usual(self) -> str:
        """The id of the paragraphs' default style."""
        for identifier, style in self._by_id.items():
            if style.get(qn("w:default")) and style.get(qn("w:type")) == "paragraph":
                return identifier
        return ""

    def chain(self, identifier: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while identifier and identifier not in seen and identifier in self._by_id:
            seen.add(identifier)
            style = self._by_id[identifier]
            yield style
            based = style.find(qn("w:basedOn"))
            identifier = based.get(qn("w:val")) if based is not None else None

    def of_paragraph(self, paragraph: etree._Element) -> list[etree._Element]:
        """The styles of a paragraph, nearest first."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return list(self.chain(named.get(qn("w:val")) if named is not None else self._usual))

    def of_run(self, run: etree._Element) -> list[etree._Element]:
        """The character styles of a run, nearest first."""
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        return list(self.chain(named.get(qn("w:val")) if named is not None else None))

    def heading_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for any other paragraph; a title counts as 1."""
        for style in self.of_paragraph(paragraph):
            name = style.find(qn("w:name"))
            spelt = name.get(qn("w:val"), "").casefold() if name is not None else ""
            if found := _HEADING.fullmatch(spelt):
                return int(found[1])
            if spelt == "title":
                return 1
        return 0

    def property_of(
        self, run: etree._Element, paragraph: etree._Element, name: str
    ) -> etree._Element | None:
        """A run's property as it holds: its own, its character style's, its paragraph style's."""
        own = run.find(f"{qn('w:rPr')}/{qn(name)}")
        if own is not None:
            return own
        for style in (*self.of_run(run), *self.of_paragraph(paragraph)):
            found = style.find(f"{qn('w:rPr')}/{qn(name)}")
            if found is not None:
                return found
        return None

    def fonts(self, run: etree._Element, paragraph: etree._Element) -> set[str]:
        """The names of the fonts that a run may be shown in."""
        usual = self._root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        styles = (*self.of_run(run), *self.of_paragraph(paragraph))
        holders = [run.find(qn("w:rPr")), *(style.find(qn("w:rPr")) for style in styles), usual]
        fonts = [holder.find(qn("w:rFonts")) for holder in holders if holder is not None]
        said = [
            [font.get(qn(f"w:{form}")) for font in fonts if font is not None] for form in _FONTS
        ]
        return {nearest for names in said if (nearest := next(filter(None, names), None))}

    def numbering(self, paragraph: etree._Element) -> etree._Element | None:
        """The paragraph's own ``w:numPr``, or its style's."""
        path = f"{qn('w:pPr')}/{qn('w:numPr')}"
        holders = (paragraph, *self.of_paragraph(paragraph))
        return next((found for h in holders if (found := h.find(path)) is not None), None)
