"""What a Word style says: heading, bold, italic, font, numbering; inherited as Word does.

Styles are known by their names, which are English in every language of Word ("heading 1"), not by
their ids, which are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from docx.document import Document
from lxml import etree

from generator.inputs.word_texts.names import qn

DEEPEST = 3
_HEADING = re.compile(r"heading (\d)")
_OFF = ("0", "false", "off", "none")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BODY_LEVEL = 9
"""Word's outline level of a paragraph that is no heading (ECMA-376 17.3.1.20)."""


def is_on(mark: etree._Element | None) -> bool | None:
    """Whether a property such as ``w:b`` is on; None where it is not said."""
    return None if mark is None else mark.get(qn("w:val"), "1").lower() not in _OFF


class Styles:
    """The styles of one Word file."""

    def __init__(self, document: Document) -> None:
        self._root, self._part = document.styles.element, document.part
        self._chains: dict[str | None, list[etree._Element]] = {}
        self._found: dict[tuple[str, str], etree._Element | None] = {}

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

    def chain(self, identifier: str | None) -> list[etree._Element]:
        """A style and those that it is based on, nearest first."""
        if identifier not in self._chains:
            self._chains[identifier] = list(self._follow(identifier))
        return self._chains[identifier]

    def _follow(self, identifier: str | None) -> Iterator[etree._Element]:
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
        return self.chain(named.get(qn("w:val")) if named is not None else self._usual)

    def of_run(self, run: etree._Element) -> list[etree._Element]:
        """The character styles of a run, nearest first."""
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        return self.chain(named.get(qn("w:val")) if named is not None else None)

    def heading_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for any other paragraph; a title counts as 1.

        A heading is known by its style's name, else by the outline level that it or its style has.
        """
        for style in self.of_paragraph(paragraph):
            name = style.find(qn("w:name"))
            spelt = name.get(qn("w:val"), "").casefold() if name is not None else ""
            if found := _HEADING.fullmatch(spelt):
                return int(found[1])
            if spelt == "title":
                return 1
        level = _first((paragraph, *self.of_paragraph(paragraph)), "w:pPr", "w:outlineLvl")
        depth = int(level.get(qn("w:val"), _BODY_LEVEL)) if level is not None else _BODY_LEVEL
        return depth + 1 if depth < _BODY_LEVEL else 0

    def property_of(
        self, run: etree._Element, paragraph: etree._Element | None, name: str
    ) -> etree._Element | None:
        """A run's property as it holds: its own, its character style's, its paragraph style's.

        Without a paragraph: the run's own and its character style's alone.
        """
        own = _first((run,), "w:rPr", name)
        if own is None:
            own = self._of_styles(self.of_run(run), name)
        if own is None and paragraph is not None:
            own = self._of_styles(self.of_paragraph(paragraph), name)
        return own

    def _of_styles(self, chain: list[etree._Element], name: str) -> etree._Element | None:
        """A property of a run as a chain of styles has it; looked up once for each."""
        if not chain:
            return None
        key = chain[0].get(qn("w:styleId"), ""), name
        if key not in self._found:
            self._found[key] = _first(chain, "w:rPr", name)
        return self._found[key]

    def is_marked(self, run: etree._Element, paragraph: etree._Element, name: str) -> bool:
        """Whether a run is bold (``w:b``) or italic: styles switch it over (ECMA-376 17.7.3)."""
        own = run.find(f"{qn('w:rPr')}/{qn(name)}")
        if own is not None:
            return bool(is_on(own))
        chains = (self.of_run(run), self.of_paragraph(paragraph))
        by_style = [bool(is_on(self._of_styles(chain, name))) for chain in chains]
        return by_style[0] != by_style[1] or self._always(name)

    def _always(self, name: str) -> bool:
        """Whether the whole file is bold or italic by its defaults."""
        return bool(is_on(_first(self._defaults, "w:rPr", name)))

    @cached_property
    def _defaults(self) -> list[etree._Element]:
        return list(self._root.iter(qn("w:rPrDefault")))

    def font(self, run: etree._Element, paragraph: etree._Element, form: str) -> str:
        """The font in which a run's letters are shown: of the form ``ascii``, ``hAnsi``, ``cs``."""
        holders = (run, *self.of_run(run), *self.of_paragraph(paragraph), *self._defaults)
        fonts = (holder.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for holder in holders)
        names = (self._named(font, form) for font in fonts if font is not None)
        return next(filter(None, names), "")

    def _named(self, font: etree._Element, form: str) -> str:
        """A font by its name, or as the file's theme has it, which goes before (17.3.2.26)."""
        theme = self._theme.get(font.get(qn(f"w:{form}Theme"), "")[:5], "")
        return theme or font.get(qn(f"w:{form}"), "")

    @cached_property
    def _theme(self) -> dict[str, str]:
        """The theme's fonts of Latin letters: of headings ("major") and of text ("minor")."""
        related = (r for r in self._part.rels.values() if r.reltype.endswith("/theme"))
        blob = next((r.target_part.blob for r in related if not r.is_external), b"")
        root = (
            etree.fromstring(blob, etree.XMLParser(resolve_entities=False, recover=True))
            if blob
            else None
        )
        found = root.iter(f"{_DRAWING}latin") if root is not None else ()
        return {etree.QName(f.getparent()).localname[:5]: f.get("typeface", "") for f in found}

    def numbering(self, paragraph: etree._Element) -> etree._Element | None:
        """The paragraph's own ``w:numPr``, or its style's."""
        return _first((paragraph, *self.of_paragraph(paragraph)), "w:pPr", "w:numPr")

    def list_of(self, style: str) -> etree._Element | None:
        """The ``w:numPr`` of a style of lists."""
        return _first(self.chain(style), "w:pPr", "w:numPr")


def _first(holders: Sequence[etree._Element], properties: str, name: str) -> etree._Element | None:
    """The property of the first of them that has one."""
    path = f"{qn(properties)}/{qn(name)}"
    return next((found for holder in holders if (found := holder.find(path)) is not None), None)
