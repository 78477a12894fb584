"""Letter → PDF: each version laid out, shared annexures joined, one tagged file written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.content import Letter, Version
from generator.errors import PatraError, TemplateError
from generator.files import own_text
from generator.model import Language
from generator.render.chart import ChartArtist
from generator.render.html import PageTemplate
from generator.render.pdf.attached import attach_data
from generator.render.pdf.charts import ChartPicture, chart_pictures
from generator.render.pdf.claims import VARIANT, write_pdf
from generator.render.pdf.engine import Fonts, complaints, weasyprint
from generator.render.pdf.files import Fetcher, RefusedUrlError, font_faces
from generator.render.pdf.joined import Run, finish_file, join_pages, open_shared
from generator.render.pdf.markup import families_in, faults_in_markup, unknown_families
from generator.render.pdf.patches import patch_engine
from generator.render.pdf.strict import (
    beyond,
    refused,
    searching_no_garbage,
    strictly,
    too_deep,
)
from generator.render.pdf.styles import KeptStyles, UnkeptError
from generator.sandbox import told

STYLE = "page.css"
SHARED_KEPT = 32
"""More different shared annexures than any edition has: beyond it they are no longer kept."""
POINTS = 0.75
"""A pixel of the engine's layout in points."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A letter's PDF.

    ``pages`` counts the pages of each part of each version: part 0 is the version's own pages
    (letter and own annexures), part n its shared annexure number n.
    """

    data: bytes
    pages: Mapping[tuple[Language, int], int]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a version, laid out; ``key`` is by what a shared one is known, None of an own."""

    language: Language
    number: int
    document: Any
    key: tuple[frozenset[str], str] | None = None

    @property
    def run(self) -> Run:
        """Its pages, and whether many letters share them."""
        return Run(self.key is not None, len(self.document.pages))


@dataclass(frozen=True, slots=True)
class _Look:
    """The style sheet of a kind, and the fonts that it has loaded."""

    fonts: Fonts
    style: Any


