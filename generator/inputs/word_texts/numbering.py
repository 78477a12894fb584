"""Word's own numbers and bullets: of which sort a list paragraph is, and which number it bears."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.document import Document
from lxml import etree

from generator.inputs.word_texts.faults import Fault
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.styles import Styles

_PLAIN = re.compile(r"%1[.)]?")
"""A level's text where its paragraphs are numbered 1., 2., 3."""
_ALONE = re.compile(r"[\W_]*%\d[\W_]*")
"""A level's text that holds nothing but its own number or letter and signs."""
_LETTERED = re.compile("(?:lower|upper)(?:Letter|Roman)|hindi(?:Vowels|Consonants)|decimal")


@dataclass(frozen=True, slots=True)
class Marker:
    """``kind`` is "bullet", "number" (a numbered paragraph) or "item" (a sub-item).

    ``depth`` is the level of the list, from 0; ``fault`` says what of the mark would be lost.
    """

    kind: str
    number: int = 0
    depth: int = 0
    fault: Fault | None = None


class Numbering:
    """Counts a file's list paragraphs as Word does; ask for each paragraph once, in order."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()
        """Lists, by level, that start anew and have begun."""
        related = document.part.rels.values()
        lists = (r.target_part.element for r in related if r.reltype.endswith("/numbering"))
        root = next(lists, None)
        self._numbers = _children(root, "w:num", "w:numId")
        self._lists = _children(root, "w:abstractNum", "w:abstractNumId")

    def marker(self, paragraph: etree._Element) -> Marker | None:
        """The paragraph's number or bullet; None where it has none."""
        mark = self._styles.numbering(paragraph)
        identifier = (_value(mark, "w:numId") if mark is not None else None) or "0"
        number = self._numbers.get(identifier)
        listed = self._list_of(number)
        if mark is None or number is None or listed is None:
            return None
        depth = self._depth(mark, paragraph, listed)
        own = _at_depth(number, "w:lvlOverride", depth)
        level = own.find(qn("w:lvl")) if own is not None else None
        level = _at_depth(listed, "w:lvl", depth) if level is None else level
        form = (_value(level, "w:numFmt") if level is not None else None) or "decimal"
        if form in ("none", "bullet"):
            return Marker("bullet", depth=depth) if form == "bullet" else None
        again = _value(own, "w:startOverride") if own is not None else None
        first = again or (_value(level, "w:start") if level is not None else None)
        count = self._count(listed, depth, int(first or 1), identifier if again else "")
        shown = (_value(level, "w:lvlText") if level is not None else None) or f"%{depth + 1}."
        return _numbered(form, shown, count, depth)

    def _list_of(self, number: etree._Element | None) -> etree._Element | None:
        """The list's levels; they may stand in those of a style of lists."""
        listed = (
            self._lists.get(_value(number, "w:abstractNumId") or "") if number is not None else None
        )
        style = _value(listed, "w:numStyleLink") if listed is not None else None
        if style is None:
            return listed
        mark = self._styles.list_of(style)
        linked = self._numbers.get(_value(mark, "w:numId") or "") if mark is not None else None
        found = (
            self._lists.get(_value(linked, "w:abstractNumId") or "") if linked is not None else None
        )
        return listed if found is None else found

    def _depth(
        self, mark: etree._Element, paragraph: etree._Element, listed: etree._Element
    ) -> int:
        """The level of a list: a paragraph may name it, or its style may be that of a level."""
        if said := _value(mark, "w:ilvl"):
            return int(said)
        styles = {style.get(qn("w:styleId")) for style in self._styles.of_paragraph(paragraph)[:1]}
        levels = (lvl for lvl in listed.iter(qn("w:lvl")) if _value(lvl, "w:pStyle") in styles)
        return int(next((lvl.get(qn("w:ilvl"), 0) for lvl in levels), 0))

    def _count(self, listed: etree._Element, depth: int, start: int, anew: str) -> int:
        name = listed.get(qn("w:abstractNumId"), "")
        if anew and (anew, depth) not in self._begun:
            self._begun.add((anew, depth))
            self._counts.pop((name, depth), None)
        self._counts[name, depth] = count = self._counts.get((name, depth), start - 1) + 1
        for key in [k for k in self._counts if k[0] == name and k[1] > depth]:
            del self._counts[key]
        return count


def _numbered(form: str, shown: str, count: int, depth: int) -> Marker:
    if depth == 0 and form == "decimal" and _PLAIN.fullmatch(shown):
        return Marker("number", count)
    fault = None
    if not _LETTERED.fullmatch(form) or not _ALONE.fullmatch(shown):
        fault = Fault(
            f"Word's automatic number of the form “{re.sub('%[0-9]', '1', shown)}” is not printed",
            "Switch it off, and type what should stand there; or use 1., 2., 3. and a, b, c.",
        )
    return Marker("item", count, depth, fault)


def _children(root: etree._Element | None, tag: str, key: str) -> dict[str, etree._Element]:
    found = root.iter(qn(tag)) if root is not None else ()
    return {element.get(qn(key), ""): element for element in found}


def _at_depth(parent: etree._Element, tag: str, depth: int) -> etree._Element | None:
    return next((e for e in parent.iter(qn(tag)) if e.get(qn("w:ilvl")) == str(depth)), None)


def _value(parent: etree._Element, tag: str) -> str | None:
    child = parent.find(qn(tag))
    return str(child.get(qn("w:val"))) if child is not None else None
