"""A made-up edition in which every name of a text has a value, so that a kind can be tried out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

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
    names = {code: _WORDS.get(code, "Sample") for code in LANGUAGES}
    facts = [name.partition(".")[2] for name in printed if name.startswith("facts.")]
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
        indicators=(Indicator("one", Decimal(100), "part", "strength", names, names, names),),
        cohorts=(Cohort("A", 100000), Cohort("B", None)),
        bands=(Band("low", Decimal(30), names), Band("high", Decimal(100), names)),
        distribution=Distribution("each", lists, lists),
        recipients=tuple(_recipient(who, gender, names) for who, gender in _WHO),
        rows=tuple(_row(who, 10 * number) for number, (who, _) in enumerate(_WHO, 2)),
        compendium=(
            Section("01-sample", {c: Text("sample", f"# {w}\n\n{w}") for c, w in names.items()}),
        ),
        texts=texts,
        glossary=tuple(glossary),
        translations=translations or {},
    )


def _recipient(who: str, gender: str | None, names: Mapping[Language, str]) -> Recipient:
    state = find_state(who)
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
