"""The text layer: what is copied, searched and heard is what was written."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from generator.content import Letter, version_texts
from generator.render.pdf import PdfRenderer
from generator.render.pdf.engine import drawing, weasyprint
from generator.render.pdf.text_layer import write_engine_text, write_true_text
from tests.letters import sample_letter
from tests.pdf_reading import fold, holds, pdfium_pages, pixels, poppler_text


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    root = Path(__file__).resolve().parents[1]
    return PdfRenderer(root / "letter_templates" / "do_letter", root / "fonts")


@pytest.fixture(scope="module")
def true(renderer: PdfRenderer) -> bytes:
    """The Hindi letter as it is issued."""
    return renderer.render(sample_letter("hi")).data


@pytest.fixture(scope="module")
def engine(renderer: PdfRenderer) -> bytes:
    """The Hindi letter as the engine alone would write it."""
    write_engine_text()
    try:
        return renderer.render(sample_letter("hi")).data
    finally:
        write_true_text()


def missing(letter: Letter, read: str) -> list[str]:
    """The texts of a letter that a program did not read."""
    texts = [text for version in letter.versions for text in version_texts(version)]
    return [fold(text) for text in texts if not holds(read, text)]


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
    """When this fails the engine has learnt it, and ``text_layer.py`` can go."""
    assert missing(sample_letter("hi"), poppler_text(engine, tmp_path))
    assert missing(sample_letter("hi"), " ".join(pdfium_pages(engine)))


def test_the_true_text_changes_no_pixel(true: bytes, engine: bytes) -> None:
    assert true != engine
    assert pixels(true) == pixels(engine)


def test_the_engine_is_the_one_whose_private_function_we_wrap() -> None:
    function = inspect.unwrap(drawing.draw_first_line)
    caller = inspect.getsource(drawing.draw_text)

    assert weasyprint.__version__ == "70.0"
    assert list(inspect.signature(function).parameters) == [
        "stream",
        "textbox",
        "text_overflow",
        "block_ellipsis",
        "matrix",
    ]
    assert "draw_first_line(\n        stream, textbox, text_overflow" in caller
    assert caller.index("begin_text()") < caller.index("draw_first_line(")


def test_wrapping_twice_wraps_once() -> None:
    write_true_text()
    once = drawing.draw_first_line

    write_true_text()

    assert drawing.draw_first_line is once
