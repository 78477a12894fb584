"""A whole Word file → a text: its Markdown, the paragraph of each line, and what is not in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from generator.files import MOST_UNPACKED, unpacks_too_far
from generator.findings import Finding
from generator.inputs.clean import clean_text
from generator.inputs.refusals import unreadable
from generator.inputs.text_files import read_bytes
from generator.inputs.word_texts.blocks import Line, Reader
from generator.inputs.word_texts.faults import Fault, finding_of
from generator.inputs.word_texts.front import is_front, read_front
from generator.inputs.word_texts.tables import read_table
from generator.model import Place, Text

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = Fault(
    "the page's head or foot holds words, which are not part of the text",
    "Delete them: a letter's heads and feet come from letter.docx.",
)


def read_word_text(path: Path, file: str) -> tuple[Text, list[Finding]]:
    """Reads a text that was written in Word.

    Args:
        path: The file.
        file: Its name in findings.

    Returns:
        The text as Markdown, with the paragraph that each of its lines comes from, and an error for
        everything in the file that no letter would print.

    Raises:
        InputError: The file cannot be opened, or is no Word file.
    """
    document = _open(path, file)
    reader = Reader(document)
    lines = list(_lines(reader))
    findings = [
        finding_of(fault, file, line.paragraph, line.words)
        for line in lines
        for fault in line.faults
    ]
    findings += [
        finding_of(_HEAD, file, None, words) for words in sorted(_head_words(document)) if words
    ]
    written = [line for line in lines if line.text]
    source, paragraphs = _spaced(written)
    return Text(file, clean_text(source), paragraphs), findings


def _open(path: Path, file: str) -> Document:
    data = read_bytes(path, file)
    if data.startswith(_OLE):
        raise unreadable(
            Place(file),
            f"{file} is a Word file of the old form (.doc), or is protected by a password",
            "In Word, remove the password, and save it as Word Document (*.docx).",
        )
    try:
        if unpacks_too_far(path):
            raise unreadable(
                Place(file),
                f"{file} unpacks to more than {MOST_UNPACKED // 1_000_000} MB",
                "Copy the words alone into a new file.",
            )
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, OSError) as error:
        raise unreadable(
            Place(file),
            f"{file} is not a Word file",
            "Open it in Word, and save it as Word Document (*.docx).",
        ) from error


def _lines(reader: Reader) -> Iterator[Line]:
    blocks = reader.blocks()
    if blocks and blocks[0].tag == qn("w:tbl") and is_front(blocks[0], reader):
        yield from read_front(blocks.pop(0), reader)
    for block in blocks:
        if block.tag == qn("w:p"):
            yield from reader.paragraph(block)
        else:
            reader.close_list()
            yield from read_table(block, reader)


def _spaced(lines: list[Line]) -> tuple[str, tuple[int, ...]]:
    """The lines as one text, an empty line between blocks; and each line's paragraph."""
    texts: list[str] = []
    paragraphs: list[int] = []
    fences = 0
    for position, line in enumerate(lines):
        before = lines[position - 1] if position else None
        fences += line.text == "---" and not line.words
        joined = before is not None and (0 < fences < 2 or _one_table(before.text, line.text))
        if before is not None and not joined and not (fences == 2 and line.text == "---"):
            texts.append("")
            paragraphs.append(line.paragraph)
        for text in line.text.split("\n"):
            texts.append(text)
            paragraphs.append(line.paragraph)
    return "\n".join([*texts, ""]), tuple(paragraphs)


def _one_table(above: str, below: str) -> bool:
    """Whether two lines follow one another in a table."""
    return all(text.startswith(("|", "{%-")) for text in (above, below))


def _head_words(document: Document) -> set[str]:
    words = set()
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            root = relation.target_part.element
            text = "".join(t.text or "" for t in root.iter(qn("w:t"))).strip()
            words.add(text if any(c.isalpha() for c in text) else "")
    return words
