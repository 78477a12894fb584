"""The named styles of a kind's ``letter.docx`` that its blocks are set in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from generator.errors import TemplateError
from generator.model import Language
from generator.render.docx.looks import Look, read_looks
from generator.render.docx.runs import EMPHASES
from generator.render.docx.theme import ThemeFonts
from generator.render.docx.wordml import parse, serialise, w

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
    styles to what a text looks like in them, ``own_fonts`` ids of character styles to the fonts
    that they change; ``theme`` has the fonts that styles name by their part.
    ``marked_fill`` and ``marked_border`` are the look of a marked row: attributes of ``w:shd``
    and of a left ``w:left`` border, from the table style's "Total Row" (Word's ``lastRow``).
    """

    paragraphs: Mapping[str, str]
    table: str
    characters: Mapping[str, str]
    looks: Mapping[str, Look]
    own_fonts: Mapping[str, Mapping[str, str]]
    theme: ThemeFonts
    marked_fill: Mapping[str, str]
    marked_border: Mapping[str, str]

    def paragraph(self, name: str, language: Language) -> str:
        """A paragraph style's id: that of ``name (language)`` where the template has one."""
        own = self.paragraphs.get(f"{name} ({language})".lower())
        return own or self.paragraphs[name.lower()]


def restore_names(data: bytes) -> bytes:
    """Gives our character styles the names back that LibreOffice has changed: ids still say them.

    To LibreOffice "Strong Emphasis" is another name of Word's "Strong".
    """
    root = parse(data)
    present = _ids(root, "character")
    by_id = {str(style.get(w("styleId"))): style for _name, style in _named(root, "character")}
    ids = {name: name.replace(" ", "") for name in EMPHASES if name.lower() not in present}
    lost = {name: by_id[identifier] for name, identifier in ids.items() if identifier in by_id}
    for name, style in lost.items():
        style.find(w("name")).set(w("val"), name)
    return serialise(root) if lost else data


def read_styles(data: bytes, theme: ThemeFonts, file: str) -> Styles:
    """Reads the part ``word/styles.xml``.

    Args:
        data: The part.
        theme: The fonts of the theme.
        file: The template's name, for messages.

    Raises:
        TemplateError: A style that blocks are set in is missing.
    """
    if missing := missing_styles(data):
        raise TemplateError(
            f"{file}: the styles {', '.join(name for _kind, name in missing)} are missing.",
            "In Word, create them with exactly these names (Styles pane, New Style), or copy them "
            "from the letter.docx of another kind.",
        )
    root = parse(data)
    paragraphs, characters = _ids(root, "paragraph"), _ids(root, "character")
    tables = {name.lower(): style for name, style in _named(root, "table")}
    table = tables[TABLE_STYLE.lower()]
    total_row = f"{w('tblStylePr')}[@{w('type')}='lastRow']/{w('tcPr')}"
    return Styles(
        paragraphs=paragraphs,
        characters=characters,
        looks=read_looks(root, theme, "paragraph"),
        own_fonts={i: look.fonts for i, look in read_looks(root, theme, "character").items()},
        theme=theme,
        table=str(table.get(w("styleId"))),
        marked_fill=_attributes(table.find(f"{total_row}/{w('shd')}")),
        marked_border=_attributes(table.find(f"{total_row}/{w('tcBorders')}/{w('left')}")),
    )


def missing_styles(data: bytes) -> list[tuple[str, str]]:
    """The styles that blocks are set in and that the part ``word/styles.xml`` lacks: kind, name."""
    root = parse(data)
    wanted = {"paragraph": PARAGRAPH_STYLES, "character": EMPHASES, "table": (TABLE_STYLE,)}
    return [
        (kind, name)
        for kind, names in wanted.items()
        for name in names
        if name.lower() not in _ids(root, kind)
    ]


def style_names(data: bytes) -> list[str]:
    """The names of all styles in the part ``word/styles.xml``."""
    kinds = ("paragraph", "character", "table")
    return [name for kind in kinds for name, _style in _named(parse(data), kind)]


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
