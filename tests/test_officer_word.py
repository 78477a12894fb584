"""Word in the office's hands: ``letter.docx`` changed by an officer gives the right letter."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.content import Letter
from generator.errors import TemplateError
from generator.readback import FileProof, prove_docx
from generator.render.docx import DocxRenderer
from generator.render.docx.opening import open_template
from tests import officer_edits as office
from tests.command import ROOT
from tests.letters import sample_letter
from tests.officer_edits import DOCUMENT, Edit, Parts, made, opened, paragraph_of, w
from tests.word_checked import faults

KIND, FONTS = ROOT / "letter_templates" / "do_letter", ROOT / "fonts"
PAGES: Mapping[tuple[str, int], int] = {("hi", 0): 2, ("hi", 2): 4, ("en", 0): 3, ("en", 2): 5}


def kind_with(folder: Path, *edits: Edit) -> Path:
    """A kind's folder with an edited ``letter.docx``."""
    folder.mkdir(exist_ok=True)
    shutil.copy(KIND / "letter.docx", folder)
    office.edit_template(folder / "letter.docx", *edits)
    return folder


def letter_from(folder: Path, letter: Letter | None = None) -> bytes:
    """The Word file of a letter that a template gives; it says what the letter says."""
    letter = letter or sample_letter()
    renderer = DocxRenderer(folder, FONTS)
    renderer.check_fonts()
    data = renderer.render(letter, PAGES)
    outcome = prove_docx(data, letter)
    assert isinstance(outcome, FileProof), outcome
    return data


def refusal(folder: Path) -> TemplateError:
    """The refusal of a template when it is read, or when its fonts are checked."""
    with pytest.raises(TemplateError) as caught:
        DocxRenderer(folder, FONTS).check_fonts()
    return caught.value


def body(data: bytes) -> list[str]:
    """The text of each paragraph of the letter, in tables and boxes too."""
    root = docx.Document(io.BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in root.iter(qn("w:p"))]


@pytest.fixture(scope="module")
def unchanged() -> list[str]:
    """The letter's paragraphs from the template as it is."""
    return body(DocxRenderer(KIND, FONTS).render(sample_letter(), PAGES))


@pytest.fixture(scope="module")
def libre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kind whose ``letter.docx`` LibreOffice has opened and saved."""
    folder = tmp_path_factory.mktemp("libre")
    shutil.copy(KIND / "letter.docx", folder)
    office.saved_by_libreoffice(folder / "letter.docx", folder)
    return folder


def called(edits: Sequence[Edit]) -> list[str]:
    return [edit.__name__ for edit in edits]


@pytest.mark.parametrize("edit", office.NOTED, ids=called(office.NOTED))
def test_what_word_does_of_its_own_accord_changes_nothing(
    tmp_path: Path, edit: Edit, unchanged: list[str]
) -> None:
    data = letter_from(kind_with(tmp_path, edit))

    assert body(data) == unchanged


@pytest.mark.parametrize("edit", office.CHANGED, ids=called(office.CHANGED))
def test_what_an_officer_changes_is_taken(tmp_path: Path, edit: Edit) -> None:
    assert letter_from(kind_with(tmp_path, edit, office.notes_of_word, office.at_every_character))


def test_wider_margins_leave_the_letterhead_and_the_date_within_them(tmp_path: Path) -> None:
    letter: Any = docx.Document(io.BytesIO(letter_from(kind_with(tmp_path, office.set_margins))))
    margins = letter.sections[0]
    width = margins.page_width - margins.left_margin - margins.right_margin - margins.gutter

    (date,) = (p for p in letter.paragraphs[:4] if p.style.name == "Number and Date")
    stops = {stop.position: stop.alignment for stop in date.paragraph_format.tab_stops}
    assert [at for at, side in stops.items() if side == WD_TAB_ALIGNMENT.RIGHT] == [width]
    (usual,) = date.style.paragraph_format.tab_stops
    assert stops[usual.position] == WD_TAB_ALIGNMENT.CLEAR
    assert 0 <= width - sum(c.width for c in letter.tables[0].columns) < Pt(1)


def test_margins_as_they_are_leave_tabs_and_tables_as_they_are() -> None:
    letter: Any = docx.Document(io.BytesIO(letter_from(KIND)))

    (date,) = (p for p in letter.paragraphs[:4] if p.style.name == "Number and Date")
    assert len(date.paragraph_format.tab_stops) == 0


def test_what_word_does_of_its_own_accord_gives_a_valid_file(tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(letter_from(kind_with(tmp_path, *office.NOTED)))

    assert faults(path) == []


@pytest.mark.slow
@pytest.mark.parametrize("edit", office.CHANGED, ids=called(office.CHANGED))
def test_what_an_officer_changes_gives_a_valid_file(tmp_path: Path, edit: Edit) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(letter_from(kind_with(tmp_path, edit)))

    assert faults(path) == []


def test_a_template_saved_by_libreoffice_gives_the_same_words_and_a_valid_file(
    libre: Path, unchanged: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(letter_from(libre))

    assert [text for text in body(path.read_bytes()) if text] == [t for t in unchanged if t]
    assert faults(path) == []


def test_a_template_saved_by_libreoffice_still_carries_both_fonts(libre: Path) -> None:
    """Its own list of fonts names none for Devanagari."""
    assert b"Devanagari" not in office.read_parts(libre / "letter.docx")["word/fontTable.xml"]

    parts = parts_of(letter_from(libre))

    fonts = {name.rpartition("/")[2] for name in parts if name.endswith(".odttf")}
    assert {"NotoSerifRegular.odttf", "NotoSerifDevanagariRegular.odttf"} <= fonts


def parts_of(data: bytes) -> Parts:
    """The parts of a finished file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def texts_of(file: Path) -> list[str]:
    """The text of each ``w:t`` that holds a tag, as the renderer gets it: tags whole or not."""
    template = open_template(file, "letter.docx")
    roots = [template.document, *(template.frames[part] for part in sorted(template.frames))]
    texts = (text.text or "" for root in roots for text in root.iter(w("t")))
    return [tag for text in texts for tag in office.TAG.findall(text)]


