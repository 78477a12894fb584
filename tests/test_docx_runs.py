"""Runs of a Word file: what each carries so that Word shows and proofs both scripts rightly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from generator.content import Paragraph, Row, Span, Table
from generator.render.docx import DocxRenderer
from generator.render.docx.runs import runs_xml
from generator.render.docx.wordml import w
from tests.command import ROOT
from tests.letters import line, sample_letter

KIND = ROOT / "letter_templates" / "do_letter"
PAGES: Mapping[tuple[str, int], int] = {("hi", 0): 2, ("hi", 2): 4, ("en", 0): 3, ("en", 2): 5}
FONTS = {
    w("ascii"): "Noto Serif",
    w("hAnsi"): "Noto Serif",
    w("eastAsia"): "Noto Serif",
    w("cs"): "Noto Serif Devanagari",
}
LANGUAGES = {w("val"): "en-IN", w("eastAsia"): "en-US", w("bidi"): "hi-IN"}
TWINS = {"b": "bCs", "i": "iCs", "sz": "szCs"}


@pytest.fixture(scope="module")
def renderer() -> DocxRenderer:
    return DocxRenderer(KIND)


def roots(data: bytes) -> Iterator[etree._Element]:
    """The document, its heads and its feet."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith(("word/document", "word/header", "word/footer")):
                yield etree.fromstring(package.read(name))


def runs(data: bytes) -> list[etree._Element]:
    return [run for root in roots(data) for run in root.iter(w("r"))]


def run_with(data: bytes, text: str) -> etree._Element:
    return next(run for run in runs(data) if text in "".join(run.itertext()))


def names(run: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in run.find(w("rPr"))]


def style_part(name: str) -> etree._Element:
    with zipfile.ZipFile(KIND / "letter.docx") as package:
        return etree.fromstring(package.read(name))


def test_a_line_break_in_a_text_is_printed() -> None:
    xml = runs_xml((Span("a < b\nc"),))

    assert "a &lt; b</w:t><w:br/><w:t" in xml


@pytest.mark.parametrize("languages", [("hi", "en"), ("en",)])
def test_a_run_carries_a_character_style_its_fonts_and_its_languages_alone(
    renderer: DocxRenderer, languages: tuple[str, ...]
) -> None:
    found = runs(renderer.render(sample_letter(*languages), PAGES))

    assert len(found) > 100
    for run in found:
        assert [n for n in names(run) if n != "rStyle"] == ["rFonts", "lang"]
        assert dict(run.find(f"{w('rPr')}/{w('rFonts')}").attrib) == FONTS
        assert dict(run.find(f"{w('rPr')}/{w('lang')}").attrib) == LANGUAGES


def test_hindi_in_english_and_both_heads_are_proofed_in_their_own_language(
    renderer: DocxRenderer,
) -> None:
    """Word proofs Devanagari in ``bidi``, Latin in ``val``, whatever stands beside it."""
    letter = sample_letter("en")
    body = (Paragraph(line("The word प्रशिक्षण means training.")),)
    data = renderer.render(
        replace(letter, versions=(replace(letter.versions[0], body=body),)), PAGES
    )

    for text in ("प्रशिक्षण means", "कर्मयोगी भारत", "KARMAYOGI", "नमूना"):
        assert dict(run_with(data, text).find(f"{w('rPr')}/{w('lang')}").attrib) == LANGUAGES


def test_every_style_of_the_template_sets_both_twins() -> None:
    for properties in style_part("word/styles.xml").iter(w("rPr")):
        for name, twin in TWINS.items():
            both = (properties.find(w(name)) is None, properties.find(w(twin)) is None)
            assert both[0] == both[1], etree.tostring(properties.getparent())


def test_the_styles_name_fonts_and_languages_of_both_scripts() -> None:
    root = style_part("word/styles.xml")

    normal = next(s for s in root.iter(w("style")) if s.get(w("styleId")) == "Normal")
    for properties in (root.find(f".//{w('rPrDefault')}/{w('rPr')}"), normal.find(w("rPr"))):
        assert dict(properties.find(w("rFonts")).attrib) == FONTS
        assert dict(properties.find(w("lang")).attrib) == LANGUAGES


def test_headings_and_the_subject_stand_in_the_navigation_pane() -> None:
    levels = {
        style.find(w("name")).get(w("val")): style.find(f"{w('pPr')}/{w('outlineLvl')}").get(
            w("val")
        )
        for style in style_part("word/styles.xml").iter(w("style"))
        if style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None
    }

    assert levels == {"heading 1": "0", "heading 2": "1", "heading 3": "2", "Subject": "0"}


