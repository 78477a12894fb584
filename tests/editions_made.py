"""Editions made by hand, for the tests of what works on values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.audit.texts.translations import digest_source
from generator.inputs.states import find_state
from generator.model import (
    Band,
    Cohort,
    Contact,
    Edition,
    Fact,
    Figure,
    Indicator,
    LetterheadSettings,
    Numbering,
    Place,
    Recipient,
    ScoreRow,
    ScoringRules,
    Section,
    Signatory,
    Text,
    Unit,
)

COLUMNS = ("strength", "onboarded", "verified", "completed_one", "attempted", "cleared")


def row(
    who: str,
    *counts: int | None,
    composite: str | None = None,
    rank: int | None = None,
    cohort: str | None = None,
) -> ScoreRow:
    """A row with counts in the order of COLUMNS; each figure's cell is named by its column."""
    figures = {
        column: Figure(Decimal(count), Unit.COUNT, (Place("scores.xlsx", "Scores", column),))
        for column, count in zip(COLUMNS, counts, strict=True)
        if count is not None
    }
    cell = (Place("scores.xlsx", "Scores", "given"),)
    return ScoreRow(
        who,
        Place("scores.xlsx", "Scores", who),
        figures,
        cohort,
        Figure(Decimal(composite), Unit.SCORE, cell) if composite else None,
        Figure(Decimal(rank), Unit.RANK, cell) if rank else None,
    )


def indicator(name: str, weight: int, numerator: str, denominator: str) -> Indicator:
    """An indicator whose texts are its name."""
    text = {"en": name, "hi": f"{name} (हिंदी)"}
    return Indicator(name, Decimal(weight), numerator, denominator, text, text, text)


INDICATORS = (
    indicator("onboarded", 20, "onboarded", "strength"),
    indicator("verified", 20, "verified", "onboarded"),
    indicator("completed", 30, "completed_one", "onboarded"),
    indicator("cleared", 30, "cleared", "attempted"),
)


def band(name: str, upto: int) -> Band:
    """A performance level named by its id."""
    return Band(name, Decimal(upto), {"en": name.title(), "hi": name})


def make_edition(*rows: ScoreRow, **others: Any) -> Edition:
    """An edition with the source's method and the given rows."""
    values: dict[str, Any] = {
        "name": "made",
        "folder": Path("made"),
        "kind": "do_letter",
        "date": date(2025, 12, 11),
        "as_on": date(2025, 11, 30),
        "versions": ("hi", "en"),
        "number": Numbering("N/{serial}"),
        "signatory": Signatory(
            {"hi": "कल्पना नमूना", "en": "Kalpana Namuna"},
            "f",
            {"hi": "मुख्य कार्यकारी अधिकारी", "en": "Chief Executive Officer"},
            "IAS",
        ),
        "letterhead": LetterheadSettings(
            {"hi": "कर्मयोगी भारत", "en": "KARMAYOGI BHARAT"},
            {"hi": ("(भारत सरकार)",), "en": ("(Government of India)",)},
        ),
        "indicators": INDICATORS,
        "cohorts": (Cohort("A", 100_000), Cohort("B", 500_000), Cohort("C", None)),
        "bands": (band("low", 30), band("moderate", 60), band("strong", 100)),
        "scoring": ScoringRules(others.pop("composite", "computed")),
        "rows": rows,
    }
    return Edition(**{**values, **others})


ROOT = Path(__file__).parent.parent
KIND = ROOT / "letter_templates" / "do_letter"
COMPENDIUM = ROOT / "editions" / "2025-12" / "compendium"


def real_texts() -> dict[str, Any]:
    """The kind's own texts, the sample's compendium, a contact and the facts of the prose.

    Every translation is recorded as current.
    """
    texts = {code: _read(KIND / f"text.{code}.md") for code in ("hi", "en")}
    sections = tuple(
        Section(
            path.name.removesuffix(".en.md"),
            {code: _read(path.with_name(path.name.replace(".en.", f".{code}."))) for code in texts},
        )
        for path in sorted(COMPENDIUM.glob("*.en.md"))
    )
    return {
        "texts": texts,
        "compendium": sections,
        "translations": {
            pair["hi"].file: digest_source(pair["en"].source)
            for pair in (texts, *(section.texts for section in sections))
        },
        "contact": Contact({"hi": "नमूना", "en": "Sample"}, "Shri", "contact@example.in", "011-0"),
        "facts": {
            "learners": Fact(Decimal(14_000_000), "crore"),
            "completions": Fact(Decimal(58_000_000), "crore"),
            "courses": Fact(Decimal(3600)),
        },
    }


def _read(path: Path) -> Text:
    return Text(path.name, path.read_text(encoding="utf-8"))


def recipient(who: str, **others: Any) -> Recipient:
    """The head of administration of a State, with a fictitious name."""
    state = find_state(who)
    values: dict[str, Any] = {
        "place": Place("recipients.csv", cell="A2"),
        "state": state,
        "honorific": "Shri",
        "name": {"hi": "नमूना प्राप्तकर्ता", "en": "Sample Recipient"},
        "gender": "m",
        "designation": state.head if state else {},
        "service": "IAS",
        "email": f"{who.lower()}@state.example",
        "confirmed_on": date(2025, 12, 1),
    }
    return Recipient(who, **{**values, **others})
