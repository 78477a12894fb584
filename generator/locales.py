"""Everything that differs from one language to the next: numbers, dates, labels, forms of address.

A language is an entry of LANGUAGES, a catalogue ``locale/<code>.po``, a ``text.<code>.md`` in each
kind and a font; no other module asks which language it has in hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import get_month_names
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from generator.errors import TemplateError
from generator.model import Bilingual, Fact, Figure, Language, Unit

CATALOGUES = Path(__file__).parent / "locale"
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a language's code stands for. ``ordinal_day``: dates read "11th December, 2025"."""

    tag: str
    """BCP 47 tag, for PDF and Word."""
    locale: str
    """Babel locale."""
    ordinal_day: bool = False
    translated: bool = False
    """The texts are a translation, which an officer must vet."""


LANGUAGES: Mapping[Language, Profile] = {
    "hi": Profile("hi-IN", "hi_IN", translated=True),
    "en": Profile("en-IN", "en_IN", ordinal_day=True),
}

HONORIFICS: Mapping[str, Bilingual] = {
    "Shri": {"en": "Shri", "hi": "श्री"},
    "Smt.": {"en": "Smt.", "hi": "श्रीमती"},
    "Ms.": {"en": "Ms.", "hi": "सुश्री"},
    "Km.": {"en": "Km.", "hi": "कुमारी"},
    "Dr.": {"en": "Dr.", "hi": "डॉ."},
    "Prof.": {"en": "Prof.", "hi": "प्रो."},
}
"""Forms of address. "Mr." is not one of them: the Government's style is "Shri" (domain §3)."""

HONORIFIC_GENDER: Mapping[str, str] = {"Shri": "m", "Smt.": "f", "Ms.": "f", "Km.": "f"}
"""The gender that a form of address says; Dr. and Prof. say none."""

SERVICES: Mapping[str, Bilingual] = {
    "IAS": {"en": "IAS", "hi": "भा.प्र.से."},
    "IPS": {"en": "IPS", "hi": "भा.पु.से."},
    "IFoS": {"en": "IFoS", "hi": "भा.व.से."},
    "IFS": {"en": "IFS", "hi": "भा.वि.से."},
    "IRS": {"en": "IRS", "hi": "भा.रा.से."},
    "IAS (Retd.)": {"en": "IAS (Retd.)", "hi": "भा.प्र.से. (से.नि.)"},
}
"""Services with their Hindi abbreviations. IFS is the Foreign Service, IFoS the Forest Service."""

HINDI_MONTHS = {2: "फरवरी", 10: "अक्तूबर"}
"""Official spellings where CLDR's differ (Central Hindi Directorate; house choice for October)."""


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Rounds as an office does (0.005 → 0.01), where Babel would round half to even."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@lru_cache(maxsize=8192)
def format_number(value: Decimal, language: Language, places: int = 0) -> str:
    """A number in Indian grouping and international digits (Constitution, Art. 343): 3,22,014."""
    pattern = "#,##,##0" + ("." + "0" * places if places else "")
    return format_decimal(round_half_up(value, places), pattern, locale=LANGUAGES[language].locale)


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


def format_date(day: date, language: Language) -> str:
    """House style: "11th December, 2025" and "11 दिसंबर, 2025" (no ordinal in Hindi)."""
    profile = LANGUAGES[language]
    suffix = _ordinal_suffix(day.day) if profile.ordinal_day else ""
    month = _month_name(day.month, language)
    return f"{day.day}{suffix}{NO_BREAK_SPACE}{month}, {day.year}"


def _ordinal_suffix(day: int) -> str:
    if day in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@cache
def _month_name(month: int, language: Language) -> str:
    if language == "hi" and month in HINDI_MONTHS:
        return HINDI_MONTHS[month]
    return str(get_month_names("wide", locale=Locale.parse(LANGUAGES[language].locale))[month])


@cache
def read_catalogue(language: Language) -> Mapping[str, str]:
    """The labels of a language, msgid → msgstr, from ``locale/<language>.po``."""
    path = CATALOGUES / f"{language}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGES[language].locale)
    return {str(m.id): unicodedata.normalize("NFC", str(m.string)) for m in catalogue if m.id}


def label(msgid: str, language: Language) -> str:
    """A label in a language.

    Raises:
        TemplateError: The catalogue has no translation; English never stands in silently.
    """
    text = read_catalogue(language).get(msgid, "")
    if not text:
        raise TemplateError(
            f'generator/locale/{language}.po has no translation of "{msgid}"',
            "Add the msgstr to the catalogue.",
        )
    return text


def with_honorific(honorific: str, name: str, language: Language) -> str:
    """A name as it is addressed: "Shri A. B. Sample" · "श्री …"; "" for no name."""
    if not name or not honorific:
        return name
    return f"{HONORIFICS[honorific][language]}{NO_BREAK_SPACE}{name}"


def service_name(service: str, language: Language) -> str:
    """A service as printed after a name: IAS · भा.प्र.से."""
    return SERVICES[service][language] if service else ""