def test_bold_words_stay_bold_where_their_paragraph_is(renderer: DocxRenderer) -> None:
    """Bold in both styles would put itself out (ECMA-376 17.7.3)."""
    row = Row((line("Haryana", bold=True), (Span("9", bold=True, italic=True),)), marked=True)
    plain = Row((line("Assam", bold=True), line("8")))
    table = Table(("left", "right"), (line("State/UT"), line("Rank")), (row, plain))
    letter = sample_letter("en")
    letter = replace(letter, versions=(replace(letter.versions[0], body=(table,)),))

    data = renderer.render(letter, PAGES)

    cells = {
        text: run_with(data, text).find(f"{w('rPr')}/{w('rStyle')}")
        for text in ("Haryana", "Assam")
    }
    slanted = next(r for r in runs(data) if "".join(r.itertext()) == "9" and "rStyle" in names(r))
    assert cells["Haryana"] is None
    assert cells["Assam"].get(w("val")) == "Strong"
    assert slanted.find(f"{w('rPr')}/{w('rStyle')}").get(w("val")) == "Emphasis"


def test_what_an_officer_formats_in_word_holds_for_devanagari_too(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(KIND / "letter.docx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    tag = b'<w:r><w:t xml:space="preserve">{{ salutation }}'
    own = (
        b'<w:r><w:rPr><w:b/><w:sz w:val="40"/><w:lang w:val="de-DE"/></w:rPr><w:t>{{ salutation }}'
    )
    assert tag in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(tag, own)
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)

    run = run_with(DocxRenderer(tmp_path).render(sample_letter("hi"), PAGES), "आदरणीय")

    assert names(run) == ["rFonts", "b", "bCs", "sz", "szCs", "lang"]
    assert run.find(f"{w('rPr')}/{w('szCs')}").get(w("val")) == "40"
    assert dict(run.find(f"{w('rPr')}/{w('lang')}").attrib) == LANGUAGES


def test_a_template_in_compatibility_mode_gives_letters_that_are_not(tmp_path: Path) -> None:
    with zipfile.ZipFile(KIND / "letter.docx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(b'w:val="15"', b'w:val="12"')
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)

    made = DocxRenderer(tmp_path).render(sample_letter("en"), PAGES)

    with zipfile.ZipFile(io.BytesIO(made)) as package:
        settings = etree.fromstring(package.read("word/settings.xml"))
    modes = [
        s for s in settings.iter(w("compatSetting")) if s.get(w("name")) == "compatibilityMode"
    ]
    assert b'w:val="12"' in parts["word/settings.xml"]
    assert [mode.get(w("val")) for mode in modes] == ["15"]


def test_the_properties_are_the_letters(renderer: DocxRenderer) -> None:
    letter = sample_letter()

    with zipfile.ZipFile(io.BytesIO(renderer.render(letter, PAGES))) as package:
        core = etree.fromstring(package.read("docProps/core.xml"))
        app = etree.fromstring(package.read("docProps/app.xml"))

    assert {etree.QName(e).localname: e.text for e in core} == {
        "title": letter.title,
        "subject": letter.subject,
        "creator": letter.author,
        "lastModifiedBy": letter.author,
        "revision": "1",
        "language": "hi-IN, en-IN",
        "created": "2025-12-11T00:00:00Z",
        "modified": "2025-12-11T00:00:00Z",
    }
    assert {etree.QName(e).localname: e.text for e in app} == {
        "Pages": "14",
        "Application": "patra",
        "Company": "कर्मयोगी भारत",
    }


def test_a_tables_first_row_is_marked_as_its_head(renderer: DocxRenderer) -> None:
    """Screen readers go by ``tblHeader``, Word's own look of head rows by ``tblLook``."""
    document = next(roots(renderer.render(sample_letter(), PAGES)))

    tables = [
        t for t in document.iter(w("tbl")) if t.find(f"{w('tblPr')}/{w('tblStyle')}") is not None
    ]

    assert len(tables) == 2
    for table in tables:
        assert table.find(f"{w('tblPr')}/{w('tblLook')}").get(w("firstRow")) == "1"
        heads = [row.find(f"{w('trPr')}/{w('tblHeader')}") for row in table.iter(w("tr"))]
        assert [head is not None for head in heads] == [True] + [False] * (len(heads) - 1)
