"""Figures out of prose: the same whatever the language and the spelling."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.audit.texts.quantities import differences, quantities, spell
from generator.locales import format_date, format_fact, format_number
from generator.model import Fact


def read(text: str, language: str = "en") -> Counter[tuple[str, str]]:
    """The quantities of a text as kind and plain number."""
    return Counter(
        (q.kind, f"{q.value:f}" if isinstance(q.value, Decimal) else q.value)
        for q in quantities(text, language).elements()
    )


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("9.32 lakh enrolments", "9.32 लाख नामांकन"),
        ("over 1.4 crore learners", "1.40\u00a0करोड़ से अधिक शिक्षार्थी"),
        ("1,600+ police stations", "1,600 से अधिक पुलिस थाने"),
        ("20 thousand", "20 हज़ार"),
        ("20 thousand", "20,000"),
        ("1 million", "10 लाख"),
        ("2 lakh crore", "2 लाख करोड़"),
        ("15th to 21st September, 2025", "15 से 21 सितंबर, 2025"),
        ("March 18–24, 2025", "18–24 मार्च, 2025"),
        ("From 5th to 9th May, 2025", "5 से 9 मई, 2025 तक"),
        ("11th December, 2025", "11.12.2025"),
        ("2025-12-11", "11 दिसम्बर, 2025"),
        ("1st October and 2nd Feb", "1 अक्टूबर और 2 फ़रवरी"),
        ("1st October and 2nd February", "1 अक्तूबर और 2 फरवरी"),
        ("the 9th course", "9वाँ पाठ्यक्रम"),
        ("the 9th course", "९वीं कक्षा"),
        ("POSHANVERSE 2025–26", "पोषणवर्स 2025–2026"),
        ("98%", "98 प्रतिशत"),
        ("98 per cent", "98 फ़ीसदी"),
        ("2 percentage points", "2 प्रतिशत अंक"),
        ("5 to 10 per cent", "5% से 10%"),
        ("5–10%", "5 से 10 प्रतिशत"),
        ("322,014 users", "3,22,014 उपयोगकर्ता"),
        ("over ⟦facts.learners⟧ learners in May 2025", "मई 2025 में ⟦facts.learners⟧ से अधिक"),
        ("four hours daily in three stages", "तीन चरणों में प्रतिदिन चार घंटे"),
        ("30 of the top 50", "50 में से 30"),
        ("which may be used", "जूनियर, अगस्त्य"),
    ],
)
def test_one_figure_in_two_languages_is_one_figure(english: str, hindi: str) -> None:
    assert quantities(english, "en") == quantities(hindi, "hi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9.32 lakh", "9.23 lakh"),
        ("9.32 lakh", "9.32 crore"),
        ("9.32 lakh", "9.32"),
        ("98%", "98"),
        ("5th May", "5th June"),
        ("2025", "2024"),
        ("50 and 50", "50"),
        ("⟦facts.learners⟧", "⟦facts.courses⟧"),
        ("2025–26", "2024–25"),
    ],
)
def test_different_figures_differ(one: str, other: str) -> None:
    assert quantities(one, "en") != quantities(other, "en")


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("between 5 and 10 lakh", "5 लाख और 10 लाख के बीच"),
        ("5, 10 and 15 per cent", "5%, 10% और 15%"),
        ("5 to 10 lakh", "5–10 लाख"),
        ("15 above 60% and 5 below 30%", "60% से ऊपर 15 और 30% से नीचे 5"),
        ("30 per cent of class 10 and 20% of class 12", "कक्षा 10 के 30% और कक्षा 12 के 20 प्रतिशत"),
        ("12 per cent, and No. 7", "क्रमांक 7 और 12 प्रतिशत"),
        ("40 per cent were men and 60 per cent women", "पुरुष 40 और महिलाएँ 60 प्रतिशत"),
        ("May I add a flag march", "फ्लैग मार्च"),
        ("a march past; a route march", "मार्च पास्ट; रूट मार्च में"),
        ("in March", "मार्च में"),
        ("March and May were hot", "मार्च और मई गर्म रहे"),
        ("the RCVP Academy", "आर०सी०वी०पी० अकादमी"),
        ("Dr. Rao", "डॉ० राव"),
        ("in 2025–26 on 1.2.2026", "२०२५–२६ में १.२.२०२६ को"),
        ("the officer", "अधिकारी (011-0000 0000)"),
        ("the officer", "अधिकारी (" + "98765" + " 43210)"),
        ("the officer", "अधिकारी (" + "98765" + "43210)"),
        ("14000000 learners", "1.4 करोड़ शिक्षार्थी"),
    ],
)
def test_what_may_mean_the_same_is_no_difference(english: str, hindi: str) -> None:
    assert differences((english, "en"), (hindi, "hi")) == ([], [])
    assert differences((hindi, "hi"), (english, "en")) == ([], [])


@pytest.mark.parametrize(
    ("english", "hindi", "here", "there"),
    [
        ("5 to 10 lakh", "5 से 10 करोड़", "10 lakh", "10 करोड़"),
        ("5 to 10 lakh", "6 से 10 लाख", "5", "6"),
        ("98%", "98", "98%", "98"),
        ("40 and 60 per cent", "40 लाख और 60 प्रतिशत", "40", "40 लाख"),
        ("50 and 50", "50", "50", ""),
        ("15th March, 2025", "15 मार्च, 2024", "2025", "2024"),
        ("in the month of May", "मार्च माह में", "May", "मार्च"),
        ("1.4 crore", "1.5 करोड़", "1.4 crore", "1.5 करोड़"),
        ("14000000", "1.5 करोड़", "", "1.5 करोड़"),
        ("12 courses", "१३ पाठ्यक्रम", "12", "१३"),
    ],
)
def test_what_means_another_thing_differs(english: str, hindi: str, here: str, there: str) -> None:
    ours, theirs = differences((english, "en"), (hindi, "hi"))

    assert (spell(ours), spell(theirs)) == (here, there)


def test_every_figure_counts_with_its_unit() -> None:
    text = "15th May, 2025: 98% of 7 lakh, 1.5 crore, 220"

    assert read(text) == Counter(
        [
            ("number", "15"),
            ("month", "5"),
            ("number", "2025"),
            ("percent", "98"),
            ("number", "700000"),
            ("number", "15000000"),
            ("number", "220"),
        ]
    )


def test_digits_inside_a_placeholder_are_no_figures() -> None:
    assert read("⟦indicators.2.name⟧") == Counter([("placeholder", "indicators.2.name")])


def test_a_cell_takes_no_unit_from_its_neighbour() -> None:
    assert read("5\tper cent") == Counter([("number", "5")])


def test_figures_are_shown_as_they_are_written() -> None:
    assert spell(quantities("9.32\u00a0lakh on 31.07.2025", "en")) == "9.32 lakh, 31.07.2025"


def test_a_language_without_words_has_bare_figures() -> None:
    assert read("3,22,014 லட்சம் 5%", "ta") == Counter([("number", "322014"), ("percent", "5")])


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_the_same_in_both_languages(day: date) -> None:
    assert quantities(format_date(day, "en"), "en") == quantities(format_date(day, "hi"), "hi")


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["plain", "lakh", "crore"]))
def test_every_fact_reads_the_same_in_both_languages(value: Decimal, style: str) -> None:
    fact = Fact(value, style)

    assert quantities(format_fact(fact, "en"), "en") == quantities(format_fact(fact, "hi"), "hi")


@given(st.decimals(0, 10**12, places=2))
def test_grouping_changes_no_figure(value: Decimal) -> None:
    assert quantities(format_number(value, "en", 2), "en") == quantities(f"{value:f}", "en")


@given(st.text(alphabet="0123456789.,-–/% \nMaylkhcroेसलाख⟦⟧", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(q.written in text for q in quantities(text, "hi"))
    assert all(q.written in text for q in quantities(text, "en"))
