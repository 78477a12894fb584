"""A kind's ``letter.docx``, read once: styles, its one or two sections, all that stays the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml import etree

from generator.errors import TemplateError
from generator.fingerprint import families_in
from generator.render.docx.faces import faces_in
from generator.render.docx.fit import fit_to_width
from generator.render.docx.looks import is_on
from generator.render.docx.opening import DOCUMENT, STYLES, open_template
from generator.render.docx.package import (
    CONTENT_TYPES,
    Parts,
    drop_parts,
    relationship_targets,
    relationships_name,
    write_package,
)
from generator.render.docx.section import Environment, SectionTemplate
from generator.render.docx.settings import SETTINGS
from generator.render.docx.styles import Styles, read_styles
from generator.render.docx.tags import check_tags, refuse_own_words, tag_texts
from generator.render.docx.theme import read_theme
from generator.render.docx.values import OWN_NAMES, SHARED_NAMES
from generator.render.docx.wordml import parse, r, serialise, w

FILE = "letter.docx"
_FIRST = ("first section", OWN_NAMES)
_SECOND = ("second section", SHARED_NAMES)
_PAGES = {"default": "its pages", "first": "its first page", "even": "even pages"}
_MARGINS = {
    "mark": "SPECIMEN and DRAFT",
    "foot": "the number or date",
    "page": "the page's number",
}
"""What stands in the head or foot of every page, by its tag."""
_REFERENCES = (w("headerReference"), w("footerReference"))


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its template, the width of its text in twips, the names its tags use."""

    template: SectionTemplate
    width: int
    names: frozenset[str]


class WordTemplate:
    """A kind's ``letter.docx``.

    Its first section is a version's own pages; the second is used for every annexure that is the
    same in all letters. Where there is none, the first one's pages serve for these as well.

    Args:
        kind_folder: Holds ``letter.docx``.

    Raises:
        TemplateError: The file is missing, is no Word file, lacks a style or a tag, or holds a
            tag that is not understood.
    """

    def __init__(self, kind_folder: Path) -> None:
        self.name = f"{kind_folder.name}/{FILE}"
        opened = open_template(kind_folder / FILE, self.name)
        self._package, self._frame_roots, root = opened.parts, opened.frames, opened.document
        theme = read_theme(self._package)
        self.styles: Styles = read_styles(self._package[STYLES], theme, self.name)
        sections = self._split(root)
        self._places = opened.places
        self.families = families_in(self._package)
        self.faces = faces_in((root, *opened.frames.values()), self._places, self.styles)
        self._environment = Environment()
        self.own = self._section(root, sections[0], *_FIRST)
        self.shared = self._section(root, sections[-1], *_SECOND)
        if "body" not in self.own.names:
            raise self.lacks("body", "the first section", "the letter's paragraphs")
        root.find(w("body")).clear()
        self.empty_document = serialise(root)
        self._base, self._targets = dict(self._package), self._frames()
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
        return self._package.get(relationships_name(self._targets[relationship][1]))

    def _frames(self) -> Mapping[str, tuple[str, str]]:
        return relationship_targets(self._package, DOCUMENT)

    def _split(self, root: etree._Element) -> list[list[etree._Element]]:
        """The body's elements by section, each list ending with its ``w:sectPr``: always two."""
        sections: list[list[etree._Element]] = [[]]
        for element in root.find(w("body")):
            properties = element.find(f"{w('pPr')}/{w('sectPr')}")
            if properties is None:
                sections[-1].append(element)
                continue
            properties.getparent().remove(properties)
            if any(child.tag != w("rPr") for run in element.iter(w("r")) for child in run):
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
        return sections if len(sections) == 2 else [*sections, _as_the_first(sections[0])]

    def _section(
        self, root: etree._Element, elements: list[etree._Element], name: str, known: frozenset[str]
    ) -> Section:
        place, targets = f"{self.name}, {name}", self._frames()
        used = [ref.get(r("id")) for ref in elements[-1] if ref.tag in _REFERENCES]
        frames = {targets[identifier][1] for identifier in used}
        texts = [text for e in elements for text in tag_texts(e, self._places)]
        for frame in sorted(frames):
            texts += tag_texts(self._frame_roots[frame], self._places)
        names = check_tags(texts, known, place, self._environment)
        self._check_margins(elements[-1], place)
        refuse_own_words(elements, self._places, place)
        width = _text_width(elements[-1])
        fit_to_width(elements, width, self._package[STYLES])
        document = etree.Element(root.tag, root.attrib, root.nsmap)
        etree.SubElement(document, w("body")).extend(deepcopy(elements))
        data = self._section_file(document, frames)
        template = SectionTemplate(data, place, self._environment, self.styles)
        return Section(template, width, names)

    def _check_margins(self, properties: etree._Element, place: str) -> None:
        """Every page bears SPECIMEN or DRAFT, its part's line and its own number."""
        settings = parse(self._package[SETTINGS])
        shown = {"default": True, "first": is_on(properties, "titlePg")}
        shown["even"] = is_on(settings, "evenAndOddHeaders")
        missing: dict[str, list[str]] = {}
        for kind in (kind for kind, is_shown in shown.items() if is_shown):
            own = [r for r in properties.iterchildren(*_REFERENCES) if r.get(w("type")) == kind]
            for tag in _MARGINS:
                if not any(self._holds(reference, tag) for reference in own):
                    missing.setdefault(tag, []).append(_PAGES[kind])
        if missing:
            told = (
                f"no tag {{{{ {tag} }}}} in header or footer of {', '.join(pages)}"
                for tag, pages in missing.items()
            )
            raise TemplateError(
                f"{place}: {'; '.join(told)}: {'; '.join(_MARGINS[tag] for tag in missing)} "
                "would not be printed.",
                "Write the tags there; the first page and even pages have headers and footers of "
                "their own where Word's Header & Footer tab says so.",
            )

    def _holds(self, reference: etree._Element, tag: str) -> bool:
        frame = self._frame_roots[self._frames()[reference.get(r("id"))][1]]
        texts = tag_texts(frame, self._places)
        return any(re.search(rf"\{{\{{\s*{tag}\b", text.text) for text in texts)

    def _section_file(self, document: etree._Element, frames: set[str]) -> bytes:
        """A Word file of one section and its heads and feet: docxtpl opens it quickly."""
        parts = dict(self._package)
        others = set(parts) - frames - {DOCUMENT, CONTENT_TYPES}
        relations = {"_rels/.rels", relationships_name(DOCUMENT)}
        drop_parts(parts, others - relations)
        parts[DOCUMENT] = serialise(document)
        return write_package(parts)


def _as_the_first(first: list[etree._Element]) -> list[etree._Element]:
    """A second section on the first one's pages, with nothing in it but an annexure."""
    paragraph = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = "{{p annexure }}"
    return [paragraph, deepcopy(first[-1])]


def _inherit_frames(sections: list[etree._Element]) -> None:
    """Gives a section the heads and feet that Word lets it take from the one before."""
    for before, section in pairwise(sections):
        have = {(ref.tag, ref.get(w("type"))) for ref in section if ref.tag in _REFERENCES}
        for ref in before.iterchildren(*_REFERENCES):
            shown = ref.get(w("type")) != "first" or is_on(section, "titlePg")
            if shown and (ref.tag, ref.get(w("type"))) not in have:
                section.insert(0, deepcopy(ref))


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    sides = sum(int(margins.get(w(side), "0")) for side in ("left", "right", "gutter"))
    return int(size.get(w("w"))) - sides
