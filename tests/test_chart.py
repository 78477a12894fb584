"""Charts: read from a text, drawn the same everywhere, placed in both files."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.content import Bar, Chart, Letter
from generator.errors import RenderError, TemplateError
from generator.markdown import read_markdown
from generator.render.chart import WIDTH, ChartArtist, height_of, lettering
from generator.render.chart.artist import DOTS
from generator.render.chart.lettering import (
    MILLIMETRES,
    Lettering,
    load_matplotlib,
    strict_warnings,
)
from generator.render.docx import DocxRenderer
from generator.render.pdf import PdfRenderer
from tests.letters import english, sample_letter
from tests.pdf_reading import pdfium_pages
from tests.tag_tree import tag_tree

ROOT = Path(__file__).resolve().parents[1]
KIND = ROOT / "letter_templates" / "do_letter"
FONTS = ROOT / "fonts"
TABLE = """| State | Score |
|:--|--:|
| Assam | 60.00 |
| **Goa** | **30.00** |
| Bihar | 1,20.00 |

"""
CHART = Chart(
    "दो राज्य",
    (Bar("त्रिपुरा (प्रेषिती)", "60.11", 10_000, marked=True), Bar("Goa", "30.05", 5_000)),
)


def artist() -> ChartArtist:
    return ChartArtist(ROOT / "fonts")


def charted() -> Letter:
    """A letter whose own annexure ends with the chart."""
    version = english()
    own, *others = version.annexures
    annexure = replace(own, blocks=(*own.blocks, CHART))
    return replace(sample_letter("en"), versions=(replace(version, annexures=(annexure, *others)),))


def read(text: str) -> Chart:
    """The chart of a text that ends with one."""
    chart = read_markdown(text, file="text.en.md")[-1]
    assert isinstance(chart, Chart)
    return chart


def test_a_chart_has_the_rows_of_the_table_above_it() -> None:
    chart = read(f"{TABLE}![Scores of *three* States](chart:2)")

    assert chart.alt == "Scores of three States"
    assert chart.bars == (
        Bar("Assam", "60.00", 5_000),
        Bar("Goa", "30.00", 2_500, marked=True),
        Bar("Bihar", "1,20.00", 10_000),
    )


def test_scores_of_nought_have_bars_of_no_length() -> None:
    nought = re.sub(r"[\d,.]+", "0.00", TABLE)

    assert [bar.length for bar in read(f"{nought}![Scores](chart:2)").bars] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![What](chart:2)", "no such column in a table right above it"),
        (f"{TABLE}Words\n\n![What](chart:2)", "no such column in a table right above it"),
        (f"{TABLE}![What](chart:3)", "no such column in a table right above it"),
        (f"{TABLE}![What](chart:1)", "no number from 0 up in its column: 'Assam'"),
        (f"{TABLE.replace('60.00', '-60.00')}![What](chart:2)", "in its column: '-60.00'"),
        (f"{TABLE.replace('1,20.00', '–')}![What](chart:2)", "in its column: '–'"),
        (f"{TABLE}![](chart:2)", "no alternative text"),
        (f"{TABLE}![What](chart:0)", 'cannot print "image"'),
        (f"{TABLE}![What](logo.png)", 'cannot print "image"'),
        (f"{TABLE}Words ![What](chart:2)", 'cannot print "image"'),
    ],
)
def test_any_other_picture_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(TemplateError, match=r"text\.en\.md, line \d+") as refused:
        read(text)

    assert told in refused.value.message


def test_the_same_chart_gives_the_same_bytes_in_another_process_and_place() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.test_chart import CHART, artist\n"
        "for data in (artist().operators(CHART), artist().png(CHART)):\n"
        "    print(hashlib.sha256(data).hexdigest())\n"
    )
    around = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Kolkata", "HOME": "/nonexistent"}

    seen = {
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT)],
            env={**os.environ, **extra},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for extra in ({}, around)
    }

    assert len(seen) == 1
    assert len(seen.pop().split()) == 2


def test_the_drawing_holds_no_text_of_its_own_and_nothing_from_elsewhere() -> None:
    operators = set(re.findall(rb"[A-Za-z*]+", artist().operators(CHART)))

    assert operators == {b"q", b"Q", b"cm", b"rg", b"re", b"m", b"l", b"c", b"h", b"f"}


def test_the_addressees_bar_is_the_dark_one_in_grey_too() -> None:
    picture = np.asarray(Image.open(io.BytesIO(artist().png(CHART))).convert("L"))
    middle = picture.shape[1] // 2
    upper, lower = picture[picture.shape[0] // 4, middle - 40], picture[-picture.shape[0] // 4, 700]

    assert picture.shape == (
        pytest.approx(height_of(CHART) / MILLIMETRES * DOTS, abs=1),
        pytest.approx(WIDTH / MILLIMETRES * DOTS, abs=1),
    )
    assert upper < 90 < 150 < lower < 230


def test_a_label_without_a_glyph_is_refused() -> None:
    chart = Chart("x", (Bar("தமிழ்நாடு", "1", 10_000),))

    with pytest.raises(RenderError, match="cannot be drawn"):
        artist().operators(chart)


@pytest.mark.parametrize("character", ["\x01", "中", "త్", "a\u0301ɫ", "क\u0301", "\u200d", "₹"])
def test_what_matplotlib_would_warn_of_is_what_is_refused(character: str) -> None:
    """Each text is shaped once, without the library's own look for what no font has."""
    with strict_warnings():
        from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - only after ``load_matplotlib``

        face = lettering._face(lettering._use_fonts(FONTS), "normal")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            face.set_text(f"उत्तर {character} b", flags=LoadFlags.NO_HINTING)

    refused = False
    try:
        Lettering(FONTS).outline(f"उत्तर {character} b", bold=False)
    except RenderError:
        refused = True

    assert refused == bool(told)


