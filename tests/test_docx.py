"""The Word file: what is in it, read back with python-docx, lxml and an Open XML validator."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.section import Section
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from PIL import Image

from generator.content import (
    Annexure,
    Block,
    Heading,
    Inline,
    Letter,
    Paragraph,
    Row,
    Running,
    Span,
    Table,
    version_texts,
)
from generator.errors import RenderError
from generator.render.docx import DocxRenderer
from generator.render.docx.table import column_widths
from tests.letters import english, line, sample_letter

PAGES: Mapping[tuple[str, int], int] = {("hi", 0): 2, ("hi", 2): 4, ("en", 0): 3, ("en", 2): 5}
TEXT_WIDTH = 9355
"""165 mm in twips: A4 less 25 mm and 20 mm."""


@pytest.fixture(scope="module")
def renderer(root: Path) -> DocxRenderer:
    return DocxRenderer(root / "letter_templates/do_letter")


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def body_texts(data: bytes) -> list[str]:
    """The texts of all paragraphs in reading order, white space folded; line breaks separate."""
    texts = []
    for paragraph in opened(data).element.body.iter(qn("w:p")):
        text = "".join(
            {qn("w:tab"): " ", qn("w:br"): "\n"}.get(element.tag, element.text)
            for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
            if element.getparent().tag == qn("w:r")
        )
        texts += [" ".join(part.split()) for part in text.split("\n")]
    return texts


def with_body(letter: Letter, *blocks: Block) -> Letter:
    """The letter's first version alone, with another body."""
    return replace(letter, versions=(replace(letter.versions[0], body=blocks),))


def with_field(letter: Letter, name: str, *lines: Inline) -> Letter:
    """The letter's first version alone, with one field replaced."""
    version = letter.versions[0]
    fields = {**version.fields, name: lines}
    return replace(letter, versions=(replace(version, fields=fields),))


def paragraph_with(data: bytes, text: str) -> WordParagraph:
    return next(p for p in opened(data).paragraphs if text in p.text)


def foot_text(section: Section) -> str:
    return "".join(t.text for t in section.footer._element.iter(qn("w:t"), qn("w:instrText")))


def ranking(rows: int = 2) -> Table:
    head = tuple(line(t) for t in ("State/UT", "Category", "Composite Score (100)", "Rank"))
    cells = (line("Jammu & Kashmir"), line("B"), line("31.08"), line("14"))
    return Table(("left", "center", "right", "right"), head, (Row(cells),) * rows)


@pytest.mark.parametrize("languages", [("hi", "en"), ("en",), ("en", "hi")])
def test_every_text_of_every_version_stands_in_its_order(
    renderer: DocxRenderer, languages: tuple[str, ...]
) -> None:
    letter = sample_letter(*languages)

    found = "\n".join(body_texts(renderer.render(letter, PAGES)))

    reached = 0
    for version in letter.versions:
        for text in version_texts(version):
            wanted = " ".join(text.split())
            at = found.find(wanted, reached)
            assert at >= 0, wanted
            reached = at + len(wanted)
    assert not found[reached:].strip()


