"""Annexures as a text names them: "ANNEXURE 1" over one, "Annexures 1, 2 and 3" in the prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from generator.locales import LANGUAGES, language_cache
from generator.locales.words import CitationWords
from generator.markdown import HINDI_LETTERS, ROMAN
from generator.model import Language

_SERIES: tuple[tuple[str, ...], ...] = (
    tuple(str(number) for number in range(1, 100)),
    tuple(numeral.upper() for numeral in ROMAN),
    tuple(ascii_uppercase),
    tuple(HINDI_LETTERS),
)
_ALONE = r"(?![\w\u0900-\u0963]|\.\d)"
_HEADING = re.compile(
    rf"(?P<word>[^\s\d:.–-]+)[\s:.–-]*(?P<label>(?:\d{{1,2}}|[A-Z]{{1,4}}|[{HINDI_LETTERS}]){_ALONE})?"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text names its annexures: the word over them, and the series of their numbers."""

    language: Language
    words: tuple[str, ...]
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """An annexure named in prose; ``label`` is its number or letter."""

    label: str
    start: int


def style_of(headings: Sequence[str], language: Language) -> Style:
    """The style of a text from its annexures' headings; the usual one where it has none."""
    found = [match for heading in headings if (match := _HEADING.match(heading.strip()))]
    words = tuple(dict.fromkeys(match["word"].casefold() for match in found))
    first = _plain(found[0]["label"] or "1") if found else "1"
    series = next((series for series in _SERIES if series[0] == first), _SERIES[0])
    return Style(language, words or (_words(language).usual,), series)


def label_of(heading: str) -> str:
    """The number or letter in an annexure's heading; "" for none."""
    match = _HEADING.match(heading.strip())
    return _plain(match["label"] or "") if match else ""


def citations(text: str, style: Style) -> list[Citation]:
    """The annexures that a text names: "Annexures 1, 2 and 3" names three."""
    return [
        Citation(label, match.start())
        for match in _pattern(style).finditer(text)
        for label in _labels(match["labels"], style)
    ]


def blank_citations(text: str, style: Style) -> str:
    """The text with spaces in place of every citation."""
    return _pattern(style).sub(lambda match: " " * len(match[0]), text)


@language_cache
def _pattern(style: Style) -> re.Pattern[str]:
    words = _words(style.language)
    label = _label(style)
    last = rf",?\s*(?:{words.joins}|{words.ranges}|–|-)\s*{label}"
    names = "|".join(re.escape(word) for word in style.words)
    return re.compile(
        rf"(?<![^\W\d_])(?<![\u0900-\u0963])(?i:(?:{names})(?:{words.plural})?)[\s–-]*"
        rf"(?P<labels>{label}(?:(?:,\s*{label})*{last})?)"
    )


@language_cache
def _label(style: Style) -> str:
    longest_first = sorted(style.series, key=len, reverse=True)
    return rf"(?:\d{{1,2}}|{'|'.join(longest_first)}|[A-Z]){_ALONE}"


def _labels(cited: str, style: Style) -> list[str]:
    """The labels in one citation, a range counted out."""
    ranges = rf"\s*(?:{_words(style.language).ranges}|–|-)\s*"
    found: list[str] = []
    end = len(cited)
    for match in re.finditer(_label(style), cited):
        label = _plain(match[0])
        if found and re.fullmatch(ranges, cited[end : match.start()]):
            found += _between(found[-1], label, style.series)
        found.append(label)
        end = match.end()
    return found


def _between(first: str, last: str, series: Sequence[str]) -> Sequence[str]:
    if first in series and last in series:
        return series[series.index(first) + 1 : series.index(last)]
    return ()


def _words(language: Language) -> CitationWords:
    profile = LANGUAGES.get(language)
    return (profile.citations if profile else None) or CitationWords()


def _plain(label: str) -> str:
    """A label in international digits, without leading zeros."""
    return str(int(label)) if label.isdigit() else label
