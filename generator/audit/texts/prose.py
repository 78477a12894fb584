"""Is each text finished: no markup left over, brackets and quotes closed, numbers grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import Fault, tell, typed_text
from generator.audit.texts.old_fonts import find_old_font, letters_of
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.quotes import unclosed_quotes
from generator.audit.texts.visarga import LETTERS
from generator.audit.texts.words import excerpt, prose
from generator.findings import Finding
from generator.locales import format_number
from generator.markdown import HINDI_LETTERS

_LEFT_OVER = re.compile(
    r"(?<!\*)\*\*(?!\*)|(?<!\*)\*{3}(?=[^\s*])|(?<=[^\s*])\*{3}(?!\*)"  # not a line of *****
    r"|~~+|(?<!_)__(?!_)|\{\{[^{}]*\}\}|\{%.*?%\}|\{\{|\}\}|\{[%#]|[%#]\}|⚑|\\"
    r"|\[[^\[\]\n|]+\|[^\[\]\n]+\]"  # a pair of forms: [महोदय|महोदया]
    r"|\[(?:…|\.\.\.)\]"  # what a kind leaves for the office to fill in
    # a field's name: Composite_Score; a file's name is none
    rf"|[A-Za-z0-9]\w*_[^\W_]\w*\b(?![\w-]*\.[a-z])|(?<![\w{LETTERS}])_[^\W_]+"
    rf"|(?:[^\W_]|[{LETTERS}])_(?![\w{LETTERS}])"
    r"|\b(?:TODO|TBD|TBC|FIXME)\b|(?<!Part )(?<!Chapter )(?<!Schedule )\bXXX+\b"
    r"|(?m:^(?:\#{2,}|\|.*))"  # a heading without its space, a table without its second line
)
_LEFT_OVER_IN_VALUES = re.compile(r"&(?:[A-Za-z]+|#\d+|#x[\da-fA-F]+);|</?[a-z]+\d? */?>")
"""In a text, Markdown reads these, or refuses them."""

_PAIRED = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
"""Markup in a line of front matter, which is put into its style when the letter is made."""

_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_CLOSED_BY = {opening: closing for closing, opening in _OPENED_BY.items()}
_BRACKET = re.compile(r"[()\[\]{}]")
_LABELS = rf"(?:[A-Za-z]|[ivxIVX]{{1,5}}|\d{{1,2}}|[{HINDI_LETTERS}])\)"
_LABEL = re.compile(rf"(?:^|[\n]|[:;,.।–-]\s)\s*{_LABELS}|^\0+\)")
_LAST_LABEL = re.compile(rf"\s(?:and|or|और|एवं|तथा|या|अथवा|व)\s+{_LABELS}")
"""What may have a closing bracket alone: "a)", "iv)", "1)", "क)"; after another also "तथा ख)"."""

_NUMBER = re.compile(r"(?<![\d,.])[0-9]{1,3}(?:,[0-9]{1,3})*,[0-9]{3}(?:\.[0-9]+)?(?![\d,]*\d)")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}(?:\.[0-9]+)?")


def check_markup_absent(case: Dossier) -> Iterator[Finding]:
    """Nothing is left over of markup, templates, drafts or databases (domain PROSE-01)."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "markup-absent",
            _left_over(passage),
            "Left over, and would be printed",
            "Delete it, or finish what it stands for.",
        )


def _left_over(passage: Passage) -> Iterator[Fault]:
    text = prose(passage.text)
    if passage.is_name or _is_in_old_font(passage):
        return
    if passage.kind == "field":
        text = _PAIRED.sub(lambda found: found[2].center(len(found[0]), "\0"), text)
    for found in _LEFT_OVER.finditer(text):
        yield Fault(found.start(), found[0])
    if passage.kind == "value":
        for found in _LEFT_OVER_IN_VALUES.finditer(text):
            yield Fault(found.start(), found[0])


def check_brackets_balanced(case: Dossier) -> Iterator[Finding]:
    """Every bracket is closed in its passage, in a table in its cell."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "brackets-balanced",
            _unclosed_brackets(passage),
            "A bracket without its counterpart",
            "Add the missing bracket, or delete the other.",
        )


def _unclosed_brackets(passage: Passage) -> Iterator[Fault]:
    if not _BRACKET.search(passage.text) or _is_in_old_font(passage):
        return
    for start, cell in _cells(_LEFT_OVER.sub(_blank, typed_text(passage))):
        labels = {label.end() - 1 for label in _LABEL.finditer(cell)}
        if labels:
            labels |= {label.end() - 1 for label in _LAST_LABEL.finditer(cell)}
        for offset in _alone(cell):
            if offset not in labels:
                at = start + offset
                yield Fault(at, excerpt(passage.text, at, at + 1))


def _alone(cell: str) -> Iterator[int]:
    """The offsets of brackets that have no counterpart."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(cell):
        if bracket[0] in _CLOSED_BY:
            opened.append(bracket.start())
        elif opened and cell[opened[-1]] == _OPENED_BY[bracket[0]]:
            opened.pop()
        else:
            yield bracket.start()
    yield from opened


def check_quotes_balanced(case: Dossier) -> Iterator[Finding]:
    """Every quotation mark is closed in its passage; an apostrophe is none."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "quotes-balanced",
            _unclosed_quotes(passage),
            "A quotation mark without its counterpart",
            "Add the missing quotation mark, or delete the other.",
        )


def _unclosed_quotes(passage: Passage) -> Iterator[Fault]:
    if _is_in_old_font(passage):
        return
    for start, cell in _cells(typed_text(passage)):
        for offset in unclosed_quotes(cell):
            at = start + offset
            yield Fault(at, excerpt(passage.text, at, at + 1))


def check_grouping_indian(case: Dossier) -> Iterator[Finding]:
    """Numbers in a text are grouped as 3,22,014 (domain NUM-01)."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "grouping-indian",
            _grouped_otherwise(passage),
            "Not in Indian grouping",
            "Check the figure, and group it by thousand, lakh and crore.",
        )


def _grouped_otherwise(passage: Passage) -> Iterator[Fault]:
    for number in _NUMBER.finditer(prose(passage.text)):
        if not _INDIAN.fullmatch(number[0]):
            value = Decimal(number[0].replace(",", ""))
            places = len(number[0].partition(".")[2])
            indian = format_number(value, passage.language, places)
            yield Fault(number.start(), number[0], indian)


def _is_in_old_font(passage: Passage) -> bool:
    """Whether signs are letters here, as hindi-in-unicode tells."""
    return letters_of(passage.language) is not None and find_old_font(passage.text) is not None


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """A row's cells, any other passage as one, each with its offset."""
    start = 0
    for cell in text.split("\t"):
        yield start, cell
        start += len(cell) + 1


def _blank(found: re.Match[str]) -> str:
    return "\0" * len(found[0])
