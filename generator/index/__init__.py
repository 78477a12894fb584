"""``index.html`` of a dated folder: every letter at a glance, in one page that needs no other."""

from generator.index.concealed import Concealer
from generator.index.lines import File, Issue, Line, Overview
from generator.index.page import INDEX, render_index
from generator.index.pictures import picture_of

__all__ = [
    "INDEX",
    "Concealer",
    "File",
    "Issue",
    "Line",
    "Overview",
    "picture_of",
    "render_index",
]