TAGS = texts_of(KIND / "letter.docx")


@settings(max_examples=60)
@given(st.lists(st.sets(st.integers(1, 60), max_size=20), min_size=24, max_size=24))
def test_however_word_cuts_the_tags_they_are_the_same_tags(cuts: list[set[int]]) -> None:
    places = iter(cuts)
    with TemporaryDirectory() as folder:
        kind = kind_with(
            Path(folder), lambda parts: office.split_runs(parts, lambda _text: next(places, ()))
        )

        assert texts_of(kind / "letter.docx") == TAGS


# ---- fonts ----


def test_fonts_of_ours_chosen_in_word_are_those_that_the_letter_carries(tmp_path: Path) -> None:
    choice = office.choose_fonts("Noto Sans", "Noto Sans Devanagari")

    parts = parts_of(letter_from(kind_with(tmp_path, choice)))

    fonts = {name.rpartition("/")[2] for name in parts if name.endswith(".odttf")}
    assert {"NotoSansRegular.odttf", "NotoSansDevanagariRegular.odttf"} <= fonts
    assert b'w:ascii="Noto Serif' not in parts[DOCUMENT]
    assert b'w:cs="Noto Serif' not in parts[DOCUMENT]


def test_a_font_of_a_character_style_is_that_of_its_words(tmp_path: Path) -> None:
    def edit(parts: Parts) -> None:
        with opened(parts, office.STYLES) as root:
            style = next(s for s in root.iter(w("style")) if s.get(w("styleId")) == "Strong")
            style.find(w("rPr")).insert(0, made('<w:rFonts w:ascii="Noto Sans"/>'))

    data = letter_from(kind_with(tmp_path, edit))

    runs = docx.Document(io.BytesIO(data)).element.body.iter(w("r"))
    found = {r.find(f"{w('rPr')}/{w('rFonts')}").get(w("ascii")) for r in runs if is_strong(r)}
    assert found == {"Noto Sans"}


def is_strong(run: etree._Element) -> bool:
    """Whether a run has the character style Strong."""
    style = run.find(f"{w('rPr')}/{w('rStyle')}")
    return style is not None and style.get(w("val")) == "Strong"


