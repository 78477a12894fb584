"""The paragraphs of a ``letter.docx``, as an officer counts them, with what stands in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.model import Place
from generator.render.docx.package import Parts, relationship_targets
from generator.render.docx.places import frame_names, own_text
from generator.render.docx.revisions import marks
from generator.render.docx.tidy import open_containers, tidy_part
from generator.render.docx.wordml import parse, r, w

DOCUMENT = "word/document.xml"
_REFERENCES = (w("headerReference"), w("footerReference"))
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """One paragraph; ``row`` and ``table`` count the rows and tables of its part, 0 outside.

    ``cell`` is the cell's place in its row. ``changes`` are the tracked changes and comments.
    ``style`` is the id of the style that it names; "" where it names none.
    """

    place: Place
    text: str
    table: int = 0
    row: int = 0
    cell: int = 0
    changes: tuple[str, ...] = ()
    style: str = ""

    @property
    def quoted(self) -> str:
        """Its text, cut where it is long."""
        text = " ".join(self.text.split())
        return f"“{text if len(text) <= _QUOTED else text[: _QUOTED - 1] + '…'}”"

    @property
    def shown(self) -> str:
        """Its number and text."""
        return f"paragraph {self.place.paragraph}, {self.quoted},"

    @property
    def own_words(self) -> str:
        """What stands outside of tags."""
        return _TAG.sub(" ", self.text).strip()

    @property
    def is_broken(self) -> bool:
        """Whether a brace stands outside of tags, so that its words may be those of a tag."""
        return any(brace in self.own_words for brace in "{}")

    @classmethod
    def all_in(cls, data: bytes | None, file: str, part: str) -> list[WordParagraph]:
        """The paragraphs of a part of the package; none where there is no such part."""
        return list(_paragraphs(parse(data), file, part)) if data else []


@dataclass(frozen=True, slots=True)
class WordPart:
    """The text of one section, or one of its heads and feet (``is_frame``)."""

    paragraphs: Sequence[WordParagraph]
    is_frame: bool
    place: Place

    def spread_tags(self) -> Iterator[tuple[int, int]]:
        """Where a tag begins in one paragraph and ends in a later one: their positions."""
        begun: int | None = None
        for number, paragraph in enumerate(self.paragraphs):
            rest = _TAG.sub("", paragraph.text)
            opens, closes = re.search(r"\{[{%#]", rest), re.search(r"[}%#]\}", rest)
            if begun is not None and closes and not (opens and opens.start() < closes.start()):
                yield begun, number
                begun = None
            elif opens:
                begun = number


@dataclass(frozen=True, slots=True)
class WordParts:
    """The sections of a ``letter.docx``, each with its text first, then its heads and feet."""

    sections: Sequence[Sequence[WordPart]]

    def all_parts(self) -> Iterator[WordPart]:
        """Every part once: sections may share heads and feet."""
        seen = []
        for section in self.sections:
            for part in section:
                if part not in seen:
                    seen.append(part)
                    yield part


def read_parts(package: Parts, file: str) -> WordParts:
    """Reads the text, heads and feet of a package.

    Args:
        package: The Word file's parts.
        file: Its name in findings.

    Raises:
        KeyError, lxml.etree.XMLSyntaxError: It is no Word file.
    """
    root = parse(package[DOCUMENT])
    parse(package["word/styles.xml"])
    open_containers(root)
    called, targets = frame_names(root), relationship_targets(package, DOCUMENT)
    frames = {
        identifier: WordPart(
            tuple(_paragraphs(parse(package[targets[identifier][1]]), file, name)),
            True,
            Place(file, part=name),
        )
        for identifier, name in called.items()
        if identifier in targets and targets[identifier][1] in package
    }
    paragraphs = dict(_by_element(root, file, ""))
    sections: list[tuple[WordPart, ...]] = []
    inherited: dict[tuple[str, str | None], str | None] = {}
    for elements, properties in _sections(root.find(w("body"))):
        own = [paragraphs[p] for e in elements for p in e.iter(w("p")) if p in paragraphs]
        references = list(properties.iterchildren(*_REFERENCES)) if properties is not None else []
        inherited |= {(ref.tag, ref.get(w("type"))): ref.get(r("id")) for ref in references}
        heads = [frames[i] for i in dict.fromkeys(inherited.values()) if i in frames]
        place = own[0].place if own else Place(file)
        sections.append((WordPart(tuple(own), False, place), *heads))
    return WordParts(sections)


def _sections(
    body: etree._Element,
) -> Iterator[tuple[list[etree._Element], etree._Element | None]]:
    elements: list[etree._Element] = []
    for element in body:
        if element.tag == w("sectPr"):
            yield elements, element
            elements = []
            continue
        elements.append(element)
        properties = element.find(f"{w('pPr')}/{w('sectPr')}")
        if properties is not None:
            yield elements, properties
            elements = []
    if elements:
        yield elements, None


def _paragraphs(root: etree._Element, file: str, part: str) -> Iterator[WordParagraph]:
    open_containers(root)
    yield from (paragraph for _element, paragraph in _by_element(root, file, part))


def _by_element(
    root: etree._Element, file: str, part: str
) -> Iterator[tuple[etree._Element, WordParagraph]]:
    changes: dict[etree._Element | None, list[str]] = {}
    for element, kind in marks(root):
        inside = next((up for up in (element, *element.iterancestors(w("p")))), None)
        around = inside if inside is not None and inside.tag == w("p") else _near(element)
        changes.setdefault(around, []).append(kind)
    tidy_part(root)
    tables, rows = list(root.iter(w("tbl"))), list(root.iter(w("tr")))
    for number, paragraph in enumerate(root.iter(w("p")), 1):
        cell = next(paragraph.iterancestors(w("tc")), None)
        row = next(paragraph.iterancestors(w("tr")), None)
        table = next(paragraph.iterancestors(w("tbl")), None)
        counted = _counted(tables, rows, table, row, cell)
        told = [part] if part else []
        if table is not None:
            before = [r for r in rows if r.getparent() is table]
            in_table = before.index(row) + 1 if row in before else 0
            told.append(f"table {counted[0]}, row {in_table}, cell {counted[2]}")
        place = Place(file, part=", ".join(told) or None, paragraph=number)
        found = tuple(dict.fromkeys(changes.get(paragraph, ())))
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style = named.get(w("val"), "") if named is not None else ""
        yield paragraph, WordParagraph(place, own_text(paragraph), *counted, found, style)


def _near(element: etree._Element) -> etree._Element | None:
    """The paragraph that a change around or beside paragraphs belongs to."""
    above = next(element.iterancestors(w("p")), None)
    if above is not None:
        return above
    inside = next(element.iter(w("p")), None)
    if inside is not None:
        return inside
    row = next(element.iterancestors(w("tr"), w("tbl"), w("body")), None)
    return next(row.iter(w("p")), None) if row is not None else None


def _counted(
    tables: list[etree._Element],
    rows: list[etree._Element],
    table: etree._Element | None,
    row: etree._Element | None,
    cell: etree._Element | None,
) -> tuple[int, int, int]:
    if table is None or row is None or cell is None:
        return 0, 0, 0
    cells = [child for child in row if child.tag == w("tc")]
    at = cells.index(cell) + 1 if cell in cells else 0
    return tables.index(table) + 1, rows.index(row) + 1, at
