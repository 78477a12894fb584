"""The named styles of a kind's ``letter.docx`` that its blocks are set in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from generator.errors import TemplateError
from generator.model import Language
from generator.render.docx.looks import Look, read_looks
from generator.render.docx.runs import EMPHASES
from generator.render.docx.wordml import parse, w

PARAGRAPH_STYLES = (
    "Body Text",
    "Numbered Paragraph",
    "List Item",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Note",
    "Table Text",
    "Table Head",
    "Table Text Marked",
    "After Table",
)
TABLE_STYLE = "Letter Table"


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by name: Word translates and shortens ids, names it leaves alone.

    ``paragraphs`` and ``characters`` map names in small letters to ids, ``looks`` ids of paragraph
    styles to what a text looks like in them.
    ``marked_fill`` and ``marked_border`` are the look of a marked row: attributes of ``w:shd``
    and of a left ``w:left`` border, from the table style's "Total Row" (Word's ``lastRow``).
    """

    paragraphs: Mapping[str, str]
    table: str
    characters: Mapping[str, str]
    looks: Mapping[str, Look]
    marked_fill: Mapping[str, str]
    marked_border: Mapping[str, str]

    def paragraph(self, name: str, language: Language) -> str:
        """A paragraph style's id: that of ``name (language)`` where the template has one."""
        own = self.paragraphs.get(f"{name} ({language})".lower())
        return own or self.paragraphs[name.lower()]


def read_styles(data: bytes, file: str) -> Styles:
    """Reads the part ``word/styles.xml``.

    Args:
        data: The part.
        file: The template's name, for messages.

    Raises:
        TemplateError: A style that blocks are set in is missing.
    """
    root = parse(data)
    paragraphs, characters = _ids(root, "paragraph"), _ids(root, "character")
    tables = {name.lower(): style for name, style in _named(root, "table")}
    missing = [name for name in PARAGRAPH_STYLES if name.lower() not in paragraphs]
    missing += [name for name in EMPHASES if name.lower() not in characters]
    missing += [TABLE_STYLE] if TABLE_STYLE.lower() not in tables else []
    if missing:
        raise TemplateError(
            f"{file}: the styles {', '.join(missing)} are missing.",
            "In Word, create them with exactly these names (Styles pane, New Style), or copy them "
            "from the letter.docx of another kind.",
        )
    table = tables[TABLE_STYLE.lower()]
    total_row = f"{w('tblStylePr')}[@{w('type')}='lastRow']/{w('tcPr')}"
    return Styles(
        paragraphs=paragraphs,
        characters=characters,
        looks=read_looks(root),
        table=str(table.get(w("styleId"))),
        marked_fill=_attributes(table.find(f"{total_row}/{w('shd')}")),
        marked_border=_attributes(table.find(f"{total_row}/{w('tcBorders')}/{w('left')}")),
    )


def _named(root: etree._Element, kind: str) -> list[tuple[str, etree._Element]]:
    styles = (s for s in root.iter(w("style")) if s.get(w("type")) == kind)
    return [(str(style.find(w("name")).get(w("val"))), style) for style in styles]


def _ids(root: etree._Element, kind: str) -> dict[str, str]:
    return {name.lower(): str(style.get(w("styleId"))) for name, style in _named(root, kind)}


def _attributes(element: etree._Element | None) -> dict[str, str]:
    """An element's attributes, as written after the prefix ``w:``."""
    if element is None:
        return {}
    return {etree.QName(name).localname: str(value) for name, value in element.attrib.items()}
