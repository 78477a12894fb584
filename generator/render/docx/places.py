"""Where in ``letter.docx`` something stands, as an officer finds it: a paragraph, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from generator.render.docx.wordml import w

_MOST = 60
_SHOWN = {w("t"): "", w("delText"): "", w("tab"): " ", w("br"): " ", w("cr"): " "}
_FRAMES = {w("headerReference"): "header", w("footerReference"): "footer"}
_PAGES = {"first": "first page's ", "even": "even pages' "}
_NUMBERS = ("first", "second")

Places = Mapping[etree._Element, str]
"""Of each paragraph: 'paragraph 7, “{{ closing }}”'."""


def paragraph_places(root: etree._Element, part: str = "") -> Places:
    """Names every paragraph of a part.

    All count, in tables and text boxes too, from 1 in the order of the file.

    Args:
        root: The part.
        part: What to call it ("header of the first section"); "" for the text itself.
    """
    before = f"{part}, " if part else ""
    return {
        paragraph: f"{before}paragraph {number}, “{_excerpt(paragraph)}”"
        for number, paragraph in enumerate(root.iter(w("p")), 1)
    }


def place_of(element: etree._Element, places: Places) -> str:
    """The paragraph around an element, or else the first in it: a row has none around it."""
    above = (places[up] for up in (element, *element.iterancestors()) if up in places)
    return next(above, "") or _first_below(element, places)


def frame_names(document: etree._Element) -> dict[str, str]:
    """What heads and feet are called, by the ids that the document's sections refer to."""
    names: dict[str, str] = {}
    for number, section in enumerate(document.iter(w("sectPr"))):
        which = _NUMBERS[number] if number < len(_NUMBERS) else f"{number + 1}th"
        for reference in section.iterchildren(*_FRAMES):
            pages = _PAGES.get(reference.get(w("type"), ""), "")
            name = f"{pages}{_FRAMES[reference.tag]} of the {which} section"
            names.setdefault(str(next(iter(_identifiers(reference)), "")), name)
    return names


def own_text(paragraph: etree._Element) -> str:
    """A paragraph's text without that of text boxes in it."""
    pieces = own_pieces(paragraph, _SHOWN)
    return "".join(_SHOWN[piece.tag] or piece.text or "" for piece in pieces)


def own_pieces(paragraph: etree._Element, names: Iterable[str]) -> Iterator[etree._Element]:
    """What stands in the runs of a paragraph: a text box in it has paragraphs of its own."""
    for element in paragraph.iter(*names):
        in_run = element.getparent().tag == w("r")
        if in_run and next(element.iterancestors(w("p")), None) is paragraph:
            yield element


def _identifiers(reference: etree._Element) -> Iterator[str]:
    return (str(v) for name, v in reference.attrib.items() if etree.QName(name).localname == "id")


def _first_below(element: etree._Element, places: Places) -> str:
    holder = element.getparent()
    while holder is not None and next(holder.iter(w("p")), None) is None:
        holder = holder.getparent()
    inside = holder.iter(w("p")) if holder is not None else iter(())
    return next((places[p] for p in inside if p in places), "")


def _excerpt(paragraph: etree._Element) -> str:
    text = " ".join(own_text(paragraph).split())
    return text if len(text) <= _MOST else f"{text[:_MOST]} …"
