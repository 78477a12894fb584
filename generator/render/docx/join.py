"""Joins finished sections into one Word file, each with its own heads, feet and page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy

from lxml import etree

from generator.render.docx.package import Parts, add_part, relate, relationships_name
from generator.render.docx.pictures import Picture
from generator.render.docx.section import RenderedSection
from generator.render.docx.template import DOCUMENT, WordTemplate
from generator.render.docx.wordml import parse, r, serialise, w

_PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_FRAMES = {w("headerReference"): "header", w("footerReference"): "footer"}
_ORDER = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar"),
    *("paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign"),
    *("noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings"),
)
"""The children of ``w:sectPr`` in the schema's order, which Word insists on (ECMA-376 17.6.17)."""
_DRAWING_PROPERTIES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
)


def join_sections(
    template: WordTemplate, sections: Sequence[RenderedSection], pictures: Iterable[Picture]
) -> Parts:
    """The parts of a Word file with the sections in order, each on a new page, numbered from 1.

    Args:
        template: What they were rendered from; its heads' and feet's pictures are kept.
        sections: They are copied, so they can be used again.
        pictures: Those that the sections point to.
    """
    parts = template.base_parts()
    document = parse(template.empty_document)
    body = document.find(w("body"))
    for number, section in enumerate(sections, 1):
        content = deepcopy(section.body)
        properties = content[-1]
        _begin_new_page(properties)
        _attach_frames(parts, template, section, properties, number)
        _close_section(content, template, last=number == len(sections))
        body.extend(list(content))
    for identifier, element in enumerate(document.iter(_DRAWING_PROPERTIES), 1):
        element.set("id", str(identifier))
    for picture in {picture.part: picture for picture in pictures}.values():
        add_part(parts, picture.part, picture.data, picture.content_type)
        relate(parts, DOCUMENT, picture.relationship, "image", picture.part)
    etree.cleanup_namespaces(document, keep_ns_prefixes=list(_ignorable(document)))
    parts[DOCUMENT] = serialise(document)
    return parts


def _begin_new_page(properties: etree._Element) -> None:
    """The section starts a page and counts its pages from 1, whatever the template says."""
    _put(properties, "type").set(w("val"), "nextPage")
    _put(properties, "pgNumType").set(w("start"), "1")


def _put(properties: etree._Element, name: str) -> etree._Element:
    """The child of that name, made at its place in the schema's order where it is missing."""
    child = properties.find(w(name))
    if child is None:
        before = {w(earlier) for earlier in _ORDER[: _ORDER.index(name)]}
        child = etree.Element(w(name))
        properties.insert(sum(element.tag in before for element in properties), child)
    return child


def _attach_frames(
    parts: Parts,
    template: WordTemplate,
    section: RenderedSection,
    properties: etree._Element,
    number: int,
) -> None:
    """Gives a section its own parts for heads and feet: in the template all versions share one."""
    for reference in properties:
        if reference.tag not in _FRAMES:
            continue
        kind, old = _FRAMES[reference.tag], reference.get(r("id"))
        identifier = f"rId{kind.title()}{number}{reference.get(w('type')).title()}"
        name = f"word/{identifier.removeprefix('rId').lower()}.xml"
        add_part(parts, name, section.frames[old], _PART_TYPE.format(kind))
        relate(parts, DOCUMENT, identifier, kind, name)
        if (relationships := template.frame_relationships(old)) is not None:
            parts[relationships_name(name)] = relationships
        reference.set(r("id"), identifier)


def _close_section(content: etree._Element, template: WordTemplate, *, last: bool) -> None:
    """Puts a section's properties where Word looks for them: into its last paragraph.

    A table cannot hold them, nor end a document: a small empty paragraph follows it.
    """
    properties = content[-1]
    closing = content[-2] if len(content) > 1 else None
    if closing is None or closing.tag != w("p"):
        closing = etree.Element(w("p"))
        style = etree.SubElement(etree.SubElement(closing, w("pPr")), w("pStyle"))
        style.set(w("val"), template.styles.paragraph("After Table", ""))
        properties.addprevious(closing)
    if last:
        return
    holder = closing.find(w("pPr"))
    if holder is None:
        holder = etree.Element(w("pPr"))
        closing.insert(0, holder)
    changes = holder.find(w("pPrChange"))
    holder.insert(len(holder) if changes is None else holder.index(changes), properties)


def _ignorable(document: etree._Element) -> Iterator[str]:
    """The prefixes that ``mc:Ignorable`` names must stay declared, used or not."""
    for name, value in document.attrib.items():
        if etree.QName(name).localname == "Ignorable":
            yield from str(value).split()
