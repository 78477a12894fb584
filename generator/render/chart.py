"""A chart of horizontal bars: vector for the PDF, a picture for Word, from one drawing.

matplotlib shapes Devanagari with HarfBuzz (through libraqm). It draws with the fonts in ``fonts/``
alone, letters as outlines: the chart brings no text of its own into a file, its alternative text
says what it shows. The same chart gives the same bytes on any day and machine.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator.content import Bar, Chart
from generator.errors import RenderError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 165.0
"""Of the drawing, in millimetres: that of a page's text."""
BAR, STEP, MARGIN = 2.1, 2.95, 0.6
"""Thickness of a bar, from one bar to the next, and what is left free above and below."""
GAP, VALUE = 2.0, 14.0
"""Between a bar and its texts; what is kept free for the values at the bars' ends."""
OWN, OTHER = "#1f3864", "#c4c4c4"
"""Dark and light: seen in grey print too."""
SIZE = 7.5
"""Of the letters, in points."""
DOTS = 240
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
        settings = {**_STABLE, "font.family": _use_fonts(self._fonts), "font.size": SIZE}
        with warnings.catch_warnings(), plot.rc_context({**plot.rcParamsDefault, **settings}):
            warnings.simplefilter("error")
            try:
                _figure(chart).savefig(buffer, format=form, dpi=DOTS, metadata=dict(about))
            except UserWarning as error:
                raise RenderError(
                    f"The chart “{chart.alt[:60]}” cannot be drawn: {error}",
                    "Replace the character, or add a font that has it to fonts/.",
                ) from error
        return buffer.getvalue()


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
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    height = height_of(chart)
    figure = Figure(figsize=(WIDTH / MILLIMETRES, height / MILLIMETRES))
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    area = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    area.set_axis_off()
    rows = [MARGIN + STEP * (n + 0.5) for n in range(len(chart.bars))]
    labels = [
        area.text(0, y, bar.label, va="center_baseline", weight=_weight(bar))
        for bar, y in zip(chart.bars, rows, strict=True)
    ]
    widest = max(label.get_window_extent(renderer).width for label in labels)
    start = widest / figure.dpi * MILLIMETRES + GAP
    longest = WIDTH - VALUE - start
    for bar, y in zip(chart.bars, rows, strict=True):
        end = start + longest * bar.length / 10_000
        area.barh(y, end - start, BAR, left=start, color=OWN if bar.marked else OTHER)
        area.text(end + GAP, y, bar.value, va="center_baseline", weight=_weight(bar))
    return figure


def _weight(bar: Bar) -> str:
    return "bold" if bar.marked else "normal"
