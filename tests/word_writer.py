"""Texts in Word, for tests: blocks as an officer would type them, with Word's own styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import docx
import yaml
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph as WordParagraph

from generator.content import Block, Heading, Inline, List, Paragraph, Span, Table


def write_word(blocks: Sequence[Block], path: Path) -> None:
    """Saves the blocks as a Word file: headings, paragraphs, bullets, tables, bold and italics."""
    document = docx.Document()
    for block in blocks:
        _add(document, block)
    document.save(str(path))


def span_cut(inline: Inline, length: int) -> Inline:
    """The same words cut into short runs, as Word cuts them where somebody corrected a word."""
    return tuple(
        Span(span.text[n : n + length], span.bold, span.italic)
        for span in inline
        for n in range(0, len(span.text), length)
    )


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading():
            _type(document.add_heading(level=block.level), block.text)
        case Paragraph():
            paragraph = document.add_paragraph()
            if block.number:
                paragraph.add_run(f"{block.number}\t")
            _type(paragraph, span_cut(block.text, 7))
        case List():
            for item in block.items:
                _type(document.add_paragraph(style="List Bullet"), item.text)
        case Table():
            table = document.add_table(rows=0, cols=len(block.head))
            for cells in (block.head, *(row.cells for row in block.rows)):
                for cell, inline in zip(table.add_row().cells, cells, strict=True):
                    _type(cell.paragraphs[0], inline)


def _type(paragraph: WordParagraph, inline: Inline) -> None:
    for span in inline:
        run = paragraph.add_run(span.text)
        run.bold, run.italic = span.bold or None, span.italic or None


# --- a whole text with its tags -------------------------------------------------------------------

_ITEM = re.compile(r" +\d+\) ")
_TAG_ROW = re.compile(r"\{%-.*%\}")
_RIGHT = {"---:": WD_ALIGN_PARAGRAPH.RIGHT, ":---:": WD_ALIGN_PARAGRAPH.CENTER}


def write_word_source(source: str, path: Path) -> None:
    """Saves a kind's text as an officer would type it in Word, its front matter in a table."""
    _, head, body = source.split("---\n", 2)
    document = docx.Document()
    _add_lettered_list(document)
    rows = list(_front_rows(yaml.safe_load(head)))
    table = document.add_table(len(rows), 2)
    for row, cells in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = cells
    for in_table, lines in groupby(
        (line for line in body.split("\n") if line.strip()),
        key=lambda line: bool(line.startswith("|") or _TAG_ROW.fullmatch(line)),
    ):
        if in_table:
            _add_source_table(document, list(lines))
        else:
            for line in lines:
                _add_source_line(document, line)
    document.save(str(path))


def _front_rows(front: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in front.items():
        if isinstance(value, dict):
            yield from ((f"{key} ({form})", str(text)) for form, text in value.items())
        else:
            yield key, ", ".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def _add_lettered_list(document: Document) -> None:
    """Word's own list 90, whose second level is lettered."""
    root = document.part.numbering_part.element
    level = '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/>'
    listed = f'<w:lvl w:ilvl="1"><w:start w:val="1"/>{level}</w:lvl>'
    word = nsdecls("w")
    root.insert(
        0, parse_xml(f'<w:abstractNum {word} w:abstractNumId="90">{listed}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {word} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def _add_source_line(document: Document, line: str) -> None:
    if heading := re.match(r"(#+) ", line):
        _type_bold(document.add_heading(level=len(heading[1])), line[heading.end() :])
        return
    paragraph = document.add_paragraph()
    if item := _ITEM.match(line):
        mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="1"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(mark))
        line = line[item.end() :]
    _type_bold(paragraph, line)


def _add_source_table(document: Document, lines: list[str]) -> None:
    head, rule, *rows = ([cell.strip() for cell in _cells(line)] for line in lines)
    table = document.add_table(rows=0, cols=len(head))
    sides = [_RIGHT.get(re.sub("-+", "---", side)) for side in rule]
    for cells in (head, *rows):
        for cell, text, side in zip(table.add_row().cells, cells, sides, strict=False):
            _type_bold(cell.paragraphs[0], text)
            cell.paragraphs[0].alignment = side


def _cells(line: str) -> list[str]:
    """The cells of a row of Markdown; a row of tags has one."""
    if not line.startswith("|"):
        return [line.replace("{%-", "{%")]
    return re.split(r"\|(?![^{]*\}\})", line.strip("|"))


def _type_bold(paragraph: WordParagraph, text: str) -> None:
    for position, part in enumerate(text.split("**")):
        paragraph.add_run(part).bold = True if position % 2 else None


def with_fixed_columns(source: str, bands: int = 3) -> str:
    """The text with a column typed for each band: Word has no columns by a loop."""
    found = re.compile(r"\{% for band in bands %\}(.*?\|)\{% endfor %\}").sub(
        lambda loop: "".join(loop[1].replace("band.", f"bands[{n}].") for n in range(bands)), source
    )
    assert found != source
    return found
