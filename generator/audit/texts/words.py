"""Whole words in a text of either script, and what in a text is no prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.audit.texts.passages import Passage

_LETTER = r"\w\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0df3\u200c\u200d"
"""What a word is made of: vowel signs of Devanagari and of the scripts from Bengali to Sinhala, and
the joiners, are no letters to Python."""

WORD = re.compile(f"[{_LETTER}]+")

_NOT_PROSE = re.compile(
    r"⟦[^⟧]*⟧"  # a value that stands in the letter
    r"|\S+@\S+|https?://\S+|www\.\S+"
    r"|\S*\w\.(?:in|gov|nic|org|com|example)\b\S*"
)
_AROUND = 30
_PERSONS = ("signatory.name", "contact.name")


def whole_words(patterns: Iterable[str]) -> str:
    """A regular expression that finds any of several where it is not a part of a longer word."""
    return f"(?<![{_LETTER}])(?:{'|'.join(patterns)})(?![{_LETTER}])"


def literal(words: str) -> str:
    """A regular expression for these words, with any white space between them."""
    return r"\s+".join(map(re.escape, words.split()))


@lru_cache(maxsize=1024)
def prose(text: str) -> str:
    """The text, as long as it is, with holes for values and for e-mail and web addresses."""
    return _NOT_PROSE.sub(hole, text)


def hole(found: re.Match[str]) -> str:
    """What stands for words that are passed over: as long as they are, and part of no word."""
    return "\0" * len(found[0])


def excerpt(text: str, start: int, end: int) -> str:
    """A place in a text with what stands around it, in one line, as quoted in findings."""
    first, last = max(0, start - _AROUND), end + _AROUND
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end) if " " in text[end:last] else last
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"


def is_person(passage: Passage) -> bool:
    """Whether the passage is the name of a person, where no rule of style holds."""
    return passage.key in _PERSONS or (passage.who is not None and passage.key.startswith("name_"))
