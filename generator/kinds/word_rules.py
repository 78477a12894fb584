"""How a tag may stand in Word: docxtpl's letters p, tr, tc and r, and what they take along.

``{%p … %}`` takes its whole paragraph away, ``{%tr … %}`` its row, ``{%tc … %}`` its cell: what
else stands there is lost without a word, and a loop that begins in one place must end in another
of the same sort.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.findings import Finding
from generator.kinds.nesting import Pair, Tag
from generator.kinds.sources import error
from generator.kinds.tags import scan
from generator.kinds.word_files import WordParagraph, WordPart
from generator.render.docx.values import BLOCK_NAMES

_PREFIX = re.compile(r"\{([{%#])(p|tr|tc|r) ")
_SPACED = re.compile(r"\{([{%])\s+(p|tr|tc)\s+(?:for|endfor|if|elif|else|endif|set)\b")
_GLUED = re.compile(r"\{([{%])(p|tr|tc|r)[\u00a0\u2002-\u200a]")
_NAME = re.compile(r"\{\{(?:p|tr|tc|r)?\s*([\w.]+)")
_WHAT = {"p": "paragraph", "tr": "row", "tc": "cell", "r": "run"}
_TABLES = ("tr", "tc")


def plain_tags(text: str) -> str:
    """A paragraph's text as Jinja2: docxtpl's letters become spaces, line ends too."""
    text = _SPACED.sub(lambda found: found[0].replace(found[2], " " * len(found[2]), 1), text)
    text = _PREFIX.sub(lambda found: f"{{{found[1]}{' ' * (len(found[2]) + 1)}", text)
    return text.replace("\n", " ")


def prefix(tag: Tag) -> str:
    """The letter of a tag: p, tr, tc, r, or ""."""
    found = _PREFIX.match(tag.text) or _SPACED.match(tag.text)
    return found[2] if found else ""


def form_faults(part: WordPart) -> Iterator[Finding]:
    """The faults of form of all tags in a part."""
    tags = [(p, tag) for p in part.paragraphs for tag in scan(p.text.replace("\n", " ")).tags]
    for paragraph, tag in tags:
        yield from _of_tag(paragraph, tag)
    yield from _beside(part, tags)
    whole = "\n".join(p.text.replace("\n", " ") for p in part.paragraphs)
    plain = "\n".join(plain_tags(p.text) for p in part.paragraphs)
    for pair in scan(plain).pairs:
        original = [_as_written(tag, whole) for tag in (pair.first, *pair.middle, pair.last)]
        yield from _of_pair(part, Pair(original[0], tuple(original[1:-1]), original[-1]))


def _as_written(tag: Tag, source: str) -> Tag:
    return Tag(source[tag.start : tag.end], tag.start, tag.line)


def _fault(paragraph: WordParagraph, message: str, remedy: str, expected: str = "") -> Finding:
    where, told = paragraph.place, f"In {paragraph.quoted}: {message}"
    return error("tags-understood", where, told, remedy, expected)


def _of_tag(paragraph: WordParagraph, tag: Tag) -> Iterator[Finding]:
    """A tag by itself."""
    letter = prefix(tag)
    if (_SPACED.match(tag.text) or _GLUED.match(tag.text)) and not tag.text.startswith("{#"):
        right = re.sub(r"^\{([{%])\s*(tr|tc|p|r)\s*", r"{\1\2 ", tag.text)
        yield _fault(paragraph, f"a space is out of place in “{tag.shown}”", "Correct it.", right)
        return
    inner = tag.text[2:-2]
    if letter and not tag.text.startswith("{#") and re.search(r"[%}]", inner):
        yield _fault(
            paragraph,
            f"“{tag.shown}” holds % or }} inside, which docxtpl does not read behind {letter}",
            "Take the sign out of the tag.",
        )
    if letter in _TABLES and not paragraph.table:
        yield _fault(
            paragraph,
            f"“{tag.shown}” is for tables, and stands in none",
            "Put it into a table, or write p in the place of the letters.",
            tag.text.replace(letter, "p", 1),
        )
    if tag.text.startswith("{{"):
        yield from _printed(paragraph, tag, letter)


def _printed(paragraph: WordParagraph, tag: Tag, letter: str) -> Iterator[Finding]:
    """Blocks need p, and a paragraph of their own; texts need neither."""
    found = _NAME.match(tag.text)
    name = found[1] if found else ""
    alone = paragraph.text.strip() == tag.text
    if name in BLOCK_NAMES and not (letter == "p" and alone):
        yield _fault(
            paragraph,
            f"“{tag.shown}” prints whole paragraphs and tables",
            "Write it alone in a paragraph of its own.",
            f"{{{{p {name} }}}}",
        )
    elif letter and name and name not in BLOCK_NAMES:
        yield _fault(
            paragraph,
            f"“{tag.shown}” prints text, and no {_WHAT[letter]}",
            "Write it without the letter.",
            f"{{{{ {name} }}}}",
        )


def _beside(part: WordPart, tags: list[tuple[WordParagraph, Tag]]) -> Iterator[Finding]:
    """What stands beside a tag with a letter is lost with the paragraph, row or cell."""
    for paragraph, tag in tags:
        letter = prefix(tag)
        found = _NAME.match(tag.text)
        if letter not in _WHAT or letter == "r" or (found and found[1] in BLOCK_NAMES):
            continue
        same = [p for p in part.paragraphs if _same(p, paragraph, letter)]
        rest = " ".join(p.text for p in same).replace(tag.text, "", 1).strip()
        others = [t.text for p, t in tags if p in same and t is not tag and prefix(t) == letter]
        for other in others:
            rest = rest.replace(other, "", 1).strip()
        if rest:
            yield _fault(
                paragraph,
                f"“{rest[:40]}” stands in the same {_WHAT[letter]} as “{tag.shown}”, and is lost",
                f"Put the tag alone into a {_WHAT[letter]} of its own.",
            )


def _same(one: WordParagraph, other: WordParagraph, letter: str) -> bool:
    if letter == "p" or not other.table:
        return one is other
    row = (one.table, one.row) == (other.table, other.row)
    return row and (letter == "tr" or one.cell == other.cell)


def _of_pair(part: WordPart, pair: Pair) -> Iterator[Finding]:
    """A loop or condition: both ends of one sort, in places that can be taken out together."""
    first, last = (part.paragraphs[tag.line - 1] for tag in (pair.first, pair.last))
    letter = prefix(pair.first)
    for tag in (*pair.middle, pair.last):
        if prefix(tag) != letter:
            word = f"{letter} " if letter else " "
            right = re.sub(r"^\{%(?:p|tr|tc|r)?\s*", f"{{%{word}", tag.text)
            yield _fault(
                part.paragraphs[tag.line - 1],
                f"“{tag.shown}” belongs to “{pair.first.shown}”, and has another letter",
                "Write the same letter in both.",
                right,
            )
            return
    yield from _reach(first, last, pair, letter)


def _reach(first: WordParagraph, last: WordParagraph, pair: Pair, letter: str) -> Iterator[Finding]:
    what = _WHAT.get(letter, "")
    message, remedy = "", ""
    if letter in ("p", "tr") and _same(first, last, letter):
        message = f"“{pair.first.shown}” and “{pair.last.shown}” stand in the same {what}"
        remedy = f"Put each alone into a {what} of its own."
    elif letter == "tr" and first.table != last.table:
        message = f"“{pair.first.shown}” begins in one table and ends in another"
        remedy = "Begin and end it in one table."
    elif letter == "tc" and (first.table, first.row) != (last.table, last.row):
        message = f"“{pair.first.shown}” begins in one row and ends in another"
        remedy = "Begin and end it in one row."
    elif letter in ("", "r") and first is not last:
        message = f"“{pair.first.shown}” begins in one paragraph and ends in another"
        remedy = "Put {%p … %} and its end each alone in a paragraph of its own."
    elif letter == "p" and (first.table, first.row, first.cell) != (
        *(last.table, last.row),
        last.cell,
    ):
        message = f"“{pair.first.shown}” begins in one cell and ends outside of it"
        remedy = "Begin and end it in one cell, or write tr for whole rows."
    if message:
        yield _fault(first, message, remedy)
