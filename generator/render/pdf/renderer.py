"""Letter → PDF: each version laid out, shared annexures joined, one tagged file written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from logging import LogRecord
from pathlib import Path
from typing import Any

from generator.content import Letter, Version, charts, version_texts
from generator.errors import PatraError, RenderError, TemplateError
from generator.files import own_text
from generator.model import Language
from generator.render.html import LOGO_URL, PageTemplate
from generator.render.html_blocks import chart_url
from generator.render.pdf.attached import attach_data
from generator.render.pdf.claims import VARIANT, write_pdf
from generator.render.pdf.engine import Fonts, complaints, missing_character, weasyprint
from generator.render.pdf.files import Fetcher, RefusedUrlError
from generator.render.pdf.markup import families_in, faults_in_markup, unknown_families
from generator.render.pdf.patches import patch_engine
from generator.sandbox import told

STYLE = "page.css"
SHARED_KEPT = 32
"""More different shared annexures than any edition has: beyond it they are no longer kept."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A letter's PDF.

    ``pages`` counts the pages of each part of each version: part 0 is the version's own pages
    (letter and own annexures), part n its shared annexure number n.
    """

    data: bytes
    pages: Mapping[tuple[Language, int], int]


class PdfRenderer:
    """Makes the PDFs of one kind; templates, fonts and shared annexures are kept between letters.

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
        self._fonts = Fonts()
        self._style = self._read_style(kind_folder)
        self._shared: dict[str, Any] = {}

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
        pages: dict[tuple[Language, int], int] = {}
        documents = []
        with _strictly(letter):
            for version in letter.versions:
                self._fetcher.logo = version.letterhead.logo
                self._fetcher.charts = {chart_url(chart): chart for chart in charts(version)}
                for part, document in self._parts(letter, version):
                    documents.append(document)
                    pages[version.language, part] = len(document.pages)
            every_page = [page for document in documents for page in document.pages]
            data = write_pdf(documents[0].copy(every_page), attach_data(letter, fingerprint))
        return RenderedPdf(data, pages)

    def _parts(self, letter: Letter, version: Version) -> Iterator[tuple[int, Any]]:
        yield 0, self._lay_out(self._template.own_pages(letter, version))
        for annexure in version.shared_annexures:
            html = self._template.shared_annexure(letter, version, annexure)
            yield annexure.number, self._lay_out_once(letter, html)

    def _lay_out_once(self, letter: Letter, html: str) -> Any:  # noqa: ANN401
        if html not in self._shared:
            with _strictly(letter):
                document = self._lay_out(html)
            if len(self._shared) >= SHARED_KEPT:
                self._shared.clear()
            self._shared[html] = document
        return self._shared[html]

    def _lay_out(self, html: str) -> Any:  # noqa: ANN401 - the engine ships no types
        page = weasyprint.HTML(
            string=html, base_url=self._fetcher.base_url, url_fetcher=self._fetcher
        )
        if fault := next(faults_in_markup(page.etree_element), None):
            raise TemplateError(
                f"{self._name}/page.html: {fault}",
                "A page holds texts, tables and pictures of the kind's own folder.",
            )
        document = self._rendered(page)
        if unknown := unknown_families(families_in(document.pages), self._fonts.families):
            raise TemplateError(
                f"{self._name}/{STYLE} names the font {unknown}, which no @font-face loads",
                "Load it from fonts/ with @font-face, or name one that is loaded.",
            )
        return document

    def _rendered(self, page: Any) -> Any:  # noqa: ANN401
        try:
            return page.render(
                font_config=self._fonts, stylesheets=[self._style], pdf_variant=VARIANT
            )
        except (PatraError, RefusedUrlError, RecursionError, MemoryError):
            raise
        except Exception as error:  # the engine has no error of its own for what is beyond it
            raise _beyond(error, f"{self._name}/page.html or {STYLE}") from error

    def _read_style(self, kind_folder: Path) -> Any:  # noqa: ANN401
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
                    string=text,
                    base_url=self._fetcher.base_url,
                    url_fetcher=self._fetcher,
                    font_config=self._fonts,
                )
        except RefusedUrlError as error:
            raise _refused(error) from error
        except RecursionError as error:
            raise _too_deep() from error
        except (SyntaxError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise _beyond(error, f"{kind_folder.name}/{STYLE}") from error
        if records:
            said = "; ".join(record.getMessage() for record in records)
            raise TemplateError(f"{kind_folder.name}/{STYLE}: {said}", "Correct the style sheet.")
        return style


@contextmanager
def _strictly(letter: Letter) -> Iterator[None]:
    """Turns what the engine would only log into an error that names the letter."""
    try:
        with complaints() as records:
            yield
    except RefusedUrlError as error:
        raise _refused(error) from error
    except RecursionError as error:
        raise _too_deep() from error
    if records:
        said = "; ".join(dict.fromkeys(_complaint(letter, record) for record in records))
        raise RenderError(
            f"{letter.who}: {said}",
            "Replace a character that no font in fonts/ has; otherwise correct the template.",
        )


def _complaint(letter: Letter, record: LogRecord) -> str:
    character = missing_character(record)
    if character is None:
        told = record.getMessage()
        drawing = "the logo cannot be drawn, or takes a file from elsewhere: put it in whole"
        return f"{told}: {drawing}" if told.endswith(Path(LOGO_URL).name) else told
    texts = (text for version in letter.versions for text in version_texts(version))
    text = next((text for text in texts if character in text), "")
    return f'no font has "{character}" (U+{ord(character):04X}), in "{text[:80]}"'


def _too_deep() -> TemplateError:
    return TemplateError(
        "page.html or page.css: elements lie too deep in one another, or sheets import each other",
        "A style sheet imports no other that imports it again.",
    )


def _beyond(error: Exception, place: str) -> TemplateError:
    return TemplateError(
        f"{place}: the PDF's engine cannot lay this out ({type(error).__name__}: {error})",
        "Undo the last change, or write it in a simpler way.",
    )


def _refused(error: RefusedUrlError) -> TemplateError:
    return TemplateError(
        f"page.html, page.css or the logo asks for {error}, which is missing or out of bounds",
        "A kind may use files of its own folder, and fonts of fonts/; a logo nothing but itself.",
    )
