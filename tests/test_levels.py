"""Performance levels: named in words, tinted alike in both files."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from generator.compose import compose_letter
from generator.content import Letter, Row, Span, Table, plain
from generator.paths import Paths
from generator.render.html_blocks import block
from generator.render.tints import DEEPEST, PALEST, level_fill
from generator.run.prepare import prepare_edition

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def letter() -> Letter:
    """Haryana's letter of the sample edition."""
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    recipient = next(r for r in prepared.edition.recipients if r.id == "HR")
    return compose_letter(prepared.edition, prepared.cards, recipient, "SPECIMEN/1")


def luminance(fill: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(fill[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_cells_that_name_a_level_know_its_place(letter: Letter) -> None:
    tables = [b for v in letter.versions for b in v.annexures[0].blocks if isinstance(b, Table)]
    cells = [c for t in tables for row in (Row(t.head), *t.rows) for c in row.cells]

    named = {(plain(cell), span.level) for cell in cells for span in cell if span.level}

    assert named == {
        ("Low", 33), ("Moderate", 67), ("Strong", 100), ("निम्न", 33), ("मध्यम", 67), ("सुदृढ़", 100),
    }  # fmt: skip


def test_tints_tell_levels_apart_and_leave_black_text_its_contrast() -> None:
    fills = [level_fill((Span("x", level=level),)) for level in (33, 67, 100)]
    lights = [luminance(fill) for fill in fills]

    assert lights == sorted(lights, reverse=True)
    assert all(a - b > 0.08 for a, b in pairwise(lights))
    assert all((light + 0.05) / 0.05 > 7 for light in lights)
    assert level_fill((Span("x"),)) == ""
    assert fills[-1] == "".join(f"{part:02x}" for part in DEEPEST)
    assert luminance("".join(f"{part:02x}" for part in PALEST)) > lights[0]


def test_the_page_tints_the_cell_and_says_the_word() -> None:
    table = Table(("left",), ((Span("Level"),),), (Row(((Span("High", level=100),),)),))

    assert '<td class="left" style="background: #b0c4e4">High</td>' in block(table)
