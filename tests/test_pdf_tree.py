"""The tag tree over the pages' ends: what a page divides is one, what stands around is nothing."""

from __future__ import annotations

import base64
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from generator.compose import compose_letter
from generator.content import Annexure, Block, Heading, Item, Letter, List, Paragraph, Row, Table
from generator.errors import TemplateError
from generator.paths import Paths
from generator.render.pdf import PdfRenderer
from generator.run.prepare import prepare_edition
from tests.letters import line, sample_letter
from tests.pdf_reading import pdfium_pages
from tests.whole_tree import Element, Objects, walk

ROOT = Path(__file__).resolve().parents[1]
ROWS, ITEMS = 130, 40
A4 = (595.276, 841.89)
CONTENT = re.compile(rb"/(\w+)\s*(<<.*?>>)?\s*B[DM]C|\bEMC\b|\bT[Jj]\b", re.DOTALL)
MCID = re.compile(rb"/MCID (\d+)")


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    return PdfRenderer(ROOT / "letter_templates" / "do_letter", ROOT / "fonts")


def with_annexure(*blocks: Block) -> Letter:
    """A letter with one annexure of these blocks."""
    letter = sample_letter("en")
    annexure = Annexure(1, (Heading(1, line("ANNEXURE 1")), *blocks))
    return replace(letter, versions=(replace(letter.versions[0], annexures=(annexure,)),))


@pytest.fixture(scope="module")
def long() -> Letter:
    """A letter whose table, paragraphs and items go over pages' ends."""
    rows = tuple(Row((line(f"Row {n}"), line(f"{n}.00"))) for n in range(ROWS))
    table = Table(head=(line("State"), line("Score")), rows=rows, align=("left", "right"))
    text = "The words of this go on and on over the end of the page. "
    items = tuple(Item(f"({n})", line(text * 30)) for n in range(ITEMS))
    return with_annexure(table, Paragraph(line(text * 200)), List(items))


@pytest.fixture(scope="module")
def data(renderer: PdfRenderer, long: Letter) -> bytes:
    """Its PDF."""
    return renderer.render(long).data


