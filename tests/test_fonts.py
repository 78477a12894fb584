"""The fonts: our own, all of them known and licensed, and none of the machine's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copy, copytree

import pytest
from fontTools.ttLib import TTFont

from generator.content import Letter
from generator.errors import RenderError, TemplateError
from generator.render.pdf import PdfRenderer
from tests.letters import line, sample_letter
from tests.pdf_reading import run

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "fonts"
KIND = ROOT / "letter_templates" / "do_letter"


RENDER = """
import sys; from pathlib import Path
from generator.render.pdf import PdfRenderer; from tests.letters import sample_letter
PdfRenderer(*map(Path, sys.argv[1:])).render(sample_letter("hi"))
"""


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    return PdfRenderer(KIND, FONTS)


def with_salutation(text: str) -> Letter:
    """An English letter that greets in these words."""
    letter = sample_letter("en")
    fields = {**letter.versions[0].fields, "salutation": (line(text),)}
    return replace(letter, versions=(replace(letter.versions[0], fields=fields),))


def test_every_font_is_under_the_open_font_licence_and_in_the_readme() -> None:
    files = sorted(FONTS.glob("*.ttf"))
    readme = (FONTS / "README.md").read_text(encoding="utf-8")

    assert len(files) == 12
    for file in files:
        assert "SIL Open Font License" in str(TTFont(file)["name"].getDebugName(13))
        assert f"`{file.name.split('-')[0]}-*`" in readme
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_a_letter_embeds_our_fonts_and_no_others(renderer: PdfRenderer, tmp_path: Path) -> None:
    pdf = renderer.render(sample_letter("hi", "en"))

    table = run("pdffonts", data=pdf.data, folder=tmp_path).splitlines()[2:]

    names = {re.sub("^[A-Z]{6}[+]", "", row.split()[0]) for row in table}
    assert names == {
        "Noto-Serif",
        "Noto-Serif-Bold",
        "Noto-Serif-Italic",
        "Noto-Serif-Bold-Italic",
        "Noto-Serif-Devanagari",
        "Noto-Serif-Devanagari-Bold",
    }
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in table)  # embedded, subset


def test_a_font_of_the_machine_is_not_used_even_where_it_would_help(
    tmp_path: Path,
) -> None:
    """On a machine that has one: ours, put where its user's fonts lie."""
    (tmp_path / "fonts").mkdir()
    copy(FONTS / "NotoSerifDevanagari-Regular.ttf", tmp_path / "fonts")
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    latin_only = copytree(KIND, tmp_path / "latin")
    css = (KIND / "page.css").read_text(encoding="utf-8")
    css = re.sub(r'@font-face \{[^}]*"Noto Serif Devanagari"[^}]*\}', "", css)
    css = css.replace('"Noto Serif Devanagari"', '"Noto Serif"')
    (latin_only / "page.css").write_text(css, encoding="utf-8")
    render = (sys.executable, "-c", RENDER, latin_only, FONTS)

    machine, done = (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        for command in (("fc-list", ":lang=hi"), render)
    )

    assert "Devanagari" in machine.stdout  # or this shows nothing
    assert re.search("RenderError.*no font has", done.stderr), done.stderr


@pytest.mark.parametrize("setting", [None, "/etc/fonts/fonts.conf"])
def test_other_programs_keep_their_fonts(
    monkeypatch: pytest.MonkeyPatch, setting: str | None
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if setting:
        monkeypatch.setenv("FONTCONFIG_FILE", setting)

    PdfRenderer(KIND, FONTS)

    assert os.environ.get("FONTCONFIG_FILE") == setting


@pytest.mark.parametrize(("character", "code"), [("漢", "U\\+6F22"), ("≤", "U\\+2264")])
def test_a_character_without_a_glyph_stops_the_letter_and_is_named(
    renderer: PdfRenderer, character: str, code: str
) -> None:
    letter = with_salutation(f"Respected {character},")

    with pytest.raises(RenderError, match=f'HR: .*"{character}" \\({code}\\), in "Respected'):
        renderer.render(letter)


def test_the_next_letter_is_made_after_one_that_was_stopped(renderer: PdfRenderer) -> None:
    with pytest.raises(RenderError):
        renderer.render(with_salutation("漢"))

    assert renderer.render(sample_letter("en")).data.startswith(b"%PDF")


def test_a_missing_font_file_is_an_error_of_the_template(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"NotoSerif-Regular\.ttf, which is missing"):
        PdfRenderer(KIND, tmp_path)
