"""Word files are valid by two validators, and look the same where their fonts are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.content import Letter
from generator.render.docx import DocxRenderer
from tests.command import ROOT
from tests.letters import sample_letter
from tests.pdf_reading import run
from tests.word_checked import altered, faults, shown_bare

PAGES: Mapping[tuple[str, int], int] = {("hi", 0): 2, ("hi", 2): 4, ("en", 0): 3, ("en", 2): 5}
LETTERS = {
    "both": sample_letter(),
    "english first": sample_letter("en", "hi"),
    "hindi": sample_letter("hi"),
    "english": sample_letter("en"),
    "no specimen": replace(sample_letter(), mark=()),
    "no fonts": replace(sample_letter(), embed_fonts=False),
}
FAULTS = {
    "a wrong element": ("word/document.xml", b"<w:cantSplit/>", b"<w:cantSplat/>"),
    "properties out of order": (
        "word/settings.xml",
        b"<w:embedTrueTypeFonts/><w:saveSubsetFonts/>",
        b"<w:saveSubsetFonts/><w:embedTrueTypeFonts/>",
    ),
    "a font that is not there": (
        "word/fontTable.xml",
        b'r:id="rIdNotoSerifBold"',
        b'r:id="rIdNone"',
    ),
    "a key that is none": ("word/fontTable.xml", b'w:fontKey="{', b'w:fontKey="'),
}


@pytest.fixture(scope="module")
def renderer() -> DocxRenderer:
    return DocxRenderer(ROOT / "letter_templates" / "do_letter", ROOT / "fonts")


@pytest.fixture
def file(renderer: DocxRenderer, tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(renderer.render(sample_letter(), PAGES))
    return path


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_neither_validator_finds_a_fault(
    renderer: DocxRenderer, letter: Letter, tmp_path: Path
) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(renderer.render(letter, PAGES))

    assert faults(path) == []


def test_the_template_itself_is_a_valid_word_file() -> None:
    assert faults(ROOT / "letter_templates" / "do_letter" / "letter.docx") == []


@pytest.mark.parametrize(("part", "old", "new"), FAULTS.values(), ids=FAULTS)
def test_a_bad_file_is_seen(file: Path, part: str, old: bytes, new: bytes) -> None:
    assert faults(file) == []

    assert faults(altered(file, part, old, new))


def test_libreoffice_prints_with_the_fonts_in_the_file_where_the_machine_has_none(
    file: Path, renderer: DocxRenderer, tmp_path: Path
) -> None:
    without = tmp_path / "without.docx"
    without.write_bytes(renderer.render(replace(sample_letter(), embed_fonts=False), PAGES))

    carrying, lacking = (
        fonts_of(shown_bare([path], tmp_path / path.stem)[0]) for path in (file, without)
    )

    assert carrying == {
        *("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic", "NotoSerif-BoldItalic"),
        *("NotoSerifDevanagari-Regular", "NotoSerifDevanagari-Bold"),
    }
    assert lacking == {"NotoSans-Regular"}


def fonts_of(pdf: Path) -> set[str]:
    """The names of a PDF's fonts, without the letters that mark a subset."""
    rows = run("pdffonts", data=pdf.read_bytes(), folder=pdf.parent).splitlines()[2:]
    return {row.split()[0].partition("+")[2] for row in rows}
