"""Fonts embedded in Word files: which, with what in them, and that they still shape."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copy, copytree

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from lxml import etree

from generator.compose import compose_letter
from generator.content import Letter, version_texts
from generator.errors import TemplateError
from generator.fingerprint import fingerprint_letter, hash_folder, named_fonts
from generator.paths import Paths
from generator.render.docx import DocxRenderer
from generator.render.docx.fonts import FontFile, obfuscate
from generator.render.docx.wordml import r, w
from generator.run.prepare import prepare_edition
from tests.command import ROOT
from tests.letters import sample_letter
from tests.small import make_small

KIND = ROOT / "letter_templates" / "do_letter"
FONTS = ROOT / "fonts"
PAGES: Mapping[tuple[str, int], int] = {("hi", 0): 2, ("hi", 2): 4, ("en", 0): 3, ("en", 2): 5}
SIX = {
    "Noto Serif": {"embedRegular", "embedBold", "embedItalic", "embedBoldItalic"},
    "Noto Serif Devanagari": {"embedRegular", "embedBold"},
}


@pytest.fixture(scope="module")
def renderer() -> DocxRenderer:
    return DocxRenderer(KIND, FONTS)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def embedded(data: bytes) -> dict[str, dict[str, tuple[str, bytes]]]:
    """By family and place: the key and the part of each embedded font."""
    parts = parts_of(data)
    relations = etree.fromstring(parts["word/_rels/fontTable.xml.rels"])
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    found: dict[str, dict[str, tuple[str, bytes]]] = {}
    for font in etree.fromstring(parts["word/fontTable.xml"]).iter(w("font")):
        for child in font:
            if (target := targets.get(child.get(r("id")))) is not None:
                entry = (child.get(w("fontKey")), parts[f"word/{target}"])
                found.setdefault(font.get(w("name")), {})[etree.QName(child).localname] = entry
    return found


def opened(key: str, data: bytes) -> bytes:
    """The font as Word reads it, by the words of ECMA-376 and none of our code."""
    guid = bytes.fromhex(key.strip("{}").replace("-", ""))
    head = bytes(byte ^ guid[15 - position % 16] for position, byte in enumerate(data[:32]))
    return head + data[32:]


def shaped(font: bytes, text: str) -> list[tuple[int, int, int]]:
    """The advance and place of each glyph of a text; glyphs have other numbers in a subset."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(font)), buffer)
    places = buffer.glyph_positions
    return [(place.x_advance, place.x_offset, place.y_offset) for place in places]


def characters(letter: Letter) -> set[int]:
    texts = (text for version in letter.versions for text in version_texts(version))
    mark = (head.text for head in letter.mark)
    feet = (
        running.left + running.page
        for version in letter.versions
        for running in (version.running, *(a.running for a in version.annexures if a.running))
    )
    return {ord(c) for text in (*texts, *mark, *feet) for c in text} | set(map(ord, "0123456789·"))


def test_each_face_in_use_is_embedded_under_its_family(renderer: DocxRenderer) -> None:
    fonts = embedded(renderer.render(sample_letter(), PAGES))

    assert {family: set(places) for family, places in fonts.items()} == SIX


def test_a_face_that_no_word_is_set_in_is_left_out(renderer: DocxRenderer) -> None:
    fonts = embedded(renderer.render(sample_letter("hi"), PAGES))

    assert set(fonts["Noto Serif"]) == {"embedRegular", "embedBold"}


def test_an_embedded_font_opens_by_its_key_and_is_of_its_family(renderer: DocxRenderer) -> None:
    for family, places in embedded(renderer.render(sample_letter(), PAGES)).items():
        for place, (key, data) in places.items():
            font = TTFont(io.BytesIO(opened(key, data)))
            assert font["name"].getDebugName(1) == family
            assert font["name"].getDebugName(2) == {
                "embedRegular": "Regular",
                "embedBold": "Bold",
                "embedItalic": "Italic",
                "embedBoldItalic": "Bold Italic",
            }.get(place)
            assert data[:4] != opened(key, data)[:4]