class PdfRenderer:
    """Makes the PDFs of one kind; templates, fonts and shared annexures are kept between letters.

    Annexures that letters share are laid out and written once (``joined.py``).

    Not for several threads at once: Pango dislikes them.

    Args:
        kind_folder: Holds ``page.html`` and ``page.css``.
        fonts: The folder whose fonts ``page.css`` may load.

    Raises:
        TemplateError: A template is missing, or says what the engine does not understand.
    """

    def __init__(self, kind_folder: Path, fonts: Path) -> None:
        patch_engine()
        self._name = kind_folder.name
        self._template = PageTemplate(kind_folder)
        self._fetcher = Fetcher(kind_folder, fonts)
        self._kind_folder, self._fonts = kind_folder, fonts
        self._artist = ChartArtist(fonts)
        self._looks = {frozenset[str](): self._read_look(frozenset())}
        self._shared: dict[tuple[frozenset[str], str], Any] = {}
        self._written: dict[tuple[object, ...], Any] = {}

    def render(self, letter: Letter, fingerprint: str = "") -> RenderedPdf:
        """The letter in one file: each version's own pages, then its shared annexures; its data.

        Equal letters give equal bytes, in any process and on any day.

        Args:
            letter: The finished letter.
            fingerprint: Its fingerprint, which stands in the data; "" in a draft.

        Raises:
            RenderError: The engine complained of the letter (a character that no font has, say).
            TemplateError: ``page.html`` or ``page.css`` is broken.
        """
        with self._keeping_no_error(), searching_no_garbage(), strictly(letter):
            parts = [part for version in letter.versions for part in self._parts(letter, version)]
            data = self._write(letter, fingerprint, parts)
        pages = {(part.language, part.number): len(part.document.pages) for part in parts}
        return RenderedPdf(data, pages)

    @contextmanager
    def _keeping_no_error(self) -> Iterator[None]:
        """After an error nothing is kept of the looks: the next letter is told of it as well."""
        try:
            yield
        except PatraError:
            for look in self._looks.values():
                look.fonts.forget()
            raise

    def _write(self, letter: Letter, fingerprint: str, parts: Sequence[_Part]) -> bytes:
        """The file of a letter's parts, in their order."""
        first = parts[0].document
        own = first.copy(_pages(part for part in parts if part.key is None))
        data = write_pdf(own, attach_data(letter, fingerprint))
        if all(part.key is None for part in parts):
            return finish_file(data)
        outline = first.copy(_pages(parts)).make_bookmark_tree(POINTS, transform_pages=True)
        runs = [part.run for part in parts]
        return join_pages(data, self._write_shared(letter, parts), runs, outline)

    def _write_shared(self, letter: Letter, parts: Sequence[_Part]) -> Any:  # noqa: ANN401
        """The file of a letter's shared annexures, which most letters have in common."""
        shared = [part for part in parts if part.key is not None]
        key = tuple(part.key for part in shared)
        if key not in self._written:
            with strictly(letter):
                data = write_pdf(shared[0].document.copy(_pages(shared)))
            if len(self._written) >= SHARED_KEPT:
                self._written.clear()
            self._written[key] = open_shared(data)
        return self._written[key]

    def _parts(self, letter: Letter, version: Version) -> Iterator[_Part]:
        families = frozenset(tongue.font for tongue in letter.further.values())
        if families not in self._looks:
            self._looks[families] = self._read_look(families)
        self._fetcher.logo = version.letterhead.logo
        pictures = chart_pictures(version, self._artist, self._fetcher.base_url)
        html = self._template.own_pages(letter, version)
        yield _Part(version.language, 0, self._lay_out(html, families, pictures))
        for annexure in version.shared_annexures:
            html = self._template.shared_annexure(letter, version, annexure)
            document = self._lay_out_once(letter, html, families, pictures)
            yield _Part(version.language, annexure.number, document, (families, html))

    def _lay_out_once(
        self,
        letter: Letter,
        html: str,
        families: frozenset[str],
        pictures: Mapping[str, ChartPicture],
    ) -> Any:  # noqa: ANN401 - no types
        key = (families, html)
        if key not in self._shared:
            with strictly(letter):
                document = self._lay_out(html, families, pictures)
            if len(self._shared) >= SHARED_KEPT:
                self._shared.clear()
            self._shared[key] = document
        return self._shared[key]

    def _lay_out(
        self, html: str, families: frozenset[str], pictures: Mapping[str, ChartPicture]
    ) -> Any:  # noqa: ANN401 - no types
        look = self._looks[families]
        page = weasyprint.HTML(
            string=html, base_url=self._fetcher.base_url, url_fetcher=self._fetcher
        )
        if fault := next(faults_in_markup(page.etree_element), None):
            raise TemplateError(
                f"{self._name}/page.html: {fault}",
                "A page holds texts, tables and pictures of the kind's own folder.",
            )
        document = self._rendered(page, look, pictures)
        if unknown := unknown_families(families_in(document.pages), look.fonts.families):
            raise TemplateError(
                f"{self._name}/{STYLE} names the font {unknown}, which no @font-face loads",
                "Load it from fonts/ with @font-face, or name one that is loaded.",
            )
        return document

    def _rendered(self, page: Any, look: _Look, pictures: Mapping[str, ChartPicture]) -> Any:  # noqa: ANN401
        try:
            return page.render(
                font_config=look.fonts,
                stylesheets=[look.style],
                pdf_variant=VARIANT,
                cache=dict(pictures),
            )
        except UnkeptError:
            look.fonts.kept = None
            return self._rendered(page, look, pictures)
        except (PatraError, RefusedUrlError, RecursionError, MemoryError):
            raise
        except Exception as error:  # the engine has no error of its own for what is beyond it
            raise beyond(error, f"{self._name}/page.html or {STYLE}") from error

    def _read_look(self, families: frozenset[str]) -> _Look:
        """``page.css`` after the faces of some families that it need not name."""
        kind_folder, fonts = self._kind_folder, Fonts()
        path = kind_folder / STYLE
        if not path.is_file():
            raise TemplateError(
                f"{kind_folder.name}/{STYLE} is missing", "Copy it from a kind that works."
            )
        try:
            text = own_text(path)
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateError(
                f"{kind_folder.name}/{STYLE}: {told(error)}", "Copy it from a kind that works."
            ) from error
        try:
            with complaints() as records:
                style = weasyprint.CSS(
                    string=font_faces(self._fonts, families) + text,
                    base_url=self._fetcher.base_url,
                    url_fetcher=self._fetcher,
                    font_config=fonts,
                )
        except RefusedUrlError as error:
            raise refused(error) from error
        except RecursionError as error:
            raise too_deep() from error
        except (SyntaxError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise beyond(error, f"{kind_folder.name}/{STYLE}") from error
        if records:
            said = "; ".join(record.getMessage() for record in records)
            raise TemplateError(f"{kind_folder.name}/{STYLE}: {said}", "Correct the style sheet.")
        fonts.kept = KeptStyles()
        return _Look(fonts, style)


def _pages(parts: Iterable[_Part]) -> list[Any]:
    return [page for part in parts for page in part.document.pages]
