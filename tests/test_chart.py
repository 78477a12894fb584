"""Charts: read from a text, drawn the same everywhere, placed in both files."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.content import Bar, Chart
from generator.errors import RenderError, TemplateError
from generator.markdown import read_markdown
from generator.render.chart import DOTS, MILLIMETRES, WIDTH, ChartArtist, height_of

ROOT = Path(__file__).resolve().parents[1]
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![What](chart:2)", "no such column in a table right above it"),
        (f"{TABLE}Words\n\n![What](chart:2)", "no such column in a table right above it"),
        (f"{TABLE}![What](chart:3)", "no such column in a table right above it"),
        (f"{TABLE}![What](chart:1)", "no numbers in its column"),
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
        "for data in (artist().svg(CHART), artist().png(CHART)):\n"
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
    svg = artist().svg(CHART).decode()

    assert "<text" not in svg
    assert "http" not in svg.split("<defs>", 1)[1].replace("http://www.w3.org/", "")


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
        artist().svg(chart)
