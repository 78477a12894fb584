"""One file of pages that were written apart: a letter's own, and those that many letters share.

Shared annexures are drawn, tagged and compressed once per process; a letter's file takes them as
they are. What a PDF says of all its pages at once is joined: the tag tree in the pages' order, the
lists by which pages find their tags, cells their heads and links their targets, and the outline.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain
from string import ascii_uppercase
from typing import Any, NamedTuple

import pikepdf

SHIFT = 1_000_000
"""Numbers in the tag tree of shared pages begin here: a letter has fewer pages and links."""
PREFIX = "s"
"""The names of shared pages' heads begin so: the engine's own begin with a figure."""


pikepdf.settings.set_flate_compression_level(5)
"""zlib's usual, 6, takes a third longer for a fortieth less."""


class Run(NamedTuple):
    """Pages that follow each other in a letter, from the shared ones or from its own."""

    shared: bool
    pages: int


def open_shared(data: bytes) -> pikepdf.Pdf:
    """A file that ``finish_shared`` gave, open for many letters to take its pages from."""
    return pikepdf.open(io.BytesIO(data))


def finish_shared(data: bytes) -> bytes:
    """A file whose pages many letters take as they are: compressed, its names unlike theirs."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _rename_all(pdf)
        return _finished(pdf)


def _rename_all(pdf: pikepdf.Pdf) -> None:
    tree = pdf.Root.StructTreeRoot
    _rename_fonts(pdf)
    for page in pdf.pages:
        page.obj.StructParents = int(page.obj.StructParents) + SHIFT
        for link in page.obj.get("/Annots", ()):
            if "/StructParent" in link:
                link.StructParent = int(link.StructParent) + SHIFT
    _shift_keys(tree.ParentTree.Nums)
    for element in _elements(tree.K[0]):
        _rename(element)
    if "/IDTree" in tree:
        names = tree.IDTree.Names
        for place in range(0, len(names), 2):
            names[place] = _renamed(names[place])


def _rename_fonts(pdf: pikepdf.Pdf) -> None:
    """Gives each subset another tag: two subsets of a font in one file need two (9.6.4)."""
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    for font in fonts.values():
        for part in (font, *font.get("/DescendantFonts", ())):
            part.BaseFont = _retagged(part.BaseFont)
            if "/FontDescriptor" in part:
                part.FontDescriptor.FontName = _retagged(part.FontDescriptor.FontName)


def _retagged(name: pikepdf.Object) -> pikepdf.Name:
    """A subset's name with the next letters: /ABCXYZ+Noto → /BCDYZA+Noto."""
    tag, _plus, family = str(name)[1:].partition("+")
    return pikepdf.Name(f"/{tag.translate(_NEXT)}+{family}")


_NEXT = str.maketrans(ascii_uppercase, ascii_uppercase[1:] + ascii_uppercase[0])


def finish_file(data: bytes) -> bytes:
    """The same file compressed, with an identifier that follows from what is in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _finished(pdf)


def _finished(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return buffer.getvalue()


def join_pages(
    own: bytes, shared: pikepdf.Pdf, runs: Sequence[Run], bookmarks: Sequence[Any]
) -> bytes:
    """A letter's file with the shared pages in their places.

    Equal letters give equal bytes: the file's identifier follows from what is in it.

    Args:
        own: The file of the letter's own pages, which has its metadata and attachments.
        shared: What ``open_shared`` gave.
        runs: The order of the pages: all of both.
        bookmarks: The outline of all pages, as the engine's ``make_bookmark_tree`` gives it.
    """
    with pikepdf.open(io.BytesIO(own)) as pdf:
        _insert(pdf, shared, runs)
        tree = pdf.copy_foreign(shared.Root.StructTreeRoot)
        _join_trees(pdf, tree)
        _join_targets(pdf, shared)
        _write_outline(pdf, bookmarks)
        return _finished(pdf)


def _insert(pdf: pikepdf.Pdf, shared: pikepdf.Pdf, runs: Sequence[Run]) -> None:
    position, rest = 0, iter(shared.pages)
    for run in runs:
        for place in range(position, position + run.pages):
            if run.shared:
                pdf.pages.insert(place, next(rest))
        position += run.pages


def _join_trees(pdf: pikepdf.Pdf, other: pikepdf.Object) -> None:
    """Takes another tag tree into the file's, its parts in the order of their pages."""
    own = pdf.Root.StructTreeRoot
    top = own.K[0]
    order = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    parts = [*top.K, *other.K[0].K]
    for part in other.K[0].K:
        part.P = top
    parts.sort(key=lambda part: order[_first_page(part).objgen])
    top.K = pikepdf.Array(parts)
    own.ParentTree.Nums.extend(other.ParentTree.Nums)
    if "/IDTree" in other:
        heads = own.get("/IDTree", pikepdf.Dictionary(Names=[]))
        heads.Names.extend(other.IDTree.Names)  # figures come before letters: in order
        own.IDTree = heads


def _join_targets(pdf: pikepdf.Pdf, shared: pikepdf.Pdf) -> None:
    """Takes over where links within the shared pages lead."""
    targets = shared.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if targets is None:
        return
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    own = names.get("/Dests", pikepdf.Dictionary(Names=[])).Names
    pairs = _pairs(own) | _pairs(pdf.copy_foreign(_indirect(shared, targets)).Names)
    flat = (part for name in sorted(pairs) for part in (pikepdf.String(name), pairs[name]))
    names.Dests = pikepdf.Dictionary(Names=pikepdf.Array(flat))
    pdf.Root.Names = names


def _indirect(pdf: pikepdf.Pdf, thing: pikepdf.Object) -> pikepdf.Object:
    """An object that can be copied into another file."""
    return thing if thing.is_indirect else pdf.make_indirect(thing)


def _pairs(names: pikepdf.Object) -> dict[bytes, pikepdf.Object]:
    return {bytes(names[n]): names[n + 1] for n in range(0, len(names), 2)}


def _write_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[Any]) -> None:
    with pdf.open_outline() as outline:
        outline.root[:] = [_bookmark(pdf, mark) for mark in bookmarks]


def _bookmark(pdf: pikepdf.Pdf, mark: Any) -> pikepdf.OutlineItem:  # noqa: ANN401 - the engine's
    title, (page, x, y), children, state = mark
    place = pikepdf.make_page_destination(pdf, page, "XYZ", left=x, top=y, zoom=0)
    item = pikepdf.OutlineItem(title, place)
    item.is_closed = state == "closed"
    item.children.extend(_bookmark(pdf, child) for child in children)
    return item


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements under another one; marks and links are none."""
    for kid in parent.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from _elements(kid)


def _first_page(part: pikepdf.Object) -> pikepdf.Object:
    """The page on which a part of the tree begins."""
    return next(e.Pg for e in chain((part,), _elements(part)) if "/Pg" in e)


def _rename(element: pikepdf.Object) -> None:
    """Gives the names of heads the prefix, where they are given and where cells name them."""
    if "/ID" in element:
        element.ID = _renamed(element.ID)
    about = element.get("/A", pikepdf.Dictionary())
    if "/Headers" in about:
        about.Headers = pikepdf.Array(map(_renamed, about.Headers))


def _renamed(name: pikepdf.Object) -> pikepdf.String:
    return pikepdf.String(f"{PREFIX}{name}")


def _shift_keys(numbers: pikepdf.Object) -> None:
    for place in range(0, len(numbers), 2):
        numbers[place] = int(numbers[place]) + SHIFT
