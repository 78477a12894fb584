"""A letter's file of pages written apart: what a PDF says of all its pages is whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.content import Letter, Table
from generator.render.pdf import PdfRenderer
from generator.render.pdf.joined import Run, finish_shared, join_pages, open_shared
from tests.letters import sample_letter

ROOT = Path(__file__).resolve().parents[1]
KIND = ROOT / "letter_templates" / "do_letter"


def letter(who: str = "HR") -> Letter:
    """A letter in both languages, with tables in an annexure of its own and a shared one."""
    sample = sample_letter("hi", "en")
    versions = []
    for version in sample.versions:
        own, shared = version.annexures
        tables = [block for block in own.blocks if isinstance(block, Table)]
        shared = replace(shared, blocks=(*shared.blocks, *tables))
        versions.append(replace(version, annexures=(own, shared)))
    return replace(sample, who=who, title=f"Letter to {who}", versions=tuple(versions))


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    return PdfRenderer(KIND, ROOT / "fonts")


@pytest.fixture(scope="module")
def pdf(renderer: PdfRenderer) -> Iterator[pikepdf.Pdf]:
    renderer.render(letter("PB"))
    with pikepdf.open(io.BytesIO(renderer.render(letter()).data)) as opened:
        yield opened


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in parent.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from elements(kid)


def pairs(names: pikepdf.Object) -> list[tuple[pikepdf.Object, pikepdf.Object]]:
    return [(names[n], names[n + 1]) for n in range(0, len(names), 2)]


def test_equal_letters_have_equal_bytes_whatever_was_made_before(renderer: PdfRenderer) -> None:
    after_others = renderer.render(letter()).data

    assert PdfRenderer(KIND, ROOT / "fonts").render(letter()).data == after_others


def test_every_mark_of_a_page_belongs_to_an_element_of_that_page(pdf: pikepdf.Pdf) -> None:
    parents = {int(key): kids for key, kids in pairs(pdf.Root.StructTreeRoot.ParentTree.Nums)}
    read = {element.objgen for element in elements(pdf.Root.StructTreeRoot)}

    held = [
        (page, kid)
        for page in pdf.pages
        for kid in parents[int(page.obj.StructParents)]
        if isinstance(kid, pikepdf.Dictionary)
    ]

    assert len({int(page.obj.StructParents) for page in pdf.pages}) == len(pdf.pages)
    assert list(parents) == sorted(parents)
    assert len(held) > 100
    assert all(kid.objgen in read for _page, kid in held)
    assert all(kid.Pg.objgen == page.obj.objgen for page, kid in held)


def test_the_parts_of_the_tree_stand_in_the_order_of_the_pages(pdf: pikepdf.Pdf) -> None:
    order = [page.obj.objgen for page in pdf.pages]
    (document,) = pdf.Root.StructTreeRoot.K
    begins = [
        next(e.Pg.objgen for e in (part, *elements(part)) if "/Pg" in e) for part in document.K
    ]

    assert [order.index(page) for page in begins] == sorted(map(order.index, begins))
    assert [str(part.Lang) for part in document.K] == sorted(
        (str(part.Lang) for part in document.K), reverse=True
    )
    assert all(part.P.objgen == document.objgen for part in document.K)


def test_every_head_that_a_cell_names_is_found(pdf: pikepdf.Pdf) -> None:
    names = pairs(pdf.Root.StructTreeRoot.IDTree.Names)
    heads = {str(name): head.objgen for name, head in names}
    given = {
        str(element.ID): element.objgen
        for element in elements(pdf.Root.StructTreeRoot)
        if "/ID" in element
    }
    named = {
        str(head)
        for element in elements(pdf.Root.StructTreeRoot)
        for head in element.get("/A", pikepdf.Dictionary()).get("/Headers", ())
    }

    assert [str(name) for name, _head in names] == sorted(heads)
    assert len(names) == len(heads)
    assert heads == given
    assert named
    assert named <= heads.keys()
    assert any(name.startswith("s") for name in named)
    assert any(not name.startswith("s") for name in named)


def test_no_two_subsets_of_fonts_have_one_name(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    names = [str(font.BaseFont) for font in fonts.values()]

    assert len(names) == len(set(names))
    assert all(
        font.DescendantFonts[0].BaseFont == font.BaseFont
        and font.DescendantFonts[0].FontDescriptor.FontName == font.BaseFont
        for font in fonts.values()
    )


def test_the_outline_leads_to_every_part_in_order(pdf: pikepdf.Pdf) -> None:
    pages = [page.obj.objgen for page in pdf.pages]
    with pdf.open_outline() as outline:
        tops = list(outline.root)

    assert len(tops) == 2
    for top, first in zip(tops, (0, len(pages) // 2), strict=True):
        places = [item.destination for item in (top, *top.children)]
        assert all(isinstance(place, pikepdf.Array) for place in places)
        targets = [pages.index(place[0].objgen) for place in places]  # type: ignore[index]
        assert targets[0] == first
        assert targets == sorted(targets)
        assert len(set(targets)) > 1


LINKED = """<html lang="en"><head><title>{0}</title></head><body>
<p><a href="#{0}">see below</a></p><h1 id="{0}" style="break-before: page">{0}</h1></body></html>"""


def linked(name: str) -> bytes:
    """Two pages, the first with a link to the second."""
    from generator.render.pdf.engine import weasyprint  # noqa: PLC0415

    document = weasyprint.HTML(string=LINKED.format(name)).render(pdf_variant="pdf/ua-1")
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return data


def test_links_within_shared_pages_and_within_own_ones_still_lead_there() -> None:
    with open_shared(finish_shared(linked("b-shared"))) as shared:
        data = join_pages(linked("a-own"), shared, [Run(False, 1), Run(True, 2), Run(False, 1)], ())

    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        leads = {
            str(name): pages.index(place[0].objgen)
            for name, place in pairs(pdf.Root.Names.Dests.Names)
        }
        links = [(n, a) for n, page in enumerate(pdf.pages) for a in page.obj.get("/Annots", ())]
        parents = dict(pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
        assert leads == {"a-own": 3, "b-shared": 2}
        assert [(n, str(link.Dest)) for n, link in links] == [(0, "a-own"), (1, "b-shared")]
        for page, link in links:
            assert parents[link.StructParent].Pg.objgen == pages[page]
