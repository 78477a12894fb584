"""A kind's ``letter.docx`` opened: what is refused, and what does not reach letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from generator.errors import TemplateError
from generator.fingerprint import FONT_TABLE
from generator.render.docx.embed import forget_fonts
from generator.render.docx.outside import refuse_changing_fields, refuse_outside
from generator.render.docx.package import (
    CORE_PROPERTIES,
    DAMAGE,
    Parts,
    add_part,
    drop_parts,
    read_package,
    relate,
    relationship_targets,
)
from generator.render.docx.places import Places, frame_names, paragraph_places
from generator.render.docx.revisions import refuse_revisions
from generator.render.docx.settings import clean_settings
from generator.render.docx.styles import restore_names
from generator.render.docx.tidy import open_containers, tidy_part
from generator.render.docx.wordml import R, W, parse, serialise, w

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
_STALE = (
    *("docProps/app.xml", "docProps/custom.xml", "docProps/thumbnail.", "customXml/"),
    *("word/stylesWithEffects.xml", "word/fonts/", "word/glossary/", "word/people.xml"),
    "word/comments",
)
"""Beginnings of parts that speak of the template and of who edited it, or that Word offers to
repair."""
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

_FONTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_NO_FONTS = serialise(etree.Element(w("fonts"), nsmap={"w": W, "r": R}))


@dataclass(frozen=True, slots=True)
class OpenTemplate:
    """The package, its text, the heads and feet in use by part, and the places of paragraphs."""

    parts: Parts
    document: etree._Element
    frames: Mapping[str, etree._Element]
    places: Places


def open_template(file: Path, name: str) -> OpenTemplate:
    """Reads a ``letter.docx`` and takes out what Word has noted in it for itself.

    Args:
        file: The Word file.
        name: What to call it in messages.

    Raises:
        TemplateError: It is missing or no Word file, takes something from elsewhere, or holds
            tracked changes or comments.
    """
    parts = _read(file, name)
    document = parse(parts[DOCUMENT])
    targets = relationship_targets(parts, DOCUMENT)
    called = {targets[i][1]: told for i, told in frame_names(document).items() if i in targets}
    frames = {part: parse(parts[part]) for part in called}
    roots = {"": document, **{called[part]: root for part, root in frames.items()}}
    for root in roots.values():
        open_containers(root)
    refuse_revisions(roots, name)
    refuse_changing_fields(roots, name)
    for root in roots.values():
        tidy_part(root)
    for part, root in frames.items():
        parts[part] = serialise(root)
    places = {
        p: told for part, root in roots.items() for p, told in paragraph_places(root, part).items()
    }
    return OpenTemplate(parts, document, frames, places)


def _read(file: Path, name: str) -> Parts:
    try:
        parts = read_package(file)
        parse(parts[DOCUMENT])
        parse(parts[STYLES])
        refuse_outside(parts, name)
    except (OSError, KeyError, etree.XMLSyntaxError, *DAMAGE) as error:
        raise TemplateError(
            f"{name} is not there or is not a Word file (.docx).",
            "Copy letter.docx from a kind that works, or save it again in Word as .docx.",
        ) from error
    drop_parts(parts, {part for part in parts if part.startswith(_STALE)})
    if FONT_TABLE not in parts:
        add_part(parts, FONT_TABLE, _NO_FONTS, _FONTS_TYPE)
        relate(parts, DOCUMENT, "rIdOurFonts", "fontTable", FONT_TABLE)
    if CORE_PROPERTIES not in parts:
        add_part(parts, CORE_PROPERTIES, b"", _CORE_TYPE)
        relate(parts, "", "rIdCore", "core-properties", CORE_PROPERTIES)
    parts[STYLES] = restore_names(parts[STYLES])
    clean_settings(parts)
    forget_fonts(parts)
    return parts
