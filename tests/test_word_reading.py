"""Texts written in Word, looked at closely: every word is in the Markdown or in a finding."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.findings import Finding
from generator.inputs.text_files import read_text_file
from generator.inputs.word_texts import read_word_text
from generator.markdown import read_markdown
from tests.command import ROOT
from tests.word_writer import write_word

NAME = "text.docx"
NAMESPACES = (
    f"{nsdecls('w', 'r', 'wp', 'a', 'm')} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def read(document: Document, folder: Path, *, whole: bool = False) -> tuple[str, list[Finding]]:
    """The Markdown of a Word document, and the findings."""
    document.save(str(folder / NAME))
    text, findings = read_word_text(folder / NAME, NAME, whole=whole)
    return text.source, findings


def told(findings: list[Finding]) -> list[str]:
    """What the findings say, with their paragraphs."""
    return [f"{f.where.paragraph if f.where else None}: {f.message}" for f in findings]


def put(paragraph: Paragraph, xml: str) -> None:
    """Appends an element to a paragraph."""
    head, rest = xml.split(" ", 1) if " " in xml.split(">", 1)[0] else (xml.split(">", 1)[0], "")
    body = f"{head} {NAMESPACES} {rest}" if rest else xml.replace(head, f"{head} {NAMESPACES}", 1)
    paragraph._p.append(parse_xml(body))


# --- no word is lost ------------------------------------------------------------------------------

WRAPPED: tuple[str, ...] = (
    "<w:r><w:t>{0}</w:t></w:r>",
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> {0} </w:t></w:r>',
    "<w:r><w:t>{0}</w:t><w:br/></w:r>",
    '<w:r><w:t>{0}</w:t><w:br w:type="page"/></w:r>',
    "<w:r><w:tab/><w:t>{0}</w:t></w:r>",
    '<w:ins w:id="1" w:author="a"><w:r><w:t>{0}</w:t></w:r></w:ins>',
    '<w:moveTo w:id="1" w:author="a"><w:r><w:t>{0}</w:t></w:r></w:moveTo>',
    '<w:hyperlink w:anchor="x"><w:r><w:t>{0}</w:t></w:r></w:hyperlink>',
    '<w:fldSimple w:instr="DATE"><w:r><w:t>{0}</w:t></w:r></w:fldSimple>',
    "<w:smartTag><w:r><w:t>{0}</w:t></w:r></w:smartTag>",
    "<w:sdt><w:sdtContent><w:r><w:t>{0}</w:t></w:r></w:sdtContent></w:sdt>",
    "<w:customXml><w:r><w:t>{0}</w:t></w:r></w:customXml>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{0}</w:t></w:r>",
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    "<w:r><mc:AlternateContent><mc:Choice><w:t>{0}</w:t></mc:Choice></mc:AlternateContent></w:r>",
    "<m:oMath><m:r><m:t>{0}</m:t></m:r></m:oMath>",
    "<w:r><w:ruby><w:rt><w:r><w:t>{0}</w:t></w:r></w:rt></w:ruby></w:r>",
    "<w:nobody><w:r><w:t>{0}</w:t></w:r></w:nobody>",
    "<w:r><w:nobody><w:t>{0}</w:t></w:nobody></w:r>",
)
SIGNS = ("", "#", "*", "_", "|", "[x](y)", "<b>", "`", "~~~", "-", "+", "1.", "&amp;", ">", "=")


def add_paragraph(document: Document, inside: list[str]) -> None:
    paragraph = document.add_paragraph()
    for xml in inside:
        put(paragraph, xml)


def add_listed(style: str) -> Callable[[Document, list[str]], None]:
    def add(document: Document, inside: list[str]) -> None:
        add_paragraph(document, inside)
        document.paragraphs[-1].style = style

    return add


def add_table(document: Document, inside: list[str]) -> None:
    table = document.add_table(len(inside) + 1, 1)
    table.cell(0, 0).text = "head"
    for row, xml in zip(table.rows[1:], inside, strict=True):
        put(row.cells[0].paragraphs[0], xml)


def add_nested(document: Document, inside: list[str]) -> None:
    table = document.add_table(2, 1).cell(1, 0).add_table(1, len(inside))
    for cell, xml in zip(table.rows[0].cells, inside, strict=True):
        put(cell.paragraphs[0], xml)


def add_beside(tag: str) -> Callable[[Document, list[str]], None]:
    """A paragraph within something that stands beside the paragraphs of the text."""

    def add(document: Document, inside: list[str]) -> None:
        xml = f"<w:{tag} {NAMESPACES}><w:p>{''.join(inside)}</w:p></w:{tag}>"
        document.element.body.insert(0, parse_xml(xml))

    return add


def add_head(document: Document, inside: list[str]) -> None:
    for xml in inside:
        put(document.sections[0].header.paragraphs[0], xml)


def add_outside_cells(document: Document, inside: list[str]) -> None:
    """A paragraph in a table and in none of its cells, as no program should write it."""
    xml = f"<w:nobody {NAMESPACES}><w:p>{''.join(inside)}</w:p></w:nobody>"
    document.add_table(1, 1)._tbl.append(parse_xml(xml))


PLACES: tuple[Callable[[Document, list[str]], None], ...] = (
    add_paragraph,
    *map(add_listed, ("Heading 1", "Heading 5", "List Bullet", "List Number", "List Bullet 2")),
    *(add_table, add_nested, add_head, add_outside_cells),
    *map(add_beside, ("ins", "nobody", "customXml", "sdtContent")),
)


@given(
    made=st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            st.lists(
                st.tuples(st.sampled_from(WRAPPED), st.sampled_from(SIGNS)), min_size=1, max_size=3
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    whole=st.booleans(),
)
@settings(max_examples=60)
def test_every_word_of_any_document_is_in_the_text_or_in_a_finding(
    made: list[tuple[Callable[[Document, list[str]], None], list[tuple[str, str]]]],
    whole: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    document = docx.Document()
    words: list[str] = []
    for add, inside in made:
        parts = []
        for xml, sign in inside:
            words.append(f"{html.unescape(sign)}w{len(words)}{html.unescape(sign)}")
            parts.append(xml.format(html.escape(words[-1])))
        add(document, parts)

    source, findings = read(document, tmp_path_factory.mktemp("any"), whole=whole)

    shown = "".join([source.replace("\\", ""), *(finding.message for finding in findings)])
    assert [word for word in words if word not in shown] == []
    if not findings:
        printed = str(read_markdown(source, file=NAME))
        assert [word for word in words if word not in printed] == []


def test_what_is_no_paragraph_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("one")
    for xml in (
        "<m:oMathPara {0}><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>",
        '<w:altChunk {0} r:id="rId99"/>',
    ):
        document.element.body.insert(1, parse_xml(xml.format(NAMESPACES)))

    assert told(read(document, tmp_path)[1]) == [
        "1: another file inside this one is not printed",
        "1: an equation (“x=1”) is not printed",
    ]


def test_signs_at_a_headings_end_are_printed(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Form C ##", 1)

    assert read(document, tmp_path) == ("# Form C \\##\n", [])


def test_signs_behind_a_tag_begin_no_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{% if state.is_ut %}# words{% endif %}")

    assert read(document, tmp_path)[0] == "{% if state.is_ut %}\\# words{% endif %}\n"


def test_every_section_of_the_sample_reads_the_same_from_word(tmp_path: Path) -> None:
    sections = sorted((ROOT / "editions" / "2025-12" / "compendium").glob("*.md"))
    assert len(sections) > 10
    for path in sections:
        blocks = read_markdown(read_text_file(path, path.name), file=path.name)
        write_word(blocks, tmp_path / NAME)

        text, findings = read_word_text(tmp_path / NAME, NAME, whole=False)

        assert findings == []
        assert read_markdown(text.source, file=NAME) == blocks, path.name


def test_a_page_number_in_the_foot_is_let_be(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    foot = document.sections[0].footer.paragraphs[0]
    put(foot, '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')

    assert read(document, tmp_path) == ("Words.\n", [])


# --- numbers and lists ----------------------------------------------------------------------------


def test_a_number_that_would_come_out_otherwise_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("2. two", "4. four", "between", "7. seven", "8. eight"):
        document.add_paragraph(text)

    assert told(read(document, tmp_path)[1]) == [
        "2: number 4 follows 2, and would be printed as 3: “4. four”"
    ]


def test_numbers_may_be_chosen_by_conditions(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("2. a", "{% if state.is_ut %}", "3. b", "{% else %}", "3. c", "{% endif %}"):
        document.add_paragraph(text)

    assert read(document, tmp_path)[1] == []


@pytest.mark.parametrize("typed", ["1) first", "(i) first", "a) first", "- first", "+ first"])
def test_what_is_typed_before_words_stays_as_it_is_typed(typed: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(typed)

    source, findings = read(document, tmp_path)

    assert findings == []
    (block,) = read_markdown(source, file=NAME)
    assert "".join(span.text for span in getattr(block, "text", ())) == typed


def numbered(document: Document, levels: list[tuple[str, str]], extra: str = "") -> None:
    """A list of its own, number 78, and 79 by ``extra``: the form and text of each level."""
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, (form, shown) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.insert(
        0, parse_xml(f'<w:abstractNum {NAMESPACES} w:abstractNumId="77">{xml}</w:abstractNum>')
    )
    for number, inside in ((78, ""), (79, extra)):
        listed = f'<w:abstractNumId w:val="77"/>{inside}'
        root.append(parse_xml(f'<w:num {NAMESPACES} w:numId="{number}">{listed}</w:num>'))


def list_paragraph(document: Document, text: str, number: int, depth: int = 0) -> None:
    mark = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:numPr {NAMESPACES}>{mark}</w:numPr>"))


def test_a_list_that_word_starts_anew_starts_anew(tmp_path: Path) -> None:
    document = docx.Document()
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbered(document, [("decimal", "%1.")], anew)
    for text, number in (("a", 78), ("b", 78), ("", 0), ("c", 79), ("d", 79)):
        if number:
            list_paragraph(document, text, number)
        else:
            document.add_paragraph("between")

    source, findings = read(document, tmp_path)

    assert findings == []
    assert [line for line in source.split("\n") if line] == [
        *("1. a", "2. b", "between", "1. c", "2. d")
    ]


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (("decimal", "%1.%2"), "“1.1”"),
        (("lowerLetter", "Clause %2:"), "“Clause 1:”"),
        (("ordinalText", "%2"), "“1”"),
    ],
)
def test_an_automatic_number_that_a_letter_has_not_is_told(
    level: tuple[str, str], shown: str, tmp_path: Path
) -> None:
    document = docx.Document()
    numbered(document, [("decimal", "%1."), level])
    list_paragraph(document, "one", 78)
    list_paragraph(document, "inside", 78, 1)

    assert told(read(document, tmp_path)[1]) == [
        f"2: Word's automatic number of the form {shown} is not printed: “inside”"
    ]


def test_lists_within_lists_of_items_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, [("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")])
    for text, depth in (("one", 0), ("a", 1), ("i", 2), ("b", 1)):
        list_paragraph(document, text, 78, depth)

    assert "3: a list within a list of sub-items is not printed: “i”" in told(
        read(document, tmp_path)[1]
    )


def test_an_automatic_number_in_a_table_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, [("decimal", "%1.")])
    list_paragraph(document, "in a cell", 78)
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "head"
    table.cell(1, 0)._tc.append(document.paragraphs[0]._p)

    assert told(read(document, tmp_path)[1]) == [
        "2: Word's automatic number or bullet in a table is not printed: “in a cell”"
    ]


# --- tables ---------------------------------------------------------------------------------------


def test_two_tables_with_an_empty_paragraph_between_are_two(tmp_path: Path) -> None:
    document = docx.Document()
    for word in ("first", "second"):
        table = document.add_table(2, 1)
        table.cell(0, 0).text = table.cell(1, 0).text = word
        document.add_paragraph()

    source, findings = read(document, tmp_path)

    assert findings == []
    assert len(read_markdown(source, file=NAME)) == 2


def test_a_loop_over_two_cells_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "head"
    table.cell(1, 0).text = "{% for row in shares %}{{ row.name }}"
    table.cell(1, 1).text = "{{ row.share }}{% endfor %}"

    (finding,) = read(document, tmp_path)[1]

    assert finding.message.startswith("a loop or condition begins in one cell and ends in another")


def test_a_deleted_row_that_is_tracked_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "head", "gone"
    mark = f'<w:trPr {NAMESPACES}><w:del w:id="1" w:author="a"/></w:trPr>'
    table.rows[1]._tr.insert(0, parse_xml(mark))

    assert told(read(document, tmp_path)[1]) == [
        "2: tracked changes are not read: a table, row or cell was changed: “gone”"
    ]


# --- looks ----------------------------------------------------------------------------------------


def test_words_own_looks_say_nothing(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("On the 4")
    paragraph.add_run("th").font.superscript = True
    paragraph.add_run(" July").font.color.rgb = RGBColor(0, 0, 0)
    paragraph.add_run(" write to ")
    key = document.part.relate_to("mailto:a@example.in", HYPERLINK, is_external=True)
    looks = '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>'
    put(
        paragraph,
        f'<w:hyperlink r:id="{key}"><w:r>{looks}<w:t>a@example.in</w:t></w:r></w:hyperlink>',
    )

    assert read(document, tmp_path) == ("On the 4th July write to a@example.in\n", [])


@pytest.mark.parametrize("colour", ["FF0000", "1F497D"])
def test_colours_that_may_mean_something_are_told(colour: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("red").font.color.rgb = RGBColor.from_string(colour)

    assert told(read(document, tmp_path)[1]) == [
        "1: the words are coloured, which a letter does not print: “red”"
    ]


def test_bold_is_what_word_shows_as_bold(tmp_path: Path) -> None:
    document = docx.Document()
    styles = document.styles
    styles["Quote"].font.bold = True
    by_both = document.add_paragraph(style="Quote")
    by_both.add_run("twice", style="Strong")
    styles["Quote"].font.italic = False
    document.add_paragraph("once", style="Quote")
    hindi = document.add_paragraph().add_run("हिंदी")
    hindi._r.get_or_add_rPr().append(parse_xml(f"<w:bCs {NAMESPACES}/>"))

    assert read(document, tmp_path)[0] == "twice\n\n**once**\n\n**हिंदी**\n"


def test_a_page_break_parts_words(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("one")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("two")

    assert read(document, tmp_path)[0] == "one two\n"


@pytest.mark.parametrize(
    ("font", "text", "refused"),
    [
        ("Kruti Dev 010", "Hkkjr", True),
        ("DevLys 020 Thin", "ljdkj", True),
        ("Walkman-Chanakya-905", "çÎðàæ", True),
        ("Shusha05", "Baart", True),
        ("Kruti Dev 010", "भारत 2025", False),
        ("Shree Devanagari 714", "India", False),
        ("Mangal", "भारत India", False),
    ],
)
def test_an_old_font_is_refused_where_its_letters_are_latin(
    font: str, text: str, refused: bool, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph().add_run(text).font.name = font

    findings = read(document, tmp_path)[1]

    assert [finding.check for finding in findings] == ["hindi-in-unicode"] * refused


def test_a_font_for_complex_scripts_that_is_left_over_refuses_nothing(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("PM-KUSUM")
    fonts = '<w:rFonts {0} w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Kruti Dev 010"/>'
    run._r.get_or_add_rPr().append(parse_xml(fonts.format(NAMESPACES)))

    assert read(document, tmp_path)[1] == []


def test_an_old_font_is_refused_that_is_the_themes(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Hkkjr")
    run._r.get_or_add_rPr().append(
        parse_xml(f'<w:rFonts {NAMESPACES} w:ascii="Calibri" w:asciiTheme="minorHAnsi"/>')
    )
    theme = next(r.target_part for r in document.part.rels.values() if "theme" in r.reltype)
    assert read(document, tmp_path)[1] == []

    theme._blob = re.sub(
        rb'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rb"\1DevLys 010", theme.blob
    )

    assert [finding.check for finding in read(document, tmp_path)[1]] == ["hindi-in-unicode"]


def test_a_drop_cap_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    initial = document.add_paragraph("T")
    initial._p.get_or_add_pPr().append(parse_xml(f'<w:framePr {NAMESPACES} w:dropCap="drop"/>'))
    document.add_paragraph("he Academy.")

    (line,) = told(read(document, tmp_path)[1])

    assert line.startswith("1: a large initial (drop cap) is torn from its word: “T”")


def test_a_number_typed_in_hindi_digits_is_not_changed_in_silence(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("२. दो")

    assert read(document, tmp_path) == ("२. दो\n", [])


def test_a_heading_is_known_by_its_outline_level_too(tmp_path: Path) -> None:
    document = docx.Document()
    properties = document.add_paragraph("Haryana")._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:outlineLvl {NAMESPACES} w:val="0"/>'))

    assert read(document, tmp_path) == ("# Haryana\n", [])


def test_a_style_is_known_by_its_name_whatever_its_id(tmp_path: Path) -> None:
    document = docx.Document()
    heading = document.add_heading("हरियाणा", 1)
    document.styles["Heading 1"].element.set(qn("w:styleId"), "berschrift1")
    for named in heading._p.iter(qn("w:pStyle")):
        named.set(qn("w:val"), "berschrift1")

    assert read(document, tmp_path) == ("# हरियाणा\n", [])


# --- the table of keys ----------------------------------------------------------------------------


def front(document: Document, *rows: tuple[str, str]) -> None:
    table = document.add_table(len(rows), 2)
    for row, cells in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = cells


def test_the_table_of_keys_may_stand_under_empty_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph()
    front(document, ("Subject", "A “B” *c*"), ("addressee", "The Secretary,\nHaryana"))
    document.add_paragraph("Words.")

    source, findings = read(document, tmp_path, whole=True)

    assert findings == []
    assert source == (
        '---\nsubject: "A “B” \\\\*c\\\\*"\n'
        "addressee: |\n  The Secretary,\n  Haryana\n---\n\nWords.\n"
    )


def test_what_is_wrong_in_the_table_of_keys_is_told_at_once(tmp_path: Path) -> None:
    document = docx.Document()
    front(document, ("subject", "first"), ("date", "x"), ("Subject", "second"), ("विषय", "third"))
    document.add_paragraph("Words.")

    assert told(read(document, tmp_path, whole=True)[1]) == [
        "5: this key stands in the table twice: “second”",
        "7: the first column of the table at the top holds keys, and this is none: “विषय third”",
    ]


def test_a_whole_text_without_its_table_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")

    assert told(read(document, tmp_path, whole=True)[1]) == [
        "1: the text does not begin with the table of keys: “Words.”"
    ]
