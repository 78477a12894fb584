"""What of a list stands above a paragraph: Markdown counts on by itself, and nests by indents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.inputs.word_texts.faults import Fault
from generator.inputs.word_texts.numbering import Marker

STRAY_ITEM = Fault(
    "a lettered item stands under no numbered paragraph",
    "Number the paragraph above it (2. …), or use bullets.",
)
DEEP_ITEM = Fault(
    "a list within a list of sub-items is not printed",
    "Make the list plain: put its items on one level.",
)


@dataclass(frozen=True, slots=True)
class Above:
    """The list that the next paragraph may go on with.

    Args:
        nested: How far the sub-items of the numbered paragraph above are indented; 0: none is.
        number: The number of that paragraph where nothing else can stand between; else None.
        item: The number of the sub-item above, in the same way.
        depth: The level of the sub-item or bullet above; None where there is none.
        kind: Of which kind the paragraph above is, as ``Marker.kind``.
    """

    nested: int = 0
    number: int | None = None
    item: int | None = None
    depth: int | None = None
    kind: str = ""

    def faults(self, marker: Marker | None) -> Iterator[Fault]:
        """What of a paragraph's mark would come out otherwise."""
        if marker is None:
            return
        if marker.fault:
            yield marker.fault
        if marker.kind == "item" and not self.nested:
            yield STRAY_ITEM
        if self.depth is not None and marker.kind == self.kind and marker.depth > self.depth:
            yield DEEP_ITEM
        above = {"number": self.number, "item": self.item}.get(marker.kind)
        if above is not None and marker.number != above + 1:
            yield Fault(
                f"number {marker.number} follows {above}, and would be printed as {above + 1}",
                "Correct the number, or put a paragraph or heading without one between them.",
            )

    def sign(self, marker: Marker | None) -> str:
        """What Markdown has for the mark."""
        match marker:
            case Marker(kind="item"):
                return f"{' ' * self.nested}{marker.number}) "
            case Marker(kind="number"):
                return f"{marker.number}. "
            case Marker():
                return "- "
        return ""

    def then(self, marker: Marker | None) -> Above:
        """What stands above the paragraph after this one."""
        match marker:
            case Marker(kind="item"):
                depth = marker.depth if self.depth is None else self.depth
                return Above(self.nested, self.number, marker.number, depth, "item")
            case Marker(kind="number"):
                return Above(len(self.sign(marker)), marker.number, kind="number")
            case Marker():
                depth = marker.depth if self.depth is None else self.depth
                return Above(depth=depth, kind="bullet")
        return Above()
