"""A chart of horizontal bars: operators for the PDF, a picture for Word, from one plan.

Letters are drawn as outlines: the chart brings no text of its own into a file, its alternative text
says what it shows. The same chart gives the same bytes on any day and machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from generator.content import Chart
from generator.render.chart.lettering import MILLIMETRES, lettering_in, strict_warnings
from generator.render.chart.plan import BAR, WIDTH, Row, height_of, plan_rows

OWN, OTHER, INK, PAPER = "#1f3864", "#c4c4c4", "#000000", "#ffffff"
"""A State's own bar, those of others, words: dark and light, seen in grey print too; the ground."""
DOTS = 220
"""An inch, of the picture for Word."""
GREYS = (0, *range(2, 256))
"""All but one, whose place a State's own colour takes: 256 colours make a third of the bytes."""
KEPT = 64
"""Pictures kept ready: a letter made again has the same."""


class ChartArtist:
    """Draws charts with the fonts of one folder; keep one a process.

    Args:
        fonts: Holds the fonts; those named NotoSerif… are used, the Latin one first.
    """

    def __init__(self, fonts: Path) -> None:
        self._lettering = lettering_in(fonts)
        self._pictures: dict[Chart, bytes] = {}

    def operators(self, chart: Chart) -> bytes:
        """The chart as a PDF draws it: in millimetres, y downwards, ``WIDTH`` wide.

        Raises:
            RenderError: A label holds a character that no font has, or leaves no room for bars.
        """
        return b"\n".join(_operators(plan_rows(chart, self._lettering)))

    def png(self, chart: Chart) -> bytes:
        """The chart as PNG, ``WIDTH`` wide at ``DOTS`` an inch.

        Raises:
            RenderError: A label holds a character that no font has, or leaves no room for bars.
        """
        if chart not in self._pictures:
            if len(self._pictures) >= KEPT:
                self._pictures.clear()
            self._pictures[chart] = self._picture(chart)
        return self._pictures[chart]

    def _picture(self, chart: Chart) -> bytes:
        rows, buffer = plan_rows(chart, self._lettering), io.BytesIO()
        with strict_warnings():
            picture = _dots(rows, height_of(chart))
        picture.quantize(palette=_palette(), dither=Image.Dither.NONE).save(buffer, "PNG")
        return buffer.getvalue()


def _operators(rows: list[Row]) -> Iterator[bytes]:
    for row in rows:
        yield _colour(OWN if row.marked else OTHER)
        yield f"{row.left:.3f} {row.top:.3f} {row.length:.3f} {BAR} re f".encode()
    yield _colour(INK)
    for row in rows:
        for x, y, words in row.words:
            yield f"q 1 0 0 1 {x:.3f} {y:.3f} cm".encode()
            yield words.operators
            yield b"Q"


def _colour(colour: str) -> bytes:
    """The operator that fills with a colour of the file's RGB space."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return " ".join(f"{part:.3g}" for part in parts).encode() + b" rg"


def _palette() -> Image.Image:
    """The colours of a picture: edges of letters and bars are greys."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for grey in GREYS for part in (grey,) * 3] + [*bytes.fromhex(OWN[1:])])
    return palette


def _dots(rows: list[Row], height: float) -> Image.Image:
    """Drawn without a figure and its axes, which would take four times as long as the drawing."""
    from matplotlib.backends.backend_agg import RendererAgg  # noqa: PLC0415 - slow to load
    from matplotlib.colors import to_rgba  # noqa: PLC0415
    from matplotlib.path import Path as Outlined  # noqa: PLC0415
    from matplotlib.transforms import Affine2D  # noqa: PLC0415

    scale = DOTS / MILLIMETRES
    size = int(WIDTH * scale), int(height * scale)
    canvas, box = RendererAgg(*size, DOTS), Outlined.unit_rectangle()
    pen = canvas.new_gc()
    pen.set_linewidth(0)
    page = Affine2D().scale(scale, -scale).translate(0, height * scale)
    canvas.draw_path(pen, box, Affine2D().scale(*size), to_rgba(PAPER))
    for row in rows:
        place = Affine2D().scale(row.length, BAR).translate(row.left, row.top) + page
        canvas.draw_path(pen, box, place, to_rgba(OWN if row.marked else OTHER))
        for x, y, words in row.words:
            canvas.draw_path(pen, words.path, Affine2D().translate(x, y) + page, to_rgba(INK))
    drawn = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    return drawn.convert("RGB")
