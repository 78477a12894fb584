"""A finished letter as Typst source, of the same length and with the same tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content import (
    FIELDS_ABOVE,
    FIELDS_BELOW,
    Block,
    Chart,
    Heading,
    Inline,
    Letter,
    List,
    Paragraph,
    Table,
    Version,
)

_SIGNS = re.compile(r"([\\#*_`$<>@=\-+/\[\]~])")
_HEAD = """#set page(
  paper: "a4", margin: (top: 20mm, right: 20mm, bottom: 22mm, left: 25mm), numbering: "1 / 1",
)
#set text(font: ("Noto Serif", "Noto Serif Devanagari"), size: 11pt)
#set table(stroke: 0.5pt + gray, inset: (x: 4pt, y: 2.5pt))
#show table: set text(size: 9.5pt)
"""
"""Margins, sizes and narrow rows as in the kind's page.css: the same pages result."""


def typst_source(letter: Letter) -> str:
    """The whole letter, all versions, as one Typst file."""
    return _HEAD + "\n#pagebreak()\n".join(_version(version) for version in letter.versions)


def _version(version: Version) -> str:
    head = [line.text for line in (*version.letterhead.left, *version.letterhead.right)]
    parts = [_escape(text) for text in head]
    parts += _fields(version, FIELDS_ABOVE)
    parts += [_block(block) for block in version.body]
    parts += _fields(version, FIELDS_BELOW)
    for annexure in version.annexures:
        parts += ["#pagebreak()", *(_block(block) for block in annexure.blocks)]
    return "\n\n".join(parts)


def _fields(version: Version, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (_inline(line) for line in version.fields.get(name, ()))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return "=" * block.level + " " + _inline(block.text)
        case Paragraph():
            return f"{_escape(block.number)} {_inline(block.text)}".strip()
        case List():
            return "\n\n".join(f"{_escape(i.label)} {_inline(i.text)}" for i in block.items)
        case Table():
            rows = (block.head, *(row.cells for row in block.rows))
            cells = ", ".join(f"[{_inline(cell)}]" for row in rows for cell in row)
            return f"#table(columns: {len(block.head)}, {cells})"
        case Chart():
            bars = ", ".join(
                f"[{_escape(bar.label)}], rect(height: 6pt, width: {bar.length / 100}%), "
                f"[{_escape(bar.value)}]"
                for bar in block.bars
            )
            return f"#grid(columns: (30%, 60%, 10%), {bars})"


def _inline(inline: Inline) -> str:
    return "".join(
        f"#strong[{_escape(span.text)}]" if span.bold else _escape(span.text) for span in inline
    )


def _escape(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
