"""What Word and LibreOffice put into ``letter.docx`` beside the officer's work is taken out again.

Word cuts a tag into runs wherever it has looked at its spelling or has seen it edited, sets round
quotation marks and wraps text in containers of its own. After this a tag is one text in one run.
"""

from __future__ import annotations

import re

from lxml import etree

from generator.render.docx.places import own_pieces
from generator.render.docx.wordml import w

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACES = (
    *("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "noProof"),
    *("permStart", "permEnd", "smartTagPr", "customXmlPr", "sdtPr", "sdtEndPr"),
)
"""What Word notes for itself, and what must not occur twice in a document."""
_CONTAINERS = ("smartTag", "customXml", "sdtContent", "sdt")
"""Hold text and add nothing to its look; their ids must not occur twice in a document."""
_IDENTIFIERS = frozenset({"paraId", "textId", "anchorId", "editId"})
_SIDES = {"start": "left", "end": "right"}
_ON_OFF = {"true": "on", "1": "on", "false": "off", "0": "off"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SIGNS = {w("t"): "", w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-"}
_TYPED = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t\r\n", " "),
    **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff", ""),
}
"""What Word makes of quotation marks and spaces as they are typed, or brings in by pasting."""
_AS_TYPED = str.maketrans(_TYPED)


def tidy_part(root: etree._Element) -> None:
    """Takes Word's own notes out of a part and makes each tag one text again."""
    for name in _TRACES:
        for element in list(root.iter(w(name))):
            element.getparent().remove(element)
    for element in root.iter(etree.Element):
        for attribute in list(element.attrib):
            local = etree.QName(attribute).localname
            if local.startswith("rsid") or local in _IDENTIFIERS:
                del element.attrib[attribute]
    _write_as_word(root)
    for paragraph in root.iter(w("p")):
        _heal_tags(paragraph)


def open_containers(root: etree._Element) -> None:
    """Puts what stands in content controls and smart tags in their place.

    Of what Word keeps in two forms, for newer and older programs (text boxes), the newer is kept:
    its words must not stand twice in a letter.
    """
    for alternate in list(root.iter(f"{_MC}AlternateContent")):
        if alternate.find(f"{_MC}Choice") is not None:
            for old in alternate.findall(f"{_MC}Fallback"):
                alternate.remove(old)
    for name in _CONTAINERS:
        for container in list(root.iter(w(name))):
            at = container.getparent().index(container)
            container.getparent()[at : at + 1] = list(container)


def _write_as_word(root: etree._Element) -> None:
    """LibreOffice writes a few values of tables in words that Word's own schema has not."""
    for aligned in root.iterfind(f".//{w('tblPr')}/{w('jc')}"):
        aligned.set(w("val"), _SIDES.get(aligned.get(w("val")), aligned.get(w("val"))))
    for switch in root.iter(w("cantSplit"), w("tblHeader"), w("hidden")):
        if switch.get(w("val")) in _ON_OFF:
            switch.set(w("val"), _ON_OFF[switch.get(w("val"))])


def _heal_tags(paragraph: etree._Element) -> None:
    pieces = list(own_pieces(paragraph, _SIGNS))
    texts = [_SIGNS[piece.tag] or piece.text or "" for piece in pieces]
    before, text = tuple(texts), "".join(texts)
    for found in reversed(list(_TAG.finditer(text))):
        _put_together(texts, found)
    for piece, old, new in zip(pieces, before, texts, strict=True):
        if new == old:
            continue
        if new:
            piece.text = new
            piece.set(_SPACE, "preserve")
        else:
            _drop(piece)


def _drop(piece: etree._Element) -> None:
    """Takes a piece away, and its run where nothing is left in it."""
    run = piece.getparent()
    run.remove(piece)
    if all(child.tag == w("rPr") for child in run):
        run.getparent().remove(run)


def _put_together(texts: list[str], found: re.Match[str]) -> None:
    """Writes a tag into the piece that it begins in, and takes it out of the others."""
    tag = found[0].translate(_AS_TYPED)
    begin = 0
    for number, text in enumerate(texts):
        start, end = found.start() - begin, found.end() - begin
        begin += len(text)
        if end <= 0 or start >= len(text):
            continue
        texts[number] = text[: max(start, 0)] + (tag if start >= 0 else "") + text[end:]