def test_a_font_chosen_for_latin_letters_alone_leaves_hindi_its_own(tmp_path: Path) -> None:
    data = letter_from(kind_with(tmp_path, office.font_of_a_tag))

    run = paragraph_of(docx.Document(io.BytesIO(data)).element.body, "अ.शा. पत्र सं.").find(w("r"))
    fonts = run.find(f"{w('rPr')}/{w('rFonts')}")
    assert fonts.get(w("ascii")) == "Noto Sans"
    assert fonts.get(w("cs")) == "Noto Serif Devanagari"


def test_a_font_of_the_theme_is_named_in_the_letter(tmp_path: Path) -> None:
    data = letter_from(kind_with(tmp_path, office.theme_fonts))

    fonts = next(docx.Document(io.BytesIO(data)).element.body.iter(w("rFonts")))
    assert fonts.get(w("ascii")) == "Noto Serif"
    assert fonts.get(w("cs")) == "Noto Serif Devanagari"
    assert fonts.get(w("asciiTheme")) is None


def test_a_font_that_is_not_there_is_refused_with_what_to_do(tmp_path: Path) -> None:
    error = refusal(kind_with(tmp_path, office.choose_fonts("Arial", "Mangal")))

    assert "Arial, which is not in fonts/ (style Body Text" in error.message
    assert "Mangal, which is not in fonts/" in error.message
    assert "Modify Style, Format, Font" in error.remedy
    assert "embed_fonts = false" in error.remedy


def test_a_font_chosen_for_one_tag_is_refused_with_its_paragraph(tmp_path: Path) -> None:
    def edit(parts: Parts) -> None:
        with opened(parts) as root:
            fonts = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/></w:rPr>'
            paragraph_of(root, "{{ closing }}").find(w("r")).insert(0, made(fonts))

    assert "paragraph 8, “{{ closing }}”" in refusal(kind_with(tmp_path, edit)).message


def test_a_font_without_devanagari_is_refused_for_complex_scripts(tmp_path: Path) -> None:
    error = refusal(kind_with(tmp_path, office.choose_fonts("Noto Serif", "Noto Serif")))

    assert "Noto Serif for complex scripts, of which it has no letters" in error.message


# ---- refusals that say where ----

AUTHOR = 'w:id="9" w:author="A" w:date="2025-12-01T00:00:00Z"'
RUN = "<w:r><w:t>x</w:t></w:r>"
OLD = "<w:r><w:delText>x</w:delText></w:r>"


def in_paragraph(xml: str) -> Edit:
    """Something at the end of the paragraph of the closing."""

    def edit(parts: Parts) -> None:
        with opened(parts) as root:
            paragraph_of(root, "{{ closing }}").append(made(xml))

    return edit


def in_properties(names: str, xml: str) -> Edit:
    """Something in the properties of the closing's paragraph, made where they are missing."""

    def edit(parts: Parts) -> None:
        with opened(parts) as root:
            holder = paragraph_of(root, "{{ closing }}")
            for name in names.split("/"):
                if holder.find(w(name)) is None:
                    holder.insert(0, made(f"<w:{name}/>"))
                holder = holder.find(w(name))
            holder.append(made(xml))

    return edit


def in_part(part: str, xml: str) -> Edit:
    """Something at the end of the only paragraph of a head or foot."""

    def edit(parts: Parts) -> None:
        with opened(parts, part) as root:
            root.find(w("p")).append(made(xml))

    return edit


def in_row(xml: str) -> Edit:
    """Something in the properties of the letterhead's row."""

    def edit(parts: Parts) -> None:
        with opened(parts) as root:
            next(root.iter(w("trPr"))).append(made(xml))

    return edit


def in_section(parts: Parts) -> None:
    """A change of the page set-up of the second section."""
    with opened(parts) as root:
        list(root.iter(w("sectPr")))[1].append(made(f"<w:sectPrChange {AUTHOR}/>"))


