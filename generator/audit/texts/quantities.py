"""Figures out of prose: one quantity is equal in every language, however it is written.

1,600+ and "1,600 से अधिक", 9.32 lakh and 9.32 लाख, "15th to 21st September, 2025" and
"15 से 21 सितंबर, 2025" hold the same quantities. Numbers spelt out in words are no figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from generator.model import Language


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text; two are equal however they are written.

    ``kind`` is "number", "percent", "month" (1 to 12) or "placeholder" (facts.learners).
    ``written`` and ``start`` say how and where it stands.
    """

    kind: str
    value: Decimal | str
    written: str = field(compare=False)
    start: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language writes quantities, as patterns.

    ``scales`` holds powers of ten, ``months`` twelve patterns; ``joins`` is what stands between
    two figures that share a unit ("5 to 10 per cent").
    """

    scales: Mapping[str, int]
    percent: str
    months: tuple[str, ...]
    joins: str


_WORDS: Mapping[Language, _Words] = {
    "en": _Words(
        scales={"thousand": 3, "la(?:kh|c)s?": 5, "millions?": 6, "crores?": 7, "billions?": 9},
        percent="per[ -]?cent(?:age points?)?",
        months=(
            "Jan(?:uary)?",
            "Feb(?:ruary)?",
            r"(?<=[\w,–-] )Mar(?:ch)?|Mar(?:ch)?(?=[ ,]+\d)",
            "Apr(?:il)?",
            r"(?<=[\w,–-] )May|May(?=[ ,]+\d)",
            "June?",
            "July?",
            "Aug(?:ust)?",
            "Sept?(?:ember)?",
            "Oct(?:ober)?",
            "Nov(?:ember)?",
            "Dec(?:ember)?",
        ),
        joins="to|and|or",
    ),
    "hi": _Words(
        scales={
            "हज\u093c?ार": 3,
            "लाख": 5,
            "मिलियन": 6,
            "करोड\u093c?": 7,
            "अरब|बिलियन": 9,
        },
        percent="प्रतिशत(?: अंक)?|फ\u093c?ी ?सदी",
        months=(
            "जनवरी",
            "फ\u093c?रवरी",
            "मार्च",
            "अप्रैल",
            "मई",
            "जून",
            "जुलाई",
            "अगस्त",
            "सित(?:ं|म्)बर",
            "अक्(?:तू|टू)बर",
            "नव(?:ं|म्)बर",
            "दिस(?:ं|म्)बर",
        ),
        joins="से|और|या|एवं|तथा",
    ),
}
"""By language; U+093C is the nukta. "May" and "March" at a sentence's head are no months."""

_NOT_AFTER_LETTER = r"(?<![^\W\d_])(?<![\u0900-\u0963\u0971-\u097f])"
_NOT_BEFORE_LETTER = r"(?![^\W\d_]|[\u0900-\u0963\u0971-\u097f])"
_NUMBER = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_DAY_FIRST = r"(?<![\d.])\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)\d{4}(?!\d)"
_YEAR_FIRST = r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
_YEARS = r"(?<!\d)(?:19|20)\d{2}[–-]\d{2}(?!\d|[.,]\d)"
_GAP = "[ \n-]*"


def quantities(text: str, language: Language) -> Counter[Quantity]:
    """Every figure of a text, each as often as it stands there.

    Args:
        text: Plain text; values yet to come stand as ⟦name⟧.
        language: One of which the months and units are known; of others bare figures are read.
    """
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    matches = _pattern(language).finditer(plain)
    return Counter(quantity for match in matches for quantity in _read(match, language))


def spell(found: Iterable[Quantity]) -> str:
    """Figures as they are written, for a message."""
    return ", ".join(dict.fromkeys(" ".join(quantity.written.split()) for quantity in found))


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """All that is a figure; a language without words has no units and months."""
    words = _WORDS.get(language, _Words({}, "(?!)", (), "(?!)"))
    scale = rf"{_GAP}(?i:{'|'.join(words.scales) or '(?!)'}){_NOT_BEFORE_LETTER}"
    percent = rf"{_GAP}(?:%|(?i:{words.percent}){_NOT_BEFORE_LETTER})"
    months = "".join(
        rf"|{_NOT_AFTER_LETTER}(?P<m{number}>{month}){_NOT_BEFORE_LETTER}"
        for number, month in enumerate(words.months, start=1)
    )
    return re.compile(
        rf"(?P<placeholder>⟦.*?⟧)|(?P<date>{_DAY_FIRST}|{_YEAR_FIRST})|(?P<years>{_YEARS})"
        rf"|(?P<number>{_NUMBER})(?P<scales>(?:{scale})*)(?P<percent>{percent})?"
        rf"(?=(?P<joined>[ \n]*(?:{words.joins}|[–-])[ \n]*(?P<next>{_NUMBER})"
        rf"(?P<next_scales>(?:{scale})*)(?P<next_percent>{percent})?)?)" + months
    )


def _read(match: re.Match[str], language: Language) -> Sequence[Quantity]:
    """The quantities in one stretch of text: a date holds three."""
    if match["placeholder"]:
        return [_quantity("placeholder", match[0].strip("⟦⟧"), match)]
    if match["date"]:
        return _date(match)
    if match["years"]:
        return _years(match)
    if match["number"]:
        return [_number(match, language)]
    return [_quantity("month", int((match.lastgroup or "").removeprefix("m")), match)]


def _quantity(kind: str, value: Decimal | int | str, match: re.Match[str]) -> Quantity:
    exact = Decimal(value) if isinstance(value, int) else value
    return Quantity(kind, exact, match[0], match.start())


def _date(match: re.Match[str]) -> Sequence[Quantity]:
    """31.07.2025 and 2025-07-31: day, month and year."""
    parts = [int(part) for part in re.findall(r"\d+", match[0])]
    day, month, year = parts if parts[2] > parts[0] else reversed(parts)
    kinds = (("number", day), ("month", month), ("number", year))
    return [_quantity(kind, value, match) for kind, value in kinds]


def _years(match: re.Match[str]) -> Sequence[Quantity]:
    """2025–26: the years 2025 and 2026."""
    first, second = int(match[0][:4]), int(match[0][5:])
    full = first - first % 100 + second
    years = (first, full if full > first else second)
    return [_quantity("number", year, match) for year in years]


def _number(match: re.Match[str], language: Language) -> Quantity:
    """A figure with its unit; in "5 to 10 lakh" the 5 has that of the 10."""
    value, scales, percent = _value(match["number"]), match["scales"], match["percent"]
    if not (scales or percent) and match["joined"] and value < _value(match["next"]):
        scales, percent = match["next_scales"], match["next_percent"]
    power = sum(_power(word, language) for word in re.findall(r"[^\s-]+", scales))
    return _quantity("percent" if percent else "number", value.scaleb(power), match)


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _power(word: str, language: Language) -> int:
    scales = _WORDS[language].scales.items()
    return next(power for scale, power in scales if re.fullmatch(f"(?i:{scale})", word))
