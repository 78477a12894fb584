"""The look that can be measured: what is never torn apart, and what stays inside the margins."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import ImageFont

from generator.content import Annexure, Block, Heading, Letter, Paragraph, Row, Span, Table, plain
from generator.inputs.states import find_state, load_states
from generator.model import Language
from generator.render.docx.table import column_widths
from generator.render.pdf import PdfRenderer
from tests.letters import line, sample_letter
from tests.pdf_reading import pdfium_pages

ROOT = Path(__file__).resolve().parents[1]
MILLIMETRE = 72 / 25.4
TEXT_WIDTH = 9355
"""165 mm in twips: A4 less 25 mm and 20 mm."""
LONG_NAME = ("Shri Venkatanarasimharajuvaripeta " * 4)[:120]
HINDI_NAME = ("श्री वेंकटनरसिम्हाराजुवारिपेट " * 5)[:120]


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    return PdfRenderer(ROOT / "letter_templates" / "do_letter", ROOT / "fonts")


def with_body(*body: Block) -> Letter:
    """An English letter of these blocks, without annexures."""
    letter = sample_letter("en")
    return replace(letter, versions=(replace(letter.versions[0], body=body, annexures=()),))


def with_annexure(*blocks: Block, language: Language = "en") -> Letter:
    """A letter in one language whose only annexure has these blocks under its heading."""
    letter = sample_letter(language)
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


# --- tables: Word gives their columns what the PDF gives them -------------------------------------


def table_of(align: str, *rows: str) -> Table:
    """A table from one letter a column (l, c, r) and rows of cells separated by bars.

    The first row is the head, and a row that begins with a star is marked and bold.
    """
    sides = {"l": "left", "c": "center", "r": "right"}
    head, *others = [
        tuple(line(cell.strip(), bold=row[0] == "*") for cell in row.lstrip("*").split("|"))
        for row in rows
    ]
    marked = [row[0] == "*" for row in rows[1:]]
    body = (Row(cells, marked=mark) for cells, mark in zip(others, marked, strict=True))
    return Table(tuple(sides[letter] for letter in align), head, tuple(body))


def printed_width(text: str, *, bold: bool) -> float:
    """How wide a text of a table is in the letter's own fonts and size, in twips."""
    with zipfile.ZipFile(ROOT / "letter_templates/do_letter/letter.docx") as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
    style = next(s for s in styles if s.get(qn("w:styleId")) == "TableText")
    twips = int(style.find(f".//{qn('w:sz')}").get(qn("w:val"))) * 10
    weight = "Bold" if bold else "Regular"
    length = 0.0
    for piece in re.findall("[\u0900-\u097f]+|[^\u0900-\u097f]+", text):
        script = "Devanagari" if "\u0900" <= piece[0] <= "\u097f" else ""
        font = ImageFont.truetype(
            ROOT / "fonts" / f"NotoSerif{script}-{weight}.ttf",
            1000,
            layout_engine=ImageFont.Layout.RAQM,
        )
        length += font.getlength(piece)
    return length / 1000 * twips


def room_in(width: int) -> int:
    """What a column of this width leaves to its text, in twips: less padding, rule and bar."""
    with zipfile.ZipFile(ROOT / "letter_templates/do_letter/letter.docx") as package:
        margins = etree.fromstring(package.read("word/styles.xml")).find(
            f".//*[@{qn('w:styleId')}='LetterTable']//{qn('w:tblCellMar')}"
        )
    sides = (margins.find(qn(f"w:{side}")).get(qn("w:w")) for side in ("left", "right"))
    return width - sum(map(int, sides)) - 30


def broken_cells(table: Table) -> list[str]:
    """The texts that do not stand in one line, other than the score's long head."""
    widths = column_widths(table, TEXT_WIDTH)
    head = ((Span(""),) if "(100" in plain(cell) else cell for cell in table.head)
    return [
        cell[0].text
        for row in (Row(tuple(head), marked=True), *table.rows)  # heads are bold
        for cell, width in zip(row.cells, widths, strict=True)
        if printed_width(cell[0].text, bold=row.marked) > room_in(width)
    ]


RANKINGS = {
    "en": ("State/UT | Category | Composite Score (100) | Rank", "(addressee)"),
    "hi": ("राज्य/संघ राज्य क्षेत्र | श्रेणी | समग्र स्कोर (100 में से) | रैंक", "(प्रेषिती)"),
}


@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_states_name_is_broken_in_a_ranking(language: Language) -> None:
    head, addressee = RANKINGS[language]
    broken = []
    for state in load_states():
        name = state.name[language]
        for row in (f"{name} | B | 9.00 | 1", f"*{name} {addressee} | B | 100.00 | 14"):
            broken += broken_cells(table_of("lcrr", head, row))

    assert broken == []


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_column_of_figures_is_no_wider_for_its_long_head(language: Language) -> None:
    head, addressee = RANKINGS[language]
    longest = find_state("DH")
    assert longest

    table = table_of("lcrr", head, f"*{longest.name[language]} {addressee} | A | 30.18 | 13")

    widths = column_widths(table, TEXT_WIDTH)
    assert widths[0] > 0.55 * TEXT_WIDTH
    assert max(widths[2:]) < 0.14 * TEXT_WIDTH


