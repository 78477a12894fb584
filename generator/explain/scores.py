"""The addressee's own figures: category, counts, shares, levels and composite."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.explain.explanation import MISSING, Addressee, Explanation, exact, unique
from generator.explain.limits import category_limits, level_limits, limit_places, tell
from generator.model import Figure, Place, Scorecard, Share
from generator.scoring import HUNDRED


def own_section(addressee: Addressee) -> str:
    """The heading of the addressee's own figures."""
    return f"Figures of {addressee.called(addressee.recipient.id)}"


def explain_scores(addressee: Addressee) -> Iterator[Explanation]:
    """The addressee's own figures; what is missing, and why."""
    card, section = addressee.card, own_section(addressee)
    if card is None:
        if addressee.edition.indicators:
            formula = f"the scores have no row of {addressee.recipient.id}"
            place = addressee.recipient.place
            yield Explanation(section, "every figure", MISSING, formula, (place,))
        return
    yield _category(addressee, card)
    if card.shares:
        for share in card.shares:
            yield from _share(addressee, share)
    else:
        yield from _counts(addressee, card)
    yield explain_composite(addressee, card, section, "Composite score")


def _category(addressee: Addressee, card: Scorecard) -> Explanation:
    edition, row = addressee.edition, addressee.row(card.who)
    section, name = own_section(addressee), "Category"
    if card.cohort is None:
        formula = "neither a strength nor a category is given"
        return Explanation(section, name, MISSING, formula, (row.place,))
    if card.strength is None:
        return Explanation(section, name, card.cohort, "as given in the workbook", (row.place,))
    number = [cohort.id for cohort in edition.cohorts].index(card.cohort)
    limits = tell(category_limits(edition)[number])
    return Explanation(
        section,
        name,
        card.cohort,
        f"strength {exact(card.strength.value)} lies {limits}"
        + (f"; the workbook gives {row.cohort}" if row.cohort not in (None, card.cohort) else ""),
        (*card.strength.cells, *limit_places(addressee, "cohorts", number)),
    )


def _share(addressee: Addressee, share: Share) -> Iterator[Explanation]:
    """An indicator's line: the count, the share, the level."""
    section, edition = own_section(addressee), addressee.edition
    name, percent = share.indicator.name.get("en", share.indicator.id), share.share
    yield _count(addressee, name, share.numerator, share.indicator.numerator)
    yield Explanation(
        section,
        f"{name}: share",
        addressee.printed(percent),
        f"{exact(share.numerator.value)} ÷ {exact(share.denominator.value)} × 100 = "
        f"{exact(percent.value)} → {addressee.printed(percent)}",
        unique(percent.cells),
    )
    number = edition.bands.index(share.level)
    limits = level_limits(edition)[number]
    beyond = percent.value > share.level.upto
    yield Explanation(
        section,
        f"{name}: level",
        addressee.text(share.level.name),
        f"{exact(percent.value)} lies "
        + ("above every limit: the last level" if beyond else tell(limits)),
        (*unique(percent.cells), *limit_places(addressee, "bands", number)),
    )


def _count(addressee: Addressee, name: str, figure: Figure, column: str) -> Explanation:
    return Explanation(
        own_section(addressee),
        f"{name}: count",
        addressee.printed(figure),
        f"{column} = {exact(figure.value)}",
        figure.cells,
    )


def _counts(addressee: Addressee, card: Scorecard) -> Iterator[Explanation]:
    """The counts that there are, where no share can be worked out, and what is missing."""
    row, indicators = addressee.row(card.who), addressee.edition.indicators
    for indicator in indicators:
        if figure := row.counts.get(indicator.numerator):
            name = indicator.name.get("en", indicator.id)
            yield _count(addressee, name, figure, indicator.numerator)
    columns = dict.fromkeys(c for i in indicators for c in (i.numerator, i.denominator))
    lacking = [f"{column} is not known" for column in columns if column not in row.counts]
    lacking += [
        f"{i.denominator} is 0, and nothing can be divided by it"
        for i in indicators
        if i.denominator in row.counts and not row.counts[i.denominator].value
    ]
    if lacking:
        formula = "; ".join(dict.fromkeys(lacking))
        section = own_section(addressee)
        yield Explanation(section, "every share and level", MISSING, formula, (row.place,))


def explain_composite(
    addressee: Addressee, card: Scorecard, section: str, name: str
) -> Explanation:
    """A composite: computed, or given and beside it as it is computed."""
    worked_out = _weighted(addressee, card)
    if not addressee.given:
        if card.composite is None:
            formula = "it cannot be worked out without the shares"
            return Explanation(section, name, MISSING, formula, (addressee.row(card.who).place,))
        places = (*card.composite.cells, *_weight_places(addressee))
        return Explanation(section, name, addressee.printed(card.composite), worked_out, places)
    recomputed = f"recomputed: {worked_out}" if worked_out else "its counts are missing"
    if card.composite is None:
        formula = f"not given in the workbook; {recomputed}"
        return Explanation(section, name, MISSING, formula, (addressee.row(card.who).place,))
    return Explanation(
        section,
        name,
        addressee.printed(card.composite),
        f"as given in the workbook; {recomputed}",
        unique(
            (
                *card.composite.cells,
                *(card.computed.cells if card.computed else ()),
                *(_weight_places(addressee) if card.computed else ()),
            )
        ),
    )


def _weighted(addressee: Addressee, card: Scorecard) -> str:
    """Σ weight × share ÷ 100 with its numbers; "" where shares are missing."""
    if card.computed is None:
        return ""
    parts = [f"{exact(s.indicator.weight)} × {exact(s.share.value)}" for s in card.shares]
    total = sum((s.indicator.weight * s.share.value for s in card.shares), Decimal(0)) / HUNDRED
    return f"({' + '.join(parts)}) ÷ 100 = {exact(total)} → {addressee.printed(card.computed)}"


def _weight_places(addressee: Addressee) -> tuple[Place, ...]:
    count = len(addressee.edition.indicators)
    return addressee.settings(*(f"indicators.{number}.weight" for number in range(count)))
