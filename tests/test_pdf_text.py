"""The text layer: what is copied, searched and heard is what was written."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from generator.content import Letter, version_texts
from generator.errors import RenderError
from generator.render.pdf import PdfRenderer, words
from generator.render.pdf.engine import drawing, weasyprint
from generator.render.pdf.engine import pages as page_drawing
from generator.render.pdf.patches import patch_engine, unpatch_engine
from tests.letters import sample_letter
from tests.pdf_reading import drawn, fold, holds, pdfium_pages, poppler_text


def new_renderer() -> PdfRenderer:
    """The DO letter's renderer, which has kept no line yet."""
    root = Path(__file__).resolve().parents[1]
    return PdfRenderer(root / "letter_templates" / "do_letter", root / "fonts")


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """One for all tests."""
    return new_renderer()


@pytest.fixture(scope="module")
def true(renderer: PdfRenderer) -> bytes:
    """The Hindi letter as it is issued."""
    return renderer.render(sample_letter("hi")).data


@pytest.fixture(scope="module")
def engine(renderer: PdfRenderer) -> bytes:
    """The Hindi letter as the engine alone would write it."""
    unpatch_engine()
    try:
        return renderer.render(sample_letter("hi")).data
    finally:
        patch_engine()


def missing(letter: Letter, read: str) -> list[str]:
    """The texts of a letter that a program did not read."""
    texts = [text for version in letter.versions for text in version_texts(version)]
    return [fold(text) for text in texts if not holds(read, text)]


def pixels(data: bytes) -> list[bytes]:
    """Every page as PDFium draws it, at 144 dots an inch."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.render(scale=2).to_numpy().tobytes() for page in document]
    document.close()
    return pages


def test_poppler_reads_every_text_of_a_hindi_letter(true: bytes, tmp_path: Path) -> None:
    assert missing(sample_letter("hi"), poppler_text(true, tmp_path)) == []


def test_pdfium_reads_every_text_of_a_hindi_letter(true: bytes) -> None:
    assert missing(sample_letter("hi"), " ".join(pdfium_pages(true))) == []


def test_both_read_every_text_of_an_english_letter(renderer: PdfRenderer, tmp_path: Path) -> None:
    letter = sample_letter("en")
    data = renderer.render(letter).data

    assert missing(letter, poppler_text(data, tmp_path)) == []
    assert missing(letter, " ".join(pdfium_pages(data))) == []


def test_the_engine_alone_garbles_hindi(engine: bytes, tmp_path: Path) -> None:
    """When this fails the engine has learnt it, and ``patches.py`` can go."""
    assert missing(sample_letter("hi"), poppler_text(engine, tmp_path))
    assert missing(sample_letter("hi"), " ".join(pdfium_pages(engine)))


def test_the_true_text_changes_no_pixel(true: bytes, engine: bytes, tmp_path: Path) -> None:
    """As Poppler draws it: PDFium loses a move at the end of what the engine alone writes."""
    assert true != engine
    assert drawn(true, tmp_path) == drawn(engine, tmp_path)


def test_the_marks_of_words_change_no_pixel_in_pdfium(
    true: bytes, engine: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same glyphs without the marks; from the engine's own file it loses moves."""
    monkeypatch.setattr(words, "_owners", lambda text: ([], [None] * len(text.encode())))

    unmarked = new_renderer().render(sample_letter("hi")).data

    assert unmarked != true
    assert pixels(unmarked) == pixels(true)
    assert pixels(engine) != pixels(true)


def test_another_engine_is_refused_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    unpatch_engine()
    monkeypatch.setattr(weasyprint, "__version__", "71.0")

    with pytest.raises(RenderError, match=r"71\.0 is not the engine"):
        patch_engine()

    monkeypatch.undo()
    patch_engine()


def test_a_changed_function_of_the_engine_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unpatch_engine()
    monkeypatch.setattr(page_drawing, "draw_text", lambda: None)

    with pytest.raises(RenderError, match="differs in draw_text"):
        patch_engine()

    monkeypatch.undo()
    patch_engine()


def test_wrapping_twice_wraps_once() -> None:
    patch_engine()
    once = drawing.draw_first_line

    patch_engine()

    assert drawing.draw_first_line is once
