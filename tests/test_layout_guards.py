"""Nothing silent: what is wrong with a page or a template fails the letter, and is told where."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from generator.content import Annexure, Block, Heading, Letter, Paragraph, Row, Table
from generator.errors import PatraError, RenderError, TemplateError
from generator.readback import PageCheck, open_pdf
from generator.render.docx import DocxRenderer
from generator.render.pdf import PdfRenderer, renderer
from tests.broken_kinds import FONTS, copy_kind, edit, made_with, repack, restyle
from tests.command import ROOT
from tests.letters import line, sample_letter

KIND = ROOT / "letter_templates" / "do_letter"
LONG = "Words that run on and on, beyond the edge of the cell they stand in"
MILE = "Withoutaspaceandsoverylongthatnocellcanholdit"


@pytest.fixture
def kind(tmp_path: Path) -> Path:
    """A kind to break."""
    return copy_kind(tmp_path)


def with_annexure(*blocks: Block) -> Letter:
    """A letter of one version whose only annexure has these blocks under its heading."""
    letter = sample_letter("en")
    annexure = Annexure(1, (Heading(1, line("ANNEXURE 1")), *blocks))
    return replace(letter, versions=(replace(letter.versions[0], annexures=(annexure,)),))


def table(first: str, last: str = "4") -> Table:
    """A table of four columns with a text in the first and in the last cell of its only row."""
    head = tuple(line(text) for text in ("State", "Category", "Score", "Rank"))
    cells = tuple(line(text) for text in (first, "B", "47.03", last))
    return Table(("left", "left", "right", "right"), head, (Row(cells),))


def refusal(kind: Path, letter: Letter) -> PatraError:
    """The refusal of a letter made with a kind, which makes no file of it."""
    with pytest.raises(PatraError) as caught:
        made_with(kind, letter)
    assert caught.value.remedy
    return caught.value


# --- cells ----------------------------------------------------------------------------------------

NARROW = "table { table-layout: fixed } td.left, th.left { width: 10% }"
CELLS = {
    "over its neighbour, not broken": (f"{NARROW} td {{ white-space: nowrap }}", LONG, "4"),
    "one long word": (f"{NARROW} td {{ overflow-wrap: normal }}", MILE, "4"),
    "out of the table": ("table { table-layout: fixed } td { white-space: nowrap }", "A", LONG),
    "line upon line": (f"{NARROW} td {{ line-height: 2pt }}", LONG, "4"),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_whose_text_overflows_fails_the_letter(kind: Path, case: str) -> None:
    css, first, last = CELLS[case]
    restyle(kind, css)

    error = refusal(kind, with_annexure(table(first, last), Paragraph(line("Below."))))

    assert isinstance(error, RenderError)
    assert "HR, PDF: page 2: the text “" in error.message
    assert "page.css" in error.remedy


@pytest.mark.parametrize(("first", "last"), [(LONG, LONG), (MILE, "4"), ("A", "4")])
def test_the_same_texts_are_no_fault_in_the_kind_as_it_is(first: str, last: str) -> None:
    made = made_with(KIND, with_annexure(table(first, last), Paragraph(line("Below."))))

    assert made.proof.pdf.pages == 2


def test_a_text_that_runs_off_the_page_fails_the_letter(kind: Path) -> None:
    restyle(kind, ".salutation { margin-left: 160mm; white-space: nowrap }")

    error = refusal(kind, with_annexure())

    assert "page 1: the text “" in error.message
    assert "runs off the page" in error.message


# --- headings -------------------------------------------------------------------------------------


def test_a_heading_alone_at_a_pages_foot_fails_the_letter(kind: Path) -> None:
    restyle(kind, "h3 { break-after: auto !important }")
    told = []
    for count in range(29, 35):
        lines = (Paragraph(line(f"Line {n}.")) for n in range(1, count + 1))
        text = Paragraph(line("The text below the heading goes on. " * 12))
        letter = with_annexure(*lines, Heading(3, line("Section heading")), text)
        made_with(KIND, letter)  # as it is, it keeps headings with their text
        try:
            made_with(kind, letter)
        except RenderError as error:
            told.append(error.message)

    assert len(told) in (1, 2)  # with no line of its text below it, or with one
    for message in told:
        assert "en, annexure 1, heading 2: the heading “Section heading” is alone" in message
        assert "foot of page 2" in message


# --- fonts and glyphs -----------------------------------------------------------------------------


def test_a_font_of_the_kinds_own_is_refused(kind: Path) -> None:
    shutil.copy(FONTS / "NotoSans-Regular.ttf", kind / "stray.ttf")
    restyle(kind, '@font-face { font-family: "Noto Serif"; src: url("stray.ttf") }')

    error = refusal(kind, with_annexure())

    assert isinstance(error, TemplateError)
    assert "stray.ttf" in error.message


def test_a_font_under_another_name_fails_the_letter(kind: Path) -> None:
    css = (kind / "page.css").read_text("utf-8").replace('"Noto Serif"', '"Office Serif"')
    (kind / "page.css").write_text(css, "utf-8")

    error = refusal(kind, with_annexure())

    assert "the font Office-Serif" in error.message
    assert "a font of fonts/" in error.message


@pytest.mark.parametrize("written", ['"DejaVu Sans"', '"Noto Serif", serif', "Arial"])
def test_a_font_that_nothing_loads_fails_the_letter(kind: Path, written: str) -> None:
    restyle(kind, f".salutation {{ font-family: {written} }}")

    error = refusal(kind, with_annexure())

    assert isinstance(error, TemplateError)
    assert "page.css names the font" in error.message
    assert written.rsplit(", ", 1)[-1].strip('"') in error.message


def test_a_character_without_a_glyph_fails_the_letter_with_its_text() -> None:
    error = refusal(KIND, with_annexure(Paragraph(line("From here தமிழ் to there"))))

    assert 'no font has "த" (U+0BA4), in "From here' in error.message


def test_a_missing_glyph_is_seen_in_the_finished_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def deaf(_letter: Letter) -> Iterator[None]:
        yield

    monkeypatch.setattr(renderer, "strictly", deaf)
    letter = with_annexure(Paragraph(line("From here தமிழ் to there")))
    data = PdfRenderer(KIND, FONTS).render(letter, "").data

    with open_pdf(data) as pages:
        found = [str(fault) for fault in PageCheck(FONTS).faults(pages, letter)]

    assert any("page 2: “த” (U+0BA4), which no font of the page has" in told for told in found)


# --- style sheets and files from elsewhere --------------------------------------------------------


def test_an_unknown_property_is_refused_in_the_sheet_and_on_the_page(kind: Path) -> None:
    restyle(kind, "p { colr: red }")
    in_sheet = refusal(kind, with_annexure())
    shutil.copy(KIND / "page.css", kind)
    edit(kind, "page.html", "<main ", '<main style="colr: red" ')
    on_page = refusal(kind, with_annexure())

    assert isinstance(in_sheet, TemplateError)
    assert isinstance(on_page, RenderError)
    for error in (in_sheet, on_page):
        assert "colr: red" in error.message


ELSEWHERE = ("http://host.example/a.png", "file:///etc/hostname", "../../generator/py.typed")


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("place", ["page.html", "page.css", "logo.svg"])
def test_a_file_from_elsewhere_is_refused(kind: Path, place: str, address: str) -> None:
    letter = with_annexure()
    if place == "page.html":
        edit(kind, place, "<main", f'<img src="{address}" alt="x"><main')
    elif place == "page.css":
        restyle(kind, f'body {{ background-image: url("{address}") }}')
    else:
        letter = with_logo(letter, kind.parent, f'<image href="{address}" width="9" height="9"/>')

    error = refusal(kind, letter)

    if place != "logo.svg":
        assert isinstance(error, TemplateError)
        assert Path(address).name in error.message
    assert place.partition(".")[0] in error.message


def with_logo(letter: Letter, folder: Path, drawing: str) -> Letter:
    """The letter with an SVG logo that holds a drawing."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{drawing}</svg>'
    (folder / "logo.svg").write_text(svg, "utf-8")
    Image.new("RGB", (40, 40)).save(folder / "logo.png")
    version = letter.versions[0]
    head = replace(version.letterhead, logo=folder / "logo.svg")
    return replace(letter, versions=(replace(version, letterhead=head),))


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def external(kind: str) -> str:
    """A relationship to a file elsewhere."""
    target = "http://host.example/x"
    return (
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )


