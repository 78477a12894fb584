"""What a ``letter.docx`` would fetch from elsewhere when a letter is opened: nothing is let in.

Fields that show the day, the reader's name or the file's are refused as well: a letter is to say
the same whoever opens it, and whenever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.places import paragraph_places
from generator.render.docx.wordml import parse, w

_HARMLESS = frozenset({"hyperlink"})
"""What Word follows only when it is clicked."""
_FIELDS = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|LINK|DDE|DDEAUTO|IMPORT|DATABASE|RD)\b", re.IGNORECASE
)
_CHANGING = re.compile(
    r"^\s*(DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|AUTHOR|LASTSAVEDBY|USERNAME"
    r"|USERINITIALS|USERADDRESS|FILENAME|FILESIZE|TEMPLATE|NUMPAGES|NUMWORDS|NUMCHARS|REVNUM"
    r"|SECTION|ASK|FILLIN|INFO|DOCPROPERTY|DOCVARIABLE|COMMENTS|KEYWORDS|TITLE|SUBJECT)\b",
    re.IGNORECASE,
)
"""Fields whose words are those of another day, machine or file; NUMPAGES counts both versions."""
_INSTRUCTIONS = (w("instrText"), w("fldSimple"))
_BEGIN = w("fldChar")
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
    for instruction in _whole(root.iter(*_INSTRUCTIONS, _BEGIN)):
        if field := _FIELDS.search(instruction):
            yield f"{part} has the field {field[0].upper()}"


def refuse_changing_fields(roots: Mapping[str, etree._Element], name: str) -> None:
    """Looks for fields that would show something else tomorrow, or on another machine.

    Args:
        roots: The text, heads and feet by what to call them; "" is the text.
        name: The template's name, for messages.

    Raises:
        TemplateError: There are some; each place is told.
    """
    found = [told for part, root in roots.items() for told in _changing(root, part)]
    if found:
        raise TemplateError(
            f"{name} has fields that change by themselves: {'; '.join(found)}.",
            "Remove them in Word, and use the tags: {{ date }} is the letter's date, {{ page }} "
            "its page numbers; fixed words are typed.",
        )


def _changing(root: etree._Element, part: str) -> Iterator[str]:
    places = paragraph_places(root, part)
    for paragraph, place in places.items():
        own = [e for e in paragraph.iter(*_INSTRUCTIONS, _BEGIN) if _innermost(e) is paragraph]
        for instruction in _whole(own):
            if field := _CHANGING.search(instruction):
                yield f"{place}: {field[1].upper()}"


def _whole(elements: Iterable[etree._Element]) -> list[str]:
    """The instructions of fields, each in one piece however Word has cut it."""
    found: list[str] = []
    for element in elements:
        if element.tag == w("fldSimple"):
            found.append(element.get(w("instr"), ""))
        elif element.tag == _BEGIN:
            found.append("")
        elif found:
            found[-1] += element.text or ""
    return found


def _innermost(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(w("p")), None)
