"""What is the same in every letter of an edition, its number apart: dates, facts, weightages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generator.audit.texts.passages import PLACEHOLDER, date_style_of, text_passages
from generator.explain.explanation import MISSING, Addressee, Explanation, exact
from generator.locales import format_date, format_fact, format_limit
from generator.model import Fact, Figure, Place, Unit
from generator.register import format_number_of

HEAD = "Number and dates"
FACTS = "Facts quoted in the text"
WEIGHTS = "Weightages"

SIZES = {"lakh": Decimal(10) ** 5, "crore": Decimal(10) ** 7}


def explain_head(addressee: Addressee) -> Iterator[Explanation]:
    """The number as a first issue would give it, and the dates; the register is not read."""
    edition = addressee.edition
    yield _number(addressee)
    yield _date(addressee, "date", "Date of the letter", edition.date)
    if edition.as_on is not None:
        yield _date(addressee, "as_on", "Date of the figures", edition.as_on)
    elif edition.indicators:
        formula = "as_on is not set"
        yield Explanation(HEAD, "Date of the figures", MISSING, formula, addressee.settings(""))


def _date(addressee: Addressee, key: str, name: str, day: date) -> Explanation:
    edition = addressee.edition
    value = addressee.in_each(lambda code: format_date(day, code, date_style_of(edition, code)))
    return Explanation(HEAD, name, value, f"{key} = {day}", addressee.settings(key))


def _number(addressee: Addressee) -> Explanation:
    edition = addressee.edition
    first, day = edition.number.first_serial, edition.date
    before = edition.recipients.index(addressee.recipient)
    serial = f"serial {first} + {before} = {first + before} (recipients before it: {before})"
    return Explanation(
        HEAD,
        "Number at a first issue",
        format_number_of(edition, first + before),
        f"pattern {edition.number.pattern}; year {day.year}, month {day.month}, day {day.day}, "
        f"{serial}; a number that the register has given stays",
        (
            *addressee.settings("number.pattern", "number.first_serial"),
            addressee.recipient.place,
        ),
    )


def explain_facts(addressee: Addressee) -> Iterator[Explanation]:
    """The figures of the prose, with the lines of the texts that quote them."""
    for key, fact in addressee.edition.facts.items():
        yield Explanation(
            FACTS,
            key,
            _printed_fact(addressee, fact),
            f"facts.{key} = {_fact_formula(fact)}",
            (*addressee.settings(f"facts.{key}.value"), *_quoted(addressee, key)),
        )


def _printed_fact(addressee: Addressee, fact: Fact) -> str:
    return addressee.in_each(lambda language: format_fact(fact, language))


def _fact_formula(fact: Fact) -> str:
    if fact.style not in SIZES:
        return exact(fact.value)
    size = SIZES[fact.style]
    return f"{exact(fact.value)}; ÷ {exact(size)} = {exact(fact.value / size)}"


def _quoted(addressee: Addressee, key: str) -> Iterator[Place]:
    named = re.compile(rf"\bfacts\W+{re.escape(key)}\b")
    for language in addressee.languages:
        for passage in text_passages(addressee.edition.texts[language], language):
            if any(named.search(name) for name in PLACEHOLDER.findall(passage.text)):
                yield passage.place


def explain_weights(addressee: Addressee) -> Iterator[Explanation]:
    """The weightages of the indicators, and their total."""
    indicators = addressee.edition.indicators
    if not indicators:
        return
    places = addressee.settings(*(f"indicators.{n}.weight" for n in range(len(indicators))))
    for number, indicator in enumerate(indicators):
        yield Explanation(
            WEIGHTS,
            indicator.name.get("en", indicator.id),
            addressee.printed(Figure(indicator.weight, Unit.WEIGHT)),
            f"weight = {exact(indicator.weight)}",
            addressee.settings(f"indicators.{number}.weight"),
        )
    total = sum((indicator.weight for indicator in indicators), Decimal(0))
    yield Explanation(
        WEIGHTS,
        "Total",
        addressee.in_each(lambda language: format_limit(total, language)),
        f"{' + '.join(exact(i.weight) for i in indicators)} = {exact(total)}",
        places,
    )
