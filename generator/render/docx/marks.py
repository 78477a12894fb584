"""What a tag puts into a Word text, and how it becomes runs.

A value cannot know how the officer has formatted the tag it replaces. So it is printed as marks:
elements of our own namespace inside ``w:t``. ``expand_marks`` then cuts the run in pieces that
keep the tag's formatting and add to it what the content says (bold, a line break, a page number).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from generator.content import Inline
from generator.render.docx.runs import EMPHASES, emphasis, escape_text
from generator.render.docx.wordml import W, w

_MARK = "urn:patra:word-mark"
_NAMESPACES = {"w": W, "m": _MARK}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOLD, _ITALIC = ("b", "bCs"), ("i", "iCs")

BREAK = f'<m:break xmlns:m="{_MARK}"/>'
NOTHING = f'<m:nothing xmlns:m="{_MARK}"/>'
"""Printed by a value that is empty: a paragraph with nothing else in it is left out."""


def inline_marks(inline: Inline) -> str:
    """An inline as text and marks for the inside of a ``w:t``."""
    return "".join(
        styled_mark(escape_text(span.text), bold=span.bold, italic=span.italic) for span in inline
    )


def styled_mark(markup: str, *, bold: bool = False, italic: bool = False) -> str:
    """Escaped text, with a mark around it where it is bold or italic."""
    style = emphasis(bold=bold, italic=italic)
    return f'<m:styled xmlns:m="{_MARK}" as="{style}">{markup}</m:styled>' if style else markup


def field_mark(instruction: str, value: int) -> str:
    """A field (PAGE, SECTIONPAGES) with the value it shows until Word counts anew."""
    return f'<m:field xmlns:m="{_MARK}" instruction="{instruction}">{value}</m:field>'


def drawing_mark(drawing: str) -> str:
    """A ``w:drawing``, given as XML, in the text's line."""
    return f'<m:drawing xmlns:m="{_MARK}">{drawing}</m:drawing>'


def expand_marks(root: etree._Element) -> None:
    """Turns every mark below ``root`` into runs, and leaves out paragraphs of empty values."""
    emptied = root.xpath(".//w:p[.//m:nothing]", namespaces=_NAMESPACES)
    for run in root.xpath(".//w:r[w:t/m:*]", namespaces=_NAMESPACES):
        _expand_run(run)
    for paragraph in emptied:
        _drop_if_blank(paragraph)


def _expand_run(run: etree._Element) -> None:
    properties = run.find(w("rPr"))
    pieces: list[etree._Element] = []
    for child in run:
        if child.tag == w("t"):
            pieces += _text_pieces(properties, child)
        elif child is not properties:
            pieces.append(_run(properties, deepcopy(child)))
    at = run.getparent().index(run)
    run.getparent()[at : at + 1] = pieces


def _text_pieces(
    properties: etree._Element | None, text: etree._Element
) -> Iterator[etree._Element]:
    yield from _text_runs(properties, text.text)
    for mark in text:
        yield from _mark_runs(properties, mark)
        yield from _text_runs(properties, mark.tail)


def _mark_runs(properties: etree._Element | None, mark: etree._Element) -> Iterator[etree._Element]:
    match etree.QName(mark).localname:
        case "styled":
            yield from _text_runs(properties, mark.text, mark.get("as"))
        case "break":
            yield _run(properties, etree.Element(w("br")))
        case "drawing":
            yield _run(properties, mark[0])
        case "field":
            yield from _field_runs(properties, mark)


def _field_runs(
    properties: etree._Element | None, mark: etree._Element
) -> Iterator[etree._Element]:
    instruction = etree.Element(w("instrText"), {_SPACE: "preserve"})
    instruction.text = f" {mark.get('instruction')} "
    yield _run(properties, _field_character("begin"))
    yield _run(properties, instruction)
    yield _run(properties, _field_character("separate"))
    yield from _text_runs(properties, mark.text)
    yield _run(properties, _field_character("end"))


def _field_character(kind: str) -> etree._Element:
    return etree.Element(w("fldChar"), {w("fldCharType"): kind})


def _text_runs(
    properties: etree._Element | None, content: str | None, style: str = ""
) -> Iterator[etree._Element]:
    if content:
        text = etree.Element(w("t"), {_SPACE: "preserve"})
        text.text = content
        run = _run(properties, text)
        if style:
            _emphasise(run, style)
        yield run


def _run(properties: etree._Element | None, *children: etree._Element) -> etree._Element:
    run = etree.Element(w("r"))
    if properties is not None:
        run.append(deepcopy(properties))
    run.extend(children)
    return run


def _emphasise(run: etree._Element, name: str) -> None:
    """Gives a run a character style; where the tag has one of its own, what the style would do."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    switched = [n for n, on in zip((_BOLD, _ITALIC), EMPHASES[name], strict=True) if on]
    for old in [properties.find(w(twin)) for twins in switched for twin in twins]:
        if old is not None:
            properties.remove(old)
    if properties.find(w("rStyle")) is None:
        properties.insert(0, etree.Element(w("rStyle"), {w("val"): name}))
    else:
        at = sum(child.tag in (w("rStyle"), w("rFonts")) for child in properties)
        properties[at:at] = [etree.Element(w(twin)) for twins in switched for twin in twins]


def _drop_if_blank(paragraph: etree._Element) -> None:
    """Removes a paragraph without text, unless a cell, header or footer would be left empty."""
    has_text = any((text.text or "").strip() for text in paragraph.iter(w("t")))
    if has_text or next(paragraph.iter(w("drawing")), None) is not None:
        return
    parent = paragraph.getparent()
    neighbours = (paragraph.getprevious(), paragraph.getnext())
    if parent.tag == w("body") or any(n is not None and n.tag == w("p") for n in neighbours):
        parent.remove(paragraph)