@pytest.fixture(scope="module")
def objects(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Objects:
    """Its objects."""
    return Objects(data, tmp_path_factory.mktemp("objects"))


@pytest.fixture(scope="module")
def annexure(objects: Objects) -> Element:
    """Its one annexure."""
    (section,) = objects.tree().all("Sect")
    return section


def pages_of(element: Element) -> list[int]:
    """The pages that an element stands on."""
    return sorted({page for inner in walk(element) for page, _mark in inner.marks})


def test_a_table_of_many_pages_is_one_with_one_head(data: bytes, annexure: Element) -> None:
    (table,) = annexure.all("Table")

    assert len(pages_of(table)) >= 3
    assert sum("State Score" in page for page in pdfium_pages(data)) >= 3
    assert [kid.kind for kid in table.kids] == ["THead", "TBody"]
    assert len(table.all("TR")) == 1 + ROWS


def test_a_list_of_many_pages_is_one_and_so_is_each_item(annexure: Element) -> None:
    (items,) = annexure.all("L")

    assert len(pages_of(items)) >= 3
    assert any(len(pages_of(item)) == 2 for item in items.kids)
    assert len(items.kids) == ITEMS
    assert all([part.kind for part in item.kids] == ["Lbl", "LBody"] for item in items.kids)


def test_a_paragraph_over_the_end_of_a_page_is_one(annexure: Element) -> None:
    paragraphs = [kid for kid in annexure.kids if kid.kind == "P"]

    assert [len(pages_of(paragraph)) >= 2 for paragraph in paragraphs] == [True]


def test_a_row_over_the_end_of_a_page_is_one(renderer: PdfRenderer, tmp_path: Path) -> None:
    row = Row((line("One"), line("The words of this go on and on. " * 500)))
    table = Table(head=(line("State"), line("Practice")), rows=(row,), align=("left", "left"))

    made = renderer.render(with_annexure(table)).data

    (found,) = Objects(made, tmp_path).tree().all("Table")
    assert len(pages_of(found)) >= 2
    assert [(part.kind, len(part.kids)) for part in found.kids] == [("THead", 1), ("TBody", 1)]
    assert len(found.all("TD")) == 2


def test_what_is_joined_is_read_in_the_order_it_is_drawn(objects: Objects) -> None:
    marks = [mark for element in walk(objects.tree()) for mark in element.marks]

    assert len(marks) == len(set(marks)) > 500
    assert [page for page, _mark in marks] == sorted(page for page, _mark in marks)


def test_each_cell_names_a_head_that_is_there(objects: Objects, annexure: Element) -> None:
    heads = {h.values["/ID"]: h.values["reference"] for h in annexure.all("TH")}
    names = objects.at(objects.at(objects.root["/StructTreeRoot"])["/IDTree"])["/Names"]
    (table,) = annexure.all("Table")

    cells = [tuple(row.kids) for row in table.kids[1].kids]

    assert dict(zip(names[::2], names[1::2], strict=True)) == heads
    assert all(before < after for before, after in pairwise(names[::2]))
    for column, head in enumerate(heads):
        named = {name for row in cells for name in row[column].values["/A"]["/Headers"]}
        assert named == {head}


def test_all_that_is_shown_is_read_or_stands_around(objects: Objects) -> None:
    """The mark, the foot, and a table's head on its later pages are artifacts; the rest is read."""
    read = {mark for element in walk(objects.tree()) for mark in element.marks}
    around = 0
    for number, page in enumerate(objects.pages):
        content = base64.b64decode(objects.at(objects.at(page)["/Contents"])["data"])
        open_tags: list[tuple[int, int] | str] = []
        for found in CONTENT.finditer(content):
            if found[1]:
                mark = MCID.search(found[2] or b"")
                open_tags.append((number, int(mark[1])) if mark else found[1].decode())
            elif found[0] == b"EMC":
                open_tags.pop()
            else:
                assert "Artifact" in open_tags or read & {*open_tags}
                around += "Artifact" in open_tags

    assert around >= 2 * len(objects.pages)


def test_each_mark_of_a_page_leads_to_its_element(objects: Objects) -> None:
    numbers = objects.at(objects.at(objects.root["/StructTreeRoot"])["/ParentTree"])["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))

    told = {
        (page, mark): parent
        for page in range(len(objects.pages))
        for mark, parent in enumerate(parents[page])
        if parent is not None
    }

    assert told == {
        mark: element.values["reference"]
        for element in walk(objects.tree())
        for mark in element.marks
    }


def test_a_text_in_a_group_which_no_reader_finds_is_refused(tmp_path: Path) -> None:
    kind = tmp_path / "letter_templates" / "do_letter"
    shutil.copytree(ROOT / "letter_templates" / "do_letter", kind)
    with (kind / "page.css").open("a", encoding="utf-8") as style:
        style.write(".salutation { opacity: 0.9; }")

    with pytest.raises(TemplateError, match="opacity"):
        PdfRenderer(kind, ROOT / "fonts").render(sample_letter("en"))


def test_a_chart_says_where_on_its_page_it_stands(renderer: PdfRenderer, tmp_path: Path) -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    recipient = next(r for r in prepared.edition.recipients if r.id == "HR")
    letter = compose_letter(prepared.edition, prepared.cards, recipient, "SPECIMEN/1")

    tree = Objects(renderer.render(letter).data, tmp_path).tree()

    figures = tree.all("Figure")
    assert len(figures) == 2
    for figure in figures:
        left, bottom, right, top = figure.values["/A"]["/BBox"]
        assert 70 < left < right < A4[0] - 56
        assert 60 < bottom < top < 300  # in the lower part of the page, under the table
        assert right - left > 450
        assert 100 < top - bottom < 200