@pytest.mark.parametrize("languages", [("hi", "en"), ("en",), ("en", "hi")])
def test_a_file_is_valid_open_xml(
    renderer: DocxRenderer, languages: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(renderer.render(sample_letter(*languages), PAGES))

    result = OpenXmlValidator().validate(file)

    assert [str(error) for error in result.errors] == []


def test_the_validator_sees_a_broken_file(renderer: DocxRenderer, tmp_path: Path) -> None:
    data = renderer.render(sample_letter("en"), PAGES)
    file = tmp_path / "broken.docx"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:cantSplit/>", b"<w:cantSplat/>"))

    result = OpenXmlValidator().validate(file)

    assert result.errors


@pytest.mark.parametrize("languages", [("hi", "en"), ("en", "hi")])
def test_each_section_has_the_foot_of_its_own_part(
    renderer: DocxRenderer, languages: tuple[str, ...]
) -> None:
    letter = sample_letter(*languages)

    sections = opened(renderer.render(letter, PAGES)).sections

    runnings = [
        (running, PAGES[version.language, number])
        for version in letter.versions
        for number, running in ((0, version.running), (2, version.shared_annexures[0].running))
        if running
    ]
    feet = [foot_text(section) for section in sections]
    assert feet == [
        r.left + r.page.format(page=" PAGE 1", pages=f" SECTIONPAGES {count}")
        for r, count in runnings
    ]


def test_every_section_has_the_mark_in_its_head(renderer: DocxRenderer) -> None:
    sections = opened(renderer.render(sample_letter(), PAGES)).sections

    assert [s.header.paragraphs[0].text for s in sections] == ["SPECIMEN · नमूना"] * 4


def test_an_issued_letter_has_an_empty_head(renderer: DocxRenderer) -> None:
    letter = replace(sample_letter("en"), mark=())

    section = opened(renderer.render(letter, PAGES)).sections[0]

    assert [p.text for p in section.header.paragraphs] == [""]


def test_every_part_begins_a_page_and_counts_from_one(renderer: DocxRenderer) -> None:
    sections = opened(renderer.render(sample_letter(), PAGES)).sections

    assert len(sections) == 4
    for section in sections:
        properties = section._sectPr
        assert properties.find(qn("w:type")).get(qn("w:val")) == "nextPage"
        assert properties.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_page_is_a4_with_the_filing_margin(renderer: DocxRenderer) -> None:
    for section in opened(renderer.render(sample_letter(), PAGES)).sections:
        assert section.page_width is not None
        assert section.page_height is not None
        millimetres = [
            round(length.mm)
            for length in (
                *(
                    section.page_width,
                    section.page_height,
                    section.left_margin or docx.shared.Mm(0),
                ),
                *(section.right_margin, section.top_margin, section.bottom_margin),
            )
            if length is not None
        ]
        assert millimetres == [210, 297, 25, 20, 20, 22]


def test_markup_characters_survive_as_typed(renderer: DocxRenderer) -> None:
    typed = "a < b & c > d \"e\" 'f' {{ g }} {% h %} {# i #} {_{ j }_} ‘k’ “l” 1_000 _x_"
    letter = with_field(
        with_body(sample_letter("en"), Paragraph(line(typed))), "subject", line(typed)
    )

    texts = body_texts(renderer.render(letter, PAGES))

    assert typed in texts
    assert f"Subject: {typed}" in texts


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"])))
def test_any_printable_text_survives(typed: str) -> None:
    text = unicodedata.normalize("NFC", typed).replace("\ufffe", "").replace("\uffff", "")
    root = Path(__file__).resolve().parents[1]
    letter = with_body(sample_letter("en"), Paragraph(line(f"[{text}]")))

    texts = body_texts(cached_renderer(root).render(letter, PAGES))

    assert f"[{text}]" in texts


_RENDERERS: dict[Path, DocxRenderer] = {}


def cached_renderer(root: Path) -> DocxRenderer:
    """One renderer for all examples: a fixture would be made anew or shared across examples."""
    if root not in _RENDERERS:
        _RENDERERS[root] = DocxRenderer(root / "letter_templates/do_letter")
    return _RENDERERS[root]


def test_a_control_character_is_refused_by_its_code(renderer: DocxRenderer) -> None:
    letter = with_body(sample_letter("en"), Paragraph(line("bell \x07 here")))

    with pytest.raises(RenderError, match=r"U\+0007"):
        renderer.render(letter, PAGES)


def test_bold_and_italic_stand_for_latin_and_devanagari(renderer: DocxRenderer) -> None:
    spans = (Span("plain "), Span("bold", bold=True), Span(" "), Span("लेख", bold=True, italic=True))

    data = renderer.render(with_body(sample_letter("en"), Paragraph(spans)), PAGES)

    runs = paragraph_with(data, "plain bold").runs
    styles = [run.style.name if run.style else "" for run in runs]
    assert [run.text for run in runs] == ["plain ", "bold", " ", "लेख"]
    plain = "Default Paragraph Font"
    assert styles == [plain, "Strong", plain, "Strong Emphasis"]
    for name in ("Strong", "Strong Emphasis"):
        properties = {e.tag for e in opened(data).styles[name].element.rPr}
        assert {qn("w:b"), qn("w:bCs")} <= properties
        assert ({qn("w:i"), qn("w:iCs")} <= properties) == (name == "Strong Emphasis")


def test_a_field_keeps_its_bold_words(renderer: DocxRenderer) -> None:
    letter = with_field(
        sample_letter("en"), "enclosures", (Span("Enclosures: "), Span("two", bold=True))
    )

    runs = paragraph_with(renderer.render(letter, PAGES), "Enclosures:").runs

    strong = [(run.text, run.style is not None and run.style.name == "Strong") for run in runs]
    assert strong == [("Enclosures: ", False), ("two", True)]


def test_an_empty_field_leaves_no_line(renderer: DocxRenderer) -> None:
    letter = with_field(sample_letter("en"), "email")

    document = opened(renderer.render(letter, PAGES))

    assert "E-mail" not in [p.style.name for p in document.paragraphs if p.style]


def test_a_letter_without_a_place_has_no_comma_before_its_date(renderer: DocxRenderer) -> None:
    letter = with_field(sample_letter("en"), "place")

    texts = body_texts(renderer.render(letter, PAGES))

    assert "DO No. SPECIMEN/CEO/2025/1112-9 11th December, 2025" in texts


def test_the_addressee_has_a_line_each_in_one_unbroken_block(renderer: DocxRenderer) -> None:
    name = "Shri " + "Venkatanarasimharajuvaripeta " * 4
    letter = replace(sample_letter("en"), versions=(english(name[:120].strip()),))

    paragraph = paragraph_with(renderer.render(letter, PAGES), "Government of Haryana")

    assert len(paragraph.text.split("\n")) == 3
    assert paragraph.style is not None
    assert paragraph.style.paragraph_format.keep_together


def test_closing_to_addressee_is_never_torn_apart(renderer: DocxRenderer) -> None:
    paragraphs = opened(renderer.render(sample_letter("en"), PAGES)).paragraphs
    names = [p.style.name if p.style else "" for p in paragraphs]
    start = names.index("Closing")

    assert names[start : start + 4] == ["Closing", "Subscription", "Signatory", "Addressee"]
    for paragraph in paragraphs[start : start + 3]:
        assert paragraph.style is not None
        assert paragraph.style.paragraph_format.keep_with_next


def test_a_paragraphs_number_is_text_and_not_word_numbering(renderer: DocxRenderer) -> None:
    data = renderer.render(sample_letter("en"), PAGES)

    paragraph = paragraph_with(data, "We will share")
    item = paragraph_with(data, "Updating:")

    assert paragraph.text.startswith("2.\tWe will")
    assert item.text.startswith("b)\tUpdating:")
    assert next(opened(data).element.body.iter(qn("w:numPr")), None) is None


def test_hindi_paragraphs_take_the_hindi_variant_of_their_style(renderer: DocxRenderer) -> None:
    document = opened(renderer.render(sample_letter("hi", "en"), PAGES))

    names = {p.style.name for p in document.paragraphs if p.style}

    assert {"Body Text (hi)", "Numbered Paragraph (hi)", "List Item (hi)"} <= names
    assert {"Body Text", "Numbered Paragraph", "List Item"} <= names


def test_own_annexures_begin_a_page_and_shared_ones_only_their_section(
    renderer: DocxRenderer,
) -> None:
    data = renderer.render(sample_letter("en"), PAGES)

    own = paragraph_with(data, "ANNEXURE 1")
    shared = paragraph_with(data, "ANNEXURE 2")

    assert own.style is not None
    assert own.style.name == "Heading 1"
    assert own.style.paragraph_format.page_break_before
    assert own.paragraph_format.page_break_before is None
    assert shared.paragraph_format.page_break_before is False


def table_with(data: bytes, text: str) -> WordTable:
    return next(t for t in opened(data).tables if text in t.rows[0].cells[0].text)


def test_a_tables_head_is_repeated_and_no_row_is_split(renderer: DocxRenderer) -> None:
    data = renderer.render(with_body(sample_letter("en"), ranking(14)), PAGES)

    rows = [row._tr.trPr for row in table_with(data, "State/UT").rows]

    assert len(rows) == 15
    assert [r.find(qn("w:tblHeader")) is not None for r in rows] == [True] + [False] * 14
    assert all(r.find(qn("w:cantSplit")) is not None for r in rows)


def test_figures_are_aligned_as_the_table_says(renderer: DocxRenderer) -> None:
    data = renderer.render(with_body(sample_letter("en"), ranking()), PAGES)

    for row in table_with(data, "State/UT").rows:
        alignments = [cell.paragraphs[0].alignment for cell in row.cells]
        assert [a and a.name for a in alignments] == [None, "CENTER", "RIGHT", "RIGHT"]


def test_a_marked_row_is_tinted_bold_and_has_a_bar_that_prints_grey(
    renderer: DocxRenderer,
) -> None:
    data = renderer.render(sample_letter("en"), PAGES)

    row = table_with(data, "State/UT").rows[2]

    fills = [cell._tc.find(f".//{qn('w:shd')}").get(qn("w:fill")) for cell in row.cells]
    bars = [cell._tc.find(f".//{qn('w:tcBorders')}") is not None for cell in row.cells]
    styles = {cell.paragraphs[0].style.name for cell in row.cells if cell.paragraphs[0].style}
    assert fills == ["EEF1F7"] * 4
    assert bars == [True, False, False, False]
    assert styles == {"Table Text Marked"}


def test_a_tables_grid_and_cells_agree_and_fill_the_width(renderer: DocxRenderer) -> None:
    data = renderer.render(with_body(sample_letter("en"), ranking()), PAGES)

    table = table_with(data, "State/UT")._tbl

    grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    cells = [int(cell.get(qn("w:w"))) for cell in table.iter(qn("w:tcW"))]
    assert sum(grid) == TEXT_WIDTH
    assert cells == grid * 3


def test_long_texts_get_wide_columns_and_numbers_narrow_ones() -> None:
    long = "The percentage of registered officials whose profiles have been verified."
    heads = ("S. No.", "Indicator", "Definition", "Weightage (%)")
    row = Row((line("1"), line("Percentage of Verified Users"), line(long), line("20")))
    table = Table(("right", "left", "left", "right"), tuple(map(line, heads)), (row,))

    number, indicator, definition, weight = column_widths(table, TEXT_WIDTH)

    assert number < indicator < definition
    assert weight < indicator
    assert weight >= len("Weightage") * 120


def test_two_tables_in_a_row_stay_two(renderer: DocxRenderer) -> None:
    data = renderer.render(with_body(sample_letter("en"), ranking(), ranking()), PAGES)

    tables = [t._tbl for t in opened(data).tables if "State/UT" in t.rows[0].cells[0].text]

    assert len(tables) == 3  # and the one of annexure 1
    assert tables[0].getnext().tag == qn("w:p")  # without it Word makes them one table
    assert tables[0].getnext().getnext() is tables[1]


def test_a_section_that_ends_with_a_table_keeps_its_foot(
    renderer: DocxRenderer, tmp_path: Path
) -> None:
    blocks = (Heading(1, line("ANNEXURE 2")), ranking())
    annexure = Annexure(2, blocks, Running("11th December, 2025", "{page}/{pages}"))
    versions = [replace(v, annexures=(annexure,)) for v in sample_letter("en", "hi").versions]
    letter = replace(sample_letter(), versions=tuple(versions))
    file = tmp_path / "letter.docx"

    file.write_bytes(renderer.render(letter, PAGES))

    feet = [foot_text(section) for section in docx.Document(str(file)).sections]
    assert feet[1] == "11th December, 2025 PAGE 1/ SECTIONPAGES 5"
    assert feet[3] == "11th December, 2025 PAGE 1/ SECTIONPAGES 4"
    assert OpenXmlValidator().validate(file).errors == []


def test_properties_come_from_the_letter_alone(renderer: DocxRenderer) -> None:
    letter = sample_letter()

    data = renderer.render(letter, PAGES)

    properties = opened(data).core_properties
    assert properties.title == letter.title
    assert properties.subject == letter.subject
    assert properties.author == letter.author
    assert properties.language == "hi-IN, en-IN"
    assert properties.created is not None
    assert properties.modified is not None
    assert properties.created == properties.modified == datetime(2025, 12, 11, tzinfo=UTC)


def test_a_logo_stands_in_every_version_and_is_described(
    renderer: DocxRenderer, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), (31, 56, 100)).save(logo)
    versions = [
        replace(v, letterhead=replace(v.letterhead, logo=logo)) for v in sample_letter().versions
    ]
    file = tmp_path / "letter.docx"

    file.write_bytes(renderer.render(replace(sample_letter(), versions=tuple(versions)), PAGES))

    drawn = list(docx.Document(str(file)).element.body.iter(qn("wp:docPr")))
    assert [d.get("id") for d in drawn] == ["1", "2"]
    assert {d.get("descr") for d in drawn} == {"कर्मयोगी भारत"}
    assert OpenXmlValidator().validate(file).errors == []
    with zipfile.ZipFile(file) as package:
        assert len([n for n in package.namelist() if n.startswith("word/media/")]) == 1


