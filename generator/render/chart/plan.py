"""What stands where in a chart: texts and bars on an area measured in millimetres, y downwards."""

from __future__ import annotations

from dataclasses import dataclass

from generator.content import Chart
from generator.errors import RenderError
from generator.render.chart.lettering import Lettering, Outline

WIDTH = 165.0
"""Of the drawing, in millimetres: that of a page's text."""
BAR, STEP, MARGIN = 2.4, 3.55, 0.4
"""Thickness of a bar, from one bar to the next, and what is left free at the edges."""
GAP, LEAST = 1.8, 30.0
"""Between a bar and its texts; what the longest bar must have at least."""
BASELINE = 1.0
"""From a bar's middle down to the line its texts stand on: half the height of a letter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar with its texts: their left ends, and the middle of the bar."""

    middle: float
    left: float
    length: float
    label: Outline
    value: Outline
    marked: bool

    @property
    def top(self) -> float:
        """The bar's upper edge."""
        return self.middle - BAR / 2

    @property
    def words(self) -> tuple[tuple[float, float, Outline], ...]:
        """Where the texts begin, on their line, and their outlines."""
        line = self.middle + BASELINE
        return (0.0, line, self.label), (self.left + self.length + GAP, line, self.value)


def height_of(chart: Chart) -> float:
    """The height of a chart's drawing in millimetres."""
    return 2 * MARGIN + STEP * len(chart.bars)


def plan_rows(chart: Chart, lettering: Lettering) -> list[Row]:
    """The rows of a chart: the bars begin beside the longest name and end before the figures.

    Raises:
        RenderError: A text holds a character that no font has, or leaves no room for bars.
    """
    labels = [lettering.outline(bar.label, bold=bar.marked) for bar in chart.bars]
    values = [lettering.outline(bar.value, bold=bar.marked) for bar in chart.bars]
    left = max(label.width for label in labels) + GAP
    longest = WIDTH - left - GAP - max(value.width for value in values) - MARGIN
    if longest < LEAST:
        raise _no_room(chart)
    rows = enumerate(zip(chart.bars, labels, values, strict=True))
    return [
        Row(
            middle=MARGIN + STEP * (n + 0.5),
            left=left,
            length=longest * bar.length / 10_000,
            label=label,
            value=value,
            marked=bar.marked,
        )
        for n, (bar, label, value) in rows
    ]


def _no_room(chart: Chart) -> RenderError:
    label = max((bar.label for bar in chart.bars), key=len)
    return RenderError(
        f"The chart “{chart.alt[:60]}” has no room for bars beside “{label[:60]}”",
        "Shorten the name, or leave the chart out of the text.",
    )
