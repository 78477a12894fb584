"""Word's own numbers and bullets: of which sort a list paragraph is, and which number it bears."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from generator.inputs.word_texts.styles import Styles

_PLAIN = re.compile(r"%1[.)]?")
"""A level's text where its paragraphs are numbered 1., 2., 3."""


@dataclass(frozen=True, slots=True)
class Marker:
    """``kind`` is "bullet", "number" (a numbered paragraph) or "item" (a sub-item)."""

    kind: str
    number: int = 0


class Numbering:
    """Counts a file's list paragraphs as Word does; ask for each paragraph once, in order."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[tuple[str, int], int] = {}
        related = document.part.rels.values()
        lists = (r.target_part.element for r in related if r.reltype.endswith("/numbering"))
        root = next(lists, None)
        self._numbers = _children(root, "w:num", "w:numId")
        self._lists = _children(root, "w:abstractNum", "w:abstractNumId")

    def marker(self, paragraph: etree._Element) -> Marker | None:
        """The paragraph's number or bullet; None where it has none."""
        mark = self._styles.numbering(paragraph)
        identifier = _value(mark, "w:numId") if mark is not None else None
        number = self._numbers.get(identifier or "0")
        if mark is None or number is None:
            return None
        depth = int(_value(mark, "w:ilvl") or 0)
        level, start = self._level(number, depth)
        form = (_value(level, "w:numFmt") if level is not None else None) or "decimal"
        if form == "none":
            return None
        if form == "bullet":
            return Marker("bullet")
        listed = _value(number, "w:abstractNumId") or ""
        count = self._count(listed, depth, start)
        shown = (_value(level, "w:lvlText") if level is not None else None) or "%1."
        numbered = depth == 0 and form == "decimal" and _PLAIN.fullmatch(shown)
        return Marker("number" if numbered else "item", count)

    def _level(self, number: etree._Element, depth: int) -> tuple[etree._Element | None, int]:
        listed = self._lists.get(_value(number, "w:abstractNumId") or "")
        own = _at_depth(number, "w:lvlOverride", depth)
        level = own.find(qn("w:lvl")) if own is not None else None
        if level is None and listed is not None:
            level = _at_depth(listed, "w:lvl", depth)
        start = _value(own, "w:startOverride") if own is not None else None
        if start is None and level is not None:
            start = _value(level, "w:start")
        return level, int(start or 1)

    def _count(self, listed: str, depth: int, start: int) -> int:
        self._counts[listed, depth] = count = self._counts.get((listed, depth), start - 1) + 1
        for key in [k for k in self._counts if k[0] == listed and k[1] > depth]:
            del self._counts[key]
        return count


def _children(root: etree._Element | None, tag: str, key: str) -> dict[str, etree._Element]:
    found = root.iter(qn(tag)) if root is not None else ()
    return {element.get(qn(key), ""): element for element in found}


def _at_depth(parent: etree._Element, tag: str, depth: int) -> etree._Element | None:
    return next((e for e in parent.iter(qn(tag)) if e.get(qn("w:ilvl")) == str(depth)), None)


def _value(parent: etree._Element, tag: str) -> str | None:
    child = parent.find(qn(tag))
    return str(child.get(qn("w:val"))) if child is not None else None
