"""The permitted CommonMark → blocks.

A text may hold paragraphs, headings, bold, italics, lists, tables, hard breaks and charts of
tables; anything else (HTML, links, code, other pictures) is refused. See
``letter_templates/README.md`` for the officer's view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from generator.content import (
    Bar,
    Block,
    Chart,
    Heading,
    Inline,
    Item,
    List,
    Paragraph,
    Row,
    Span,
    Table,
    plain,
)
from generator.errors import TemplateError
from generator.text_limits import excess

BULLET = "•"
DEEPEST_HEADING = 3
LINE_BREAK = "\u2028"
"""Stands for a line break in a value until the text is read: Markdown leaves it alone."""
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
HINDI_LETTERS = "कखगघङचछजझञटठडढणतथदधन"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SERIES: dict[str, Sequence[str]] = {"a": LATIN_LETTERS, "क": HINDI_LETTERS, "i": ROMAN}
"""How items are lettered, by the first letter of the pattern ("a)", "(क)", "(i)")."""

CHART = re.compile(r"chart:([1-9]\d?)")
LONGEST = 10_000
NUMBER = re.compile(r"([-\u2212]?)\d[\d,]*(?:\.\d+)?", re.ASCII)

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def escape_markdown(value: str) -> str:
    """A value as Markdown that prints exactly as typed; its line breaks are kept."""
    lines = (line.strip(" \t") for line in value.splitlines())
    return PUNCTUATION.sub(r"\\\1", LINE_BREAK.join(lines))


def parse_markdown(text: str) -> SyntaxTreeNode:
    """The syntax tree of a text: for checks that name its lines."""
    return SyntaxTreeNode(_PARSER.parse(text))


def read_markdown(text: str, *, file: str, items: str = "a)") -> tuple[Block, ...]:
    """Reads a text into blocks.

    Args:
        text: CommonMark with GFM tables, all values already put in.
        file: Where the text comes from, for messages.
        items: How sub-items are lettered: "a)", "(क)" or "(i)".

    Raises:
        TemplateError: The text holds what a letter cannot print.
    """
    _refuse_excess(text, file)
    blocks: list[Block] = []
    for node in parse_markdown(text).children:
        picture = _only_picture(node)
        if picture is None:
            blocks += _blocks(node, file, items)
        else:
            blocks.append(_chart(picture, blocks[-1] if blocks else None, file))
    return tuple(blocks)


def _refuse_excess(text: str, file: str) -> None:
    if too_much := excess(text):
        raise TemplateError(
            f"{file}: with all values put in, a text has {too_much}",
            "Shorten it, or divide it into annexures.",
        )


def read_inline(text: str, *, file: str) -> Inline:
    """Reads a single line (a subject, a salutation): bold and italics only.

    Raises:
        TemplateError: The line holds what a letter cannot print.
    """
    _refuse_excess(text, file)
    root = SyntaxTreeNode(_PARSER.parseInline(text))
    return _merge(_spans(root.children[0], file)) if root.children else ()


def _blocks(node: SyntaxTreeNode, file: str, items: str) -> Iterator[Block]:
    match node.type:
        case "heading" if int(node.tag[1:]) <= DEEPEST_HEADING:
            yield Heading(int(node.tag[1:]), _inline(node, file))
        case "paragraph":
            yield Paragraph(_inline(node, file))
        case "ordered_list":
            yield from _numbered_paragraphs(node, file, items)
        case "bullet_list":
            yield List(tuple(Item(BULLET, _only_text(child, file)) for child in node.children))
        case "table":
            yield _table(node, file)
        case _:
            raise _refusal(node, file)


def _only_picture(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """The picture that a paragraph holds alone."""
    inline = node.children[0] if node.type == "paragraph" else None
    alone = inline.children[0] if inline and len(inline.children) == 1 else None
    return alone if alone and alone.type == "image" else None


def _chart(picture: SyntaxTreeNode, above: Block | None, file: str) -> Chart:
    """``![alternative text](chart:3)``: the third column of the table above it, as bars."""
    source = str(picture.attrs.get("src", ""))
    column = CHART.fullmatch(source)
    if column is None:
        raise _refusal(picture, file)
    if not isinstance(above, Table) or int(column[1]) > len(above.head) or not above.rows:
        raise _no_chart(picture, file, source, "no such column in a table right above it")
    values = [plain(row.cells[int(column[1]) - 1]) for row in above.rows]
    sizes = [size for value in values if (size := _number_of(value)) is not None]
    if len(sizes) < len(values):
        wrong = next(value for value in values if _number_of(value) is None)
        raise _no_chart(picture, file, source, f"no number from 0 up in its column: {wrong!r}")
    alt = plain(_merge(part for child in picture.children for part in _spans(child, file)))
    if not alt.strip():
        raise _no_chart(picture, file, source, "no alternative text")
    greatest = max(sizes) or Decimal(1)
    lengths = (int(size * LONGEST / greatest) for size in sizes)
    return Chart(
        alt,
        tuple(
            Bar(plain(row.cells[0]), value, length, row.marked)
            for row, value, length in zip(above.rows, values, lengths, strict=True)
        ),
    )


def _number_of(printed: str) -> Decimal | None:
    """A printed number from 0 up ("3,22,014", "47.03%"); None where there is none."""
    found = NUMBER.search(printed)
    return Decimal(found[0].replace(",", "")) if found and not found[1] else None


def _no_chart(node: SyntaxTreeNode, file: str, source: str, why: str) -> TemplateError:
    return TemplateError(
        f"{file}{_line_of(node)}: the chart ({source}) has {why}",
        "Write ![what the chart shows](chart:3) alone in a paragraph right under a table: its "
        "first column names the bars, the column of that number holds their values.",
    )


def _numbered_paragraphs(node: SyntaxTreeNode, file: str, items: str) -> Iterator[Block]:
    """A top-level ordered list: its items are the letter's numbered paragraphs."""
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, first):
        for position, child in enumerate(item.children):
            if child.type == "paragraph":
                yield Paragraph(_inline(child, file), number="" if position else f"{number}.")
            elif child.type == "ordered_list":
                yield _lettered(child, file, items)
            else:
                yield from _blocks(child, file, items)


