"""A paragraph's words with what is bold and italic, and what in it cannot be carried over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from generator.inputs.word_texts.faults import Fault
from generator.inputs.word_texts.fonts import old_font_fault
from generator.inputs.word_texts.styles import Styles, is_on

LINE_END = "\n"

_AROUND = {qn(f"w:{name}") for name in ("smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")}
"""What may stand around words and says nothing of them."""
_SILENT = {
    *(qn(f"w:{name}") for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")),
    *(qn(f"w:{name}") for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "permStart")),
    *(qn(f"w:{name}") for name in ("permEnd", "lastRenderedPageBreak", "softHyphen")),
    *(qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "annotationRef")),
}
_CHANGES = {qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")}
_CHANGED_LOOKS = [qn(f"w:{name}") for name in ("rPrChange", "pPrChange", "numberingChange")]
_PICTURES = {
    *(qn(f"w:{name}") for name in ("drawing", "pict", "object")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}
_NOTES = {qn("w:footnoteReference"), qn("w:endnoteReference")}
_FIELDS = {qn(f"w:{name}") for name in ("fldSimple", "fldChar", "instrText")}
_LOOKS = {
    "w:u": "underlined",
    "w:strike": "struck out",
    "w:dstrike": "struck out",
    "w:vanish": "hidden",
    "w:webHidden": "hidden",
    "w:highlight": "highlighted",
    "w:vertAlign": "raised or lowered",
    "w:caps": "in capitals by a Word setting",
    "w:smallCaps": "in small capitals",
}
_NONE = ("0", "false", "off", "none", "baseline")

TRACKED = Fault(
    "tracked changes are not read",
    "In Word, Review: accept or reject all changes, and save.",
)
COMMENT = Fault("comments are not printed", "In Word, Review: delete the comments, and save.")
FIELD = Fault(
    "a field (a page number, a date, a reference) is not printed",
    "Click it, press Ctrl+Shift+F9 to make it plain text, or delete it.",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one style; a line end where Word has a break within the paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph: its words, and what of it is not among them."""

    pieces: tuple[Piece, ...]
    faults: tuple[Fault, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)


def read_words(paragraph: etree._Element, styles: Styles, links: dict[str, str]) -> Words:
    """The words of a ``w:p``.

    Args:
        paragraph: The paragraph.
        styles: The file's styles.
        links: Where the file's hyperlinks lead, by their ids.
    """
    found = list(_read(paragraph, paragraph, styles, links))
    faults = [entry for entry in found if isinstance(entry, Fault)]
    if any(next(paragraph.iter(tag), None) is not None for tag in _CHANGED_LOOKS):
        faults.append(TRACKED)
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if mark is not None and any(child.tag in _CHANGES for child in mark):
        faults.append(TRACKED)
    return Words(
        tuple(entry for entry in found if isinstance(entry, Piece)), tuple(dict.fromkeys(faults))
    )


def _read(
    parent: etree._Element, paragraph: etree._Element, styles: Styles, links: dict[str, str]
) -> Iterator[Piece | Fault]:
    for child in parent:
        if child.tag in _SILENT or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:r"):
            yield from _run(child, paragraph, styles)
        elif child.tag in _AROUND:
            yield from _read(child, paragraph, styles, links)
        elif child.tag == qn("w:hyperlink"):
            yield from _link(child, links)
            yield from _read(child, paragraph, styles, links)
        elif child.tag in _CHANGES:
            yield TRACKED
        else:
            yield _foreign(child)


def _link(link: etree._Element, links: dict[str, str]) -> Iterator[Fault]:
    """A link is no loss where its address is its text, as Word makes it of e-mail addresses."""
    address = links.get(link.get(qn("r:id"), ""), "")
    words = "".join(t.text or "" for t in link.iter(qn("w:t")))
    if address.removeprefix("mailto:").rstrip("/") not in (words, words.rstrip("/")):
        yield Fault(
            f"a link to {address or 'another place of the file'} is not printed",
            "Right-click it, choose Remove Hyperlink, and type the address if it is needed.",
        )


def _run(run: etree._Element, paragraph: etree._Element, styles: Styles) -> Iterator[Piece | Fault]:
    parts = list(_parts(run))
    text = "".join(part for part in parts if isinstance(part, str))
    yield from (part for part in parts if isinstance(part, Fault))
    if not text:
        return
    bold = is_on(styles.property_of(run, paragraph, "w:b")) or False
    italic = is_on(styles.property_of(run, paragraph, "w:i")) or False
    yield Piece(text, bold, italic)
    if text.strip():
        yield from _looks(run, paragraph, styles)
        if fault := old_font_fault(styles.fonts(run, paragraph)):
            yield fault


def _parts(run: etree._Element) -> Iterator[str | Fault]:
    for child in run:
        if child.tag == qn("w:t"):
            yield (child.text or "").replace("\n", " ")
        elif child.tag in (qn("w:tab"), qn("w:ptab")):
            yield " "
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield LINE_END if child.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "\u2011"
        elif child.tag not in _SILENT and isinstance(child.tag, str):
            yield _foreign(child)


def _looks(run: etree._Element, paragraph: etree._Element, styles: Styles) -> Iterator[Fault]:
    """Looks that may mean something, and that no letter has."""
    for name, look in _LOOKS.items():
        mark = styles.property_of(run, paragraph, name)
        if mark is not None and mark.get(qn("w:val"), "1").lower() not in _NONE:
            yield Fault(
                f"the words are {look}, which a letter does not print",
                "Select them and press Ctrl+Space; then make bold or italic what should be.",
            )


def _foreign(element: etree._Element) -> Fault:
    """The refusal of what is no text; the words of a text box are shown."""
    inside = "".join(t.text or "" for t in element.iter(qn("w:t"))).strip()
    if element.tag in _PICTURES:
        what = f"a text box (“{inside[:40]}”)" if inside else "a picture, shape or object"
        return Fault(f"{what} is not printed", "Type its words into the text, and delete it.")
    if element.tag in _NOTES:
        return Fault("a footnote is not printed", "Put its words into the text, and delete it.")
    if element.tag in _FIELDS:
        return FIELD
    if element.tag == qn("w:commentReference"):
        return COMMENT
    name = etree.QName(element).localname
    known = {"oMath": "an equation", "oMathPara": "an equation", "sym": "a symbol of a font"}
    what = known.get(name, f"what Word calls “{name}”")
    return Fault(f"{what} is not printed", "Type it as plain text, or delete it.")
