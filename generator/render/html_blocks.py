"""Block → markup: a paragraph, list or table is written the same way in every kind.

How it looks is left to the kind's ``page.css``; every text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from markupsafe import Markup, escape

from generator.content import Block, Chart, Heading, Inline, Item, List, Paragraph, Row, Table
from generator.render.tints import level_fill

CHARTS_URL = "../../charts/"
"""Where a page finds its charts: the engine is shown what is drawn for the address."""


def chart_url(chart: Chart) -> str:
    """A chart's address in the page, by its content."""
    return f"{CHARTS_URL}{sha256(repr(chart).encode()).hexdigest()[:16]}.svg"


def page_numbers(pattern: str) -> Markup:
    """A foot's pattern; {page} and {pages} become elements that ``page.css`` counts in."""
    counters = {
        "{page}": Markup('<span class="page"></span>'),
        "{pages}": Markup('<span class="pages"></span>'),
    }
    return Markup("").join(counters.get(p, p) for p in re.split(r"(\{pages?\})", pattern))


def inline(spans: Inline) -> Markup:
    """A run of spans, bold as ``<strong>`` and italic as ``<em>``."""
    parts = []
    for span in spans:
        text = Markup("<br>").join(escape(line) for line in span.text.split("\n"))
        if span.italic:
            text = Markup("<em>{}</em>").format(text)
        if span.bold:
            text = Markup("<strong>{}</strong>").format(text)
        parts.append(text)
    return Markup("").join(parts)


def blocks(content: Iterable[Block]) -> Markup:
    """Every block in order, one after the other."""
    return Markup("\n").join(block(one) for one in content)


def block(content: Block) -> Markup:
    """The markup of one block."""
    match content:
        case Heading():
            return Markup("<h{0}>{1}</h{0}>").format(content.level, inline(content.text))
        case Paragraph():
            return _paragraph(content)
        case List():
            return Markup('<ul class="items">{}</ul>').format(_join(map(_item, content.items)))
        case Table():
            return _table(content)
        case Chart():
            address = chart_url(content)
            return Markup('<p class="chart"><img src="{}" alt="{}"></p>').format(
                address, content.alt
            )


def _paragraph(content: Paragraph) -> Markup:
    if content.note:
        return Markup('<p class="note">{}</p>').format(inline(content.text))
    if content.number:
        return Markup('<p class="numbered"><span class="number">{}</span>{}</p>').format(
            content.number, inline(content.text)
        )
    return Markup("<p>{}</p>").format(inline(content.text))


def _item(item: Item) -> Markup:
    return Markup('<li><span class="label">{}</span>{}</li>').format(item.label, inline(item.text))


def _table(table: Table) -> Markup:
    head = _join(
        Markup('<th scope="col" class="{}"{}>{}</th>').format(align, _tint(cell), inline(cell))
        for align, cell in zip(table.align, table.head, strict=True)
    )
    rows = _join(_row(row, table.align) for row in table.rows)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)


def _row(row: Row, alignment: tuple[str, ...]) -> Markup:
    cells = _join(
        Markup('<td class="{}"{}>{}</td>').format(align, _tint(cell), inline(cell))
        for align, cell in zip(alignment, row.cells, strict=True)
    )
    return Markup("<tr{}>{}</tr>").format(Markup(' class="marked"') if row.marked else "", cells)


def _tint(cell: Inline) -> Markup:
    fill = level_fill(cell)
    return Markup(' style="background: #{}"').format(fill) if fill else Markup("")


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