KPIS = {
    "en": (
        "KPI | Values | % of Total | Performance Level",
        "Percentage of Users Onboarded | 3,22,014 | 67.62% | Strong",
        "Percentage of Users Completing 1 Course or More | 20,117 | 6.25% | Low",
        "Percentage of End-of-Course Assessments Cleared | 3,299 | 100.00% | Moderate",
    ),
    "hi": (
        "प्रमुख कार्य-निष्पादन संकेतक (केपीआई) | मान | कुल का प्रतिशत | कार्य-निष्पादन स्तर",
        "1 या अधिक पाठ्यक्रम पूर्ण करने वाले उपयोगकर्ताओं का प्रतिशत | 3,22,014 | 6.25% | निम्न",
        "उत्तीर्ण पाठ्यक्रमांत मूल्यांकनों का प्रतिशत | 3,299 | 100.00% | मध्यम",
    ),
}
KEYS = {
    "en": (
        "Performance Level | Low | Moderate | Strong",
        "Performance Range (%) | 0 – 30 | above 30 – 60 | above 60 – 100",
    ),
    "hi": (
        "कार्य-निष्पादन स्तर | निम्न | मध्यम | सुदृढ़",
        "कार्य-निष्पादन परास (%) | 0 – 30 | 30 से अधिक, 60 तक | 60 से अधिक, 100 तक",
    ),
}
FRAMEWORKS = {
    "en": ("Category | Strength of State/UT", "B | 1,00,001 – 5,00,000"),
    "hi": ("श्रेणी | राज्य/संघ राज्य क्षेत्र की कार्मिक-संख्या", "B | 1,00,001 – 5,00,000"),
}
INDICATORS = {
    "en": (
        "S. No. | Indicator | Objective | Definition | Weightage (%)",
        "1 | Percentage of Users Completing 1 Course or More | Ensure accurate group and "
        "designation details for all officials | Number of officials onboarded onto iGOT out of "
        "the total number of officials in the state/UT. | 30",
        "*Total | | | | 100",
    ),
    "hi": (
        "क्र.सं. | संकेतक | उद्देश्य | परिभाषा | भारांक (%)",
        "1 | 1 या अधिक पाठ्यक्रम पूर्ण करने वाले उपयोगकर्ताओं का प्रतिशत | सभी कार्मिकों के समूह "
        "(ग्रुप) एवं पदनाम का सही विवरण सुनिश्चित करना | पंजीकृत कार्मिकों में से उन कार्मिकों का "
        "प्रतिशत, जिनकी प्रोफाइल एमडीओ लीडर/एडमिन द्वारा सत्यापित की जा चुकी है। | 30",
        "*कुल | | | | 100",
    ),
}


@pytest.mark.parametrize("language", ["en", "hi"])
def test_short_tables_stand_in_one_line_a_row(language: Language) -> None:
    tables = [
        table_of("lrrl", *KPIS[language]),
        table_of("lccc", *KEYS[language]),
        table_of("ll", *FRAMEWORKS[language]),
    ]

    for table in tables:
        assert broken_cells(table) == []


def pdf_parts(renderer: PdfRenderer, table: Table, language: Language) -> list[float]:
    """The columns of a table in the PDF as parts of its width: the tints of its head."""
    pdf = renderer.render(with_annexure(table, language=language))
    document = pypdfium2.PdfDocument(pdf.data)
    paths = document[1].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
    boxes = [path.get_bounds() for path in paths]
    document.close()
    tints = [(left, right) for left, low, right, high in boxes if min(right - left, high - low) > 5]
    head = tints[: len(table.head)]
    return [(right - left) / (head[-1][1] - head[0][0]) for left, right in head]


@pytest.mark.parametrize("language", ["en", "hi"])
def test_columns_are_as_wide_in_word_as_in_the_pdf(
    renderer: PdfRenderer, language: Language
) -> None:
    longest, shorter = find_state("DH"), find_state("HR")
    assert longest
    assert shorter
    head, addressee = RANKINGS[language]
    tables = [
        table_of("lrrl", *KPIS[language]),
        table_of("lccc", *KEYS[language]),
        table_of("ll", *FRAMEWORKS[language]),
        *(
            table_of("lcrr", head, f"*{s.name[language]} {addressee} | A | 30.18 | 13")
            for s in (longest, shorter)
        ),
        table_of("llllr", *INDICATORS[language]),
    ]

    for table in tables:
        word = [width / TEXT_WIDTH for width in column_widths(table, TEXT_WIDTH)]
        pdf = pdf_parts(renderer, table, language)
        differences = [abs(a - b) for a, b in zip(word, pdf, strict=True)]
        assert max(differences) < 0.04, (word, pdf)
