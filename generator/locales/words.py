"""The words that checks look for in a language's texts: the tables of ``locale/<code>.toml``.

A text is a regular expression; a list in the file stands for any of its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NEVER = "(?!)"
"""A pattern that nothing fits."""


@dataclass(frozen=True, slots=True)
class Script:
    """``[script]``: the script's name in English, and its letters as ranges."""

    name: str
    letters: str


@dataclass(frozen=True, slots=True)
class DateWords:
    """``[dates]``: how dates are written, rightly or not.

    ``months`` are the twelve names in full, ``short`` their abbreviations; ``ordinal`` is what may
    follow a day, ``joins`` what stands between two days of a month. ``cited_before`` and
    ``cited_after`` tell the date of another letter, which is cited as that letter writes it.
    """

    months: tuple[str, ...]
    short: tuple[str, ...]
    joins: str
    ordinal: str = NEVER
    cited_before: str = NEVER
    cited_after: str = NEVER


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """``[quantities]``: how figures are written.

    ``scales`` holds powers of ten, ``months`` twelve patterns; ``doubtful`` are words that are
    months only beside a day, a year or the word for ``month``. ``ranges`` and ``joins`` stand
    between two figures that share a unit: surely in "5 to 10 per cent", perhaps in "5 and 10".
    """

    scales: Mapping[str, int] = field(default_factory=dict)
    percent: str = NEVER
    months: tuple[str, ...] = ()
    doubtful: str = NEVER
    month: str = NEVER
    ranges: str = NEVER
    joins: str = NEVER


@dataclass(frozen=True, slots=True)
class CitationWords:
    """``[citations]``: how annexures are cited; ``usual`` is the word for one."""

    usual: str = "annexure"
    plural: str = NEVER
    joins: str = NEVER
    ranges: str = NEVER


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """``[sentences]``: how a sentence is closed.

    ``verbs`` show that a text is a sentence: by its last word (``verbs_last``), else anywhere.
    ``doubled`` are words that never stand twice; अलग अलग and धीरे धीरे do.
    """

    stop: str
    verbs: tuple[str, ...] = ()
    verbs_last: bool = False
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """``[categories]``: what the categories of States are called, and what is none of them.

    ``word`` stands before a category's letter in headings, ``nouns`` are all its forms, ``joins``
    what stands between two letters. ``posts`` are those whose groups and classes have letters of
    their own (वर्ग ‘क’ के अधिकारी, श्रेणी ‘ख’ के नगर), ``classes`` what stands before such a letter.
    """

    word: str
    nouns: str = NEVER
    joins: str = ","
    posts: str = NEVER
    classes: str = NEVER


@dataclass(frozen=True, slots=True)
class StateWords:
    """``[states]``: how a text speaks of a State: what stands before and after its name.

    ``government`` tells that a city's name is that of the State; ``venue`` and ``institution``
    that any name is that of a place ("at Panchkula, Haryana") or of an academy.
    """

    government_before: str = NEVER
    government_after: str = NEVER
    venue_before: str = NEVER
    venue_after: str = NEVER
    institution_before: str = NEVER
    institution_after: str = NEVER


@dataclass(frozen=True, slots=True)
class GenderWords:
    """``[genders]``: the words that say a gender, besides the forms of address before names."""

    m: tuple[str, ...]
    f: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostWords:
    """``[posts]``: words that, before a designation, make another post of it."""

    other: tuple[str, ...]