def test_the_example_of_the_standard_is_obfuscated_as_it_says() -> None:
    """Each byte of the head meets the GUID's, last byte first; the rest stays as it is."""
    font = bytes(range(64))

    made = obfuscate(font)

    guid = uuid.UUID(made.key.strip("{}")).bytes
    assert made.data[0] == font[0] ^ guid[15]
    assert made.data[15] == font[15] ^ guid[0]
    assert made.data[16] == font[16] ^ guid[15]
    assert made.data[32:] == font[32:]


def test_only_the_letters_own_characters_are_in_an_embedded_font(renderer: DocxRenderer) -> None:
    letter = sample_letter()

    for places in embedded(renderer.render(letter, PAGES)).values():
        for key, data in places.values():
            held = set(TTFont(io.BytesIO(opened(key, data))).getBestCmap())
            assert held <= characters(letter)


def test_every_character_of_a_letter_is_in_an_embedded_font(renderer: DocxRenderer) -> None:
    letter = sample_letter()
    fonts = embedded(renderer.render(letter, PAGES))

    held: set[int] = set()
    for places in fonts.values():
        held |= set(TTFont(io.BytesIO(opened(*places["embedRegular"]))).getBestCmap())

    assert characters(letter) - held - {ord("{"), ord("}")} == set()


@pytest.mark.parametrize("place", ["embedRegular", "embedBold"])
def test_devanagari_shapes_with_the_subset_as_with_the_whole_font(
    renderer: DocxRenderer, place: str
) -> None:
    letter = sample_letter("hi")
    key, data = embedded(renderer.render(letter, PAGES))["Noto Serif Devanagari"][place]
    whole = (FONTS / f"NotoSerifDevanagari-{place.removeprefix('embed')}.ttf").read_bytes()
    words = {word for text in version_texts(letter.versions[0]) for word in text.split()}
    hindi = {word for word in words if all(0x900 <= ord(c) < 0x980 for c in word)}

    assert len(hindi) > 50
    for word in hindi:
        assert shaped(opened(key, data), word) == shaped(whole, word), word
    clipped = uharfbuzz.SubsetInput()
    clipped.sets(uharfbuzz.SubsetInputSets.UNICODE).set({ord(c) for w in hindi for c in w})
    clipped.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        {int.from_bytes(b"GSUB", "big"), int.from_bytes(b"GPOS", "big")}
    )
    broken = bytes(uharfbuzz.subset(uharfbuzz.Face(whole), clipped).blob.data)
    assert any(shaped(broken, word) != shaped(whole, word) for word in hindi)


def test_the_settings_say_that_fonts_are_embedded_as_subsets(renderer: DocxRenderer) -> None:
    settings = etree.fromstring(
        parts_of(renderer.render(sample_letter(), PAGES))["word/settings.xml"]
    )

    names = [etree.QName(child).localname for child in settings]

    assert names[:3] == ["zoom", "embedTrueTypeFonts", "saveSubsetFonts"]


def test_a_letter_that_is_to_carry_no_fonts_carries_none(renderer: DocxRenderer) -> None:
    parts = parts_of(renderer.render(replace(sample_letter(), embed_fonts=False), PAGES))

    assert not [name for name in parts if "font" in name.lower() and name.endswith(".odttf")]
    assert b"embedTrueTypeFonts" not in parts["word/settings.xml"]
    assert b"fontKey" not in parts["word/fontTable.xml"]


def test_a_letter_with_its_fonts_is_the_same_from_every_renderer(renderer: DocxRenderer) -> None:
    renderer.render(sample_letter("en"), PAGES)

    first, second = renderer.render(sample_letter(), PAGES), DocxRenderer(KIND, FONTS)

    assert second.render(sample_letter(), PAGES) == first


