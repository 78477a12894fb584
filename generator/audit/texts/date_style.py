"""Is every date written in the house's one style: 11th December, 2025 and 11 दिसंबर, 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import Fault, tell
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.visarga import LETTERS
from generator.audit.texts.words import prose
from generator.findings import Finding
from generator.locales import LANGUAGES, NO_BREAK_SPACE, format_date, language_cache
from generator.locales.words import DateWords
from generator.model import Language

_NUMERIC = (
    r"(?<![\w./-])(?<!No )(?<!No\. )(?<!सं\. )(?<!संख्या )(?<!क्रमांक )"
    r"(?:[0-3]?[0-9](?P<mark>[./-])[01]?[0-9](?P=mark)(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![\w/-]|\.[0-9])"
)
"""31.07.2025 and 2025-07-31; a file's number is none (12/3/2020-Estt.)."""

_NEAR = 100
_MAY_BE_DATE = re.compile("[0-9]|Sept")
_FIGURES = re.compile(r"[0-9./-]+")
_APOSTROPHE = "['’‘`´]"


def check_dates_in_one_style(case: Dossier) -> Iterator[Finding]:
    """Dates in a text are in the house style (domain §4, DATE-01; house decision 7).

    A month with its year ("September, 2025"), 2025–26, numeric dates in tables and of cited
    letters ("dated 26.12.2025") are right.
    """
    sample = date(2025, 12, 11)
    for passage in edition_passages(case.edition):
        if LANGUAGES[passage.language].dates:
            yield from tell(
                passage,
                "dates-in-one-style",
                _otherwise(passage),
                "Not in the house's style of dates",
                f"Write dates as {_in_house_style(sample, passage.language)}.",
            )


def _otherwise(passage: Passage) -> Iterator[Fault]:
    if not _MAY_BE_DATE.search(passage.text):
        return
    text = prose(passage.text).replace(NO_BREAK_SPACE, " ").replace("\n", " ")
    for found in _dates(passage.language).finditer(text):
        in_style = _in_style(passage.language).fullmatch(found[0])
        figures = _FIGURES.fullmatch(found[0])
        if figures and (passage.kind == "row" or _is_cited(text, found, passage.language)):
            continue
        if in_style and all(_is_day(day, passage.language) for day in in_style.groups() if day):
            continue
        day = _read(found[0], passage.language)
        expected = _in_house_style(day, passage.language) if day else ""
        yield Fault(found.start(), found[0].strip(), expected)


def _is_cited(text: str, day: re.Match[str], language: Language) -> bool:
    """Whether a date is that of another letter: "No. 4/2025 dated 26.12.2025"."""
    before = text[: day.start()][-_NEAR:]
    words = _words(language)
    after = text[day.end() :]
    return bool(re.search(words.cited_before, before) or re.match(words.cited_after, after))


def _words(language: Language) -> DateWords:
    """How a language writes dates; only one that has words for it is asked."""
    words = LANGUAGES[language].dates
    if words is None:
        raise ValueError(language)
    return words


@language_cache
def _dates(language: Language) -> re.Pattern[str]:
    """Whatever is a date in a language, in any style."""
    words = _words(language)
    month = _word((*words.months, *words.short))
    day = rf"[0-9]{{1,2}}(?: ?(?:{words.ordinal})(?![{LETTERS}\w]))?"
    days = rf"{day}(?: ?(?:{words.joins}|[–-]) ?{day})?"
    short_year = rf" ?{_APOSTROPHE} ?[0-9]{{2}}(?:[0-9]{{2}})?"
    year = rf"(?:{short_year}| ?(?:19|20)[0-9]{{2}})(?![0-9–-])"
    patterns = [
        rf"(?<![0-9.,/-]){days} ?(?:of )?{month},?{year}",
        rf"{month} {days},?{year}",
        rf"{month},?{short_year}(?![0-9])",
        rf"{_word(words.short)},?{year}",
        r"\bSept\b\.?",
        _NUMERIC,
    ]
    if not LANGUAGES[language].ordinal_day:
        patterns.append(rf"[0-9]{{1,2}} ?{words.ordinal} {month}")
    return re.compile("|".join(patterns))


@language_cache
def _in_style(language: Language) -> re.Pattern[str]:
    """A date in the house style; its groups are its days."""
    words = _words(language)
    day = rf"([0-9]+(?:{words.ordinal})?)"
    days = rf"{day}(?:(?: (?:{words.joins}) | ?[–-] ?){day})?"
    pattern = re.escape(LANGUAGES[language].date)
    parts = {"day": days, "month": f"(?:{'|'.join(words.months)})", "year": "[0-9]{4}"}
    for name, part in parts.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), part)
    return re.compile(pattern)


def _word(patterns: tuple[str, ...]) -> str:
    return rf"(?<![\w{LETTERS}])(?:{'|'.join(patterns)})(?![\w{LETTERS}])"


def _is_day(written: str, language: Language) -> bool:
    """Whether a day is written as the house does: 11th, 2nd, in Hindi 11."""
    number = int(re.findall(r"[0-9]+", written)[0])
    return 0 < number < 32 and written == _parts(date(2000, 1, number), language)[0]


def _in_house_style(day: date, language: Language) -> str:
    return " ".join(_parts(day, language))


def _parts(day: date, language: Language) -> list[str]:
    return format_date(day, language).replace(NO_BREAK_SPACE, " ").split(" ")


def _read(written: str, language: Language) -> date | None:
    """The one day that is meant; None for a range, a month or an impossible day."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", written)]
    if not _FIGURES.fullmatch(written):
        words = _words(language)
        named = zip(words.months, words.short, strict=True)
        months = [n for n, name in enumerate(named, 1) if re.search("|".join(name), written)]
        numbers = [numbers[0], months[0], numbers[1]] if len(numbers) == 2 else []
    if len(numbers) != 3:
        return None
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
