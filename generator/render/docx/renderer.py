"""The renderer: a letter in, the bytes of its Word file out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from generator.content import Annexure, Chart, HeadLine, Letter, Version, charts
from generator.errors import RenderError
from generator.model import Language
from generator.render.chart import ChartArtist
from generator.render.docx.blocks import BlockWriter
from generator.render.docx.embed import Embedder
from generator.render.docx.join import join_sections
from generator.render.docx.package import (
    CORE_PROPERTIES,
    Parts,
    add_part,
    relate,
    write_package,
)
from generator.render.docx.pictures import Picture, chart_picture, read_logo
from generator.render.docx.properties import (
    APP_PROPERTIES,
    APP_TYPE,
    app_properties,
    core_properties,
)
from generator.render.docx.section import RenderedSection
from generator.render.docx.template import WordTemplate
from generator.render.docx.tongues import set_tongues
from generator.render.docx.used import Used, used_in_file, used_together
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
        fonts: Holds the fonts to embed; None embeds none.

    Raises:
        TemplateError: ``letter.docx`` is missing or broken, or a font of its is damaged.
    """

    def __init__(self, kind_folder: Path, fonts: Path | None = None) -> None:
        self._template = WordTemplate(kind_folder)
        self._embedder = Embedder(fonts, self._template.families) if fonts else None
        self._artist = ChartArtist(fonts) if fonts else None
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
            TemplateError: A tag fails, the template has no place for a part of the letter, or a
                font forbids to be embedded.
            RenderError: The letter holds what Word cannot: a control character, a broken logo.
        """
        sections, counts = [], []
        for version in letter.versions:
            counts.append(pages[version.language, 0])
            sections.append(self._own_pages(letter, version, counts[-1]))
            for annexure in version.shared_annexures:
                counts.append(pages[version.language, annexure.number])
                key = (version.language, annexure, letter.mark, counts[-1])
                sections.append(self._shared_annexure(key))
        parts = join_sections(self._template, sections, self._pictures(letter))
        parts[CORE_PROPERTIES] = core_properties(letter)
        add_part(parts, APP_PROPERTIES, app_properties(letter, sum(counts)), APP_TYPE)
        relate(parts, "", "rIdApp", "extended-properties", APP_PROPERTIES)
        if letter.further:
            set_tongues(parts, letter.further, self._template.styles)
        if self._embedder and letter.embed_fonts:
            families = {tongue.font for tongue in letter.further.values()}
            self._embedder.embed(parts, self._used(letter, sections, parts), families)
        return write_package(parts)

    def _used(self, letter: Letter, sections: Sequence[RenderedSection], parts: Parts) -> Used:
        """Of each section it is known, unless words of a further language were dressed anew."""
        if letter.further:
            return used_in_file(parts, self._template.styles)
        return used_together(section.used for section in sections)

    def _pictures(self, letter: Letter) -> Iterator[Picture]:
        for version in letter.versions:
            if version.letterhead.logo:
                yield read_logo(version.letterhead.logo)
            yield from map(self._picture, charts(version))

    def _picture(self, chart: Chart) -> Picture:
        if self._artist is None:
            raise RenderError("A chart needs fonts, and none were given.", "Name their folder.")
        return chart_picture(chart, self._artist.png(chart))

    def check_fonts(self) -> None:
        """Raises ``TemplateError`` where a font is not there, or forbids to be embedded."""
        if self._embedder:
            self._embedder.check(self._template.faces, self._template.name)

    def _own_pages(self, letter: Letter, version: Version, pages: int) -> RenderedSection:
        section = self._template.own
        if version.own_annexures and "annexures" not in section.names:
            raise self._template.lacks("annexures", "the first section", "the letter's annexures")
        writer = BlockWriter(self._template.styles, version.language, section.width, self._picture)
        return section.template.render(own_values(letter, version, writer, pages))

    def _shared_annexure(self, key: _Key) -> RenderedSection:
        if key not in self._shared:
            section = self._template.shared
            if "annexure" not in section.names:
                raise self._template.lacks(
                    "annexure", "the second section", "annexures that all letters share"
                )
            if len(self._shared) >= _KEPT:
                self._shared.clear()
            language, annexure, mark, pages = key
            writer = BlockWriter(self._template.styles, language, section.width, self._picture)
            values = shared_values(mark, annexure, writer, pages)
            self._shared[key] = section.template.render(values)
        return self._shared[key]
