"""What a ``letter.docx`` would fetch or start when a letter is opened: nothing is let in.

Lists of what is allowed: fields, and the kinds of parts by their names' endings. Names of what Word
may fetch are many, and new versions add to them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.wordml import R, parse, r, w

_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CLICKED = frozenset({f"{R}/hyperlink", f"{_STRICT}/hyperlink"})
"""What Word follows only when it is clicked."""
_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "SEQ", "REF", "PAGEREF"}
    | {"HYPERLINK"}
)
"""Fields that show what is in the letter; others fetch, ask, or change from day to day."""
_INSTRUCTIONS = (w("fldChar"), w("instrText"), w("delInstrText"), w("fldSimple"))
_FOREIGN = (w("altChunk"), w("attachedTemplate"), w("mailMerge"), w("subDoc"), w("control"))
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)\b")
"""What only entities need: names for other files, or for texts that grow without end."""
_PROGRAMS = re.compile(r"(^|/)(vbaProject|vbaData|activeX|embeddings)", re.IGNORECASE)
_PROGRAM_KINDS = re.compile(
    r"/(vba\w*|wordVba\w*|oleObject|package|control|activeX\w*|aFChunk|subDocument|"
    r"attached\w+|frame|mailMerge\w*)$",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:[\w\[\] .-]+/)*[\w\[\] .-]*\.(xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|odttf)"
    r"|word/printerSettings/[\w.-]+\.bin",
    re.IGNORECASE | re.ASCII,
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|\\|//", re.IGNORECASE)
MOST_XML = 3_000_000
"""Bytes of a part in XML: a template's own text has some ten thousand."""


def refuse_outside(parts: Mapping[str, bytes], name: str) -> None:
    """Looks at every part of a template.

    Args:
        parts: The package.
        name: The template's name, for messages.

    Raises:
        TemplateError: It is linked to a file or address elsewhere, or carries a program.
        lxml.etree.XMLSyntaxError: A part is not well-formed.
    """
    found = list(dict.fromkeys(_links(parts)))
    if found:
        raise TemplateError(
            f"{name} takes from elsewhere: {'; '.join(found[:9])}.",
            "In Word, put pictures in with Insert (not Link), detach the template in the Developer "
            "tab, remove fields and objects that fetch something, and save as .docx.",
        )


def _links(parts: Mapping[str, bytes]) -> Iterator[str]:
    for part in sorted(parts):
        data = parts[part]
        if _PROGRAMS.search(part):
            yield f"{part} is a program or a foreign object"
        elif not _PARTS.fullmatch(part) or ".." in part.split("/"):
            yield f"{part} is no part of a Word file"
        elif len(data) > MOST_XML and _is_xml(part, data):
            yield f"{part} has {len(data):,} bytes (at most {MOST_XML:,})"
        elif _DECLARATION.search(data.replace(b"\0", b"")):  # also in UTF-16
            yield f"{part} has a document type"
        elif part.endswith(".rels"):
            yield from _relationships(parse(data), part, parts)
        elif _is_xml(part, data) and data.strip():
            yield from _elements(parse(data), part)


def _is_xml(part: str, data: bytes) -> bool:
    begins = data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return part.lower().endswith((".xml", ".rels", ".vml", ".svg")) or begins.startswith(b"<")


def _relationships(root: etree._Element, part: str, parts: Mapping[str, bytes]) -> Iterator[str]:
    known = {name.casefold() for name in parts}
    folder = posixpath.dirname(posixpath.dirname(part))
    for relationship in root.iterchildren(etree.Element):
        kind, target = relationship.get("Type", ""), relationship.get("Target", "")
        word = kind.rsplit("/", 1)[-1]
        mode = relationship.get("TargetMode", "").casefold()
        if kind in _CLICKED and (mode == "external" or target.startswith("#")):
            continue
        if mode == "external" or _ADDRESS.match(target):
            yield f"{part} has an external {word}, {target}"
        elif _PROGRAM_KINDS.search(kind):
            yield f"{part} has a program or a foreign object, {target}"
        elif _resolved(folder, target).casefold() not in known:
            yield f"{part} names {target}, which is not in the file"


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _elements(root: etree._Element, part: str) -> Iterator[str]:
    for element in root.iter(*_FOREIGN):
        yield f"{part} has {etree.QName(element).localname}"
    for element in root.iter(etree.Element):
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname
            if attribute == r("link") or (local in ("src", "href") and value[:1] != "#"):
                yield f"{part} has a link to {value[:80]}"
    for instruction in _instructions(root):
        field = instruction.split()[0].upper()
        if field not in _FIELDS:
            yield f"{part} has the field {field[:40]}"


def _instructions(root: etree._Element) -> Iterator[str]:
    """Every field's instruction, as one string however Word has cut it."""
    open_fields: list[str | None] = []
    for element in root.iter(*_INSTRUCTIONS):
        kind = element.get(w("fldCharType"))
        if element.tag == w("fldSimple"):
            said = element.get(w("instr"))
        elif kind == "begin":
            open_fields.append("")
            continue
        elif kind is None and open_fields and open_fields[-1] is not None:
            open_fields[-1] += element.text or ""
            continue
        elif kind is None:
            said = element.text
        else:
            said = open_fields.pop() if open_fields else None
            if kind == "separate":
                open_fields.append(None)
        if said and said.strip():
            yield said
    yield from (said for said in open_fields if said and said.strip())
