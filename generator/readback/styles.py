"""What the styles of a Word file make of a text: bold, size, colour, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from lxml.etree import _Element

MARKED_STYLE = "table text marked"
"""The paragraph style of a marked row's cells; a language may follow its name in brackets."""
TABLE_STYLE = "letter table"
"""The table style of the letter's tables."""
OFF = frozenset({"0", "false", "off"})

_RUN = qn("w:r")
_HEADING = re.compile(r"heading (\d)")


class Styles:
    """The styles of a Word file: bold ("b", for complex scripts "bCs"), and a few other properties.

    Bold of a paragraph's style and of a run's character style undo each other, as bold is a toggle
    property (ECMA-376 part 1, 17.7.3); a run's own bold stands above both.

    Args:
        root: The part ``word/styles.xml``.
    """

    def __init__(self, root: _Element) -> None:
        styles = root.findall(qn("w:style"))
        self._defaults = root.find(qn("w:docDefaults"))
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        of_paragraphs = (style for style in styles if style.get(qn("w:type")) == "paragraph")
        default = (
            style.get(qn("w:styleId"))
            for style in of_paragraphs
            if style.get(qn("w:default"), "0") not in OFF
        )
        self._default = next(default, "")
        self._bold = lru_cache(None)(self._find_bold)
        self.level = lru_cache(None)(self._find_level)
        """The outline level of a paragraph style, from 1; 0: no heading."""

    def of_paragraph(self, paragraph: _Element) -> str:
        """The id of a paragraph's style."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._default if named is None else str(named.get(qn("w:val")))

    def of_style(self, style: str) -> bool:
        """Whether a style is bold."""
        return self._bold(style, "b")

    def of_run(self, run: _Element, paragraph_style: str, name: str) -> bool:
        """Whether a run in a paragraph of that style is bold."""
        properties = run.find(qn("w:rPr")) if run.tag == _RUN else None
        if properties is None:
            return self._bold(paragraph_style, name)
        own = properties.find(qn(f"w:{name}"))
        if own is not None:
            return own.get(qn("w:val"), "1") not in OFF
        named = properties.find(qn("w:rStyle"))
        character = named is not None and self._bold(named.get(qn("w:val")), name)
        return self._bold(paragraph_style, name) != character

    def is_marked(self, style: str) -> bool:
        """Whether a paragraph style is that of marked rows."""
        shown = self.name(style)
        return shown == MARKED_STYLE or shown.startswith(f"{MARKED_STYLE} (")

    def name(self, style: str) -> str:
        """A style's name in small letters: Word translates ids, names it leaves alone."""
        found = self._styles.get(style)
        name = found.find(qn("w:name")) if found is not None else None
        return str(name.get(qn("w:val"))).lower() if name is not None else ""

    def value(self, styles: tuple[str, ...], name: str) -> str | None:
        """What the first of these styles that sets it, or the defaults, make of a text's property.

        "1" where it is set without a value; None where it is not set.
        """
        chains = (element for style in styles for element in self._chain(style))
        path = f"{qn('w:rPr')}/{qn(f'w:{name}')}"
        found = [element.find(path) for element in chains]
        if self._defaults is not None:
            found.append(self._defaults.find(f"{qn('w:rPrDefault')}/{path}"))
        set_ = (str(element.get(qn("w:val"), "1")) for element in found if element is not None)
        return next(set_, None)

    def spacings(self, style: str) -> Iterator[_Element]:
        """The spacing of a paragraph style, then of each that it is based on."""
        for element in self._chain(style):
            spacing = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
            if spacing is not None:
                yield spacing

    def _chain(self, identifier: str) -> Iterator[_Element]:
        seen = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            yield style
            parent = style.find(qn("w:basedOn"))
            identifier = "" if parent is None else str(parent.get(qn("w:val")))

    def _find_bold(self, identifier: str, name: str) -> bool:
        for style in self._chain(identifier):
            own = style.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}")
            if own is not None:
                return own.get(qn("w:val"), "1") not in OFF
        return False

    def _find_level(self, identifier: str) -> int:
        for style in self._chain(identifier):
            own = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if own is not None:
                return (int(own.get(qn("w:val"))) + 1) % 10  # 9 is body text (17.3.1.20)
        named = _HEADING.fullmatch(self.name(identifier))
        return int(named[1]) if named else 0
