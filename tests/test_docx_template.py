"""``letter.docx`` as the office may edit it: what is understood, and what is refused and how."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import docx
import pytest
from docx.oxml.ns import qn

from generator.content import Annexure, Heading, Letter, Running
from generator.errors import TemplateError
from generator.render.docx import DocxRenderer
from tests.letters import line, sample_letter

PAGES = {("en", 0): 2, ("en", 2): 3, ("hi", 0): 2, ("hi", 2): 3}

Edit: TypeAlias = Callable[[str], str]
"""What an officer does to a part's XML."""
Kind: TypeAlias = Callable[[Edit], Path]
"""A kind's folder whose ``letter.docx`` has been edited (its document, heads and feet, styles)."""


@pytest.fixture
def kind(root: Path, tmp_path: Path) -> Kind:
    def edited(edit: Edit) -> Path:
        source = root / "letter_templates/do_letter/letter.docx"
        target = tmp_path / "letter.docx"
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                new.writestr(name, edit(text) if name.startswith("word/") else text)
        return tmp_path

    return edited


def swapped(old: str, new: str) -> Edit:
    """An edit that must find what it replaces in one part at least (checked by its effect)."""
    return lambda text: text.replace(old, new)


def refusal(folder: Path, letter: Letter | None = None) -> TemplateError:
    """The refusal on reading the template, or on rendering a letter with it."""
    with pytest.raises(TemplateError) as caught:
        DocxRenderer(folder).render(letter or sample_letter("en"), PAGES)
    return caught.value


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path)

    assert f"{tmp_path.name}/letter.docx" in error.message
    assert "Copy letter.docx" in error.remedy


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "letter.docx").write_bytes(data)

    assert "not a Word file" in refusal(tmp_path).message


def test_an_unknown_tag_is_named_with_the_nearest_known_one(kind: Kind) -> None:
    error = refusal(kind(swapped("{{ subject }}", "{{ sunject }}")))

    assert "{{ sunject }}" in error.message
    assert "first section" in error.message
    assert "{{ subject }}" in error.remedy


def test_an_unknown_tag_in_a_foot_is_named(kind: Kind) -> None:
    assert "{{ footer }}" in refusal(kind(swapped("{{ foot }}", "{{ footer }}"))).message


def test_a_tag_of_the_first_section_is_unknown_in_the_second(kind: Kind) -> None:
    edit = swapped("{{p annexure }}", "{{ addressee }}")

    error = refusal(kind(edit))

    assert "second section" in error.message
    assert "{{ addressee }}" in error.message


def test_an_unknown_part_of_a_name_is_named_when_a_letter_is_made(kind: Kind) -> None:
    error = refusal(kind(swapped("{{ letterhead.left }}", "{{ letterhead.centre }}")))

    assert "centre" in error.message


def test_a_tag_may_not_reach_into_python(kind: Kind) -> None:
    error = refusal(kind(swapped("{{ subject }}", "{{ subject.__class__ }}")))

    assert "__class__" in error.message


def test_a_tag_that_is_not_closed_is_quoted(kind: Kind) -> None:
    error = refusal(kind(swapped("{{ salutation }}", "{{ salutation }")))

    assert "salutation" in error.message


def test_an_unknown_filter_is_named(kind: Kind) -> None:
    error = refusal(kind(swapped("{{ salutation }}", "{{ salutation|shout }}")))

    assert "shout" in error.message


@pytest.mark.parametrize("written", ["{{ body }}", "{{body}}", "Text: {{p body }}"])
def test_blocks_among_text_are_refused(kind: Kind, written: str) -> None:
    error = refusal(kind(swapped("{{p body }}", written)))

    assert "whole paragraphs" in error.message
    assert "{{p body }}" in error.remedy


@pytest.mark.parametrize("written", ["{{p subject }}", "{{r subject }}"])
def test_text_in_the_form_of_a_paragraph_is_refused(kind: Kind, written: str) -> None:
    error = refusal(kind(swapped("{{ subject }}", written)))

    assert "{{ subject }}" in error.remedy


def test_a_template_without_a_body_is_refused(kind: Kind) -> None:
    error = refusal(kind(swapped("{{p body }}", "")))

    assert "{{p body }}" in error.message


def test_annexures_without_a_place_are_refused(kind: Kind) -> None:
    own = refusal(kind(swapped("{{p annexures }}", "")))
    shared = refusal(kind(swapped("{{p annexure }}", "")))

    assert "{{p annexures }}" in own.message
    assert "{{p annexure }}" in shared.message


