"""The renderer: a letter in, the bytes of its Word file out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from generator.content import Annexure, HeadLine, Letter, Version
from generator.model import Language
from generator.render.docx.blocks import BlockWriter
from generator.render.docx.join import join_sections
from generator.render.docx.logo import read_logo
from generator.render.docx.package import CORE_PROPERTIES, write_package
from generator.render.docx.properties import core_properties
from generator.render.docx.section import RenderedSection
from generator.render.docx.template import WordTemplate
from generator.render.docx.values import own_values, shared_values

PageCounts: TypeAlias = Mapping[tuple[Language, int], int]
"""Pages by version and part: part 0 is a version's own pages, part n shared annexure n."""

_Key: TypeAlias = tuple[Language, Annexure, tuple[HeadLine, ...], int]
_KEPT = 24
"""Shared annexures kept ready: a few languages of a few annexures, not every draft's."""


class DocxRenderer:
    """Makes letters of one kind; keep one a process, it reads the template once.

    Args:
        kind_folder: Holds ``letter.docx``.

    Raises:
        TemplateError: ``letter.docx`` is missing or broken.
    """

    def __init__(self, kind_folder: Path) -> None:
        self._template = WordTemplate(kind_folder)
        self._shared: dict[_Key, RenderedSection] = {}

    def render(self, letter: Letter, pages: PageCounts) -> bytes:
        """The Word file of a letter: every version's own pages, then its shared annexures.

        Args:
            letter: The finished letter.
            pages: How many pages each part has in the PDF. Word counts anew; programs that do
                not know the field (LibreOffice) print these.

        Returns:
            The file's bytes, the same for the same letter in every process.

        Raises:
            TemplateError: A tag fails, or the template has no place for a part of the letter.
            RenderError: The letter holds what Word cannot: a control character, a broken logo.
        """
        sections = []
        for version in letter.versions:
            sections.append(self._own_pages(letter, version, pages[version.language, 0]))
            for annexure in version.shared_annexures:
                count = pages[version.language, annexure.number]
                key = (version.language, annexure, letter.mark, count)
                sections.append(self._shared_annexure(key))
        logos = [read_logo(v.letterhead.logo) for v in letter.versions if v.letterhead.logo]
        parts = join_sections(self._template, sections, logos)
        parts[CORE_PROPERTIES] = core_properties(letter)
        return write_package(parts)

    def _own_pages(self, letter: Letter, version: Version, pages: int) -> RenderedSection:
        section = self._template.own
        if version.own_annexures and "annexures" not in section.names:
            raise self._template.lacks("annexures", "the first section", "the letter's annexures")
        writer = BlockWriter(self._template.styles, version.language, section.width)
        return section.template.render(own_values(letter, version, writer, pages))

    def _shared_annexure(self, key: _Key) -> RenderedSection:
        if key not in self._shared:
            section = self._template.shared
            if section is None or "annexure" not in section.names:
                raise self._template.lacks(
                    "annexure", "the second section", "annexures that all letters share"
                )
            if len(self._shared) >= _KEPT:
                self._shared.clear()
            language, annexure, mark, pages = key
            writer = BlockWriter(self._template.styles, language, section.width)
            values = shared_values(mark, annexure, writer, pages)
            self._shared[key] = section.template.render(values)
        return self._shared[key]
