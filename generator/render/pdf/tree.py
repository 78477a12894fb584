"""The tag tree as a whole, which the engine builds page by page: put right when it is complete.

What a page's end divides (a part, a list, an item, a table) comes from the engine as two, the
table with its head a second time; here it becomes one again. What stands around a text (a mark, a
page's foot, a head repeated on the next page) becomes an artifact, so that no reader reads it out
between two halves of a sentence (ISO 14289-1, 7.1 and 7.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from generator.errors import TemplateError

PIXEL = 0.75
"""A pixel of the engine's layout in points."""


def finish_tree(_document: object, pdf: Any) -> None:  # noqa: ANN401 - the engine ships no types
    """Puts the tags of a PDF right, before it is written (the engine's ``finisher``).

    Raises:
        TemplateError: The style sheet has text drawn where no reader finds its mark.
    """
    tree = _Tree(pdf)
    tree.join(tree.top)
    read = [tree.top, *tree.below(tree.top)]
    tree.name_heads(read)
    tree.place_pictures(read)
    tree.leave_out({element.number for element in read})


class _Tree:
    def __init__(self, pdf: Any) -> None:  # noqa: ANN401
        self._pdf = pdf
        self._root = self._at(pdf.catalog["StructTreeRoot"])
        self.top = self._at(self._root["K"][0])

    def join(self, parent: Any) -> None:  # noqa: ANN401
        """Makes one of neighbours that are halves of the same."""
        kept: list[Any] = []
        for kid in self._kids(parent):
            if kept and self._goes_on(kept[-1], kid):
                self._add(kept[-1], kid)
            else:
                kept.append(kid)
        parent["K"] = pydyf.Array(kid.reference for kid in kept)

    def below(self, parent: Any) -> Iterator[Any]:  # noqa: ANN401
        """Every element under another one."""
        for kid in self._kids(parent):
            yield kid
            yield from self.below(kid)

    def name_heads(self, read: list[Any]) -> None:
        """Writes where the heads are that cells name (ISO 32000-1, table 322, IDTree)."""
        named = {element["ID"].string: element.reference for element in read if "ID" in element}
        if named:
            pairs = (part for key in sorted(named) for part in (pydyf.String(key), named[key]))
            names = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
            self._pdf.add_object(names)
            self._root["IDTree"] = names.reference

    def place_pictures(self, read: list[Any]) -> None:
        """Says in the page's points where a picture stands: the engine says so in its pixels."""
        for element in read:
            if element["S"] == "/Figure":
                left, top, right, bottom = element["A"]["BBox"]
                _left, _bottom, _right, height = self._at(element["Pg"])["MediaBox"]
                sides = (left * PIXEL, height - bottom * PIXEL, right * PIXEL, height - top * PIXEL)
                element["A"]["BBox"] = pydyf.Array(round(float(side), 3) for side in sides)

    def leave_out(self, read: set[int]) -> None:
        """Makes an artifact of all that no element of the tree holds.

        Raises:
            TemplateError: The style sheet has text drawn where no reader finds its mark.
        """
        marks = {page: self._marks(page) for page in self._pdf.page_references}
        for element in self._pdf.objects:
            is_element = isinstance(element, dict) and element.get("Type") == "/StructElem"
            if is_element and element.number not in read and element["S"] not in ("/Link", "/Form"):
                for mark in element["K"]:
                    if isinstance(mark, int):
                        self._make_artifact(element["Pg"], mark, marks[element["Pg"]][mark])
                element.clear()

    def _at(self, reference: bytes) -> Any:  # noqa: ANN401
        return self._pdf.objects[int(reference.split()[0])]

    def _kids(self, element: Any) -> list[Any]:  # noqa: ANN401
        """The elements in another one; not its marks and links."""
        found = (self._at(kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def _goes_on(self, first: Any, second: Any) -> bool:  # noqa: ANN401
        """Whether the second is the rest of the first, on the next page."""
        source = getattr(first, "source", None)
        same = source is not None and source is getattr(second, "source", None)
        whole = all(isinstance(kid, bytes) for half in (first, second) for kid in half["K"])
        return same and whole and first["S"] == second["S"] and first["Pg"] != second["Pg"]

    def _add(self, first: Any, second: Any) -> None:  # noqa: ANN401
        """Puts what is in the second half into the first, and joins the two where they meet."""
        if first["S"] == "/TR":
            self._add_cells(first, second)
            return
        last = (self._kids(first) or [None])[-1]
        for kid in self._kids(second):
            if kid["S"] == "/THead":
                self._add_head(first, kid)
                continue
            if last is not None and self._goes_on(last, kid):
                self._add(last, kid)
            else:
                self._append(first, kid)
            last = None

    def _add_cells(self, row: Any, rest: Any) -> None:  # noqa: ANN401
        """Each cell goes on by itself, not only the last one."""
        cells = self._kids(row)
        for kid in self._kids(rest):
            cell = next((own for own in cells if self._goes_on(own, kid)), None)
            if cell is None:
                self._append(row, kid)
            else:
                self._add(cell, kid)

    def _append(self, parent: Any, kid: Any) -> None:  # noqa: ANN401
        kid["P"] = parent.reference
        parent["K"].append(kid.reference)

    def _add_head(self, table: Any, again: Any) -> None:  # noqa: ANN401
        """Lets the cells under a repeated head name the table's own: they share their names.

        A page that has no room for the head goes without, even the first.
        """
        head = next((own for own in self._kids(table) if own["S"] == "/THead"), None)
        if head is None:
            again["P"] = table.reference
            table["K"].insert(0, again.reference)
            return
        own, copies = (
            [cell["ID"] for cell in self.below(one) if "ID" in cell] for one in (head, again)
        )
        for name, copy in zip(own, copies, strict=False):
            copy.string = name.string

    def _marks(self, page: bytes) -> dict[int, int]:
        """Where in the page's content each mark begins."""
        operators = enumerate(self._at(self._at(page)["Contents"]).stream)
        marks = {
            operator["MCID"]: index
            for index, operator in operators
            if isinstance(operator, dict) and "MCID" in operator
        }
        if len(marks) != len(self._parents(page)):
            raise TemplateError(
                "page.css: a text with opacity is drawn where no screen reader finds it",
                "Take opacity away: a lighter colour does the same.",
            )
        return marks

    def _parents(self, page: bytes) -> Any:  # noqa: ANN401
        """Which element holds each mark of a page."""
        number = self._pdf.page_references.index(page)
        return self._at(self._root["ParentTree"])["Nums"][2 * number + 1]

    def _make_artifact(self, page: bytes, mark: int, index: int) -> None:
        operators = self._at(self._at(page)["Contents"]).stream
        operators[index - 1 : index + 1] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
        self._parents(page)[mark] = "null"
