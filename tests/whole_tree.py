"""The tag tree of a whole PDF, over its pages' ends, as qpdf reads the file's objects."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Element:
    """A structure element: its type, its attributes, what is in it."""

    kind: str
    values: dict[str, Any]
    kids: tuple[Element, ...]
    marks: tuple[tuple[int, int], ...]
    """Page and number of each piece of content that is its own."""

    def all(self, kind: str) -> list[Element]:
        """The elements of a type in it, itself too, in reading order."""
        return [element for element in walk(self) if element.kind == kind]


def walk(element: Element) -> Iterator[Element]:
    """An element and all that is in it, in reading order."""
    yield element
    for kid in element.kids:
        yield from walk(kid)


class Objects:
    """The objects of a PDF."""

    def __init__(self, data: bytes, folder: Path) -> None:
        file = folder / "objects.pdf"
        file.write_bytes(data)
        options = ("--json=2", "--json-key=qpdf", "--json-stream-data=inline")
        done = subprocess.run(
            ["qpdf", *options, "--decode-level=all", str(file)], capture_output=True, check=True
        )
        self._all = json.loads(done.stdout)["qpdf"][1]
        self.root = self.at(self._all["trailer"]["value"]["/Root"])
        self.pages: list[str] = self.at(self.root["/Pages"])["/Kids"]

    def at(self, value: Any) -> Any:
        """What a reference stands for, or the value itself."""
        while isinstance(value, str) and value.endswith(" R"):
            found = self._all[f"obj:{value}"]
            value = found["value"] if "value" in found else found["stream"]
        return value

    def tree(self) -> Element:
        """The document's element."""
        (top,) = self.at(self.root["/StructTreeRoot"])["/K"]
        return self._element(top, "")

    def _element(self, reference: str, above: str) -> Element:
        values = self.at(reference)
        assert values["/P"] == above or not above
        kids = [kid for kid in values["/K"] if isinstance(kid, str)]
        marks = [kid for kid in values["/K"] if isinstance(kid, int)]
        return Element(
            values["/S"].removeprefix("/"),
            {**values, "reference": reference},
            tuple(self._element(kid, reference) for kid in kids),
            tuple((self.pages.index(values["/Pg"]), mark) for mark in marks),
        )
