"""Figures out of prose: one quantity is equal in every language, however it is written.

1,600+ and "1,600 से अधिक", 9.32 lakh and 9.32 लाख, "15th to 21st September, 2025" and
"15 से 21 सितंबर, 2025" hold the same quantities. Numbers spelt out in words are no figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from generator.locales import LANGUAGES, language_cache
from generator.locales.words import QuantityWords
from generator.model import Language

Reading = tuple[str, Decimal | str]
"""What a figure may mean: its kind and value."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text; two are equal however they are written.

    ``kind`` is "number", "percent", "month" (1 to 12) or "placeholder" (facts.learners).
    ``written`` and ``start`` say how and where it stands. ``or_else`` is its other reading, where
    it has one ("40 and 60 per cent": 40, or 40 per cent); an ``optional`` one may be no figure
    (मार्च may be a march), or is for another check (a telephone's number).
    """

    kind: str
    value: Decimal | str
    written: str = field(compare=False)
    start: int = field(compare=False)
    or_else: Reading | None = field(default=None, compare=False)
    optional: bool = field(default=False, compare=False)

    @property
    def readings(self) -> frozenset[Reading]:
        """Everything that it may mean."""
        one = (self.kind, self.value)
        return frozenset((one, self.or_else) if self.or_else else (one,))


NO_WORDS = QuantityWords()
"""Those of a language that has none: bare figures are read."""

_NOT_AFTER_LETTER = r"(?<![^\W\d_])(?<![\u0900-\u0963\u0971-\u097f])"
_NOT_BEFORE_LETTER = r"(?![^\W\d_]|[\u0900-\u0963\u0971-\u097f])"
_NUMBER = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_DAY_FIRST = r"(?<![\d.])\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)\d{4}(?!\d)"
_YEAR_FIRST = r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
_YEARS = r"(?<!\d)(?:19|20)\d{2}[–-]\d{2}(?!\d|[.,]\d)"
_GAP = "[ \n-]*"
_PIECE = "[ -]"
_TELEPHONE = (
    rf"(?<![\d.,])(?:\+?91{_PIECE}{{0,3}}|0{_PIECE}?)?(?:\d{{5}}{_PIECE}\d{{5}}|\d{{4}}{_PIECE}\d{{6}}"
    rf"|\d{{4}}{_PIECE}\d{{3}}{_PIECE}\d{{3}}|\d{{3}}{_PIECE}\d{{3}}{_PIECE}\d{{4}}"
    rf"|(?<=0)\d{{2,4}}{_PIECE}\d{{3,4}}{_PIECE}?\d{{4}})(?![\d]|[.,]\d)"
)
_LONG = 8
"""A bare run of so many digits may be a telephone's number, an account or a file."""

_DIGIT = re.compile(r"(?![0-9])\d")
ABBREVIATION_SIGN = re.compile(r"(?<=[\u0900-\u0963\u0971-\u097f])०(?!\d)")
"""The zero that stands for a point: आर०सी०वी०पी०."""


def quantities(text: str, language: Language) -> Counter[Quantity]:
    """Every figure of a text, each as often as it stands there.

    Args:
        text: Plain text; values yet to come stand as ⟦name⟧.
        language: One of which the months and units are known; of others bare figures are read.
    """
    return Counter(_all(text, language))


def differences(
    ours: tuple[str, Language], theirs: tuple[str, Language]
) -> tuple[list[Quantity], list[Quantity]]:
    """The figures that only the one text has, and those that only the other has.

    Figures that may mean the same are no difference; nor is what may be no figure.
    """
    sides = [_all(*ours), _all(*theirs)]
    counts = [Counter(side) for side in sides]
    rest = [
        _surplus(side, count - other)
        for side, count, other in zip(sides, counts, reversed(counts), strict=True)
    ]
    for quantity in list(rest[0]):
        same = next((other for other in rest[1] if quantity.readings & other.readings), None)
        if same:
            rest[0].remove(quantity)
            rest[1].remove(same)
    left = [[quantity for quantity in side if not quantity.optional] for side in rest]
    return left[0], left[1]


def _surplus(found: Sequence[Quantity], count: Counter[Quantity]) -> list[Quantity]:
    """Of figures as they stand, those that are counted, the last of equal ones."""
    left = count.copy()
    kept = []
    for quantity in reversed(found):
        if left[quantity] > 0:
            left[quantity] -= 1
            kept.append(quantity)
    return kept[::-1]


def spell(found: Iterable[Quantity]) -> str:
    """Figures as they are written, for a message."""
    return ", ".join(dict.fromkeys(" ".join(quantity.written.split()) for quantity in found))


def _all(text: str, language: Language) -> tuple[Quantity, ...]:
    """The figures of a text in their order; digits of any script count."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    plain = _DIGIT.sub(lambda d: str(unicodedata.decimal(d[0])), ABBREVIATION_SIGN.sub(".", plain))
    found: list[Quantity] = []
    after: re.Match[str] | None = None
    units = ("", "")
    for match in reversed(list(_pattern(language).finditer(plain))):
        if match["number"]:
            joined = plain[match.end() : after.start()] if after and after["number"] else "\t"
            number, units = _number(match, joined, units, language)
            found.append(number)
        else:
            found += reversed(_read(match, language))
        after = match
    return tuple(replace(q, written=text[q.start :][: len(q.written)]) for q in reversed(found))


@language_cache
def _pattern(language: Language) -> re.Pattern[str]:
    """All that is a figure; a language without words has no units and months."""
    words = _words(language)
    scale = rf"{_GAP}(?i:{'|'.join(words.scales) or '(?!)'}){_NOT_BEFORE_LETTER}"
    percent = rf"{_GAP}(?:%|(?i:{words.percent}){_NOT_BEFORE_LETTER})"
    months = "".join(
        rf"|{_NOT_AFTER_LETTER}(?P<m{number}>{month}){_NOT_BEFORE_LETTER}"
        for number, month in enumerate(words.months, start=1)
    )
    return re.compile(
        rf"(?P<placeholder>⟦.*?⟧)|(?P<date>{_DAY_FIRST}|{_YEAR_FIRST})|(?P<years>{_YEARS})"
        rf"|(?P<telephone>{_TELEPHONE})"
        rf"|(?P<number>{_NUMBER})(?P<scales>(?:{scale})*)(?P<percent>{percent})?" + months
    )


@language_cache
def _joins(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between two figures that surely share a unit, and that may share it."""
    words = _words(language)
    space, word = r"[ \n]*", r"[^\s\d,.;:()]+"
    others = rf"(?:{words.ranges}|{words.joins})(?:[ \n]+{word}){{0,2}}"
    return (
        re.compile(rf"{space}(?:{words.ranges}|[–-]){space}"),
        re.compile(rf"{space}(?:[–/-]|,?{space}{others}|,){space}"),
    )


def _read(match: re.Match[str], language: Language) -> Sequence[Quantity]:
    """The quantities in one stretch of text: a date holds three."""
    if match["placeholder"]:
        return [_quantity("placeholder", match[0].strip("⟦⟧"), match)]
    if match["date"]:
        return _date(match)
    if match["years"]:
        return _years(match)
    if match["telephone"]:
        digits = int(re.sub(r"\D", "", match[0]))
        return [replace(_quantity("number", digits, match), optional=True)]
    month = _quantity("month", int((match.lastgroup or "").removeprefix("m")), match)
    return [replace(month, optional=_is_doubtful(match, language))]


def _is_doubtful(month: re.Match[str], language: Language) -> bool:
    """Whether the word for a month stands alone, and may be another: फ्लैग मार्च में."""
    text, words = month.string, _words(language)
    before, after = text[max(0, month.start() - 6) : month.start()], text[month.end() :][:12]
    beside = re.search(r"\d\S{0,3}[ \n]$", before) or re.match(r"[ \n,]*\d", after)
    named = re.match(rf"[ \n]*(?:{words.month})", after)
    return bool(re.search(f"(?:{words.doubtful})$", before + month[0])) and not (beside or named)


def _words(language: Language) -> QuantityWords:
    profile = LANGUAGES.get(language)
    return (profile.quantities if profile else None) or NO_WORDS


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


def _number(
    match: re.Match[str], joined: str, units: tuple[str, str], language: Language
) -> tuple[Quantity, tuple[str, str]]:
    """A figure and the units that it has or may share with the next, those of which are given.

    In "5 to 10 lakh" the 5 has the unit of the 10; in "5 and 10 lakh" it may have it.
    """
    own = (match["scales"], match["percent"] or "")
    plain = _reading(match, own, language)
    surely, perhaps = _joins(language)
    if any(own) or not any(units) or not perhaps.fullmatch(joined):
        figure = _quantity(*plain, match)
        is_long = len(match["number"]) >= _LONG and match["number"].isdigit() and not any(own)
        return replace(figure, optional=is_long), own
    shared = _reading(match, units, language)
    one, other = (shared, plain) if surely.fullmatch(joined) else (plain, shared)
    return replace(_quantity(*one, match), or_else=other), units


def _reading(match: re.Match[str], units: tuple[str, str], language: Language) -> Reading:
    scales, percent = units
    power = sum(_power(word, language) for word in re.findall(r"[^\s-]+", scales))
    value = Decimal(match["number"].replace(",", ""))
    return "percent" if percent else "number", value.scaleb(power)


def _power(word: str, language: Language) -> int:
    scales = _words(language).scales.items()
    return next(power for scale, power in scales if re.fullmatch(f"(?i:{scale})", word))
