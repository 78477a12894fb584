"""Checks of the figures: counts, shares, composites, ranks, and the month before."""
