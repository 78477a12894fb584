"""The languages there are: the program's own, and those of ``<root>/locale/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

from generator.locales.words import (
    CategoryWords,
    CitationWords,
    DateWords,
    GenderWords,
    PostWords,
    QuantityWords,
    Script,
    SentenceWords,
    StateWords,
)
from generator.model import Bilingual, Language

P = ParamSpec("P")
T = TypeVar("T")

OWN_FOLDER = Path(__file__).parent.parent / "locale"
OWN: tuple[Language, ...] = ("hi", "en")
"""The Union's official languages (Official Languages Act 1963): letterheads, marks and the index
are in both, whatever else a letter is written in."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a language's file, at a key ("honorifics.Shri"; "": the whole file)."""

    key: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a language's code stands for: ``locale/<code>.toml``.

    ``tag`` is its BCP 47 tag, ``locale`` Babel's; ``ordinal_day``: dates read "11th December,
    2025". ``translated``: the texts are a translation, which an officer must vet. ``font`` is the
    family that its letters are set in where a kind names none for them. ``months`` are names by
    number where the house writes others than CLDR. A table of words that the file does not have
    is None, and the check that needs it passes over the language.
    """

    tag: str = ""
    locale: str = ""
    ordinal_day: bool = False
    translated: bool = True
    date: str = "{day} {month}, {year}"
    font: str = ""
    months: Mapping[str, str] = field(default_factory=dict)
    honorifics: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    script: Script | None = None
    dates: DateWords | None = None
    quantities: QuantityWords | None = None
    citations: CitationWords | None = None
    sentences: SentenceWords | None = None
    categories: CategoryWords | None = None
    states: StateWords | None = None
    genders: GenderWords | None = None
    posts: PostWords | None = None
    folder: Path = OWN_FOLDER
    faults: tuple[Fault, ...] = ()


_profiles: dict[Language, Profile] = {}
_honorifics: dict[str, Bilingual] = {}
_services: dict[str, Bilingual] = {}
_forget: list[Callable[[], None]] = []

LANGUAGES: Mapping[Language, Profile] = _profiles
"""Every language by its code, the program's own first."""

HONORIFICS: Mapping[str, Bilingual] = _honorifics
"""Forms of address. "Mr." is not one of them: the Government's style is "Shri" (domain §3)."""

SERVICES: Mapping[str, Bilingual] = _services
"""Services with their abbreviations. IFS is the Foreign Service, IFoS the Forest Service."""

HONORIFIC_GENDER: Mapping[str, str] = {"Shri": "m", "Smt.": "f", "Ms.": "f", "Km.": "f"}
"""The gender that a form of address says; Dr. and Prof. say none."""


def language_cache(function: Callable[P, T]) -> Callable[P, T]:
    """Like ``functools.cache``, for what follows from the languages: forgotten when they change."""
    cached = cache(function)
    _forget.append(cached.cache_clear)
    return cached  # type: ignore[return-value] # functools gives it a type of its own


def set_languages(profiles: Mapping[Language, Profile]) -> None:
    """Makes these the languages there are, in their order; the tables above follow."""
    _profiles.clear()
    _profiles.update(profiles)
    known = profiles["en"]
    _fill(_honorifics, known.honorifics, {c: p.honorifics for c, p in profiles.items()})
    _fill(_services, known.services, {c: p.services for c, p in profiles.items()})
    for forget in _forget:
        forget()


def _fill(
    table: dict[str, Bilingual],
    codes: Mapping[str, str],
    texts: Mapping[Language, Mapping[str, str]],
) -> None:
    table.clear()
    for code in codes:
        table[code] = {lang: forms[code] for lang, forms in texts.items() if code in forms}