LINKS = {
    "a linked picture": ("word/_rels/document.xml.rels", "</Relationships>", external("image")),
    "a template": ("word/settings.xml", "</w:settings>", '<w:attachedTemplate r:id="rIdX"/>'),
    "a field": (
        "word/document.xml",
        "</w:body>",
        '<w:p><w:r><w:instrText> INCLUDETEXT "x" </w:instrText></w:r></w:p>',
    ),
}


@pytest.mark.parametrize("case", LINKS)
def test_a_word_template_that_takes_from_elsewhere_is_refused(kind: Path, case: str) -> None:
    part, before, added = LINKS[case]
    if "r:id" in added:
        added = added.replace("r:id", f'xmlns:r="{OFFICE}" r:id')

    def change(name: str, data: bytes) -> bytes:
        return data.replace(before.encode(), (added + before).encode()) if name == part else data

    repack(kind / "letter.docx", change)

    with pytest.raises(TemplateError) as caught:
        DocxRenderer(kind, FONTS)

    assert "letter.docx takes from elsewhere" in caught.value.message
    assert part in caught.value.message


def test_a_link_that_is_only_followed_when_clicked_is_no_fault(kind: Path) -> None:
    link = external("hyperlink") + "</Relationships>"

    def change(name: str, data: bytes) -> bytes:
        linked = name == "word/_rels/document.xml.rels"
        return data.replace(b"</Relationships>", link.encode()) if linked else data

    repack(kind / "letter.docx", change)

    DocxRenderer(kind, FONTS)


