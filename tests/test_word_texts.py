"""Texts written in Word: the same letters, and nothing lost without a word."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from generator.content import (
    Block,
    Heading,
    Inline,
    Item,
    List,
    Paragraph,
    Row,
    Span,
    Table,
    block_texts,
)
from generator.errors import InputError
from generator.findings import Finding
from generator.inputs.text_files import read_text_file
from generator.inputs.word_texts import read_word_text
from generator.markdown import read_markdown
from tests.command import ROOT, patra_json
from tests.small import Small, make_small
from tests.word_writer import with_fixed_columns, write_word, write_word_source

NAME = "text.docx"


def read(document: Document, folder: Path) -> tuple[str, list[Finding]]:
    """The Markdown of a Word document, and the findings."""
    document.save(str(folder / NAME))
    text, findings = read_word_text(folder / NAME, NAME, whole=False)
    return text.source, findings


# --- the same letters -----------------------------------------------------------------------------


def in_word(compendium: Path) -> None:
    """Writes every section in Word instead."""
    for path in sorted(compendium.glob("*.md")):
        blocks = read_markdown(read_text_file(path, path.name), file=path.name)
        write_word(blocks, path.with_suffix(".docx"))
        path.unlink()


def by_libreoffice(folder: Path, scratch: Path) -> None:
    """Opens and saves every Word file in LibreOffice."""
    profile = f"-env:UserInstallation=file://{scratch / 'profile'}"
    files = sorted(folder.glob("*.docx"))
    options = ("--headless", "--convert-to", "docx", "--outdir", scratch)
    subprocess.run(["soffice", profile, *options, *files], check=True, capture_output=True)
    for file in files:
        shutil.move(scratch / file.name, file)


def issued(small: Small) -> dict[str, dict[str, str]]:
    document = patra_json("issue", small.edition, "--root", small.root)
    return {
        entry["who"]: {form: file["sha256"] for form, file in entry["files"].items()}
        for entry in document["letters"]
    }


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Letters with all sections of the sample as they are typed."""
    return issued(full(tmp_path_factory.mktemp("typed")))


def full(root: Path) -> Small:
    small = make_small(root)
    sections = ROOT / "editions" / "2025-12" / "compendium"
    shutil.copytree(sections, small.edition / "compendium", dirs_exist_ok=True)
    return small


