"""Devanagari with marks above and below: nothing touches the line, or the rule, next to it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from generator.content import Block, Paragraph, Row, Span, Table
from generator.render.pdf import PdfRenderer
from tests.command import ROOT
from tests.letters import hindi, sample_letter

TALL = "र्क्ष्मैं र्ट्रीं हूँ कॉँ क्षृ"
"""Reph and anusvara over a matra, candrabindu, and conjuncts with a matra below."""
DOTS = 200
LEFT, RIGHT = 27, 60
"""Between these (millimetres) the words stand, and no upright rule."""
LINES = 6


@pytest.fixture(scope="module")
def kind() -> Path:
    return ROOT / "letter_templates" / "do_letter"


@pytest.fixture(scope="module")
def tight(kind: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same kind with lines too near to each other, and cells without room."""
    copy = tmp_path_factory.mktemp("tight") / "letter_templates" / "do_letter"
    shutil.copytree(kind, copy)
    with (copy / "page.css").open("a", encoding="utf-8") as css:
        css.write("p, table { line-height: 0.8 !important; } td { padding: 0 !important; }\n")
    return copy


def strips_of_ink(kind: Path, *blocks: Block) -> int:
    """How many strips of ink, with white between them, a page has that ends with these blocks."""
    version = replace(hindi(), body=blocks, annexures=())
    letter = replace(sample_letter("hi"), versions=(version,))
    data = PdfRenderer(kind, ROOT / "fonts").render(letter).data
    document = pypdfium2.PdfDocument(data)
    page = np.asarray(document[0].render(scale=DOTS / 72).to_pil().convert("L"))
    document.close()
    left, right = (round(mm / 25.4 * DOTS) for mm in (LEFT, RIGHT))
    inked = [bool(row.min() < 200) for row in page[:, left:right]]
    return sum(here and not before for before, here in pairwise(inked))


def paragraph(lines: int) -> Paragraph:
    return Paragraph((Span("\n".join([TALL] * lines)),))


def table(rows: int) -> Table:
    cell = (Span(TALL),)
    return Table(("left", "left"), (cell, cell), (Row((cell, cell)),) * rows)


def test_lines_do_not_touch(kind: Path, tight: Path) -> None:
    assert strips_of_ink(kind, paragraph(LINES)) - strips_of_ink(kind, paragraph(1)) == LINES - 1

    assert strips_of_ink(tight, paragraph(LINES)) - strips_of_ink(tight, paragraph(1)) < LINES - 1


def test_cells_do_not_touch_the_rules_of_their_table(kind: Path, tight: Path) -> None:
    more = 2 * (LINES - 1)

    assert strips_of_ink(kind, table(LINES)) - strips_of_ink(kind, table(1)) == more

    assert strips_of_ink(tight, table(LINES)) - strips_of_ink(tight, table(1)) < more
