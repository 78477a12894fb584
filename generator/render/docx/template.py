"""A kind's ``letter.docx``, read once: styles, its one or two sections, all that stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.embed import forget_fonts
from generator.render.docx.outside import refuse_outside
from generator.render.docx.package import (
    CONTENT_TYPES,
    CORE_PROPERTIES,
    DAMAGE,
    Parts,
    add_part,
    drop_parts,
    read_package,
    relate,
    relationship_targets,
    relationships_name,
    write_package,
)
from generator.render.docx.section import Environment, SectionTemplate
from generator.render.docx.settings import clean_settings
from generator.render.docx.styles import Styles, read_styles
from generator.render.docx.tags import check_tags, tag_texts
from generator.render.docx.values import OWN_NAMES, SHARED_NAMES
from generator.render.docx.wordml import parse, r, serialise, w

FILE = "letter.docx"
DOCUMENT = "word/document.xml"
_STALE = {"docProps/app.xml", "docProps/thumbnail.jpeg", "word/stylesWithEffects.xml"}
"""Parts that speak of the template and not of the letter, or that Word offers to repair."""
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_TRACES = ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")
_REVISIONS = ("ins", "del", "moveFrom", "moveTo", "commentReference")
_REFERENCES = (w("headerReference"), w("footerReference"))


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its template, the width of its text in twips, the names its tags use."""

    template: SectionTemplate
    width: int
    names: frozenset[str]


