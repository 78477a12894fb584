"""Letter → PDF: each version laid out, shared annexures joined, one tagged file written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from generator.content import Letter, Version
from generator.errors import PatraError, TemplateError
from generator.files import own_text
from generator.fingerprint import hash_logo
from generator.model import Language
from generator.render.chart import ChartArtist
from generator.render.html import PageTemplate
from generator.render.pdf.attached import attach_data
from generator.render.pdf.charts import ChartPicture, chart_pictures
from generator.render.pdf.claims import VARIANT, write_pdf
from generator.render.pdf.engine import Fonts, complaints, weasyprint
from generator.render.pdf.files import Fetcher, RefusedUrlError, font_faces
from generator.render.pdf.joined import Run, finish_file, finish_shared, join_pages, open_shared
from generator.render.pdf.markup import families_in, faults_in_markup, unknown_families
from generator.render.pdf.patches import patch_engine
from generator.render.pdf.shelf import Shared, SharedPage, Shelf
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
    """A part of a version: pages of the letter's own, laid out, or of a shared annexure."""

    language: Language
    number: int
    pages: Sequence[Any]

    @property
    def run(self) -> Run:
        """Its pages, and whether many letters share them."""
        return Run(self.number > 0, len(self.pages))


class _Opened(NamedTuple):
    """Shared annexures, their file open."""

    parts: Sequence[Sequence[SharedPage]]
    file: Any


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
        shelf: Holds shared annexures between runs; None: they are made once a process.

    Raises:
        TemplateError: A template is missing, or says what the engine does not understand.
    """

    def __init__(self, kind_folder: Path, fonts: Path, shelf: Shelf | None = None) -> None:
        patch_engine()
        self._name = kind_folder.name
        self._template = PageTemplate(kind_folder)
        self._fetcher = Fetcher(kind_folder, fonts)
        self._kind_folder, self._fonts = kind_folder, fonts
        self._artist = ChartArtist(fonts)
        self._looks = {frozenset[str](): self._read_look(frozenset())}
        self._shelf = shelf
        self._opened: dict[tuple[object, ...], _Opened] = {}

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
            self._fetcher.logo = letter.versions[0].letterhead.logo
            own = {v.language: self._own_pages(letter, v) for v in letter.versions}
            shared = self._shared_annexures(letter)
            parts = list(_parts(letter, own, shared))
            first, attachments = next(iter(own.values())), attach_data(letter, fingerprint)
            data = self._write(first, attachments, parts, shared and shared.file)
        return RenderedPdf(data, {(part.language, part.number): len(part.pages) for part in parts})

    @contextmanager
    def _keeping_no_error(self) -> Iterator[None]:
        """After an error nothing is kept of the looks: the next letter is told of it as well."""
        try:
            yield
        except PatraError:
            for look in self._looks.values():
                look.fonts.forget()
            raise

    def _write(
        self,
        document: Any,  # noqa: ANN401 - no types
        attachments: Sequence[Any],
        parts: Sequence[_Part],
        shared: Any,  # noqa: ANN401
    ) -> bytes:
        """The file of a letter's parts, in their order; ``document`` is one of its own."""
        own = document.copy(_pages(part for part in parts if not part.run.shared))
        data = write_pdf(own, attachments)
        if shared is None:
            return finish_file(data)
        outline = document.copy(_pages(parts)).make_bookmark_tree(POINTS, transform_pages=True)
        return join_pages(data, shared, [part.run for part in parts], outline)

    def _own_pages(self, letter: Letter, version: Version) -> Any:  # noqa: ANN401 - no types
        return self._lay_out(self._template.own_pages(letter, version), letter, version)

    def _shared_annexures(self, letter: Letter) -> _Opened | None:
        """The file of a letter's shared annexures, which most letters have in common."""
        sheets = [
            (self._template.shared_annexure(letter, version, annexure), version)
            for version in letter.versions
            for annexure in version.shared_annexures
        ]
        if not sheets:
            return None
        key = (_families(letter), *(html for html, _version in sheets))
        if key not in self._opened:
            shared = self._from_shelf(letter, sheets)
            if len(self._opened) >= SHARED_KEPT:
                self._opened.clear()
            self._opened[key] = _Opened(shared.parts, open_shared(shared.data))
        return self._opened[key]

    def _from_shelf(self, letter: Letter, sheets: Sequence[tuple[str, Version]]) -> Shared:
        """Shared annexures as they were made in an earlier run, or made now."""
        if self._shelf is None:
            return self._made(letter, sheets)
        about = self._name, *sorted(_families(letter)), *(html for html, _version in sheets)
        place = self._shelf.place(repr(hash_logo(letter)), *about)
        if found := self._shelf.find(place):
            return found
        made = self._made(letter, sheets)
        if place == self._shelf.place(repr(hash_logo(letter)), *about):  # nothing changed meanwhile
            self._shelf.put(place, made)
        return made

    def _made(self, letter: Letter, sheets: Sequence[tuple[str, Version]]) -> Shared:
        with strictly(letter):
            documents = [self._lay_out(html, letter, version) for html, version in sheets]
            whole = documents[0].copy([page for each in documents for page in each.pages])
            data = finish_shared(write_pdf(whole))
        parts = [[SharedPage(p.height, p.bookmarks) for p in each.pages] for each in documents]
        return Shared(parts, data)

    def _lay_out(self, html: str, letter: Letter, version: Version) -> Any:  # noqa: ANN401
        families = _families(letter)
        if families not in self._looks:
            self._looks[families] = self._read_look(families)
        look = self._looks[families]
        pictures = chart_pictures(version, self._artist, self._fetcher.base_url)
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


def _families(letter: Letter) -> frozenset[str]:
    """Of the fonts of a letter's further languages."""
    return frozenset(tongue.font for tongue in letter.further.values())


def _parts(letter: Letter, own: Mapping[Language, Any], shared: _Opened | None) -> Iterator[_Part]:
    """The parts of a letter in their order."""
    annexures = iter(shared.parts if shared else ())
    for version in letter.versions:
        yield _Part(version.language, 0, own[version.language].pages)
        for annexure in version.shared_annexures:
            yield _Part(version.language, annexure.number, next(annexures))


def _pages(parts: Iterable[_Part]) -> list[Any]:
    return [page for part in parts for page in part.pages]