# --- what the engine would pass over --------------------------------------------------------------


@pytest.mark.parametrize(
    "css",
    ["-webkit-color: red", "-moz-hyphens: auto", "cursor: pointer", "transition: none", "_a: b"],
)
def test_a_property_that_the_engine_drops_fails_the_letter(kind: Path, css: str) -> None:
    restyle(kind, f"p {{ {css} }}")

    error = refusal(kind, with_annexure())

    assert "page.css: Ignored `" in error.message
    assert css.partition(":")[0] in error.message


BROWSERS = (
    '<iframe src="{}"></iframe>',
    '<script src="{}"></script>',
    "<script>while (1) {{}}</script>",
    '<video src="{}"></video>',
    '<picture><source srcset="{}"><img alt="a"></picture>',
    '<img srcset="{} 1x" alt="a">',
    '<link rel="icon" href="{}">',
    '<meta http-equiv="refresh" content="0;url={}">',
    '<a href="{}">a</a>',
    '<table background="{}"><tr><td>a</td></tr></table>',
    '<svg><image href="{}"/></svg>',
    '<input type="image" src="{}">',
)


@pytest.mark.parametrize("written", BROWSERS)
def test_what_only_a_browser_would_fetch_fails_the_letter(kind: Path, written: str) -> None:
    edit(kind, "page.html", "<main", f"{written.format('http://host.example/a')}<main")

    error = refusal(kind, with_annexure())

    assert isinstance(error, TemplateError)
    assert "page.html: <" in error.message
    assert "elsewhere" in error.message or "browsers" in error.message


@pytest.mark.parametrize("written", ["<p>a</p><bad", "<b><i>" * 900])
def test_what_the_engine_cannot_lay_out_is_no_bug_of_the_program(kind: Path, written: str) -> None:
    edit(kind, "page.html", "<body>", f"<body>{written}")

    assert isinstance(refusal(kind, with_annexure()), TemplateError)


def test_a_style_sheet_that_the_engine_cannot_read_is_no_bug_either(kind: Path) -> None:
    restyle(kind, "p {" * 3000)

    assert "page.css" in refusal(kind, with_annexure()).message
