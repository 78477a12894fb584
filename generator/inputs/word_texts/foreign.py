"""What is no text in a Word file, and how its refusal is worded: pictures, fields, changes."""

from __future__ import annotations

from lxml import etree

from generator.inputs.clean import shorten
from generator.inputs.word_texts.faults import SHOWN_LOST, Fault
from generator.inputs.word_texts.names import qn

TRACKED = Fault(
    "tracked changes are not read",
    "In Word, Review: accept or reject all changes, and save.",
)
COMMENT = Fault("comments are not printed", "In Word, Review: delete the comments, and save.")
FIELD = Fault(
    "a field (a page number, a date, a reference) is not printed",
    "Click it, press Ctrl+Shift+F9 to make it plain text, or delete it.",
)

_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
TEXTS = (qn("w:t"), qn("w:delText"), f"{{{_MATHS}}}t")
"""Elements that hold letters, deleted ones and those of equations too."""
_CHANGES = {qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")}
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_PICTURES = {*(qn(f"w:{name}") for name in ("drawing", "pict", "object")), _ALTERNATIVES}
_NOTES = {qn("w:footnoteReference"), qn("w:endnoteReference")}
FIELDS = {qn(f"w:{name}") for name in ("fldSimple", "fldChar", "instrText")}
_KNOWN = {
    "oMath": "an equation",
    "oMathPara": "an equation",
    "sym": "a symbol of a font",
    "altChunk": "another file inside this one",
}


def foreign(element: etree._Element) -> Fault:
    """The refusal of what is no text; words that it holds are shown."""
    inside = shorten(words_inside(element), SHOWN_LOST)
    shown = f" (“{inside}”)" if inside else ""
    if element.tag in _CHANGES:
        return Fault(f"{TRACKED.what}{shown}", TRACKED.remedy)
    if element.tag in _PICTURES:
        what = f"a text box{shown}" if inside else "a picture, shape or object"
        return Fault(f"{what} is not printed", "Type its words into the text, and delete it.")
    if element.tag in _NOTES:
        return Fault("a footnote is not printed", "Put its words into the text, and delete it.")
    if element.tag in FIELDS:
        return Fault(f"{FIELD.what}{shown}", FIELD.remedy)
    if element.tag == qn("w:commentReference"):
        return COMMENT
    name = etree.QName(element).localname
    what = _KNOWN.get(name, f"what Word calls “{name}”")
    return Fault(f"{what}{shown} is not printed", "Type it as plain text, or delete it.")


def words_inside(element: etree._Element) -> str:
    """The words of what is no part of the text; of two alternatives, the first."""
    if element.tag == _ALTERNATIVES:
        element = next(iter(element), element)
    return "".join(t.text or "" for t in element.iter(*TEXTS)).strip()


def has_changes(element: etree._Element) -> bool:
    """Whether the properties of a paragraph, table or row were changed by a tracked change.

    A tracked change of looks is kept as the looks of before (``w:rPrChange`` and others), that of a
    paragraph's end or a row as a mark among their properties.
    """
    return any(map(_is_change, element.iter(f"{_WORD}*")))


_MARKS = {*_CHANGES, qn("w:cellIns"), qn("w:cellDel"), qn("w:cellMerge")}
_MARKED = {qn(f"w:{name}") for name in ("rPr", "trPr", "tcPr", "numPr")}


_WORD = qn("w:p").removesuffix("p")


def _is_change(element: etree._Element) -> bool:
    parent = element.getparent()
    marked = parent is not None and parent.tag in _MARKED and element.tag in _MARKS
    return marked or str(element.tag).endswith("Change")