def _lettered(node: SyntaxTreeNode, file: str, pattern: str) -> List:
    series = next((SERIES[c] for c in pattern if c in SERIES), None)
    first = int(node.attrs.get("start", 1)) - 1
    if series is None or first + len(node.children) > len(series):
        raise TemplateError(
            f'{file}: {len(node.children)} items cannot be lettered by "{pattern}"',
            'Write items: "a)", "(क)" or "(i)" in the front matter, or fewer items.',
        )
    letter = next(c for c in pattern if c in SERIES)
    labels = (pattern.replace(letter, series[first + n]) for n in range(len(node.children)))
    return List(
        tuple(
            Item(label, _only_text(child, file))
            for label, child in zip(labels, node.children, strict=True)
        )
    )


def _only_text(item: SyntaxTreeNode, file: str) -> Inline:
    if [child.type for child in item.children] != ["paragraph"]:
        raise _refusal(item, file)
    return _inline(item.children[0], file)


def _table(node: SyntaxTreeNode, file: str) -> Table:
    head = node.children[0].children[0]
    body = node.children[1].children if len(node.children) > 1 else []
    return Table(
        align=tuple(_alignment(cell) for cell in head.children),
        head=tuple(_inline(cell, file) for cell in head.children),
        rows=tuple(_row(row, file) for row in body),
    )


def _row(node: SyntaxTreeNode, file: str) -> Row:
    cells = tuple(_inline(cell, file) for cell in node.children)
    return Row(cells, marked=all(cells) and all(span.bold for cell in cells for span in cell))


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "text-align:left")).removeprefix("text-align:")


def _inline(node: SyntaxTreeNode, file: str) -> Inline:
    return _merge(
        span for child in node.children for part in child.children for span in _spans(part, file)
    )


def _spans(
    node: SyntaxTreeNode, file: str, *, bold: bool = False, italic: bool = False
) -> Iterator[Span]:
    match node.type:
        case "text":
            yield Span(node.content.replace(LINE_BREAK, "\n"), bold, italic)
        case "softbreak":
            yield Span(" ", bold, italic)
        case "hardbreak":
            yield Span("\n", bold, italic)
        case "inline" | "strong" | "em":
            for child in node.children:
                yield from _spans(
                    child,
                    file,
                    bold=bold or node.type == "strong",
                    italic=italic or node.type == "em",
                )
        case _:
            raise _refusal(node, file)


def _merge(spans: Iterator[Span]) -> Inline:
    """Neighbouring spans of one style become one."""
    styles = groupby(spans, key=lambda span: (span.bold, span.italic))
    merged = (Span("".join(s.text for s in run), *style) for style, run in styles)
    return tuple(span for span in merged if span.text)


def _refusal(node: SyntaxTreeNode, file: str) -> TemplateError:
    shown = node.content.strip()[:60] if node.type != "root" else ""
    return TemplateError(
        f'{file}{_line_of(node)}: a letter cannot print "{node.type}" {shown!r}',
        "Use paragraphs, headings, bold, italics, lists, tables and charts of tables only.",
    )


def _line_of(node: SyntaxTreeNode) -> str:
    placed = node
    while placed.map is None and placed.parent:
        placed = placed.parent
    return f", line {placed.map[0] + 1} (values put in)" if placed.map else ""