@pytest.mark.parametrize("bold", [False, True])
def test_a_glyph_has_the_outline_of_its_own_font(bold: bool) -> None:
    """Latin and Devanagari, plain and bold: none is taken for another, whichever came first."""
    both = Lettering(FONTS)
    both.outline("A क 1", bold=not bold)
    again, alone = both.outline("A क 1", bold=bold), Lettering(FONTS).outline("A क 1", bold=bold)

    assert again.operators == alone.operators != both.outline("A क 1", bold=not bold).operators
    assert np.array_equal(again.path.vertices, alone.path.vertices)


def test_the_pdf_has_the_chart_as_a_figure_without_text() -> None:
    letter = charted()

    data = PdfRenderer(KIND, ROOT / "fonts").render(letter).data

    assert [t.alt for t in tag_tree(data) if t.kind == "Figure"] == [CHART.alt]
    assert "30.05" not in "".join(pdfium_pages(data))


def test_word_has_the_chart_as_a_picture_of_its_size_in_a_line_as_high() -> None:
    data = DocxRenderer(KIND, ROOT / "fonts").render(charted(), {("en", 0): 2, ("en", 2): 1})

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = package.read("word/document.xml").decode()
        pictures = [package.read(n) for n in package.namelist() if n.startswith("word/media/")]

    (paragraph,) = re.findall(r"<w:p>(?:(?!</w:p>).)*<w:drawing>.*?</w:p>", document)
    assert pictures == [artist().png(CHART)]
    assert f'descr="{CHART.alt}"' in paragraph
    assert f'cx="{WIDTH * 36_000:.0f}" cy="{height_of(CHART) * 36_000:.0f}"' in paragraph
    assert 'w:lineRule="auto"' in paragraph


WATCH = """
import os, sys
sys.path.insert(0, sys.argv[1])
seen = []
def watch(event, args):
    if event == "open" and args[0] is not None:
        writes = bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        seen.append(("write " if writes else "read ") + os.fsdecode(args[0]))
    elif event.startswith("socket.connect") or event in ("os.mkdir", "subprocess.Popen"):
        seen.append(f"{event} {args[0]}")
from tests.test_chart import CHART, artist
sys.addaudithook(watch)
artist().operators(CHART), artist().png(CHART)
wanted = (".ttf", ".otf", ".afm", "rc")
print(*(s for s in seen if not s.startswith("read ") or s.endswith(wanted)), sep="\\n")
"""


def test_drawing_uses_no_other_fonts_or_settings_and_leaves_nothing(tmp_path: Path) -> None:
    """A ``matplotlibrc`` of the folder worked in is read on import, and then set aside."""
    (tmp_path / "matplotlibrc").write_text("font.size: 40\nsvg.fonttype: none\n")
    around = {"HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    code = WATCH + "import hashlib\nprint(hashlib.sha256(artist().operators(CHART)).hexdigest())\n"

    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        env={**os.environ, **around},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    *seen, digest = done.stdout.splitlines()

    library = importlib.util.find_spec("matplotlib")
    assert library
    assert library.origin
    ours = ("read matplotlibrc", f"read {ROOT / 'fonts'}", f"read {Path(library.origin).parent}")
    strange = [line for line in seen if not line.startswith(ours)]
    assert [line for line in strange if "patra-chart-" not in line] == []
    assert [path.name for path in tmp_path.iterdir()] == ["matplotlibrc"]
    assert digest == sha256(artist().operators(CHART)).hexdigest()


def test_checking_an_edition_loads_neither_renderer() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "generator", "check", "editions/2025-12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in _lines(done.stderr)}
    assert "openpyxl" in loaded or "python_calamine" in loaded
    assert loaded.isdisjoint({"matplotlib", "weasyprint"})


def _lines(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith("import time:")]


def test_a_name_that_leaves_no_room_for_bars_is_refused() -> None:
    chart = replace(CHART, bars=(replace(CHART.bars[0], label="A very long name " * 9),))

    with pytest.raises(RenderError, match="no room for bars beside “A very long"):
        artist().operators(chart)


def test_long_values_stay_in_the_picture() -> None:
    chart = replace(CHART, bars=(Bar("Goa", "12,34,56,789 and more", 10_000),))
    picture = np.asarray(Image.open(io.BytesIO(artist().png(chart))).convert("L"))

    assert (picture[:, :-2] < 128).any()
    assert not (picture[:, -2:] < 250).any()


def test_matplotlib_starts_with_the_empty_list_of_fonts_that_it_is_given() -> None:
    load_matplotlib()
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - it must start as it does here

    assert fontManager.afmlist == [], "matplotlib's list has another version: it read its own fonts"


def test_both_kinds_of_file_take_their_words_from_one_lettering() -> None:
    """The words that the PDF was drawn with are not outlined again for Word."""
    assert artist()._lettering is artist()._lettering
    assert artist()._lettering is not ChartArtist(ROOT / "tests")._lettering
