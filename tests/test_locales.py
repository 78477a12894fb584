"""Numbers, dates and labels of each language (domain §4, §11.7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import TemplateError
from generator.locales import (
    HONORIFICS,
    LANGUAGES,
    SERVICES,
    format_date,
    format_fact,
    format_figure,
    format_limit,
    format_number,
    label,
    read_catalogue,
    with_honorific,
)
from generator.model import Fact, Figure, Unit

BOTH = sorted(LANGUAGES)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("322014", Unit.COUNT, "3,22,014"),
        ("12345678", Unit.COUNT, "1,23,45,678"),
        ("999", Unit.COUNT, "999"),
        ("92.5612", Unit.PERCENT, "92.56%"),
        ("47.025", Unit.PERCENT, "47.03%"),
        ("100", Unit.PERCENT, "100%"),
        ("99.996", Unit.PERCENT, "100.00%"),
        ("47.025", Unit.SCORE, "47.03"),
        ("60", Unit.SCORE, "60.00"),
        ("9", Unit.RANK, "9"),
        ("20", Unit.WEIGHT, "20"),
        ("12.5", Unit.WEIGHT, "12.50"),
    ],
)
def test_figures_print_in_indian_grouping_and_round_half_up(
    language: str, value: str, unit: Unit, printed: str
) -> None:
    assert format_figure(Figure(Decimal(value), unit), language) == printed


@pytest.mark.parametrize(
    ("value", "style", "english", "hindi"),
    [
        (14_000_000, "crore", "1.4 crore", "1.4 करोड़"),
        (58_000_000, "crore", "5.8 crore", "5.8 करोड़"),
        (20_000_000, "crore", "2 crore", "2 करोड़"),
        (4_590_000, "lakh", "45.9 lakh", "45.9 लाख"),
        (932_000, "lakh", "9.32 lakh", "9.32 लाख"),
        (3600, "plain", "3,600", "3,600"),
    ],
)
def test_facts_print_in_lakh_and_crore(value: int, style: str, english: str, hindi: str) -> None:
    fact = Fact(Decimal(value), style)

    assert format_fact(fact, "en") == english.replace(" ", "\u00a0")
    assert format_fact(fact, "hi") == hindi.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("day", "english", "hindi"),
    [
        (date(2025, 12, 11), "11th December, 2025", "11 दिसंबर, 2025"),
        (date(2025, 11, 30), "30th November, 2025", "30 नवंबर, 2025"),
        (date(2026, 2, 1), "1st February, 2026", "1 फरवरी, 2026"),
        (date(2026, 3, 22), "22nd March, 2026", "22 मार्च, 2026"),
        (date(2026, 10, 23), "23rd October, 2026", "23 अक्तूबर, 2026"),
        (date(2026, 5, 13), "13th May, 2026", "13 मई, 2026"),
    ],
)
def test_dates_print_in_house_style(day: date, english: str, hindi: str) -> None:
    assert format_date(day, "en").replace("\u00a0", " ") == english
    assert format_date(day, "hi").replace("\u00a0", " ") == hindi


@pytest.mark.parametrize("language", BOTH)
def test_a_limit_prints_as_many_decimals_as_it_has(language: str) -> None:
    printed = [format_limit(Decimal(v), language) for v in ("30", "62.5", "100000", "1E+2")]

    assert printed == ["30", "62.5", "1,00,000", "100"]


@given(st.integers(0, 10**12))
def test_no_number_prints_devanagari_digits_or_loses_one(number: int) -> None:
    printed = {format_number(Decimal(number), language) for language in BOTH}

    assert len(printed) == 1
    assert printed.pop().replace(",", "") == str(number)


@pytest.mark.parametrize("language", BOTH)
def test_every_label_is_translated_in_every_language(language: str) -> None:
    labels = {msgid for code in BOTH for msgid in read_catalogue(code)}

    assert labels
    assert all(label(msgid, language) for msgid in labels)


def test_a_missing_label_is_an_error_not_silent_english() -> None:
    with pytest.raises(TemplateError, match=r"hi\.po has no translation"):
        label("No such label", "hi")


@pytest.mark.parametrize("table", [HONORIFICS, SERVICES])
def test_every_form_of_address_exists_in_every_language(
    table: dict[str, dict[str, str]],
) -> None:
    assert all(set(forms) == set(BOTH) and all(forms.values()) for forms in table.values())


def test_a_name_is_kept_together_with_its_honorific() -> None:
    assert with_honorific("Shri", "A. B. Sample", "en") == "Shri\u00a0A. B. Sample"
    assert with_honorific("Dr.", "नमूना", "hi") == "डॉ.\u00a0नमूना"
    assert with_honorific("Shri", "", "en") == ""
