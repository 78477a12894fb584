"""Charts of horizontal bars: for the PDF as its own operators, for Word as a picture."""

from generator.render.chart.artist import ChartArtist
from generator.render.chart.plan import WIDTH, height_of

__all__ = ["WIDTH", "ChartArtist", "height_of"]
