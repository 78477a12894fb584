"""The tag tree: what a screen reader is told, in which order, in which language."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from generator.compose import compose_letter
from generator.content import Block, Heading, Letter, List, Table, plain
from generator.paths import Paths
from generator.readback import squeeze
from generator.render.pdf import PdfRenderer
from generator.run.prepare import prepare_edition
from tests.letters import sample_letter
from tests.pdf_reading import fold
from tests.tag_tree import Tagged, expected, spoken, tag_tree

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def letter() -> Letter:
    """A letter in both languages."""
    return sample_letter("hi", "en")


@pytest.fixture(scope="module")
def tree(letter: Letter) -> list[Tagged]:
    """Its tags."""
    return tags_of(letter)


@pytest.fixture(scope="module")
def real() -> Letter:
    """Haryana's letter of the sample edition."""
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    recipient = next(r for r in prepared.edition.recipients if r.id == "HR")
    return compose_letter(prepared.edition, prepared.cards, recipient, "SPECIMEN/1")


@pytest.fixture(scope="module")
def real_tree(real: Letter) -> list[Tagged]:
    """Its tags."""
    return tags_of(real)


def tags_of(letter: Letter, kind: Path = ROOT / "letter_templates" / "do_letter") -> list[Tagged]:
    """The tags of a letter's PDF."""
    return tag_tree(PdfRenderer(kind, ROOT / "fonts").render(letter).data)


def blocks(letter: Letter) -> Iterator[Block]:
    """Every block of a letter."""
    for version in letter.versions:
        yield from version.body
        for annexure in version.annexures:
            yield from annexure.blocks


def test_every_text_is_read_in_its_language_in_the_order_of_the_letter(
    letter: Letter, tree: list[Tagged], real: Letter, real_tree: list[Tagged]
) -> None:
    """A table's head as well, once: on its further pages nobody reads it."""
    for written, tags in ((letter, tree), (real, real_tree)):
        wanted = list(expected(written))

        assert len(wanted) > 1000
        assert spoken(tags) == wanted


def test_the_other_script_of_the_letterhead_has_its_own_language(tree: list[Tagged]) -> None:
    lines = [t for t in tree if t.kind == "P" and t.text in ("कर्मयोगी भारत", "KARMAYOGI BHARAT")]

    assert [t.language for t in lines] == ["hi-IN", "en-IN"] * 2


def test_a_part_in_another_language_keeps_its_own(tmp_path: Path) -> None:
    kind = tmp_path / "letter_templates" / "do_letter"
    shutil.copytree(ROOT / "letter_templates" / "do_letter", kind)
    page = kind / "page.html"
    html = page.read_text("utf-8")
    page.write_text(html.replace("<main ", '<main lang="en-IN" '), "utf-8")

    parts = tags_of(sample_letter("hi"), kind)

    found = {(t.kind, t.language) for t in parts if t.kind in ("Part", "Sect")}
    assert found == {("Part", "en-IN"), ("Sect", "hi-IN")}


def test_headings_leave_out_no_level(tree: list[Tagged], real_tree: list[Tagged]) -> None:
    for tags in (tree, real_tree):
        levels = [int(t.kind[1]) for t in tags if t.kind in ("H1", "H2", "H3")]

        assert levels[0] == 1
        assert {2, 3} <= set(levels)
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_headings_are_the_letters_in_their_order(real: Letter, real_tree: list[Tagged]) -> None:
    """But for the subject, which heads the letter itself."""
    wanted = [
        (f"H{block.level}", squeeze(plain(block.text)))
        for block in blocks(real)
        if isinstance(block, Heading)
    ]

    subjects = [t for t in real_tree if t.kind == "H1" and t.above[-1] == "Part"]
    found = [
        (t.kind, squeeze(t.text))
        for t in real_tree
        if t.kind in ("H1", "H2", "H3") and t not in subjects
    ]

    assert len(subjects) == len(real.versions)
    assert found == wanted


def test_a_picture_is_described_in_the_versions_language(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>', "utf-8")
    letter = sample_letter("hi", "en")
    versions = tuple(
        replace(version, letterhead=replace(version.letterhead, logo=logo))
        for version in letter.versions
    )

    tags = tags_of(replace(letter, versions=versions))

    pictures = [(t.alt, t.language) for t in tags if t.kind == "Figure"]
    assert pictures == [("कर्मयोगी भारत", "hi-IN"), ("KARMAYOGI BHARAT", "en-IN")]


def test_items_and_cells_stand_where_readers_look_for_them(tree: list[Tagged]) -> None:
    kinds = {t.kind for t in tree}

    assert {"L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"} <= kinds
    assert all(t.above[-1] == "TR" for t in tree if t.kind in ("TH", "TD"))
    assert all(t.above[-1] == "L" for t in tree if t.kind == "LI")
    assert all("THead" in t.above for t in tree if t.kind == "TH")


def test_an_item_is_a_label_and_a_body(letter: Letter, tree: list[Tagged]) -> None:
    """The parts of an item of more than one page go on without a label."""
    items = [item for block in blocks(letter) if isinstance(block, List) for item in block.items]

    labels = [fold(t.text) for t in tree if t.kind == "Lbl"]

    assert len(items) >= 3
    assert labels == [item.label for item in items]
    assert all(t.above[-1] == "LI" for t in tree if t.kind in ("Lbl", "LBody"))


def test_a_tables_head_says_that_it_heads_columns(letter: Letter, tree: list[Tagged]) -> None:
    heads = [t for t in tree if t.kind == "TH"]
    tables = [block for block in blocks(letter) if isinstance(block, Table)]

    assert [squeeze(t.text) for t in heads] == [
        squeeze(plain(cell)) for table in tables for cell in table.head
    ]
    assert {t.scope for t in heads} == {"Column"}
    assert {t.scope for t in tree if t.kind != "TH"} == {""}