CLOSING = "paragraph 8, “{{ closing }}”: "
COMMENT = '<w:commentRangeStart w:id="3"/>'
REVISIONS: Mapping[str, tuple[Edit, str]] = {
    "inserted": (
        in_paragraph(f"<w:ins {AUTHOR}>{RUN}</w:ins>"),
        "paragraph 8, “{{ closing }}x”: inserted",
    ),
    "deleted": (
        in_paragraph(f"<w:del {AUTHOR}>{OLD}</w:del>"),
        "paragraph 8, “{{ closing }}x”: deleted",
    ),
    "moved away": (
        in_paragraph(f"<w:moveFrom {AUTHOR}>{RUN}</w:moveFrom>"),
        "paragraph 8, “{{ closing }}x”: moved away",
    ),
    "moved here": (
        in_paragraph(f"<w:moveTo {AUTHOR}>{RUN}</w:moveTo>"),
        "paragraph 8, “{{ closing }}x”: moved here",
    ),
    "comment": (in_paragraph(COMMENT), f"{CLOSING}a comment"),
    "comment's mark": (
        in_paragraph('<w:r><w:commentReference w:id="3"/></w:r>'),
        f"{CLOSING}a comment",
    ),
    "paragraph inserted": (
        in_properties("pPr/rPr", f"<w:ins {AUTHOR}/>"),
        f"{CLOSING}a paragraph inserted",
    ),
    "paragraph deleted": (
        in_properties("pPr/rPr", f"<w:del {AUTHOR}/>"),
        f"{CLOSING}a paragraph deleted",
    ),
    "look of a paragraph": (
        in_properties("pPr", f"<w:pPrChange {AUTHOR}><w:pPr/></w:pPrChange>"),
        f"{CLOSING}the look of a paragraph changed",
    ),
    "look of letters": (
        in_properties("r/rPr", f"<w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange>"),
        f"{CLOSING}the look of letters changed",
    ),
    "row": (
        in_row(f"<w:ins {AUTHOR}/>"),
        "paragraph 1, “{{ letterhead.left }}”: a row inserted",
    ),
    "row deleted": (
        in_row(f"<w:del {AUTHOR}/>"),
        "paragraph 1, “{{ letterhead.left }}”: a row deleted",
    ),
    "page set-up": (in_section, "the page set-up changed"),
    "head": (
        in_part("word/header1.xml", f"<w:ins {AUTHOR}>{RUN}</w:ins>"),
        "header of the first section, paragraph 1, “{{ mark }}x”: inserted",
    ),
    "foot": (
        in_part("word/footer2.xml", COMMENT),
        "footer of the second section, paragraph 1, “{{ foot }} {{ page }}”: a comment",
    ),
}


@pytest.mark.parametrize(("edit", "told"), REVISIONS.values(), ids=REVISIONS)
def test_tracked_changes_and_comments_are_refused_with_their_place(
    tmp_path: Path, edit: Edit, told: str
) -> None:
    error = refusal(kind_with(tmp_path, edit))

    assert "tracked changes or comments" in error.message
    assert told in error.message
    assert "accept or reject all changes" in error.remedy


def test_tracked_changes_are_all_told_at_once(tmp_path: Path) -> None:
    edits = [edit for edit, _told in REVISIONS.values()]

    message = refusal(kind_with(tmp_path, *edits)).message

    assert message.count("paragraph 8") >= 6
    assert "header of the first section" in message or "more" in message


def swapped(old: str, new: str, part: str = DOCUMENT) -> Edit:
    """An officer's typing."""

    def edit(parts: Parts) -> None:
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return edit


