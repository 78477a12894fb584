"""Which lines of which texts changed, and in them which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.changed.difference import Difference
from generator.changed.side import Side
from generator.changed.words import quote, show_words
from generator.model import Language, Place, Text

NO_LINE = "(no line)"


def text_differences(old: Side, new: Side) -> Iterator[Difference]:
    """The changed lines of the texts in the letter's languages, then of its compendium.

    A kind's text counts as a whole, remarks too: it is one of the files a letter is made with.
    """
    texts_bear = new.would_differ(texts=old.edition.texts)
    for language in new.languages:
        before, after = old.edition.texts.get(language), new.edition.texts.get(language)
        if texts_bear or (after and _is_template(after, new)):
            yield from diff_texts(before, after)
    if new.would_differ(compendium=old.edition.compendium):
        sections = _sections(old), _sections(new)
        for key in sorted({**sections[0], **sections[1]}):
            if key[1] in new.languages:
                yield from diff_texts(*(side.get(key) for side in sections))


def _is_template(text: Text, side: Side) -> bool:
    return text.file == f"letter_templates/{side.edition.kind}/{text.file.rpartition('/')[2]}"


def _sections(side: Side) -> dict[tuple[str, Language], Text]:
    return {(s.id, code): text for s in side.edition.compendium for code, text in s.texts.items()}


def diff_texts(old: Text | None, new: Text | None) -> Iterator[Difference]:
    """One difference a changed line; one for a whole text that came or went."""
    if old and new:
        for difference in diff_lines(old.source.split("\n"), new.source.split("\n"), new.file):
            yield replace(difference, place=new.place(difference.place.line))
    elif new:
        yield Difference(Place(new.file), "(no file)", "(a file)")
    elif old:
        yield Difference(Place(old.file), "(a file)", "(no file)")


def diff_lines(old: Sequence[str], new: Sequence[str], file: str) -> Iterator[Difference]:
    """One difference a changed line, at its line now; a line that went, at the one it stood at."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        for number, (was, now) in enumerate(zip_longest(old[start:end], new[first:last])):
            if was == now or not (was or now or "").strip():
                continue
            line = (first if now is not None else start) + number + 1
            yield Difference(Place(file, line=line), *_shown(was, now))


def _shown(old: str | None, new: str | None) -> tuple[str, str]:
    if old is not None and new is not None:
        return show_words(old, new)
    return quote(old) if old else NO_LINE, quote(new) if new else NO_LINE
