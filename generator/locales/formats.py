"""Numbers, dates and names as each language prints them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_decimal

from generator.content import Tongue
from generator.locales.catalogue import label
from generator.locales.profile import HONORIFICS, LANGUAGES, SERVICES, language_cache
from generator.model import Fact, Figure, Language, Unit

NO_BREAK_SPACE = "\u00a0"

DATE_STYLES = ("house", "plain", "two-digit", "numeric")
"""How a kind's dates may be printed (front matter key ``date_style``); the first is the usual."""


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Rounds as an office does (0.005 → 0.01), where Babel would round half to even."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def format_number(value: Decimal, language: Language, places: int = 0) -> str:
    """A number in Indian grouping and international digits (Constitution, Art. 343): 3,22,014."""
    return _format_number(value, LANGUAGES[language].locale, places)


@lru_cache(maxsize=2048)
def _format_number(value: Decimal, locale: str, places: int) -> str:
    pattern = "#,##,##0" + ("." + "0" * places if places else "")
    rounded = round_half_up(value, places)
    return format_decimal(rounded, pattern, locale=locale, numbering_system="latn")


def format_figure(figure: Figure, language: Language) -> str:
    """A figure as it is printed: counts 3,22,014, shares 92.56%, scores 47.03, ranks 9.

    A share that is a whole number prints without decimals (100%), so that "100.00%" can only
    mean a rounded figure.
    """
    value = figure.value
    whole = value == value.to_integral_value()
    match figure.unit:
        case Unit.PERCENT:
            return format_number(value, language, 0 if whole else 2) + "%"
        case Unit.SCORE:
            return format_number(value, language, 2)
        case Unit.WEIGHT:
            return format_number(value, language, 0 if whole else 2)
        case _:
            return format_number(value, language)


def format_fact(fact: Fact, language: Language) -> str:
    """A figure of the prose: 3,600 · 1.4 crore · 45.9 लाख, at most two decimals."""
    sizes = {"lakh": Decimal(10) ** 5, "crore": Decimal(10) ** 7}
    if fact.style not in sizes:
        return format_number(fact.value, language)
    value = round_half_up(fact.value / sizes[fact.style], 2)
    places = max(0, -int(value.normalize().as_tuple().exponent))
    unit = label(fact.style, language)
    return format_number(value, language, places) + NO_BREAK_SPACE + unit


def format_limit(value: Decimal, language: Language) -> str:
    """A limit of a band or category, as many decimals as it has: 30 · 62.5 · 1,00,000."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return format_number(value, language, places)


def format_date(day: date, language: Language, style: str = DATE_STYLES[0]) -> str:
    """House style: "11th December, 2025" and "11 दिसंबर, 2025" (no ordinal in Hindi).

    A kind may have another of DATE_STYLES: "plain" 4 July, 2025; "two-digit" 04 July, 2025, as
    offices date memoranda; "numeric" 04.07.2025.
    """
    if style == "numeric":
        return f"{day:%d.%m.%Y}"
    ordinal = style == DATE_STYLES[0] and LANGUAGES[language].ordinal_day
    suffix = _ordinal_suffix(day.day) if ordinal else ""
    number = f"{day.day:02d}" if style == "two-digit" else str(day.day)
    parts = {
        "day": f"{number}{suffix}",
        "month": _month_name(day.month, language),
        "year": str(day.year),
    }
    pattern = LANGUAGES[language].date.replace("{day} ", f"{{day}}{NO_BREAK_SPACE}")
    for name, text in parts.items():
        pattern = pattern.replace(f"{{{name}}}", text)
    return pattern


def _ordinal_suffix(day: int) -> str:
    if day in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@language_cache
def _month_name(month: int, language: Language) -> str:
    """A month's name: the house's own where it has one, else that of CLDR."""
    profile = LANGUAGES[language]
    own = profile.months.get(str(month))
    return own or str(get_month_names("wide", locale=Locale.parse(profile.locale))[month])


@language_cache
def language_name(language: Language) -> str:
    """A language's name in English, for messages: "Hindi"."""
    return Locale.parse(LANGUAGES[language].locale).get_language_name("en") or language


def with_honorific(honorific: str, name: str, language: Language) -> str:
    """A name as it is addressed: "Shri A. B. Sample" · "श्री …"; "" for no name."""
    if not name or not honorific:
        return name
    return f"{HONORIFICS[honorific][language]}{NO_BREAK_SPACE}{name}"


def service_name(service: str, language: Language) -> str:
    """A service as printed after a name: IAS · भा.प्र.से."""
    return SERVICES[service][language] if service else ""


def tag_of(language: Language, further: Mapping[Language, Tongue]) -> str:
    """A language's BCP 47 tag ("hi" → "hi-IN"), as the letter itself has it where it is further."""
    return further[language].tag if language in further else LANGUAGES[language].tag
