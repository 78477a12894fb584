"""Is each text typed with the right characters: digits, colon, danda, letters of categories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import Fault, tell, typed_text
from generator.audit.texts.old_fonts import find_old_font
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.quantities import ABBREVIATION_SIGN
from generator.audit.texts.visarga import LETTERS, visargas_for_colons
from generator.findings import Finding, Severity
from generator.locales import LANGUAGES
from generator.locales.words import CategoryWords
from generator.model import Place

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_WORD = re.compile(r"\S+")
_MARKS = "\0.,:;।()[]{}“”‘’'\""

_BAR = re.compile(r"(?P<word>[^\s|]+)(?P<gap>[ \u00a0]*)[|│ǀ∣｜]+")
_NO_BARS = re.compile(r"(?m)\[[^\[\]\n]*\|[^\[\]\n]*\]|^\|.*$")
"""Pairs of forms and broken tables, which markup-absent tells."""

_PROSE = ("paragraph", "item")

_LOOK_ALIKES: Mapping[str, str] = {"А": "A", "В": "B", "С": "C", "Α": "A", "Β": "B", "Ⲥ": "C"}
"""Cyrillic, Greek and Coptic letters that look like those of the categories."""

_LATIN_LETTERS: Mapping[str, str] = {
    **{"क": "A", "ख": "B", "ग": "C", "घ": "D"},
    **{"अ": "A", "ब": "B", "स": "C", "द": "D"},
    **{"ए": "A", "बी": "B", "सी": "C", "डी": "D"},
    **_LOOK_ALIKES,
}

_QUOTE = "[‘’“”'\"]"
_LETTER = re.compile(
    rf"(?<![{LETTERS}])(?:{'|'.join(_LATIN_LETTERS)})(?![{LETTERS}ः])(?![.-][{LETTERS}])"
)
"""A category's letter as a word of its own: not के, not अ.जा., not सी-डैक."""

_ANY_LETTER = rf"(?:{_LETTER.pattern}|(?<!\w)[A-D](?!\w))"


def check_digits_international(case: Dossier) -> Iterator[Finding]:
    """Digits are 0 to 9 in every language (Constitution, Art. 343(1); domain LANG-03)."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "digits-international",
            _foreign_digits(passage),
            "Not in international digits",
            "Type the digits 0 to 9, in Hindi too (Constitution, Art. 343(1)).",
        )


def _foreign_digits(passage: Passage) -> Iterator[Fault]:
    """Each word with other digits; a zero after a letter stands for the point: आर०सी०वी०पी०."""
    if not _FOREIGN_DIGIT.search(passage.text):
        return
    for word in _WORD.finditer(typed_text(passage)):
        if digit := _FOREIGN_DIGIT.search(word[0]):
            typed = word[0].strip(_MARKS)
            pointed = ABBREVIATION_SIGN.sub(".", typed)
            international = _FOREIGN_DIGIT.sub(lambda d: str(unicodedata.decimal(d[0])), pointed)
            yield Fault(word.start() + digit.start(), typed, international)


def check_colon_not_visarga(case: Dossier) -> Iterator[Finding]:
    """No visarga (ः) stands for a colon (domain LANG-04)."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "colon-not-visarga",
            visargas_for_colons(typed_text(passage)),
            "The letter visarga (ः) for a colon",
            "Type a colon (:) – or, in a quotation of Sanskrit, put it in quotation marks.",
        )


def check_danda_not_bar(case: Dossier) -> Iterator[Finding]:
    """No bar stands for a danda at the end of a sentence (domain LANG-04)."""
    for passage in edition_passages(case.edition):
        signs = LANGUAGES[passage.language].sentences
        if signs and (danda := signs.stop) != ".":
            yield from tell(
                passage,
                "danda-not-bar",
                _bars(passage, danda),
                "A bar for a danda",
                f"Type a danda ({danda}).",
            )


def _bars(passage: Passage, danda: str) -> Iterator[Fault]:
    """Each bar after a word, but one that parts two words of a heading or two of Latin letters."""
    if passage.is_name or not _BAR.search(passage.text) or find_old_font(passage.text):
        return
    text = _NO_BARS.sub(lambda found: "\0" * len(found[0]), typed_text(passage))
    for bar in _BAR.finditer(text):
        rest = re.split("[\n\t]", text[bar.end() :], maxsplit=1)[0]
        latin = bar["word"][-1].isascii() and bar["word"][-1].isalnum()
        if bar["gap"]:
            parts = rest.strip() and (latin or passage.kind not in _PROSE)
        else:
            parts = latin and rest[:1].isalnum()
        if not parts:
            yield Fault(bar.start(), bar[0], bar["word"] + danda)


def check_category_letters_latin(case: Dossier) -> Iterator[Finding]:
    """Categories are A, B and C in Hindi too (domain LANG-05).

    श्रेणी ख would be read as Region B of the Official Languages Rules; (क), (ख) are list labels,
    and groups of posts and classes of cities have letters of their own.
    """
    for passage in edition_passages(case.edition):
        words = LANGUAGES[passage.language].categories
        if words:
            yield from tell(
                passage,
                "category-letters-latin",
                (
                    Fault(found.start(), found[0], _LETTER.sub(_latin, found[0]))
                    for found in _categories(words).finditer(typed_text(passage))
                    if _LETTER.search(found[0]) and not _is_of_posts(found, words)
                ),
                "A category by another letter than A, B or C",
                "Write the letter of the category as edition.toml has it: A, B or C.",
            )
    yield from _category_ids(case)


def _is_of_posts(category: re.Match[str], words: CategoryWords) -> bool:
    """Whether a category is one of posts or of cities, as the words beside it tell."""
    before = category.string[max(0, category.start() - 12) : category.start()]
    after = category.string[category.end() :][:40]
    posts = rf"{_QUOTE}?\s*(?:(?:के|की|का|में|of)\s+)?(?:[^\s।,;(]+\s+)?(?:{words.posts})"
    of_class = re.search(words.classes, before)
    return bool(of_class or re.match(posts, after))


def _category_ids(case: Dossier) -> Iterator[Finding]:
    for number, cohort in enumerate(case.edition.cohorts):
        if not cohort.id.isascii():
            yield Finding(
                Severity.ERROR,
                "category-letters-latin",
                f"A category by another letter than A, B or C: “{cohort.id}”",
                "Write a Latin letter: A, B or C.",
                where=case.edition.places.get(f"cohorts.{number}.id", Place("edition.toml")),
                expected=_LATIN_LETTERS.get(cohort.id, ""),
            )


@cache
def _categories(words: CategoryWords) -> re.Pattern[str]:
    """श्रेणी and the letters after it, in brackets or not; in quotes also before it."""
    noun = rf"(?<![{LETTERS}])(?:{words.nouns})(?![{LETTERS}])"
    quoted = rf"{_QUOTE}?{_ANY_LETTER}{_QUOTE}?"
    another = rf"\s*(?:,|/|[–-]|,?\s*(?:{words.joins}))\s*{quoted}"
    more = rf"(?:{another})*"
    return re.compile(
        rf"{noun}(?:[ \u00a0\n]*[–—-])?[ \u00a0\n]*{quoted}(?!\. *\S){more}"
        rf"|{noun} ?\({quoted}(?:{another})+\)"
        rf"|{noun}\s*:\s*{quoted}(?![.)]){more}"
        rf"|{noun} ?\((?![कअ]){_LETTER.pattern}\)"
        rf"|{_QUOTE}{_LETTER.pattern}{_QUOTE}[ -]?{noun}"
    )


def _latin(letter: re.Match[str]) -> str:
    return _LATIN_LETTERS[letter[0]]
