"""What is bold in a Word file: in a run itself, by its character style or by its paragraph's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from lxml.etree import _Element

MARKED_STYLE = "table text marked"
"""The paragraph style of a marked row's cells; a language may follow its name in brackets."""

_OFF = frozenset({"0", "false", "off"})
_RUN = qn("w:r")


class BoldStyles:
    """The styles of a Word file, asked for nothing but bold ("b", for complex scripts "bCs").

    Bold of a paragraph's style and of a run's character style undo each other, as bold is a toggle
    property (ECMA-376 part 1, 17.7.3); a run's own bold stands above both.

    Args:
        root: The part ``word/styles.xml``.
    """

    def __init__(self, root: _Element) -> None:
        styles = root.findall(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        of_paragraphs = (style for style in styles if style.get(qn("w:type")) == "paragraph")
        default = (
            style.get(qn("w:styleId"))
            for style in of_paragraphs
            if style.get(qn("w:default"), "0") not in _OFF
        )
        self._default = next(default, "")
        self._bold = lru_cache(None)(self._find_bold)
        self._marked = lru_cache(None)(self._find_marked)

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
            return own.get(qn("w:val"), "1") not in _OFF
        named = properties.find(qn("w:rStyle"))
        character = named is not None and self._bold(named.get(qn("w:val")), name)
        return self._bold(paragraph_style, name) != character

    def is_marked(self, style: str) -> bool:
        """Whether a paragraph style is that of marked rows."""
        return self._marked(style)

    def _find_bold(self, identifier: str, name: str) -> bool:
        seen = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            own = style.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}")
            if own is not None:
                return own.get(qn("w:val"), "1") not in _OFF
            parent = style.find(qn("w:basedOn"))
            identifier = "" if parent is None else parent.get(qn("w:val"))
        return False

    def _find_marked(self, identifier: str) -> bool:
        style = self._styles.get(identifier)
        name = style.find(qn("w:name")) if style is not None else None
        shown = str(name.get(qn("w:val"))).lower() if name is not None else ""
        return shown == MARKED_STYLE or shown.startswith(f"{MARKED_STYLE} (")