def test_a_logo_that_is_no_picture_is_refused_by_name(
    renderer: DocxRenderer, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>")
    version = sample_letter("en").versions[0]
    version = replace(version, letterhead=replace(version.letterhead, logo=tmp_path / "logo.svg"))

    with pytest.raises(RenderError, match=r"logo\.png") as refusal:
        renderer.render(replace(sample_letter(), versions=(version,)), PAGES)

    assert "logo.png" in refusal.value.remedy


def test_the_same_letter_gives_the_same_bytes_in_another_process(
    renderer: DocxRenderer, root: Path
) -> None:
    program = (
        "import sys, hashlib, pathlib; from tests.letters import sample_letter; "
        "from tests.test_docx import PAGES; from generator.render.docx import DocxRenderer; "
        "data = DocxRenderer(pathlib.Path('letter_templates/do_letter')).render(sample_letter(), "
        "PAGES); sys.stdout.buffer.write(data)"
    )

    first = renderer.render(sample_letter(), PAGES)
    again = renderer.render(sample_letter(), PAGES)
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, check=True
    ).stdout

    assert first == again == elsewhere


def test_the_package_is_sorted_dated_alike_and_opens_with_its_types(
    renderer: DocxRenderer,
) -> None:
    with zipfile.ZipFile(io.BytesIO(renderer.render(sample_letter(), PAGES))) as package:
        names = package.namelist()
        dates = {entry.date_time for entry in package.infolist()}

    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_shared_annexure_is_not_mistaken_for_one_of_other_content(
    renderer: DocxRenderer,
) -> None:
    letter = sample_letter("en")
    version = letter.versions[0]
    other = replace(version.annexures[1], blocks=(Heading(1, line("ANNEXURE 2")),))
    changed = replace(letter, versions=(replace(version, annexures=(version.annexures[0], other)),))

    renderer.render(letter, PAGES)
    texts = body_texts(renderer.render(changed, PAGES))
    more_pages = opened(renderer.render(letter, {**PAGES, ("en", 2): 9}))

    assert not any("Academy" in text for text in texts)
    assert foot_text(more_pages.sections[1]).endswith("SECTIONPAGES 9")