@pytest.mark.slow
@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_the_compendium_in_word_gives_the_same_letters_byte_for_byte(
    program: str, typed: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    small, scratch = full(tmp_path / "worded"), tmp_path / "scratch"
    in_word(small.edition / "compendium")
    if program == "libreoffice":
        scratch.mkdir()
        by_libreoffice(small.edition / "compendium", scratch)

    worded = issued(small)

    assert len(worded) == 3
    assert worded == typed


def spans() -> st.SearchStrategy[Inline]:
    letters = "ab क।.,*_[]<>|&#+-=~`\\1)2. “”"
    words = st.text(letters, min_size=1, max_size=12).filter(
        lambda text: text.strip() == text != ""
    )
    style = st.sampled_from([(False, False), (True, False), (False, True), (True, True)])
    return st.lists(st.tuples(words, style), min_size=1, max_size=4).map(
        lambda parts: tuple(Span(f" {text} ", *style) for text, style in parts)
    )


def blocks() -> st.SearchStrategy[list[Block]]:
    row = st.tuples(spans(), spans())
    return st.lists(
        st.one_of(
            st.builds(Heading, st.integers(1, 3), spans()),
            st.builds(Paragraph, spans()),
            st.builds(lambda text: List((Item("•", text),)), spans()),
            st.builds(
                lambda head, rows: Table(("left", "left"), head, tuple(Row(r) for r in rows)),
                row,
                st.lists(row, min_size=1, max_size=3),
            ),
        ),
        min_size=1,
        max_size=5,
    )


@given(written=blocks())
def test_no_word_is_lost_without_a_finding(
    written: list[Block], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / NAME
    write_word(written, path)

    text, findings = read_word_text(path, NAME, whole=False)

    told = "".join(finding.message for finding in findings)
    if not findings:
        printed = read_markdown(text.source, file=NAME)
        assert letters(printed) == letters(written)
    else:
        assert "cannot be told apart" in told or "Word's Heading" in told


def letters(blocks: tuple[Block, ...] | list[Block]) -> str:
    """All that the blocks print, without spaces; a typed number is a paragraph's own."""
    texts = (text for block in blocks for text in block_texts(block))
    return "".join("".join(texts).split()).replace(")", "").replace(".", "").replace("•", "")


# --- what an officer types ------------------------------------------------------------------------


def test_words_numbers_lists_and_tables_become_the_markdown_that_would_be_typed(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    document.add_heading("ANNEXURE 1", 1)
    document.add_paragraph("2.\tTyped number, to “{{ state.name }}”.")
    paragraph = document.add_paragraph("To ")
    paragraph.add_run("{{ contact.").bold = True
    paragraph.add_run("name }}").bold = True
    paragraph.add_run(" 5*3 a_b <c> {% if state.is_ut == “yes” %}UT{% endif %}")
    document.add_paragraph("first", style="List Bullet")
    table = document.add_table(4, 2)
    texts = [
        ("KPI", "%"),
        ("{% for row in shares %}", ""),
        ("{{ row.name | bold_if(row.own) }}", "a|b"),
        ("{% endfor %}", ""),
    ]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text

    source, findings = read(document, tmp_path)

    assert findings == []
    assert source == (
        "# ANNEXURE 1\n"
        "\n"
        "2. Typed number, to “{{ state.name }}”.\n"
        "\n"
        "To **{{ contact.name }}** 5\\*3 a_b \\<c> "
        '{% if state.is_ut == "yes" %}UT{% endif %}\n'
        "\n"
        "- first\n"
        "\n"
        "| KPI | % |\n"
        "|:---|:---|\n"
        "{%- for row in shares %}\n"
        "| {{ row.name | bold_if(row.own) }} | a\\|b |\n"
        "{%- endfor %}\n"
    )


def test_words_own_numbers_count_as_word_counts_them(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="%{depth + 1}{end}"/></w:lvl>'
        for depth, (start, form, end) in enumerate([(2, "decimal", "."), (1, "lowerLetter", ")")])
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>')
    )
    for text, depth in [("two", 0), ("a", 1), ("b", 1), ("three", 0), ("again a", 1)]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="78"/></w:numPr>'
        properties.append(parse_xml(mark))

    source, findings = read(document, tmp_path)

    assert findings == []
    lines = [line for line in source.split("\n") if line]
    assert lines == ["2. two", "   1) a", "   2) b", "3. three", "   1) again a"]


def test_a_whole_text_has_its_front_matter_in_a_table_at_its_top(small: Small) -> None:
    document = docx.Document()
    front = [
        ("title", "DO letter to {{ recipient.government }}"),
        ("number", "DO No. {{ number }}"),
        ("date", "{{ date }}"),
        ("subject", "Ranking"),
        ("salutation (m)", "Respected Sir,"),
        ("salutation (f)", "Respected Madam,"),
        ("salutation (other)", "Respected Sir/Madam,"),
        ("addressee", "The {{ recipient.designation }},\n{{ recipient.government }}"),
        ("shared_annexures", "2"),
    ]
    table = document.add_table(len(front), 2)
    for row, (key, value) in zip(table.rows, front, strict=True):
        row.cells[0].text, row.cells[1].text = key, value
    document.add_paragraph("As you are aware, …")
    document.add_heading("ANNEXURE 1", 1)
    document.add_paragraph("One.")
    document.add_heading("ANNEXURE 2", 1)
    document.add_paragraph("Two.")
    document.save(str(small.edition / "text.en.docx"))

    done = patra_json("draft", small.edition, "CH", "--root", small.root, "--format", "docx")

    word = docx.Document(done["letters"][0]["files"]["docx"]["path"])
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "Respected Madam," in texts
    assert "As you are aware, …" in texts
    assert "Chandigarh Administration" in "".join(texts)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return make_small(tmp_path)


@pytest.mark.slow
def test_the_whole_letter_in_word_is_the_same_letter_byte_for_byte(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    for code in ("hi", "en"):
        text = small.edition / f"text.{code}.md"
        source = (small.kind / text.name).read_text("utf-8")
        text.write_text(with_fixed_columns(source), "utf-8")
    typed = drafted(small)
    for code in ("hi", "en"):
        text = small.edition / f"text.{code}.md"
        write_word_source(text.read_text("utf-8"), text.with_suffix(".docx"))
        text.unlink()

    assert drafted(small) == typed


def drafted(small: Small) -> dict[str, bytes]:
    done = patra_json("draft", small.edition, "CH", "--root", small.root)
    files = done["letters"][0]["files"].values()
    return {Path(file["path"]).suffix: Path(file["path"]).read_bytes() for file in files}


# --- what cannot be carried over ------------------------------------------------------------------


def xml_run(inside: str) -> Callable[[Document], None]:
    """Puts something into a run after some words."""

    def change(document: Document) -> None:
        run = parse_xml(f"<w:r {nsdecls('w', 'r', 'wp', 'a')}>{inside}</w:r>")
        document.paragraphs[-1]._p.append(run)

    return change


def xml_around(tag: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        run = document.paragraphs[-1].runs[0]._r
        around = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"/>')
        run.addprevious(around)
        around.append(run)

    return change


def look(name: str, value: object = True) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        setattr(document.paragraphs[-1].runs[0].font, name, value)

    return change


def merged(document: Document) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "both"


def nested(document: Document) -> None:
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "head"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "inner"


def headed(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "Confidential"


def deep(document: Document) -> None:
    document.add_heading("too deep", 4)


def picture(document: Document) -> None:
    document.add_picture(str(ROOT / "tests" / "golden" / "en-annexure-2.png"), width=Pt(20))


def link(document: Document) -> None:
    part = document.part
    key = part.relate_to(
        "https://other.example/", qn("r:id").split("}")[0][1:] + "/hyperlink", is_external=True
    )
    run = copy.deepcopy(document.paragraphs[-1].runs[0]._r)
    around = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"/>')
    around.append(run)
    document.paragraphs[-1]._p.append(around)


def typed_item(document: Document) -> None:
    document.add_paragraph("# not a heading")


LOST: dict[str, tuple[Callable[[Document], None], str]] = {
    "an insertion": (xml_around("ins"), "tracked changes are not read"),
    "a deletion": (xml_run("<w:delText>x</w:delText>"), "what Word calls “delText”"),
    "a comment": (xml_run('<w:commentReference w:id="1"/>'), "comments are not printed"),
    "a footnote": (xml_run('<w:footnoteReference w:id="1"/>'), "a footnote is not printed"),
    "a field": (xml_run('<w:fldChar w:fldCharType="begin"/>'), "a field (a page number"),
    "a symbol": (xml_run('<w:sym w:font="Wingdings" w:char="F04A"/>'), "a symbol of a font"),
    "a text box": (
        xml_run(
            "<w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict>"
        ),
        "a text box (“boxed”) is not printed",
    ),
    "a picture": (picture, "a picture, shape or object is not printed"),
    "underlined": (look("underline"), "the words are underlined"),
    "struck out": (look("strike"), "the words are struck out"),
    "hidden": (look("hidden"), "the words are hidden"),
    "raised": (look("superscript"), "the words are raised or lowered"),
    "all capitals": (look("all_caps"), "in capitals by a Word setting"),
    "an old font": (look("name", "Kruti Dev 010"), "the text is set in Kruti Dev 010"),
    "merged cells": (merged, "merged cells are not printed"),
    "a table in a table": (nested, "a table within a table is not printed"),
    "a page's head": (headed, "the page's head or foot holds words"),
    "a deep heading": (deep, "a heading of level 4 is deeper"),
    "a link": (link, "a link to https://other.example/ is not printed"),
    "a typed heading": (typed_item, "# is typed for a heading"),
}


@pytest.mark.parametrize("what", LOST)
def test_what_cannot_be_carried_over_is_told_with_its_paragraph(what: str, tmp_path: Path) -> None:
    change, told = LOST[what]
    document = docx.Document()
    document.add_heading("Haryana", 1)
    document.add_paragraph("Some words.")
    assert read(document, tmp_path)[1] == []

    change(document)
    _source, findings = read(document, tmp_path)

    assert [finding for finding in findings if told in finding.message], findings
    for finding in findings:
        assert finding.where is not None
        assert finding.where.paragraph or "head or foot" in finding.message
        assert finding.remedy


def test_all_that_is_lost_is_told_at_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Some words.")
    for change in (look("underline"), picture, headed, deep):
        change(document)

    assert len(read(document, tmp_path)[1]) >= 4


def test_an_address_that_word_made_a_link_of_is_printed(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Write to ")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    key = document.part.relate_to("mailto:a@example.in", kind, is_external=True)
    words = "<w:r><w:t>a@example.in</w:t></w:r>"
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}">{words}</w:hyperlink>')
    )

    assert read(document, tmp_path) == ("Write to a@example.in\n", [])


def test_bold_that_ends_between_a_word_and_a_sign_is_told_and_not_guessed(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("")
    paragraph.add_run("वाक्य।").bold = True
    paragraph.add_run("अगला")

    _source, findings = read(document, tmp_path)

    assert ["cannot be told apart" in finding.message for finding in findings] == [True]


@pytest.mark.parametrize(
    "data", [b"", b"not a Word file", bytes.fromhex("d0cf11e0a1b11ae1") + b"x"]
)
def test_what_is_no_word_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(data)

    with pytest.raises(InputError):
        read_word_text(tmp_path / NAME, NAME, whole=False)


# --- in an edition --------------------------------------------------------------------------------


def test_the_checks_name_the_word_file_and_the_paragraph(small: Small) -> None:
    section = next((small.edition / "compendium").glob("*.hi.md"))
    source = read_text_file(section, section.name)
    blocks = [*read_markdown(source, file=section.name), Paragraph((Span("विभाग १२ ने"),))]
    write_word(blocks, section.with_suffix(".docx"))
    section.unlink()

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    found = [f for f in document["findings"] if f["check"] == "digits-international"]
    assert [f["where"] for f in found] == [
        {"file": f"compendium/{section.stem}.docx", "paragraph": len(blocks)}
    ]


def test_a_broken_tag_is_told_with_its_paragraph(small: Small) -> None:
    (small.edition / "text.en.md").write_text(
        (small.kind / "text.en.md").read_text("utf-8"), "utf-8"
    )
    document = docx.Document()
    rows = [
        ("title", "T"),
        ("number", "{{ number }}"),
        ("date", "{{ date }}"),
        ("subject", "S"),
        ("addressee", "A"),
    ]
    table = document.add_table(len(rows), 2)
    for row, (key, value) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = key, value
    document.add_paragraph("One.")
    document.add_paragraph("{% if state.is_ut %} no end")
    (small.edition / "text.en.md").unlink()
    document.save(str(small.edition / "text.en.docx"))

    done = patra_json("check", small.edition, "--root", small.root, code=5)

    assert done["error"]["message"].startswith("text.en.docx, paragraph 12: ")


def test_a_text_that_is_written_twice_is_refused(small: Small) -> None:
    section = next((small.edition / "compendium").glob("*.en.md"))
    write_word(read_markdown(read_text_file(section, ""), file=""), section.with_suffix(".docx"))

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    assert "the text is written twice" in str(document["findings"])
