"""A paragraph's words with what is bold and italic, and what in it cannot be carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.inputs.word_texts.faults import Fault, unique
from generator.inputs.word_texts.foreign import TRACKED, foreign, has_changes
from generator.inputs.word_texts.looks import LINK_LOOKS, is_marked, look_faults
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.styles import Styles

LINE_END = "\n"

_AROUND = {qn(f"w:{name}") for name in ("smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")}
"""What may stand around words and says nothing of them."""
SILENT = {
    *(qn(f"w:{name}") for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")),
    *(qn(f"w:{name}") for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "permStart")),
    *(qn(f"w:{name}") for name in ("permEnd", "lastRenderedPageBreak", "softHyphen", "sectPr")),
    *(qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "annotationRef")),
}
"""What holds no words, and of whose looks nothing is lost."""
_SCHEME = re.compile(r"(?:mailto:|https?://)", re.IGNORECASE)
_WHITE = re.compile(r"[\t\r\n]")


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
    if has_changes(paragraph):
        faults.append(TRACKED)
    return Words(tuple(entry for entry in found if isinstance(entry, Piece)), unique(faults))


def _read(
    parent: etree._Element, paragraph: etree._Element, styles: Styles, links: dict[str, str]
) -> Iterator[Piece | Fault]:
    for child in parent:
        if child.tag in SILENT or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:r"):
            yield from _run(child, paragraph, styles)
        elif child.tag in _AROUND:
            yield from _read(child, paragraph, styles, links)
        elif child.tag == qn("w:hyperlink"):
            yield from _link(child, paragraph, styles, links)
        else:
            yield foreign(child)


def _link(
    link: etree._Element, paragraph: etree._Element, styles: Styles, links: dict[str, str]
) -> Iterator[Piece | Fault]:
    """A link is no loss where its address is its text, as Word makes it of e-mail addresses.

    Its blue line is then Word's own, and says nothing.
    """
    address = links.get(link.get(qn("r:id"), ""), "")
    words = "".join(t.text or "" for t in link.iter(qn("w:t")))
    bare = _SCHEME.sub("", address).rstrip("/")
    inside = _read(link, paragraph, styles, links)
    if bare and bare == _SCHEME.sub("", words.strip()).rstrip("/"):
        yield from (entry for entry in inside if entry not in LINK_LOOKS)
        return
    yield Fault(
        f"a link to {address or 'another place of the file'} is not printed",
        "Right-click it, choose Remove Hyperlink, and type the address if it is needed.",
    )
    yield from inside


def _run(run: etree._Element, paragraph: etree._Element, styles: Styles) -> Iterator[Piece | Fault]:
    parts = list(_parts(run))
    text = "".join(part for part in parts if isinstance(part, str))
    yield from (part for part in parts if isinstance(part, Fault))
    if not text:
        return
    bold, italic = (is_marked(run, paragraph, styles, text, name) for name in ("w:b", "w:i"))
    yield Piece(text, bold, italic)
    if text.strip():
        yield from look_faults(run, paragraph, styles, text)


def _parts(run: etree._Element) -> Iterator[str | Fault]:
    for child in run:
        if child.tag == qn("w:t"):
            yield _WHITE.sub(" ", child.text or "")
        elif child.tag in (qn("w:tab"), qn("w:ptab")):
            yield " "
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield LINE_END if child.get(qn("w:type"), "textWrapping") == "textWrapping" else " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in SILENT and isinstance(child.tag, str):
            yield foreign(child)
