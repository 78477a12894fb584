"""Tracked changes and comments in ``letter.docx``: refused, since they would go into letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.places import paragraph_places, place_of
from generator.render.docx.wordml import W, w

_MOST = 12
_KINDS = {
    "ins": "inserted",
    "del": "deleted",
    "moveFrom": "moved away",
    "moveTo": "moved here",
    "cellIns": "a cell inserted",
    "cellDel": "a cell deleted",
    "cellMerge": "cells merged",
    "numberingChange": "numbering changed",
    "rPrChange": "the look of letters changed",
    "pPrChange": "the look of a paragraph changed",
    "sectPrChange": "the page set-up changed",
    "tblPrChange": "a table changed",
    "tblPrExChange": "a table changed",
    "tblGridChange": "a table changed",
    "trPrChange": "a row changed",
    "tcPrChange": "a cell changed",
    "commentReference": "a comment",
    "commentRangeStart": "a comment",
}
"""Elements of revisions and comments (ECMA-376 17.13.4 and 17.13.5) and what to call them."""
_MARK = {"ins": "a paragraph inserted", "del": "a paragraph deleted"}
_ROW = {"ins": "a row inserted", "del": "a row deleted"}
_CONFLICTS = ("conflictIns", "conflictDel")
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"


def refuse_revisions(roots: Mapping[str, etree._Element], file: str) -> None:
    """Looks at the text, and at all heads and feet.

    Args:
        roots: The parts by what to call them; "" is the text.
        file: The template's name, for messages.

    Raises:
        TemplateError: They hold tracked changes or comments; each place is told.
    """
    found = [told for part, root in roots.items() for told in _revisions(root, part)]
    if not found:
        return
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    raise TemplateError(
        f"{file} holds tracked changes or comments; they would go into every letter: "
        f"{'; '.join(found[:_MOST])}{more}.",
        "In Word, on the Review tab, accept or reject all changes, delete all comments, switch "
        "Track Changes off, and save.",
    )


def _revisions(root: etree._Element, part: str) -> list[str]:
    places = paragraph_places(root, part)
    told = (
        f"{place_of(element, places) or part or 'the whole text'}: {kind}"
        for element, kind in marks(root)
    )
    return list(dict.fromkeys(told))


def marks(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every tracked change and comment, and what to call it."""
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.namespace == W and name.localname in _KINDS:
            yield element, _kind(element, name.localname)
        elif name.namespace == _WORD_2010 and name.localname in _CONFLICTS:
            yield element, "changed by two people at once"


def _kind(element: etree._Element, name: str) -> str:
    """Inside properties the mark is on a paragraph's end or a row, not on a text."""
    parent = element.getparent()
    if parent is not None and parent.tag == w("trPr"):
        return _ROW.get(name, _KINDS[name])
    if parent is not None and parent.tag == w("rPr"):
        return _MARK.get(name, _KINDS[name])
    return _KINDS[name]