TORN = swapped("{{ closing }}", "{{ clo</w:t></w:r></w:p><w:p><w:r><w:t>sing }}")
SPEED_POST = swapped(
    '<w:p><w:pPr><w:pStyle w:val="Closing"/>',
    '<w:p><w:r><w:t>By Speed Post</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Closing"/>',
)
WRONG: Mapping[str, tuple[Edit, str, str]] = {
    "unknown": (
        swapped("{{ closing }}", "{{ clozing }}"),
        "first section: unknown tag {{ clozing }} in paragraph 8, “{{ clozing }}”",
        "{{ closing }}",
    ),
    "unknown in a foot": (
        swapped("{{ foot }}", "{{ footer }}", "word/footer2.xml"),
        "tag {{ footer }} in footer of the second section, paragraph 1, “{{ footer }} {{ page }}”",
        "{{ foot }}",
    ),
    "unknown side": (
        swapped("letterhead.right", "letterhead.centre"),
        "tag {{ letterhead.centre }} in paragraph 3, “{{ letterhead.centre }}”",
        "letterhead.",
    ),
    "of the other section": (
        swapped("{{p annexure }}", "{{ addressee }}"),
        "second section: unknown tag {{ addressee }} in paragraph 18",
        "belongs in the first section",
    ),
    "not closed": (
        swapped("{{ closing }}", "{{ closing }"),
        "first section, paragraph 8, “{{ closing }”: a tag is not closed",
        "in one paragraph",
    ),
    "torn": (TORN, "paragraph 8, “{{ clo”: a tag is not closed", "in one paragraph"),
    "broken": (
        swapped("{{ closing }}", "{{ closing closing }}"),
        "paragraph 8, “{{ closing closing }}”: broken tag",
        "README",
    ),
    "own words": (SPEED_POST, "paragraph 8, “By Speed Post”", "text.hi.md"),
    "date": (
        in_paragraph('<w:fldSimple w:instr=" DATE \\@ &quot;d MMMM&quot; "/>'),
        "paragraph 8, “{{ closing }}”: DATE",
        "{{ date }}",
    ),
    "pages of the file": (
        in_part("word/footer1.xml", '<w:fldSimple w:instr=" NUMPAGES "/>'),
        "footer of the first section, paragraph 1, “{{ foot }} {{ page }}”: NUMPAGES",
        "{{ page }}",
    ),
}


@pytest.mark.parametrize(("edit", "told", "remedy"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_printed_is_refused_with_its_place(
    tmp_path: Path, edit: Edit, told: str, remedy: str
) -> None:
    error = refusal(kind_with(tmp_path, edit))

    assert told in error.message
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("edit", "pages"),
    [
        (swapped("{{ mark }}", "", "word/header1.xml"), "its pages"),
        (swapped("<w:cols ", "<w:titlePg/><w:cols "), "its first page"),
        (
            swapped("<w:compat>", "<w:evenAndOddHeaders/><w:compat>", office.SETTINGS),
            "even pages",
        ),
    ],
)
def test_a_page_on_which_draft_has_no_place_is_refused(
    tmp_path: Path, edit: Edit, pages: str
) -> None:
    error = refusal(kind_with(tmp_path, edit))

    assert f"no tag {{{{ mark }}}} in header or footer of {pages}" in error.message


def test_a_picture_that_hangs_on_the_paragraph_of_the_body_is_refused(tmp_path: Path) -> None:
    def edit(parts: Parts) -> None:
        office.picture_in_the_letterhead(parts)
        with opened(parts) as root:
            run = next(root.iter(w("drawing"))).getparent()
            paragraph_of(root, "{{p body }}").append(run)

    error = refusal(kind_with(tmp_path, edit))

    assert "hangs on the paragraph of {{p body }}" in error.message
    assert "anchor" in error.remedy


# ---- what does not reach letters ----


def test_who_edited_the_template_and_how_does_not_reach_letters(tmp_path: Path) -> None:
    parts = parts_of(letter_from(kind_with(tmp_path, *office.NOTED)))

    assert not [name for name in parts if name.startswith("customXml/")]
    for trace in (b"rsid", b"trackRevisions", b"proofState", b"w:view", b"noProof"):
        assert not [name for name, data in parts.items() if trace in data], trace
    for trace in (b"paraId", b"bookmark", b"smartTag", b"w:sdt", b"proofErr"):
        assert trace not in parts[DOCUMENT], trace


def test_a_text_box_stands_once_in_each_version(tmp_path: Path) -> None:
    data = letter_from(kind_with(tmp_path, office.text_box))

    root = docx.Document(io.BytesIO(data)).element.body
    boxes = [e for e in root.iter(etree.Element) if e.tag.endswith("}txbxContent")]
    assert len(boxes) == 2
    assert all("KARMAYOGI BHARAT" in "".join(box.itertext()) for box in boxes)


def test_without_a_second_section_annexures_are_set_on_the_pages_of_the_first(
    tmp_path: Path,
) -> None:
    data = letter_from(kind_with(tmp_path, office.without_second_section))

    sections = docx.Document(io.BytesIO(data)).sections
    assert len(sections) == 4
    assert "11th December, 2025" in sections[3].footer.paragraphs[0].text