def test_a_condition_torn_between_a_cell_and_the_text_is_explained(kind: Kind) -> None:
    def edit(text: str) -> str:
        text = text.replace("{{ letterhead.left }}", "{% if mark %}{{ letterhead.left }}")
        return text.replace("{{ number }}", "{% endif %}{{ number }}")

    error = refusal(kind(edit), replace(sample_letter("en"), mark=()))

    assert "opens in one paragraph or cell and closes in another" in error.message
    assert "first section" in error.message


def test_missing_styles_are_all_named(kind: Kind) -> None:
    def edit(text: str) -> str:
        text = text.replace('w:val="Numbered Paragraph"', 'w:val="Numbered"')
        return text.replace('w:val="Letter Table"', 'w:val="Table"')

    error = refusal(kind(edit))

    assert "Numbered Paragraph" in error.message
    assert "Letter Table" in error.message
    assert "New Style" in error.remedy


def test_tracked_changes_are_refused(kind: Kind) -> None:
    insertion = '<w:ins w:id="9" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins>'
    edit = swapped(
        '<w:pStyle w:val="Closing"/></w:pPr>', f'<w:pStyle w:val="Closing"/></w:pPr>{insertion}'
    )

    assert "tracked changes" in refusal(kind(edit)).message


def test_a_third_section_is_refused(kind: Kind) -> None:
    properties = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    edit = swapped('<w:pStyle w:val="Closing"/>', f'<w:pStyle w:val="Closing"/>{properties}')

    assert "3 sections" in refusal(kind(edit)).message


def test_a_tag_that_word_has_cut_in_pieces_is_still_one_tag(kind: Kind) -> None:
    pieces = (
        '{{ </w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1"><w:t>salut</w:t></w:r>'
        '<w:proofErr w:type="spellEnd"/><w:r><w:t>ation }}'
    )

    data = DocxRenderer(kind(swapped("{{ salutation }}", pieces))).render(
        sample_letter("en"), PAGES
    )

    assert "Respected Sir," in texts(data)


def test_a_tags_own_formatting_is_kept_and_added_to(kind: Kind) -> None:
    edit = swapped(
        '<w:r><w:t xml:space="preserve">{{ salutation }}',
        '<w:r><w:rPr><w:i/><w:color w:val="FF0000"/></w:rPr><w:t>{{ salutation }}',
    )
    letter = sample_letter("en")
    bold = (line("Respected Sir,", bold=True),)
    fields = {**letter.versions[0].fields, "salutation": bold}
    letter = replace(letter, versions=(replace(letter.versions[0], fields=fields),))

    data = DocxRenderer(kind(edit)).render(letter, PAGES)

    paragraph = next(
        p for p in docx.Document(io.BytesIO(data)).paragraphs if p.text == "Respected Sir,"
    )
    properties = paragraph.runs[0]._element.find(qn("w:rPr"))
    assert [child.tag for child in properties] == [
        qn(f"w:{name}") for name in ("rStyle", "rFonts", "i", "iCs", "color", "lang")
    ]


def test_a_loop_over_lines_may_give_each_a_paragraph(kind: Kind) -> None:
    def edit(text: str) -> str:
        style = '<w:p><w:pPr><w:pStyle w:val="Addressee"/></w:pPr><w:r><w:t>'
        end = "</w:t></w:r></w:p>"
        loop = f"{{%p for row in addressee %}}{end}{style}{{{{ row }}}}{end}{style}{{%p endfor %}}"
        return text.replace("{{ addressee }}", loop)

    found = texts(DocxRenderer(kind(edit)).render(sample_letter("en"), PAGES))

    at = found.index("Chief Secretary,")
    assert found[at - 1 : at + 2] == [
        "Shri Sample <Recipient> & Sons, IAS",
        "Chief Secretary,",
        "Government of Haryana",
    ]


def test_what_word_notes_for_itself_does_not_reach_letters(kind: Kind) -> None:
    def edit(text: str) -> str:
        text = text.replace("<w:p><w:pPr>", '<w:p w:rsidR="00AB12CD"><w:pPr>').replace(
            "<w:body>", '<w:body><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
        )
        return text.replace(
            "<w:compat>", "<w:rsids><w:rsidRoot w:val='00AB12CD'/></w:rsids><w:compat>"
        )

    data = DocxRenderer(kind(edit)).render(sample_letter("en"), PAGES)

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = package.read("word/document.xml") + package.read("word/settings.xml")
    assert b"rsid" not in everything
    assert b"bookmark" not in everything


