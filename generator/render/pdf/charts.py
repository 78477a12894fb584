"""Charts as the engine's pictures: it has them drawn by operators that are ready.

As SVG, through the engine, a letter's charts took nearly half of its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from generator.content import Version, charts
from generator.render.chart import WIDTH, ChartArtist, height_of
from generator.render.html_blocks import chart_url

PIXELS = 96 / 25.4
"""Of the engine's layout, in a millimetre."""


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A chart, as the engine asks its pictures for their size, and to be drawn."""

    operators: bytes
    height: float

    def get_intrinsic_size(self, *_about: object) -> tuple[float, float, float]:
        """Width and height in the engine's pixels, and the one by the other."""
        return WIDTH * PIXELS, self.height * PIXELS, WIDTH / self.height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:  # noqa: ANN401
        """Draws it at the stream's origin, so wide and high in the engine's pixels."""
        with stream.stacked():
            stream.transform(a=width / WIDTH, d=height / self.height)
            stream.stream.append(self.operators)


def chart_pictures(version: Version, artist: ChartArtist, base_url: str) -> dict[str, ChartPicture]:
    """The charts of a version by their address in the page: so the engine asks for no file.

    Raises:
        RenderError: One cannot be drawn.
    """
    return {
        urljoin(base_url, chart_url(chart)): ChartPicture(artist.operators(chart), height_of(chart))
        for chart in charts(version)
    }
