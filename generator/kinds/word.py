"""``letter.docx`` of a kind: every fault of its tags, styles and words, by paragraph."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from generator.errors import TemplateError
from generator.findings import Finding
from generator.inputs.nearest import nearest_name
from generator.kinds.placed import OWN_SECTION, SHARED_SECTION, Promised, missing, useless_notes
from generator.kinds.sources import Read, error, listed, read_source
from generator.kinds.word_files import WordParagraph, WordPart, WordParts, read_parts
from generator.kinds.word_rules import form_faults, plain_tags
from generator.model import Place
from generator.render.docx.outside import refuse_outside
from generator.render.docx.package import Parts, read_package
from generator.render.docx.styles import missing_styles, restore_names, style_names
from generator.render.docx.template import FILE
from generator.render.docx.wordml import parse, w

STYLES = "word/styles.xml"
_COPY = "Copy letter.docx from a kind that works, or save it again in Word as .docx."
_UNREAD = {
    "word/footnotes.xml": "a footnote",
    "word/endnotes.xml": "an endnote",
    "word/comments.xml": "a comment",
}
"""Parts of a Word file that no letter is made of."""


def check_word(
    folder: Path, file: str, promised: Promised, characters: frozenset[int]
) -> Iterator[Finding]:
    """Everything that is wrong with a ``letter.docx``.

    Args:
        folder: The kind's folder.
        file: The Word file's name in findings.
        promised: What the texts give.
        characters: The code points that our fonts have.
    """
    try:
        package = read_package(folder / FILE)
        parts = read_parts(package, file)
    except (OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        message = f"{file} is not there or is not a Word file (.docx)"
        yield error("kind-complete", Place(file), message, _COPY)
        return
    except TemplateError as refused:
        yield error("kind-complete", Place(file), refused.message, refused.remedy)
        return
    yield from _from_elsewhere(package, file)
    yield from _styles(package, file)
    yield from _lost_styles(package, parts)
    yield from _never_read(package, file)
    if len(parts.sections) > 2:
        message = f"There are {len(parts.sections)} sections; a letter has one or two"
        remedy = (
            "Remove section breaks: the first section is the letter, the second an annexure that "
            "is the same in every letter."
        )
        yield error("parts-placed", parts.sections[2][0].place, message, remedy)
    for part in parts.all_parts():
        yield from _own_faults(part, characters)
    yield from _sections(parts.sections, promised, file)


def _sections(
    sections: Sequence[Sequence[WordPart]], promised: Promised, file: str
) -> Iterator[Finding]:
    """The names of each section, and what it must place."""
    words = (OWN_SECTION, SHARED_SECTION)
    names = ("first section", "second section")
    wanted = (promised.own(), promised.shared() if len(sections) > 1 else ())
    for section, vocabulary, name, parts in zip(sections, words, names, wanted, strict=False):
        read = []
        for part in section:
            source = "\n".join(plain_tags(p.text) for p in part.paragraphs)
            found = read_source(source, vocabulary)
            yield from _tag_findings(found, part)
            read.append(found)
        printed = {name for one in read for name in one.names.printed}
        left_out = {name for one in read for name in one.left_out}
        where, told = Place(file), [fault for one in read for fault in one.faults]
        if all(one.names.whole for one in read):
            yield from missing(parts, printed, left_out, where, name, told=told)
        yield from useless_notes(left_out, printed, where)


def _tag_findings(read: Read, part: WordPart) -> Iterator[Finding]:
    """The faults of a part's tags at their paragraphs; a tag over two paragraphs is one fault."""
    spread = dict(part.spread_tags())
    within = {number for first, last in spread.items() for number in range(first, last + 1)}
    for first, last in spread.items():
        begin, end = part.paragraphs[first], part.paragraphs[last]
        yield error(
            "tags-in-one-piece",
            begin.place,
            f"A tag begins in {begin.shown} and ends in {end.shown}",
            "Take out the paragraph's end inside the tag.",
            "one paragraph around the whole tag",
        )
    for fault in read.faults:
        number = min(fault.line, len(part.paragraphs)) - 1
        if fault.check in ("tags-closed", "tags-understood") and number in within:
            continue
        paragraph = part.paragraphs[number]
        message = f"In {paragraph.quoted}: {fault.message}"
        yield error(fault.check, paragraph.place, message, fault.remedy, fault.expected)


def _own_faults(part: WordPart, characters: frozenset[int]) -> Iterator[Finding]:
    """What is wrong with paragraphs by themselves: forms of tags, changes, words, characters."""
    yield from form_faults(part)
    for paragraph in part.paragraphs:
        if paragraph.changes:
            yield error(
                "changes-accepted",
                paragraph.place,
                f"In {paragraph.quoted}: {listed(paragraph.changes)}; it would go into letters",
                "On Word's Review tab, accept or reject all changes, delete all comments, switch "
                "Track Changes off, and save.",
            )
        words = "" if paragraph.is_broken else paragraph.own_words
        if words and not part.is_frame:
            yield error(
                "words-in-texts",
                paragraph.place,
                f"“{words[:60]}” stands outside of tags, where no language has its own",
                "Write it in text.en.md and in text.hi.md, and take it out of letter.docx.",
            )
        if lacking := sorted({c for c in words if ord(c) not in characters and c != "\t"}):
            named = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:5])
            yield error(
                "characters-in-fonts",
                paragraph.place,
                f"No font in fonts/ has {named}, in {paragraph.quoted}",
                "Delete it, or write it with other characters.",
            )


def _from_elsewhere(package: Parts, file: str) -> Iterator[Finding]:
    try:
        refuse_outside(package, file)
    except TemplateError as refused:
        yield error("nothing-from-elsewhere", Place(file), refused.message, refused.remedy)


def _styles(package: Parts, file: str) -> Iterator[Finding]:
    styles = restore_names(package[STYLES])
    there = style_names(styles)
    for kind, name in missing_styles(styles):
        near = nearest_name(name, (other for other in there if other.casefold() != name.casefold()))
        told = f"; the nearest that there is: “{near}”" if near else ""
        yield error(
            "styles-present",
            Place(file),
            f"The {kind} style “{name}” is missing{told}",
            "In Word, create it with exactly this name (Styles pane, New Style), or copy it from "
            "the letter.docx of another kind.",
            name,
        )


def _lost_styles(package: Parts, parts: WordParts) -> Iterator[Finding]:
    """Paragraphs of a style that the file does not have: they would look like any other."""
    there = {style.get(w("styleId")) for style in parse(package[STYLES]).iter(w("style"))}
    for paragraph in (paragraph for part in parts.all_parts() for paragraph in part.paragraphs):
        if paragraph.style and paragraph.style not in there:
            yield error(
                "styles-present",
                paragraph.place,
                f"{paragraph.quoted} is of the style “{paragraph.style}”, which is missing",
                "In Word, choose a style for the paragraph, or make this one and choose it.",
                paragraph.style,
            )


def _never_read(package: Parts, file: str) -> Iterator[Finding]:
    """Tags in parts in which nothing is put in."""
    for name, told in _UNREAD.items():
        for paragraph in WordParagraph.all_in(package.get(name), file, told):
            if "{{" in paragraph.text or "{%" in paragraph.text:
                yield error(
                    "tags-understood",
                    paragraph.place,
                    f"A tag stands in {told}, where nothing is put in: {paragraph.quoted}",
                    "Move it into the text, or into a header or footer.",
                )
