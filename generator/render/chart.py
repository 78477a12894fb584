"""A chart of horizontal bars: vector for the PDF, a picture for Word, from one drawing.

matplotlib shapes Devanagari with HarfBuzz (through libraqm). It draws with the fonts in ``fonts/``
alone, letters as outlines: the chart brings no text of its own into a file, its alternative text
says what it shows. The same chart gives the same bytes on any day and machine.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator.content import Chart
from generator.errors import RenderError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH = 165.0
"""Of the drawing, in millimetres: that of a page's text."""
BAR, STEP, MARGIN = 2.4, 3.55, 0.4
"""Thickness of a bar, from one bar to the next, and what is left free above and below."""
GAP, LEAST = 1.8, 30.0
"""Between a bar and its texts; what the longest bar must have at least."""
OWN, OTHER = "#1f3864", "#c4c4c4"
"""Dark and light: seen in grey print too."""
SIZE = 8.5
"""Of the letters, in points."""
BASELINE = 1.0
"""From a bar's middle down to the line its texts stand on: half a letter's height of ``SIZE``."""
DOTS = 220
"""An inch, of the picture for Word."""
MILLIMETRES = 25.4
KEPT = 64
"""Drawings kept ready: a chart is drawn for the PDF and, where a letter is made again, anew."""
FONTS = "NotoSerif"
"""How the names of the fonts begin that a chart is drawn with: those of a page's text."""


class ChartArtist:
    """Draws charts with the fonts of one folder; keep one a process.

    Args:
        fonts: Holds the fonts; those named NotoSerif… are used, the Latin one first.
    """

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._kept: dict[tuple[Chart, str], bytes] = {}

    def svg(self, chart: Chart) -> bytes:
        """The chart as SVG, ``WIDTH`` wide.

        Raises:
            RenderError: A label holds a character that no font has.
        """
        return self._draw(chart, "svg", {"Date": None, "Creator": None})

    def png(self, chart: Chart) -> bytes:
        """The chart as PNG, ``WIDTH`` wide at ``DOTS`` an inch.

        Raises:
            RenderError: A label holds a character that no font has.
        """
        return self._draw(chart, "png", {"Software": None})

    def _draw(self, chart: Chart, form: str, about: Mapping[str, None]) -> bytes:
        if (chart, form) not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[chart, form] = self._drawn(chart, form, about)
        return self._kept[chart, form]

    def _drawn(self, chart: Chart, form: str, about: Mapping[str, None]) -> bytes:
        plot, buffer = _matplotlib(), io.BytesIO()
        usual = {key: value for key, value in plot.rcParamsDefault.items() if key != _OF_SCREENS}
        settings = {**_STABLE, "font.family": _use_fonts(self._fonts), "font.size": SIZE}
        with warnings.catch_warnings(), plot.rc_context({**usual, **settings}):
            warnings.simplefilter("error")
            try:
                _figure(chart).savefig(buffer, format=form, dpi=DOTS, metadata=dict(about))
            except UserWarning as error:
                raise RenderError(
                    f"The chart “{chart.alt[:60]}” cannot be drawn: {error}",
                    "Replace the character, or add a font that has it to fonts/.",
                ) from error
        return buffer.getvalue()


_OF_SCREENS = "backend"
"""The setting that makes matplotlib look for screens, and for the user's folder."""
_STABLE: Mapping[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "patra",
    "axes.unicode_minus": False,
}


def height_of(chart: Chart) -> float:
    """The height of a chart's drawing in millimetres."""
    return 2 * MARGIN + STEP * len(chart.bars)


@cache
def _matplotlib() -> ModuleType:
    """The library, started without the machine's fonts, settings and folders."""
    before = dict(os.environ)
    with TemporaryDirectory(prefix="patra-chart-") as folder:
        os.environ |= {"MPLCONFIGDIR": folder, "MPL_IGNORE_SYSTEM_FONTS": "1"}
        try:
            import matplotlib as plot  # noqa: PLC0415 - slow to load, and only letters need it
            import matplotlib.font_manager  # noqa: PLC0415
        finally:
            os.environ.clear()
            os.environ |= before
    return plot


def _use_fonts(fonts: Path) -> list[str]:
    """Makes these fonts known and no other; the families to draw with, the Latin one first."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415

    fontManager.ttflist.clear()
    for path in sorted(fonts.glob(f"{FONTS}*.ttf")):
        fontManager.addfont(path.absolute())
    families = {font.name for font in fontManager.ttflist}
    return sorted(families, key=lambda name: (len(name), name))


def _figure(chart: Chart) -> Figure:
    """The drawing: texts and bars on an area measured in millimetres, its origin at the top."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    height = height_of(chart)
    figure = Figure(figsize=(WIDTH / MILLIMETRES, height / MILLIMETRES))
    area = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    area.set_axis_off()
    rows = [MARGIN + STEP * (n + 0.5) for n in range(len(chart.bars))]
    weights = ["bold" if bar.marked else "normal" for bar in chart.bars]
    labels, values = (
        [
            area.text(0, y + BASELINE, text, va="baseline", weight=weight)
            for y, text, weight in zip(rows, texts, weights, strict=True)
        ]
        for texts in ([bar.label for bar in chart.bars], [bar.value for bar in chart.bars])
    )
    start = _widest(labels, figure) + GAP
    lengths = _lengths(chart, WIDTH - start - GAP - _widest(values, figure))
    colours = [OWN if bar.marked else OTHER for bar in chart.bars]
    area.barh(rows, lengths, BAR, left=start, color=colours)
    for value, length in zip(values, lengths, strict=True):
        value.set_x(start + length + GAP)
    return figure


def _widest(texts: Sequence[Text], figure: Figure) -> float:
    """The width of the longest of some texts, in millimetres."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415

    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    dots = max(text.get_window_extent(renderer).width for text in texts)
    return dots / figure.dpi * MILLIMETRES


def _lengths(chart: Chart, longest: float) -> list[float]:
    """How long the bars are, in millimetres, where there is room for them."""
    if longest < LEAST:
        label = max((bar.label for bar in chart.bars), key=len)
        raise RenderError(
            f"The chart “{chart.alt[:60]}” has no room for bars beside “{label[:60]}”",
            "Shorten the name, or leave the chart out of the text.",
        )
    return [longest * bar.length / 10_000 for bar in chart.bars]