def test_a_second_section_takes_the_heads_and_feet_it_does_not_have(kind: Kind) -> None:
    edit = swapped('<w:footerReference w:type="default" r:id="rIdFooter2"/>', "")

    data = DocxRenderer(kind(edit)).render(sample_letter("en"), PAGES)

    foot = docx.Document(io.BytesIO(data)).sections[1].footer
    assert "11th December, 2025" in foot.paragraphs[0].text


def test_pages_are_counted_from_one_whatever_the_template_says(kind: Kind) -> None:
    edit = swapped('<w:type w:val="nextPage"/>', '<w:type w:val="continuous"/>')
    folder = kind(lambda text: edit(text).replace('<w:pgNumType w:start="1"/>', ""))

    data = DocxRenderer(folder).render(sample_letter("en"), PAGES)

    for section in docx.Document(io.BytesIO(data)).sections:
        names = [child.tag.rpartition("}")[2] for child in section._sectPr]
        assert names == [
            *("headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols")
        ]
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section._sectPr.find(qn("w:type")).get(qn("w:val")) == "nextPage"


def test_a_first_section_that_ends_with_a_table_keeps_its_foot(kind: Kind) -> None:
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="99"/>'
        '</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="99" w:type="dxa"/></w:tcPr><w:p/></w:tc>'
        "</w:tr></w:tbl>"
    )
    edit = swapped("<w:p><w:pPr><w:sectPr>", f"{table}<w:p><w:pPr><w:sectPr>")

    data = DocxRenderer(kind(edit)).render(sample_letter("en"), PAGES)

    sections = docx.Document(io.BytesIO(data)).sections
    assert [s.footer.paragraphs[0].text.split("\t")[0] for s in sections] == [
        "SPECIMEN/CEO/2025/1112-9",
        "11th December, 2025",
    ]


def test_a_template_of_one_section_serves_a_kind_without_shared_annexures(kind: Kind) -> None:
    def edit(text: str) -> str:
        start, end = text.find("<w:p><w:pPr><w:sectPr>"), text.find("</w:body>")
        if start < 0:
            return text
        properties = text[start:].partition("<w:pPr>")[2].partition("</w:pPr>")[0]
        return text[:start] + properties + text[end:]

    letter = sample_letter("en")
    alone = replace(letter.versions[0], annexures=letter.versions[0].own_annexures)
    folder = kind(edit)

    data = DocxRenderer(folder).render(replace(letter, versions=(alone,)), PAGES)

    assert len(docx.Document(io.BytesIO(data)).sections) == 1
    assert "second section" in refusal(folder).message


def test_a_landscape_second_section_gives_its_tables_more_room(kind: Kind) -> None:
    def edit(text: str) -> str:
        head, middle, tail = text.rpartition('<w:pgSz w:w="11906" w:h="16838"/>')
        return head + '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' * bool(middle) + tail

    letter = sample_letter("en")
    table = letter.versions[0].own_annexures[0].blocks[-1]
    shared = Annexure(2, (Heading(1, line("ANNEXURE 2")), table), Running("", ""))
    version = replace(letter.versions[0], annexures=(shared,))

    data = DocxRenderer(kind(edit)).render(replace(letter, versions=(version,)), PAGES)

    grid = docx.Document(io.BytesIO(data)).tables[-1]._tbl.tblGrid
    assert sum(int(column.get(qn("w:w"))) for column in grid) == 16838 - 1417 - 1134


def test_the_shipped_template_uses_every_tag_there_is(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "letter_templates/do_letter/letter.docx", tmp_path)

    with zipfile.ZipFile(tmp_path / "letter.docx") as package:
        written = b"".join(package.read(n) for n in package.namelist() if n.startswith("word/"))

    for name in (
        "number",
        "place",
        "date",
        "subject",
        "salutation",
        "body",
        "closing",
        "email",
        "subscription",
        "signatory",
        "addressee",
        "enclosures",
        "annexures",
        "annexure",
        "mark",
        "foot",
        "page",
        "letterhead.left",
        "letterhead.right",
        "letterhead.logo",
    ):
        assert f"{name} }}}}".encode() in written, name
