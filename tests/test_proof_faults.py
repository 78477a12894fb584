"""Every sort of fault that a template or engine can make is seen when a file is read back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.content import Bar, Chart, Letter, Version
from generator.errors import RenderError
from generator.readback import Mismatch, open_pdf, prove_docx, prove_pdf, section_pages
from generator.workers import MadeLetter
from tests.broken_kinds import copy_kind, made_with, repack, restyle
from tests.command import ROOT
from tests.letters import sample_letter

KIND = ROOT / "letter_templates" / "do_letter"
DOCUMENT, FOOT, HEAD = "word/document.xml", "word/footer1default.xml", "word/header1default.xml"
TAG = rb"<w:rPr>((?:(?!</w:rPr>).)*)<w:lang ([^>]*)/></w:rPr>"


def charted(version: Version) -> Version:
    """The version with a chart under its ranking."""
    own, *others = version.annexures
    bars = (Bar("Jharkhand", "70.73", 10_000), Bar("Haryana", "47.03", 6_649, marked=True))
    chart = Chart(f"Two bars, {version.language}", bars)
    return replace(version, annexures=(replace(own, blocks=(*own.blocks, chart)), *others))


LETTER = replace(sample_letter("hi", "en"), versions=tuple(map(charted, sample_letter().versions)))


@pytest.fixture(scope="module")
def made() -> MadeLetter:
    return made_with(KIND, LETTER)


def counts_of(made: MadeLetter) -> list[int]:
    with open_pdf(made.pdf) as pages:
        return section_pages(pages, LETTER)


def dressed(properties: bytes) -> tuple[bytes, bytes]:
    """A pattern of every run's properties, and the same with more of them."""
    return TAG, rb"<w:rPr>\1" + properties + rb"<w:lang \2/></w:rPr>"


IN_WORD = {
    "a count of pages": (FOOT, rb'(SECTIONPAGES.*?preserve">)2', rb"\g<1>9", "{pages} shows 9"),
    "a number that is no field": (FOOT, rb"> PAGE <", rb"> DATE <", "{page}"),
    "pages counted on": (DOCUMENT, rb'w:start="1"', rb'w:start="5"', "pages counted from 5"),
    "a first page without the mark": (
        DOCUMENT,
        rb"(<w:pgNumType[^>]*/>.*?)(<w:docGrid|</w:sectPr>)",
        rb"\1<w:titlePg/>\2",
        "first page",
    ),
    "a hidden mark": (HEAD, *dressed(b"<w:vanish/>"), "head and foot of section 1: “SPECIMEN/"),
    "a white mark": (
        HEAD,
        *dressed(b'<w:color w:val="FFFFFF"/>'),
        "head and foot of section 1: “SPECIMEN/",
    ),
    "hidden words": (DOCUMENT, *dressed(b"<w:vanish/>"), "hidden"),
    "white words": (DOCUMENT, *dressed(b'<w:color w:val="FEFEFE"/>'), "in #fefefe on #ffffff"),
    "tiny words": (DOCUMENT, *dressed(b'<w:szCs w:val="2"/>'), "1 points high"),
    "a style that hides": (
        "word/styles.xml",
        rb'(<w:style [^>]*w:styleId="BodyText".*?)(</w:style>)',
        rb"\1<w:rPr><w:vanish/></w:rPr>\2",
        "body, paragraph 1: the words",
    ),
    "lines too low": (
        DOCUMENT,
        rb'(<w:pStyle w:val="BodyText(?:Hi)?"/>)',
        rb'\1<w:spacing w:line="100" w:lineRule="exact"/>',
        "cut off",
    ),
    "words beside the paper": (
        DOCUMENT,
        rb'(<w:pStyle w:val="BodyText(?:Hi)?"/>)',
        rb'\1<w:ind w:left="90000"/>',
        "outside the page",
    ),
    "a bold word that is plain": (
        DOCUMENT,
        rb'<w:rStyle w:val="Strong"/>((?:(?!</w:r>).)*monthly)',
        rb"\1",
        "“monthlybrief” plain",
    ),
    "a row that is not marked": (DOCUMENT, rb'"TableTextMarked"', b'"TableText"', "not marked"),
    "a heading that is none": (DOCUMENT, rb'"Heading1"', b'"Note"', "no heading"),
    "a head that is not repeated": (DOCUMENT, rb"<w:tblHeader/>", b"", "another head"),
    "two cells in one": (
        DOCUMENT,
        rb"(LetterTable.*?</w:tr>.*?)</w:tc><w:tc>.*?</w:tcPr>",
        rb"\1",
        "row 1: the 1 cells",
    ),
    "a row in another's cell": (
        DOCUMENT,
        rb"(LetterTable.*?</w:tr><w:tr>.*?)(<w:t [^>]*>)([^<]*)(</w:t>.*?<w:t [^>]*>)",
        rb"\1\2\4\3",
        "cells “” | ",
    ),
    "a chart that is gone": (DOCUMENT, rb"<w:drawing>.*?</w:drawing>", b"", "alternative texts"),
    "a chart described otherwise": (DOCUMENT, rb'descr="Two', b'descr="Six', "“Six bars, hi”"),
    "a chart without its picture": (DOCUMENT, rb'r:embed="', b'r:embed="x', "texts are none"),
    "a chart that shows nothing": (DOCUMENT, rb'extent cx="\d+', b'extent cx="9', "texts are none"),
}