def test_word_opens_the_file_as_its_own_not_in_compatibility_mode(renderer: DocxRenderer) -> None:
    data = renderer.render(sample_letter(), PAGES)

    settings = opened(data).settings.element
    modes = [
        s.get(qn("w:val"))
        for s in settings.iter(qn("w:compatSetting"))
        if s.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "word/stylesWithEffects.xml" not in package.namelist()


def test_devanagari_has_its_font_size_and_language_in_the_styles(renderer: DocxRenderer) -> None:
    styles = opened(renderer.render(sample_letter("hi"), PAGES)).styles.element

    defaults = styles.find(f".//{qn('w:rPrDefault')}")
    sizes = [int(s.get(qn("w:val"))) for s in styles.iter(qn("w:sz"))]
    complex_sizes = [int(s.get(qn("w:val"))) for s in styles.iter(qn("w:szCs"))]
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:cs")) == "Noto Serif Devanagari"
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:bidi")) == "hi-IN"
    assert sizes
    assert all(b - a in (0, 1, 2) for a, b in zip(sizes, complex_sizes, strict=True))
    assert complex_sizes[0] == 23  # half a point over Latin: one visual size
    assert len(list(styles.iter(qn("w:b")))) == len(list(styles.iter(qn("w:bCs")))) > 0
