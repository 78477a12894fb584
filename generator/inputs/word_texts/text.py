"""A whole Word file → a text: its Markdown, the paragraph of each line, and what is not in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from lxml import etree

from generator.files import MOST_UNPACKED, unpacks_too_far
from generator.findings import Finding
from generator.inputs.clean import clean_text
from generator.inputs.refusals import unreadable
from generator.inputs.text_files import read_bytes
from generator.inputs.word_texts.blocks import Line, Reader
from generator.inputs.word_texts.faults import SHOWN, SHOWN_LOST, Fault, finding_of
from generator.inputs.word_texts.foreign import FIELDS, TEXTS
from generator.inputs.word_texts.front import NO_FRONT, read_front
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.tables import read_table
from generator.model import Place, Text
from generator.text_limits import MOST_IN_FILE, excess

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = Fault(
    "the page's head or foot holds words, which are not part of the text",
    "Delete them: a letter's heads and feet come from letter.docx.",
)


def read_word_text(path: Path, file: str, *, whole: bool) -> tuple[Text, list[Finding]]:
    """Reads a text that was written in Word.

    Args:
        path: The file.
        file: Its name in findings.
        whole: Whether it is a letter's text, with its front matter in a table, or a section.

    Returns:
        The text as Markdown, with the paragraph that each of its lines comes from, and an error for
        everything in the file that no letter would print.

    Raises:
        InputError: The file cannot be opened, or is no Word file.
    """
    document = _open(path, file)
    words = "\n".join("".join(p.itertext(qn("w:t"))) for p in document.element.iter(qn("w:p")))
    if too_much := excess(words, MOST_IN_FILE):
        message = f"{file} cannot be a text: it has {too_much}"
        raise unreadable(Place(file), message, "Put the text itself in its place.")
    reader = Reader(document)
    lines = list(_lines(reader, whole=whole))
    lines += reader.unread()
    findings = [
        finding_of(fault, file, line.paragraph, line.words, SHOWN if line.text else SHOWN_LOST)
        for line in lines
        for fault in line.faults
    ]
    findings += [
        finding_of(_HEAD, file, None, words, SHOWN_LOST)
        for words in sorted(_head_words(document))
        if words
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


def _lines(reader: Reader, *, whole: bool) -> Iterator[Line]:
    begun = not whole
    for block in reader.blocks():
        if not begun and block.tag == qn("w:tbl"):
            yield from read_front(block, reader)
            begun = True
        elif block.tag == qn("w:p"):
            for line in reader.paragraph(block):
                if not begun and line.words:
                    yield Line("", line.paragraph, line.words, (NO_FRONT,))
                    begun = True
                yield line
        elif block.tag == qn("w:tbl"):
            reader.close_list()
            yield from read_table(block, reader)
        else:
            yield reader.other(block)


def _spaced(lines: list[Line]) -> tuple[str, tuple[int, ...]]:
    """The lines as one text, an empty line between blocks; and each line's paragraph."""
    texts: list[str] = []
    paragraphs: list[int] = []
    for line in lines:
        if texts and not line.joined:
            texts.append("")
            paragraphs.append(line.paragraph)
        for text in line.text.split("\n"):
            texts.append(text)
            paragraphs.append(line.paragraph)
    return "\n".join([*texts, ""]), tuple(paragraphs)


_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


def _head_words(document: Document) -> set[str]:
    """The words of heads and feet, but for numbers of pages; "(a picture)" for what has none."""
    words = set()
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            root = relation.target_part.element
            said = [t.text or "" for t in root.iter(*TEXTS)]
            said += [mark.get("string", "") for mark in root.iter(_WATERMARK)]
            text = "".join(said).strip()
            drawn = next(root.iter(qn("w:drawing"), qn("w:pict"), qn("w:object")), None)
            counted = next(root.iter(*FIELDS), None) is not None and not re.search(r"[^\W\d]", text)
            shown = "" if counted else text
            words.add(shown or ("(a picture)" if drawn is not None else ""))
    return words