class WordTemplate:
    """A kind's ``letter.docx``.

    Its first section is a version's own pages; the second, if there is one, is used for every
    annexure that is the same in all letters.

    Args:
        kind_folder: Holds ``letter.docx``.

    Raises:
        TemplateError: The file is missing, is no Word file, lacks a style or a tag, or holds a
            tag that is not understood.
    """

    def __init__(self, kind_folder: Path) -> None:
        self.name = f"{kind_folder.name}/{FILE}"
        self._package = self._read(kind_folder / FILE)
        root = parse(self._package[DOCUMENT])
        self._refuse_revisions(root)
        _strip_traces(root)
        self.styles: Styles = read_styles(self._package["word/styles.xml"], self.name)
        sections = self._split(root)
        environment = Environment()
        self.own = self._section(root, sections[0], "first section", OWN_NAMES, environment)
        self.shared: Section | None = None
        if len(sections) == 2:
            self.shared = self._section(
                root, sections[1], "second section", SHARED_NAMES, environment
            )
        if "body" not in self.own.names:
            raise self.lacks("body", "the first section", "the letter's paragraphs")
        root.find(w("body")).clear()
        self.empty_document = serialise(root)
        self._base = dict(self._package)
        frames = {part for kind, part in self._frames().values() if kind in ("header", "footer")}
        drop_parts(self._base, frames)

    def lacks(self, tag: str, where: str, what: str) -> TemplateError:
        """The refusal of a template that has no place for a part of the letter."""
        return TemplateError(
            f"{self.name}: {where} has no tag {{{{p {tag} }}}}: {what} have no place.",
            f"Write {{{{p {tag} }}}}, alone in a paragraph, where they are to stand.",
        )

    def base_parts(self) -> Parts:
        """A new copy of all that letters have in common: no text, no heads or feet."""
        return dict(self._base)

    def frame_relationships(self, relationship: str) -> bytes | None:
        """The relationships (pictures) of the head or foot that an id of the template means."""
        return self._package.get(relationships_name(self._frames()[relationship][1]))

    def _frames(self) -> Mapping[str, tuple[str, str]]:
        return relationship_targets(self._package, DOCUMENT)

    def _read(self, file: Path) -> Parts:
        try:
            parts = read_package(file)
            parse(parts[DOCUMENT])
            parse(parts["word/styles.xml"])
            refuse_outside(parts, self.name)
        except (OSError, KeyError, etree.XMLSyntaxError, *DAMAGE) as error:
            raise TemplateError(
                f"{self.name} is not there or is not a Word file (.docx).",
                "Copy letter.docx from a kind that works, or save it again in Word as .docx.",
            ) from error
        fonts = {name for name in parts if name.startswith("word/fonts/")}
        drop_parts(parts, (_STALE & parts.keys()) | fonts)
        if CORE_PROPERTIES not in parts:
            add_part(parts, CORE_PROPERTIES, b"", _CORE_TYPE)
            relate(parts, "", "rIdCore", "core-properties", CORE_PROPERTIES)
        clean_settings(parts)
        forget_fonts(parts)
        return parts

    def _refuse_revisions(self, root: etree._Element) -> None:
        if any(next(root.iter(w(name)), None) is not None for name in _REVISIONS):
            raise TemplateError(
                f"{self.name} holds tracked changes or comments; they would go into every letter.",
                "In Word, accept or reject all changes, delete the comments, and save.",
            )

    def _split(self, root: etree._Element) -> list[list[etree._Element]]:
        """The body's elements by section, each list ending with its ``w:sectPr``."""
        sections: list[list[etree._Element]] = [[]]
        for element in root.find(w("body")):
            properties = element.find(f"{w('pPr')}/{w('sectPr')}")
            if properties is None:
                sections[-1].append(element)
                continue
            properties.getparent().remove(properties)
            if element.find(f".//{w('t')}") is not None:
                sections[-1].append(element)
            sections[-1].append(properties)
            sections.append([])
        if len(sections) > 2 or sections[-1][-1].tag != w("sectPr"):
            raise TemplateError(
                f"{self.name} has {len(sections)} sections; a letter has one or two.",
                "Remove section breaks: the first section is the letter, the second an annexure "
                "that is the same in every letter.",
            )
        _inherit_frames([section[-1] for section in sections])
        return sections

    def _section(
        self,
        root: etree._Element,
        elements: list[etree._Element],
        place: str,
        known: frozenset[str],
        environment: Environment,
    ) -> Section:
        document = etree.Element(root.tag, root.attrib, root.nsmap)
        etree.SubElement(document, w("body")).extend(deepcopy(elements))
        targets = self._frames()
        used = [ref.get(r("id")) for ref in elements[-1] if ref.tag in _REFERENCES]
        frames = {targets[identifier][1] for identifier in used}
        texts = tag_texts(document)
        for frame in sorted(frames):
            texts += tag_texts(parse(self._package[frame]))
        names = check_tags(texts, known, f"{self.name}, {place}", environment)
        data = self._section_file(document, frames)
        template = SectionTemplate(data, f"{self.name}, {place}", environment, self.styles)
        return Section(template, _text_width(elements[-1]), names)

    def _section_file(self, document: etree._Element, frames: set[str]) -> bytes:
        """A Word file of one section and its heads and feet: docxtpl opens it quickly."""
        parts = dict(self._package)
        others = set(parts) - frames - {DOCUMENT, CONTENT_TYPES}
        relations = {"_rels/.rels", relationships_name(DOCUMENT)}
        drop_parts(parts, others - relations)
        parts[DOCUMENT] = serialise(document)
        return write_package(parts)


def _strip_traces(root: etree._Element) -> None:
    """Removes what Word notes for itself and what must not occur twice in a document."""
    for name in _TRACES:
        for element in list(root.iter(w(name))):
            element.getparent().remove(element)
    for element in root.iter(etree.Element):
        for attribute in list(element.attrib):
            local = etree.QName(attribute).localname
            if local.startswith("rsid") or local in ("paraId", "textId"):
                del element.attrib[attribute]


def _inherit_frames(sections: list[etree._Element]) -> None:
    """Gives a section the heads and feet that Word lets it take from the one before."""
    for before, section in pairwise(sections):
        have = {(ref.tag, ref.get(w("type"))) for ref in section if ref.tag in _REFERENCES}
        for ref in before:
            if ref.tag in _REFERENCES and (ref.tag, ref.get(w("type"))) not in have:
                section.insert(0, deepcopy(ref))


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    sides = sum(int(margins.get(w(side), "0")) for side in ("left", "right", "gutter"))
    return int(size.get(w("w"))) - sides
