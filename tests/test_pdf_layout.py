"""The look that can be measured: what is never torn apart, and what stays inside the margins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from generator.content import Annexure, Block, Heading, Letter, Paragraph, Row, Table
from generator.render.pdf import PdfRenderer
from tests.letters import line, sample_letter
from tests.pdf_reading import pdfium_pages

MILLIMETRE = 72 / 25.4
LONG_NAME = ("Shri Venkatanarasimharajuvaripeta " * 4)[:120]
HINDI_NAME = ("श्री वेंकटनरसिम्हाराजुवारिपेट " * 5)[:120]


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    root = Path(__file__).resolve().parents[1]
    return PdfRenderer(root / "letter_templates" / "do_letter", root / "fonts")


def with_body(*body: Block) -> Letter:
    """An English letter of these blocks, without annexures."""
    letter = sample_letter("en")
    return replace(letter, versions=(replace(letter.versions[0], body=body, annexures=()),))


def with_annexure(*blocks: Block) -> Letter:
    """An English letter whose only annexure has these blocks under its heading."""
    letter = sample_letter("en")
    annexure = Annexure(1, (Heading(1, line("ANNEXURE 1")), *blocks))
    return replace(letter, versions=(replace(letter.versions[0], annexures=(annexure,)),))


def to_addressee(language: str, name: str) -> Letter:
    """A letter in one language to somebody of this name."""
    letter = sample_letter(language)
    fields = {**letter.versions[0].fields, "addressee": (line(name), line("Chief Secretary,"))}
    return replace(letter, versions=(replace(letter.versions[0], fields=fields),))


def lines_of(count: int) -> list[Paragraph]:
    """So many paragraphs of one line."""
    return [Paragraph(line(f"Line {number}.")) for number in range(1, count + 1)]


def boxes(data: bytes) -> Iterator[tuple[float, float]]:
    """Where every visible character begins and ends from the left edge, in millimetres."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                left, _, right, _ = text.get_charbox(index)
                yield left / MILLIMETRE, right / MILLIMETRE
    document.close()


def test_the_signature_is_never_torn_from_the_addressee_nor_alone(renderer: PdfRenderer) -> None:
    lengths = set()
    for count in range(14, 24):
        pages = pdfium_pages(renderer.render(with_body(*lines_of(count))).data)

        (signed,) = (page for page in pages if "Yours sincerely," in page)
        for text in ("Regards,", "(Chhavi Bhardwaj)", "Government of Haryana", "Enclosures:"):
            assert text in signed
        assert f"Line {count}." in signed
        lengths.add(len(pages))

    assert lengths == {1, 2}  # or the foot of the page was not tried


def test_a_heading_never_stands_alone_at_the_foot(renderer: PdfRenderer) -> None:
    table = Table(("left",), (line("Head of table"),), tuple(Row((line("Cell"),)) for _ in "ab"))
    places = set()
    for count in range(28, 36):
        letter = with_annexure(*lines_of(count), Heading(3, line("Section heading")), table)

        pages = pdfium_pages(renderer.render(letter).data)

        (place,) = (i for i, page in enumerate(pages) if "Section heading" in page)
        assert "Section heading Head of table Cell" in pages[place]
        places.add(place)

    assert len(places) == 2  # or the foot of the page was not tried


def test_a_long_table_repeats_its_head_and_splits_no_row(renderer: PdfRenderer) -> None:
    text = " ".join(["words that run over several lines of their cell"] * 6)
    rows = tuple(Row((line(f"First {n}."), line(f"{text} last {n}."))) for n in range(1, 41))
    table = Table(("left", "left"), (line("Head of table"), line("Text")), rows)

    pages = pdfium_pages(renderer.render(with_annexure(table)).data)[1:]

    assert len(pages) > 2
    for page in pages:
        assert "Head of table" in page
    for number in range(1, 41):
        (page,) = (page for page in pages if f"First {number}." in page)
        assert f"last {number}." in page


@pytest.mark.parametrize(
    ("language", "name"), [("en", LONG_NAME), ("hi", HINDI_NAME), ("en", "X" * 120)]
)
def test_a_name_of_120_characters_stays_inside_the_margins(
    renderer: PdfRenderer, language: str, name: str
) -> None:
    pdf = renderer.render(to_addressee(language, name))

    found = list(boxes(pdf.data))

    assert min(left for left, _ in found) >= 24.5
    assert max(right for _, right in found) <= 190.5
    assert pdf.pages[language, 0] == 2


def test_a_table_of_seven_columns_stays_inside_the_margins(renderer: PdfRenderer) -> None:
    heads = (
        "State/UT",
        "Category",
        "Percentage of Users Onboarded",
        "Percentage of Verified Users",
        "Percentage of Users Completing 1 Course or More",
        "Composite Score (100)",
        "Rank",
    )
    cells = ("The Dadra and Nagar Haveli and Daman and Diu", "B", "100%", "92%", "6.25%", "4", "9")
    align = ("left", "left", "right", "right", "right", "right", "right")
    table = Table(align, tuple(map(line, heads)), (Row(tuple(map(line, cells))),) * 14)

    pdf = renderer.render(with_annexure(table))

    assert max(right for _, right in boxes(pdf.data)) <= 190.5
    assert pdf.pages["en", 0] == 2


def test_a_paragraph_leaves_two_lines_at_least_on_each_page(renderer: PdfRenderer) -> None:
    words = [f"word{number}" for number in range(1, 61)]  # six lines or so
    places = set()
    for count in range(27, 34):
        letter = with_annexure(*lines_of(count), Paragraph(line(" ".join(words))))

        pages = pdfium_pages(renderer.render(letter).data)[1:]

        counts = [page.count("word") for page in pages if "word" in page]
        assert min(counts) > 12  # a line holds about ten
        places.add(len(counts))

    assert places == {1, 2}  # or the foot of the page was not tried
