"""The addressee's rank, and every other line of its category's ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.explain.explanation import MISSING, Addressee, Explanation, unique
from generator.explain.scores import explain_composite, own_section
from generator.model import Figure, Scorecard
from generator.scoring import cohort_table


@dataclass(frozen=True, slots=True)
class Rival:
    """Another member of the category, with the composite that ranks are worked out from."""

    who: str
    composite: Figure


def explain_rank(addressee: Addressee) -> Iterator[Explanation]:
    """The addressee's own rank, with who is better."""
    card, section, name = addressee.card, own_section(addressee), "Rank"
    if card is None:
        return
    if card.rank is None:
        formula = "it is not given" if addressee.given else "no rank without composite and category"
        yield Explanation(section, name, MISSING, formula, (addressee.row(card.who).place,))
        return
    members = [_ranked_by(addressee, card), *(r.composite for r in _rivals(addressee, card))]
    cells = (cell for member in members if member for cell in member.cells)
    formula, places = _formula(addressee, card, named=True), unique((*card.rank.cells, *cells))
    yield Explanation(section, name, addressee.printed(card.rank), formula, places)


def explain_ranking(addressee: Addressee) -> Iterator[Explanation]:
    """Composite and rank of the others in the category, in the order of the letter's table."""
    card = addressee.card
    if card is None or card.composite is None or card.rank is None:
        return  # the letter prints no ranking then
    section = f"Ranking in category {card.cohort or '–'}"
    for other in cohort_table(addressee.cards, card.cohort):
        if other.who != card.who and other.composite and other.rank:
            name = addressee.called(other.who)
            yield explain_composite(addressee, other, section, f"{name}: composite score")
            yield Explanation(
                section,
                f"{name}: rank",
                addressee.printed(other.rank),
                _formula(addressee, other, named=False),
                other.rank.cells or other.composite.cells,
            )


def _ranked_by(addressee: Addressee, card: Scorecard) -> Figure | None:
    """The composite that a rank is worked out from: where it is given, the recomputed one first."""
    return (card.computed or card.composite) if addressee.given else card.composite


def _rivals(addressee: Addressee, card: Scorecard) -> list[Rival]:
    """The others of the category, best first; with their composites as printed."""
    others = [c for c in addressee.cards.values() if c.cohort == card.cohort and c.who != card.who]
    found = ((c.who, c.composite or c.computed) for c in others)
    rivals = [Rival(who, composite) for who, composite in found if composite]
    return sorted(rivals, key=lambda rival: (-rival.composite.value, rival.who))


def _formula(addressee: Addressee, card: Scorecard, *, named: bool) -> str:
    """How a rank comes about; ``named``: with the names and composites of who is better."""
    own = _ranked_by(addressee, card)
    if own is None:
        return "as given in the workbook; without a composite it cannot be recomputed"
    rivals = _rivals(addressee, card)
    better = [rival for rival in rivals if rival.composite.value > own.value]
    equal = [rival for rival in rivals if rival.composite.value == own.value]
    names = _list(addressee, better) if named else str(len(better))
    told = f"{1 + len(better)} of {1 + len(rivals)} in category {card.cohort or '–'}; better: "
    told += names if better else "none"
    if equal:
        told += f"; equal: {_list(addressee, equal)} (equal scores share the better rank)"
    return f"as given in the workbook; recomputed: {told}" if addressee.given else told


def _list(addressee: Addressee, rivals: Sequence[Rival]) -> str:
    return ", ".join(f"{addressee.called(r.who)} {addressee.printed(r.composite)}" for r in rivals)
