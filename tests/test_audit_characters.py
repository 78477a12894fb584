"""Every character that a letter may print has a glyph in our fonts."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from generator.audit import Dossier
from generator.audit.texts.characters import check_characters_in_fonts
from generator.content import Letter
from generator.errors import RenderError, TemplateError
from generator.findings import ESSENTIAL, Finding, Severity
from generator.inputs.characters import read_characters, read_fonts
from generator.model import Contact, Edition, Numbering, Place, Section, Text
from generator.render.pdf import PdfRenderer
from tests.audited import clean_edition
from tests.command import ROOT, patra_json
from tests.editions_made import KIND, real_texts, recipient
from tests.letters import line, sample_letter
from tests.small import make_small

FONTS = ROOT / "fonts"
OURS = read_characters(FONTS)


def found_in(edition: Edition) -> list[Finding]:
    """What the check finds with our fonts."""
    return list(check_characters_in_fonts(Dossier(edition, {}, characters=OURS)))


def edition_with(text: str) -> Edition:
    """A clean edition with this paragraph in its compendium."""
    section = Section("01-goa", {"en": Text("01-goa.md", f"# Goa\n\n{text}\n")})
    return clean_edition(compendium=(section,))


def test_our_fonts_have_what_official_letters_need() -> None:
    texts = "Aé ₹ – — ‘’ “” … • ½ § क्ष त्र ज्ञ ऍ ऑ ढ़ ॐ । ॥ 0 ०\u00a0\u00ad\u200c\u200d\t\n\ufe0f"

    assert OURS.issuperset(map(ord, texts))
    assert OURS.isdisjoint(map(ord, "≤漢😀\u2028\u2029"))


def test_a_clean_edition_is_silent() -> None:
    assert found_in(clean_edition()) == []
    assert found_in(clean_edition(**real_texts())) == []


def test_where_the_fonts_are_not_known_nothing_is_said() -> None:
    assert list(check_characters_in_fonts(Dossier(edition_with("漢"), {}))) == []


def test_a_character_without_a_glyph_is_named_at_its_line() -> None:
    (finding,) = found_in(edition_with("Words that go\non: ≤ 5, ≤ 6 and 漢."))

    assert (finding.severity, finding.check) == (Severity.ERROR, "characters-in-fonts")
    assert finding.check in ESSENTIAL
    assert finding.where == Place("01-goa.md", line=4)
    assert '"≤" (U+2264, LESS-THAN OR EQUAL TO), "漢" (U+6F22' in finding.message
    assert finding.message.count("≤") == 3  # once named, twice in the words quoted


def test_a_line_separator_is_named_though_it_cannot_be_seen() -> None:
    (finding,) = found_in(edition_with("one\u2028two"))

    assert "has (U+2028, LINE SEPARATOR)" in finding.message


def test_what_stands_for_a_value_is_no_character_of_the_letter() -> None:
    text = Text("text.en.md", "---\nnumber: '{{ number }}'\n---\n\n{{ state.name }}\n")

    assert found_in(clean_edition(texts={"en": text})) == []


@pytest.mark.parametrize("column", ["name", "designation", "address", "email"])
def test_a_cell_of_a_recipient_is_named(column: str) -> None:
    cell = Place("recipients.csv", cell="C4")
    name = column if column == "email" else f"{column}_en"
    value = "漢@goa.example" if column == "email" else {"en": "漢", "hi": "क"}
    others = tuple(r for r in clean_edition().recipients if r.id != "GA")
    goa = recipient("GA", **{column: value, "places": {name: cell}})

    (finding,) = found_in(clean_edition(recipients=(*others, goa)))

    assert (finding.who, finding.where) == ("GA", cell)


def test_settings_are_looked_at() -> None:
    edition = replace(
        clean_edition(),
        number=Numbering("№/{serial}/漢"),
        contact=Contact({"hi": "क", "en": "K"}, phone="011-0 漢"),
        places={"contact": Place("edition.toml", line=20)},
    )

    where = {f.where for f in found_in(edition)}

    assert where == {Place("edition.toml"), Place("edition.toml", line=20)}


def test_the_programs_own_words_can_be_printed() -> None:
    (finding,) = check_characters_in_fonts(
        Dossier(clean_edition(recipients=()), {}, characters=OURS - {ord("ळ"), ord("ढ")})
    )

    assert "U+0922" in finding.message  # चंडीगढ़


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    return PdfRenderer(KIND, FONTS)


@pytest.mark.parametrize("code", [0x2264, 0x2028, 0x6F22])
def test_what_the_check_refuses_the_pdf_cannot_print(renderer: PdfRenderer, code: int) -> None:
    assert code not in OURS
    with pytest.raises(RenderError, match="no font has"):
        renderer.render(greeting(code))


@pytest.mark.parametrize("code", [0x09, 0xA0, 0xAD, 0x2011, 0x200B, 0x200D, 0x202F, 0xFE0F, 0x20B9])
def test_what_the_check_lets_pass_the_pdf_prints(renderer: PdfRenderer, code: int) -> None:
    assert code in OURS
    assert renderer.render(greeting(code)).data.startswith(b"%PDF")


def greeting(code: int) -> Letter:
    """A letter with this character in its salutation."""
    letter = sample_letter("en")
    fields = {**letter.versions[0].fields, "salutation": (line(f"Sir{chr(code)}Madam,"),)}
    return replace(letter, versions=(replace(letter.versions[0], fields=fields),))


def test_a_damaged_font_is_an_error_of_the_template(tmp_path: Path) -> None:
    (tmp_path / "NotoSerif-Regular.ttf").write_bytes(b"no font")

    with pytest.raises(TemplateError, match=r"NotoSerif-Regular\.ttf is no font"):
        read_characters(tmp_path)


def test_a_font_whose_table_of_characters_is_damaged_is_an_error_too(tmp_path: Path) -> None:
    damaged = tmp_path / "NotoSerif-Regular.ttf"
    with TTFont(FONTS / damaged.name) as font:
        font["cmap"] = table = DefaultTable("cmap")
        table.data = b"\xff" * 64
        font.save(damaged)

    with pytest.raises(TemplateError, match=r"NotoSerif-Regular\.ttf is damaged"):
        read_characters(tmp_path)


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_a_fonts_characters_are_those_of_its_own_table(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        assert read_fonts(FONTS)[path.stem] == set(font.getBestCmap())


def test_in_real_files_the_line_and_the_cell_are_named(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    shutil.copy(small.kind / "text.en.md", small.edition / "text.en.md")
    small.edit("text.en.md", "Regards,", "Regards ≥,")
    small.edit("recipients.csv", "Namuna One", "Namuna ≥ One")
    text = (small.edition / "text.en.md").read_text("utf-8")

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    found = [f for f in document["findings"] if f["check"] == "characters-in-fonts"]
    line = text[: text.index("Regards ≥")].count("\n") + 1
    assert [f["where"] for f in found] == [
        {"file": "text.en.md", "line": line},
        {"file": "recipients.csv", "cell": "D2", "line": 2},
    ]
    assert [f["who"] for f in found] == [None, "HR"]
