"""What the tags of ``letter.docx`` print: the names an officer may write, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.content import (
    FIELDS_ABOVE,
    FIELDS_BELOW,
    Annexure,
    HeadLine,
    Inline,
    Letter,
    Running,
    Span,
    Version,
    plain,
)
from generator.render.docx.blocks import BlockWriter
from generator.render.docx.marks import BREAK, NOTHING, drawing_mark, field_mark, inline_marks
from generator.render.docx.pictures import logo_drawing, read_logo
from generator.render.docx.runs import escape_text

FRAME_NAMES = frozenset({"mark", "foot", "page"})
"""Tags for heads and feet, in both sections."""
OWN_NAMES = FRAME_NAMES | {"letterhead", "body", "annexures", *FIELDS_ABOVE, *FIELDS_BELOW}
"""Tags of the first section: a version's own pages."""
SHARED_NAMES = FRAME_NAMES | {"annexure"}
"""Tags of the second section: one annexure that is the same in every letter."""
BLOCK_NAMES = frozenset({"body", "annexures", "annexure"})
"""Tags that print whole paragraphs and tables: written ``{{p body }}``, alone in a paragraph."""


class Line:
    """One line of text, with its bold and italic words."""

    def __init__(self, inline: Inline) -> None:
        self.inline = inline

    def __html__(self) -> str:
        return inline_marks(self.inline) or NOTHING

    def __str__(self) -> str:
        return plain(self.inline)

    def __bool__(self) -> bool:
        return bool(plain(self.inline).strip())


class Lines:
    """A field's lines: printed one below the other, or taken one by one in a loop."""

    def __init__(self, inlines: Iterable[Inline], separator: str = BREAK) -> None:
        self._lines = tuple(line for line in map(Line, inlines) if line)
        self._separator = separator

    def __html__(self) -> str:
        return self._separator.join(line.__html__() for line in self._lines) or NOTHING

    def __str__(self) -> str:
        return " ".join(map(str, self._lines))

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@dataclass(frozen=True, slots=True)
class Markup:
    """Finished XML: blocks, which stand for themselves, or marks inside a text."""

    xml: str
    empty: str = ""

    def __html__(self) -> str:
        return self.xml or self.empty

    def __bool__(self) -> bool:
        return bool(self.xml)


def own_values(
    letter: Letter, version: Version, writer: BlockWriter, pages: int
) -> dict[str, object]:
    """The values of OWN_NAMES for one version; ``pages`` of its own pages are counted."""
    head = version.letterhead
    logo = logo_drawing(read_logo(head.logo), head) if head.logo else ""
    return {
        **_frame(letter.mark, version.running, pages),
        **{name: Lines(version.fields.get(name, ())) for name in (*FIELDS_ABOVE, *FIELDS_BELOW)},
        "letterhead": {
            "left": _head_lines(head.left),
            "right": _head_lines(head.right),
            "logo": Markup(drawing_mark(logo) if logo else "", NOTHING),
        },
        "body": Markup(writer.blocks(version.body)),
        "annexures": Markup("".join(writer.blocks(a.blocks) for a in version.own_annexures)),
    }


def shared_values(
    mark: tuple[HeadLine, ...], annexure: Annexure, writer: BlockWriter, pages: int
) -> dict[str, object]:
    """The values of SHARED_NAMES for one shared annexure of ``pages`` pages."""
    return {
        **_frame(mark, annexure.running, pages),
        "annexure": Markup(writer.blocks(annexure.blocks, on_new_page=True)),
    }


def _frame(mark: tuple[HeadLine, ...], running: Running | None, pages: int) -> dict[str, object]:
    foot = running or Running("", "")
    return {
        "mark": _head_lines(mark, separator=" · "),
        "foot": Line((Span(foot.left),)),
        "page": Markup(_page_numbers(foot.page, pages), NOTHING),
    }


def _head_lines(lines: Iterable[HeadLine], separator: str = BREAK) -> Lines:
    return Lines(((Span(line.text, bold=line.bold),) for line in lines), separator)


def _page_numbers(pattern: str, pages: int) -> str:
    """A foot's pattern with its two numbers as fields that Word keeps up to date."""
    fields = {"{page}": field_mark("PAGE", 1), "{pages}": field_mark("SECTIONPAGES", pages)}
    parts = re.split(r"(\{pages?\})", pattern)
    return "".join(fields.get(part) or escape_text(part) for part in parts)
