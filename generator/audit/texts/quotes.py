"""Quotation marks without their counterpart, apostrophes told apart from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LETTER = r"\w\u0900-\u0963\u0970-\u097f\0"
_ANY = re.compile("[“”«»‘’\"']")
_DOUBLE = re.compile("[“”«»]")
_OPENED_BY = {"”": "“", "»": "«"}
_STRAIGHT = re.compile('"')
_INCHES = re.compile(r'\d"')


@dataclass(frozen=True, slots=True)
class _Single:
    """Single quotation marks of one shape: which surely open or close, and which may."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    either: re.Pattern[str]
    """May be a mark or an apostrophe: "the officials’ reports", "’25"."""


_SINGLES = (
    _Single(
        opening=re.compile(rf"‘(?!\d{{2,4}}\b)(?!(?<=[{_LETTER}]‘)[{_LETTER}])"),
        closing=re.compile(rf"(?<![sSxzXZ\s\d])’(?![{_LETTER}])"),
        either=re.compile(rf"‘(?=\d{{2,4}}\b)|(?<=[sSxzXZ\s\d])’|(?<![{_LETTER}])’"),
    ),
    _Single(
        opening=re.compile(rf"(?<![{_LETTER}.,)])'(?![\s\d'.,;:)]|$)"),
        closing=re.compile(rf"(?<![sSxzXZ\s\d(])(?<!^)'(?![{_LETTER}])"),
        either=re.compile(rf"(?<=[sSxzXZ\d])'(?![{_LETTER}])|(?<![{_LETTER}])'(?=\d)"),
    ),
)


def unclosed_quotes(text: str) -> Iterator[int]:
    """The offset of each quotation mark that has no counterpart in the text."""
    if not _ANY.search(text):
        return
    yield from _unclosed_doubles(text)
    for marks in _SINGLES:
        yield from _unclosed_singles(text, marks)


def _unclosed_doubles(text: str) -> Iterator[int]:
    opened: list[int] = []
    for mark in _DOUBLE.finditer(text):
        if mark[0] not in _OPENED_BY:
            opened.append(mark.start())
        elif opened and text[opened[-1]] == _OPENED_BY[mark[0]]:
            opened.pop()
        else:
            yield mark.start()
    yield from opened
    straight = [mark.start() for mark in _STRAIGHT.finditer(text)]
    if len(straight) % 2 and not _INCHES.search(text):
        yield straight[-1]


def _unclosed_singles(text: str, marks: _Single) -> Iterator[int]:
    """Marks are counted: those that may be apostrophes stand for whatever is missing."""
    opening = [mark.start() for mark in marks.opening.finditer(text)]
    closing = [mark.start() for mark in marks.closing.finditer(text)]
    either = sum(1 for _mark in marks.either.finditer(text))
    if abs(len(opening) - len(closing)) > either:
        yield opening[-1] if len(opening) > len(closing) else closing[0]
