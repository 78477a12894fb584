"""Words found in a real letter, where they stand, and in scripts that no letter has yet."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from generator.compose import compose_letter
from generator.content import Letter, Paragraph, Span, version_texts
from generator.paths import Paths
from generator.render.pdf import PdfRenderer
from generator.render.pdf.words import needs_true_text
from generator.run.prepare import prepare_edition
from tests.letters import sample_letter
from tests.pdf_reading import fold, pdfium_pages, poppler_text

ROOT = Path(__file__).resolve().parents[1]
OTHER_FONTS = ROOT / "tests" / "data" / "fonts"
SHAPED = (
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"),
    *("MALAYALAM", "SINHALA", "MEETEI", "CHAKMA", "LEPCHA", "LIMBU", "TIRHUTA", "KAITHI"),
    *("TIBETAN", "MYANMAR", "VEDIC"),
)
"""Scripts of India and its neighbours, as Unicode's names of signs begin."""
WORDS = ("प्रशिक्षण", "महोदय", "कार्यक्रम", "कर्मयोगी", "iGOT")


@pytest.fixture(scope="module")
def letter() -> Letter:
    """Haryana's letter of the sample edition."""
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    recipient = next(r for r in prepared.edition.recipients if r.id == "HR")
    return compose_letter(prepared.edition, prepared.cards, recipient, "SPECIMEN/1")


@pytest.fixture(scope="module")
def data(letter: Letter) -> bytes:
    """Its PDF."""
    kind = ROOT / "letter_templates" / "do_letter"
    return PdfRenderer(kind, ROOT / "fonts").render(letter).data


def places(data: bytes, word: str) -> list[tuple[int, float, float]]:
    """Where PDFium finds a word: page, and width and height of what it marks, in points."""
    document, found = pypdfium2.PdfDocument(data), []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        searcher = text.search(word, match_case=True)
        while (hit := searcher.get_next()) is not None:
            boxes = [text.get_rect(n) for n in range(text.count_rects(*hit))]
            left, top = min(b[0] for b in boxes), max(b[3] for b in boxes)
            right, bottom = max(b[2] for b in boxes), min(b[1] for b in boxes)
            found.append((number, right - left, top - bottom))
    document.close()
    return found


@pytest.mark.parametrize("word", WORDS)
def test_a_search_finds_every_place(word: str, letter: Letter, data: bytes, tmp_path: Path) -> None:
    texts = [fold(text) for version in letter.versions for text in version_texts(version)]
    wanted = sum(text.count(word) for text in texts)

    assert wanted >= 1
    assert len(places(data, word)) == wanted
    assert poppler_text(data, tmp_path).count(word) == wanted


def test_what_is_found_is_marked_where_it_stands_not_the_whole_line(data: bytes) -> None:
    marked = places(data, "प्रशिक्षण")

    assert marked
    assert all(20 < width < 90 and height < 25 for _page, width, height in marked)


def kind_with(font: str, folder: Path) -> tuple[Path, Path]:
    """The DO letter's kind, and the fonts, with one more font that the page may use."""
    kind, fonts = folder / "letter_templates" / "do_letter", folder / "fonts"
    shutil.copytree(ROOT / "letter_templates" / "do_letter", kind)
    shutil.copytree(ROOT / "fonts", fonts)
    shutil.copy(OTHER_FONTS / font, fonts)
    style = kind / "page.css"
    css = style.read_text("utf-8")
    css = re.sub(r'("Noto Serif", "Noto Serif Devanagari")', r'\1, "Other"', css)
    rule = f'@font-face {{ font-family: "Other"; src: url("../../fonts/{font}"); }}'
    style.write_text(f"{rule}\n{css}", "utf-8")
    return kind, fonts


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("Tamil", "கர்மயோகி பாரத் பயிற்சி நிகழ்ச்சிகளை தமிழ்நாடு அரசு பெரிதும் போற்றுகிறது."),
        ("Bengali", "কর্মযোগী ভারত প্রশিক্ষণ কার্যক্রমে পশ্চিমবঙ্গের শিক্ষার্থীরা অংশগ্রহণ করেছেন। ড় ঢ় য়"),
    ],
)
def test_any_script_that_is_shaped_comes_back_as_written(
    family: str, text: str, tmp_path: Path
) -> None:
    kind, fonts = kind_with(f"NotoSerif{family}-Regular.ttf", tmp_path)
    letter = sample_letter("en")
    version = replace(letter.versions[0], body=(Paragraph((Span(text),)),))

    made = PdfRenderer(kind, fonts).render(replace(letter, versions=(version,))).data

    assert fold(text) in " ".join(pdfium_pages(made))
    assert fold(text) in poppler_text(made, tmp_path)
    assert len(places(made, fold(text).split()[2])) == 1


def letters_of(*scripts: str) -> list[str]:
    """Every letter and sign of the scripts, by their names in Unicode."""
    signs = map(chr, range(sys.maxunicode + 1))
    return [sign for sign in signs if unicodedata.name(sign, "").split(" ")[0] in scripts]


def test_every_sign_of_indias_shaped_scripts_is_given_its_true_text() -> None:
    signs = letters_of(*SHAPED)

    assert len(signs) > 1800
    assert [sign for sign in signs if not needs_true_text(sign)] == []


def test_a_letter_with_a_mark_of_its_own_is_given_its_true_text() -> None:
    assert needs_true_text("Kr\u0325\u1e63\u1e47a")
    assert not needs_true_text("Krishna, café")


def test_scripts_from_right_to_left_are_left_to_the_readers() -> None:
    """Their readers turn a true text round as well (``words.py``)."""
    assert [sign for sign in letters_of("ARABIC", "HEBREW") if needs_true_text(sign)] == []