@pytest.mark.parametrize(("part", "old", "new", "told"), IN_WORD.values(), ids=IN_WORD)
def test_a_fault_in_a_word_file_is_seen(
    made: MadeLetter, tmp_path: Path, part: str, old: bytes, new: bytes, told: str
) -> None:
    counts = counts_of(made)
    assert not isinstance(prove_docx(made.docx, LETTER, counts), Mismatch)
    broken = tmp_path / "letter.docx"
    broken.write_bytes(made.docx)

    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        assert re.search(old, data, re.DOTALL)
        return re.sub(old, new, data, flags=re.DOTALL)

    repack(broken, change)
    outcome = prove_docx(broken.read_bytes(), LETTER, counts)

    assert isinstance(outcome, Mismatch)
    assert told in str(outcome)


def test_even_pages_with_a_head_of_their_own_bear_the_mark(
    made: MadeLetter, tmp_path: Path
) -> None:
    broken = tmp_path / "letter.docx"
    broken.write_bytes(made.docx)
    odd = b"<w:evenAndOddHeaders/><w:characterSpacingControl "

    def change(name: str, data: bytes) -> bytes:
        if name != "word/settings.xml":
            return data
        assert b"<w:characterSpacingControl " in data
        return data.replace(b"<w:characterSpacingControl ", odd)

    repack(broken, change)
    outcome = prove_docx(broken.read_bytes(), LETTER)

    assert isinstance(outcome, Mismatch)
    assert "head and foot of section 1, even pages" in outcome.found


def test_a_box_that_word_writes_twice_is_read_once(made: MadeLetter, tmp_path: Path) -> None:
    boxed = tmp_path / "letter.docx"
    boxed.write_bytes(made.docx)
    alternate = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def change(name: str, data: bytes) -> bytes:
        if name != DOCUMENT:
            return data
        paragraph = re.search(rb"<w:p>(?:(?!</w:p>).)*</w:p>", data, re.DOTALL)
        assert paragraph
        choice = b"<mc:Choice Requires='wps'>" + paragraph[0] + b"</mc:Choice>"
        fallback = b"<mc:Fallback>" + paragraph[0] + b"</mc:Fallback>"
        both = b"<mc:AlternateContent " + alternate + b">" + choice + fallback
        return data.replace(paragraph[0], both + b"</mc:AlternateContent>", 1)

    repack(boxed, change)

    assert not isinstance(prove_docx(boxed.read_bytes(), LETTER), Mismatch)


IN_PDF = {
    "white words": (".email { color: #fff }", "“ईमेल:” is in #ffffff on #ffffff"),
    "words that shine through": (".email { color: rgba(0, 0, 0, .1) }", "is in #e5e5e5"),
    "black words on black": ("th { background: #000 }", "is in #000000 on #000000"),
    "a white mark": (".mark { color: #fff }", "“SPECIMEN” is in #ffffff"),
    "tiny words": (".email { font-size: 1pt }", "“ईमेल:” is 1.0 points high"),
    "a line that is cut off": (".enclosures { height: 6pt; overflow: hidden }", "is cut off"),
    "words under a white area": (
        ".close { position: relative } .close::after { content: ''; position: absolute; left: 0; "
        "top: 0; width: 100%; height: 100%; background: #fff }",
        "is covered",
    ),
    "words beside the paper": (".email { text-indent: -500mm }", "off the page"),
    "pages that are all the first": (".page::before { content: '1' }", "foot of page 2: "),
    "another count of pages": (".pages::before { content: '9' }", "foot of page 1: "),
    "bold words that are plain": ("strong { font-weight: normal }", "plain, where “"),
    "a row that is lost": ("tbody tr:last-child { display: none }", "row 2, column 1"),
    "a chart that is gone": (".chart { display: none }", "chart 1: the pictures'"),
    "a chart not drawn": (".chart img { visibility: hidden }", "chart 1: the pictures'"),
    "a chart of no size": (".chart img { width: 1px }", "chart 1: the pictures'"),
    "a chart beside the paper": (
        ".chart { position: relative; left: -400mm }",
        "chart 1: the pictures'",
    ),
}


@pytest.mark.parametrize(("rule", "told"), IN_PDF.values(), ids=IN_PDF)
def test_a_fault_on_a_page_fails_the_letter(tmp_path: Path, rule: str, told: str) -> None:
    kind = copy_kind(tmp_path)
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    restyle(kind, rule)

    with pytest.raises(RenderError) as caught:
        made_with(kind, LETTER)

    assert caught.value.message.startswith("HR, PDF: ")
    assert told in caught.value.message


def one_version(letter: Letter) -> Letter:
    return replace(letter, versions=letter.versions[1:])


def test_a_page_with_nothing_but_a_chart_belongs_to_the_pages_before_it(tmp_path: Path) -> None:
    kind = copy_kind(tmp_path)
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    restyle(kind, ".chart { break-before: page }")

    made = made_with(kind, one_version(LETTER))

    assert not isinstance(prove_pdf(made.pdf, one_version(LETTER)), Mismatch)
    with open_pdf(made.pdf) as pages:
        assert section_pages(pages, one_version(LETTER)) == [3, 2]