def forbidding(tmp_path: Path, permission: int) -> Path:
    """A copy of the fonts in which one face has this ``fsType``."""
    fonts = copytree(FONTS, tmp_path / "fonts")
    font = TTFont(fonts / "NotoSerif-Bold.ttf")
    font["OS/2"].fsType = permission
    font.save(fonts / "NotoSerif-Bold.ttf")
    return fonts


@pytest.mark.parametrize("permission", [0x0002, 0x0004, 0x0100, 0x0200, 0x0108])
def test_a_font_that_forbids_embedding_is_refused(tmp_path: Path, permission: int) -> None:
    renderer = DocxRenderer(KIND, forbidding(tmp_path, permission))

    with pytest.raises(TemplateError, match=r"NotoSerif-Bold\.ttf forbids") as caught:
        renderer.render(sample_letter(), PAGES)
    with pytest.raises(TemplateError):
        renderer.check_fonts()

    assert "embed_fonts = false" in caught.value.remedy
    assert renderer.render(replace(sample_letter(), embed_fonts=False), PAGES)


@pytest.mark.parametrize("permission", [0x0000, 0x0008])
def test_a_font_that_may_be_embedded_for_editing_is(tmp_path: Path, permission: int) -> None:
    renderer = DocxRenderer(KIND, forbidding(tmp_path, permission))

    assert "embedBold" in embedded(renderer.render(sample_letter(), PAGES))["Noto Serif"]


def test_a_font_under_the_name_of_another_is_refused(tmp_path: Path) -> None:
    fonts = copytree(FONTS, tmp_path / "fonts")
    copy(fonts / "NotoSans-Regular.ttf", fonts / "NotoSerif-Light.ttf")

    with pytest.raises(TemplateError, match="holds the font Noto Sans"):
        DocxRenderer(KIND, fonts)


def test_a_damaged_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "NotoSerif-Regular.ttf").write_bytes(b"no font")

    with pytest.raises(TemplateError, match=r"NotoSerif-Regular\.ttf is no font"):
        FontFile(tmp_path / "NotoSerif-Regular.ttf")


def test_fonts_that_only_the_word_file_names_count_in_the_fingerprint(tmp_path: Path) -> None:
    kind = copytree(KIND, tmp_path / "kind")
    (kind / "page.css").write_text("", "utf-8")
    fonts = hash_folder(FONTS)

    named = named_fonts(kind, fonts)

    assert set(named) == {name for name in fonts if name.startswith("NotoSerif")}
    (kind / "letter.docx").write_bytes(b"no Word file")
    assert named_fonts(kind, fonts) == {}


def test_the_setting_switches_embedding_off_and_changes_the_fingerprint(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    def composed() -> Letter:
        prepared = prepare_edition(Paths.at(small.root), small.edition)
        first = prepared.edition.recipients[0]
        return compose_letter(prepared.edition, prepared.cards, first, "N/1")

    on = composed()
    with (small.edition / "edition.toml").open("a", encoding="utf-8") as file:
        file.write("\n[word]\nembed_fonts = false\n")
    off = composed()

    assert (on.embed_fonts, off.embed_fonts) == (True, False)
    assert fingerprint_letter(on, {}) != fingerprint_letter(off, {})


def test_a_template_that_word_saved_with_fonts_gives_letters_only_ours(tmp_path: Path) -> None:
    kind = copytree(KIND, tmp_path / "kind")
    again = DocxRenderer(KIND, FONTS).render(sample_letter(), PAGES)
    old, template = parts_of(again), parts_of((KIND / "letter.docx").read_bytes())
    fonts = {name: data for name, data in old.items() if "font" in name}
    with zipfile.ZipFile(kind / "letter.docx", "w") as package:
        for name, data in {**template, **fonts}.items():
            package.writestr(name, data)

    parts = parts_of(DocxRenderer(kind).render(sample_letter(), PAGES))

    assert not [name for name in parts if name.endswith(".odttf")]
    assert b"fontKey" not in parts["word/fontTable.xml"]
