"""A made-up edition in which every name of a text has a value, so that a kind can be tried out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.audit.texts.translations import digest_source
from generator.inputs.states import find_state
from generator.locales import LANGUAGES
from generator.model import (
    Band,
    Cohort,
    Contact,
    Distribution,
    Edition,
    Fact,
    Figure,
    Indicator,
    Language,
    LetterheadSettings,
    Numbering,
    Place,
    Recipient,
    ScoreRow,
    Section,
    Signatory,
    Term,
    Text,
    Unit,
)

_DAY = date(2025, 12, 11)
_WORDS = {"hi": "नमूना", "en": "Sample"}
_PLACE = Place("sample")
_WHO = (("HR", "m"), ("GA", "f"), ("CH", None))
"""A State, a State, and a Union Territory addressed by office: the three forms of address."""


def sample_edition(
    kind: str,
    texts: Mapping[Language, Text],
    printed: Collection[str],
    glossary: Sequence[Term] = (),
    translations: Mapping[str, str] | None = None,
) -> Edition:
    """An edition of a kind, complete and made up.

    Args:
        kind: The kind's name.
        texts: Its texts by language.
        printed: The names that they print, for the facts among them.
        glossary: The terms of the house.
        translations: What ``translations.toml`` records.
    """
    names = {code: _WORDS.get(code, _WORDS["en"]) for code in LANGUAGES}
    facts = [name.partition(".")[2] for name in printed if name.startswith("facts.")]
    bands, cohorts = _most("bands", texts, 2), _most("categories", texts, 2)
    indicators = _most("shares|indicators", texts, 1)
    lists = {code: (word, word) for code, word in names.items()}
    return Edition(
        name="sample",
        folder=Path("sample"),
        kind=kind,
        date=_DAY,
        as_on=date(2025, 11, 30),
        versions=tuple(texts),
        number=Numbering("SAMPLE/{year}/{serial}"),
        signatory=Signatory(names, "f", names, "IAS", "011-00000000", "sample@example.in"),
        letterhead=LetterheadSettings(names, {c: (w,) for c, w in names.items()}, names),
        contact=Contact(names, "Shri", "sample@example.in", "011-00000000"),
        specimen=True,
        partial=True,
        place=names,
        facts={name: Fact(Decimal(14000000), "crore") for name in facts},
        indicators=tuple(
            Indicator(f"i{n}", Decimal(100 // indicators), "part", "strength", names, names, names)
            for n in range(indicators)
        ),
        cohorts=(
            Cohort("A", 100000),
            *(Cohort(f"B{n}", 10**6 * n) for n in range(1, cohorts - 1)),
            Cohort("B", None),
        ),
        bands=tuple(Band(f"b{n}", Decimal(100 * n // bands), names) for n in range(1, bands + 1)),
        distribution=Distribution("each", lists, lists),
        recipients=tuple(_recipient(who, gender, names) for who, gender in _WHO),
        rows=tuple(_row(who, 10 * number) for number, (who, _) in enumerate(_WHO, 2)),
        compendium=(
            Section("01-sample", {code: Text(_PLACE.file, _section(code)) for code in LANGUAGES}),
        ),
        texts=texts,
        glossary=tuple(glossary),
        translations={**(translations or {}), _PLACE.file: digest_source(_section("en"))},
    )


def _most(rows: str, texts: Mapping[Language, Text], least: int) -> int:
    """How many rows a list needs, where a text names them by their places: bands[2]."""
    named = re.compile(rf"\b(?:{rows})\[(\d{{1,2}})\]")
    found = (int(place) + 1 for text in texts.values() for place in named.findall(text.source))
    return max((least, *found))


def _section(code: Language) -> str:
    word = _WORDS.get(code, _WORDS["en"])
    return f"# {word}\n\n{word}"


def _recipient(who: str, gender: str | None, names: Mapping[Language, str]) -> Recipient:
    known = find_state(who)
    state = known and replace(
        known,
        name={**names, **known.name},
        short_name={**names, **known.short_name},
        head={**names, **known.head},
        government={**names, **known.government},
    )
    honorific = {"m": "Shri", "f": "Smt."}.get(gender or "", "")
    return Recipient(
        id=who,
        place=_PLACE,
        state=state,
        honorific=honorific,
        name=names if gender else {},
        service="IAS" if gender else "",
        gender=gender,
        designation=state.head if state else names,
        email=f"{who.lower()}@state.example",
    )


def _row(who: str, part: int) -> ScoreRow:
    figures = {"strength": Decimal(200000), "part": Decimal(2000 * part)}
    counts = {name: Figure(value, Unit.COUNT) for name, value in figures.items()}
    return ScoreRow(who, _PLACE, counts)
