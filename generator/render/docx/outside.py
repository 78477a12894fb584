"""What a ``letter.docx`` would fetch from elsewhere when a letter is opened: nothing is let in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.wordml import parse, w

_HARMLESS = frozenset({"hyperlink"})
"""What Word follows only when it is clicked."""
_FIELDS = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|LINK|DDE|DDEAUTO|IMPORT|DATABASE|RD)\b", re.IGNORECASE
)
_INSTRUCTIONS = (w("instrText"), w("fldSimple"))
_FOREIGN = (w("altChunk"), w("attachedTemplate"), w("mailMerge"), w("subDoc"), w("control"))
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)\b")
"""What only entities need: names for other files, or for texts that grow without end."""
_PROGRAMS = re.compile(r"(^|/)(vbaProject|vbaData|activeX|embeddings)", re.IGNORECASE)


def refuse_outside(parts: Mapping[str, bytes], name: str) -> None:
    """Looks at every part of a template.

    Args:
        parts: The package.
        name: The template's name, for messages.

    Raises:
        TemplateError: It is linked to a file or address elsewhere, or carries a program.
        lxml.etree.XMLSyntaxError: A part is not well-formed.
    """
    found = list(_links(parts))
    if found:
        raise TemplateError(
            f"{name} takes from elsewhere: {'; '.join(found)}.",
            "In Word, put pictures in with Insert (not Link), detach the template in the Developer "
            "tab, remove fields and objects that fetch something, and save as .docx.",
        )


def _links(parts: Mapping[str, bytes]) -> Iterator[str]:
    for part in sorted(parts):
        if _DECLARATION.search(parts[part].replace(b"\0", b"")):  # also in UTF-16
            yield f"{part} has a document type"
        if _PROGRAMS.search(part):
            yield f"{part} is a program or a foreign object"
        elif part.endswith(".rels"):
            yield from _relationships(parse(parts[part]), part)
        elif part.startswith("word/") and part.endswith(".xml"):
            yield from _elements(parse(parts[part]), part)


def _relationships(root: etree._Element, part: str) -> Iterator[str]:
    for relationship in root:
        kind = relationship.get("Type", "").rsplit("/", 1)[-1]
        if relationship.get("TargetMode") == "External" and kind not in _HARMLESS:
            yield f"{part} has an external {kind}, {relationship.get('Target')}"


def _elements(root: etree._Element, part: str) -> Iterator[str]:
    for element in root.iter(*_FOREIGN):
        yield f"{part} has {etree.QName(element).localname}"
    for element in root.iter(*_INSTRUCTIONS):
        instruction = element.text or element.get(w("instr")) or ""
        if field := _FIELDS.search(instruction):
            yield f"{part} has the field {field[0].upper()}"
