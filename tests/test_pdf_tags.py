"""The tag tree: what a screen reader is told, in which order, in which language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from generator.content import Letter, version_texts
from generator.locales import LANGUAGES
from generator.model import Language
from generator.readback import squeeze
from generator.render.pdf import PdfRenderer
from tests.letters import sample_letter
from tests.tag_tree import Tagged, tag_tree

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def letter() -> Letter:
    """A letter in both languages."""
    return sample_letter("hi", "en")


@pytest.fixture(scope="module")
def tree(letter: Letter) -> list[Tagged]:
    """Its tags."""
    renderer = PdfRenderer(ROOT / "letter_templates" / "do_letter", ROOT / "fonts")
    return tag_tree(renderer.render(letter).data)


def spoken(tree: list[Tagged]) -> list[tuple[str, str]]:
    """Each letter of the text with the language that it is read in."""
    leaves = [
        tag
        for tag, following in zip(tree, [*tree[1:], None], strict=True)
        if following is None or len(following.above) <= len(tag.above)
    ]
    return [(sign, tag.language) for tag in leaves for sign in squeeze(tag.text)]


def expected(letter: Letter) -> Iterator[tuple[str, Language]]:
    """Each text of the letter and its language."""
    for version in letter.versions:
        lines = (*version.letterhead.left, *version.letterhead.right)
        yield from ((line.text, line.language) for line in lines)
        texts = list(version_texts(version))[len(lines) :]
        yield from ((text, version.language) for text in texts)


def test_every_text_is_read_in_its_language_in_the_order_of_the_letter(
    letter: Letter, tree: list[Tagged]
) -> None:
    wanted = [
        (sign, LANGUAGES[language].tag)
        for text, language in expected(letter)
        for sign in squeeze(text)
    ]

    assert len(wanted) > 1000
    assert spoken(tree) == wanted


def test_the_other_script_of_the_letterhead_has_its_own_language(tree: list[Tagged]) -> None:
    lines = [t for t in tree if t.kind == "P" and t.text in ("कर्मयोगी भारत", "KARMAYOGI BHARAT")]

    assert [t.language for t in lines] == ["hi-IN", "en-IN"] * 2


def test_headings_leave_out_no_level(tree: list[Tagged]) -> None:
    levels = [int(t.kind[1]) for t in tree if t.kind in ("H1", "H2", "H3")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_items_and_cells_stand_where_readers_look_for_them(tree: list[Tagged]) -> None:
    kinds = {t.kind for t in tree}

    assert {"L", "LI", "LBody", "Table", "TR", "TH", "TD"} <= kinds
    assert all(t.above[-1] == "TR" for t in tree if t.kind in ("TH", "TD"))
    assert all(t.above[-1] == "L" for t in tree if t.kind == "LI")
    assert all("THead" in t.above for t in tree if t.kind == "TH")
