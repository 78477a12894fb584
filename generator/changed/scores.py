"""Which cells of the scores changed: of the recipient, and of others in its category's ranking.

Of the recipient's own figures the letter's data name the cells: one that moved is told as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from generator.changed.difference import Difference
from generator.changed.side import Side
from generator.changed.words import show_values
from generator.model import Figure, Place, Scorecard, ScoreRow
from generator.scoring import cohort_table

COHORT, COMPOSITE, RANK = "cohort", "composite_score", "rank"
NO_ROW, A_ROW = "(no row)", "(a row)"
_Cell: TypeAlias = tuple[Decimal | str, Place]
"""What stands in a cell, and where that is."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A changed cell, or a whole row (``column`` ""); ``undone``: the new row as it would be."""

    who: str
    column: str
    undone: ScoreRow | None
    shown: Difference


def score_differences(old: Side, new: Side) -> list[Difference]:
    """The changed cells that bear on the letter, the recipient's own first."""
    if old.edition.rows == new.edition.rows or not new.would_differ(rows=old.edition.rows):
        return []
    changes = list(_changes(old, new))
    bearing = [change for change in changes if _bears(change, new)]
    # several may bear on the letter together, though none of them does alone
    return [change.shown for change in bearing or changes]


def _changes(old: Side, new: Side) -> Iterator[_Change]:
    """The changed cells of the recipient and of all who stood or stand in its category."""
    before, after = old.rows, new.rows
    for who in dict.fromkeys((new.who, *_rivals(new), *_rivals(old))):
        row, earlier = after.get(who), before.get(who)
        if row and earlier:
            yield from _changed_cells(earlier, row)
        elif row:
            yield _Change(who, "", None, Difference(row.place, NO_ROW, A_ROW, who))
        elif earlier:
            yield _Change(who, "", earlier, Difference(earlier.place, A_ROW, NO_ROW, who))


def _rivals(side: Side) -> list[str]:
    cards = side.score(side.edition.rows)
    own = cards.get(side.who)
    return [who for who, card in cards.items() if own and card.cohort == own.cohort]


def _changed_cells(old: ScoreRow, new: ScoreRow) -> Iterator[_Change]:
    before, after = _cells(old), _cells(new)
    for column in dict.fromkeys((*after, *before)):
        first, second = before.get(column), after.get(column)
        if first != second:
            what = f"{new.who}, {column}"
            shown = _moved(first, second, what) or _changed(first, second, what, new.place)
            yield _Change(new.who, column, _undo(new, column, old), shown)


def _changed(old: _Cell | None, new: _Cell | None, what: str, row: Place) -> Difference:
    was, now = (cell[0] if cell else None for cell in (old, new))
    place = (new or old or ("", row))[1]
    return Difference(place, *show_values(was, now), what)


def _moved(old: _Cell | None, new: _Cell | None, what: str) -> Difference | None:
    """A value that stands in another cell now; None where it is another value."""
    if old is None or new is None or old[0] != new[0]:
        return None
    was, now, where = old[1], new[1], Place(new[1].file)
    if was.file == now.file:
        sheet = now.sheet if was.sheet == now.sheet else None
        where = Place(now.file, sheet)
        was, now = (replace(p, file="", sheet=None if sheet else p.sheet) for p in (was, now))
    old_text, new_text = (str(place).removeprefix(", ") for place in (was, now))
    return Difference(where, old_text, new_text, what)


def _cells(row: ScoreRow) -> dict[str, _Cell]:
    """Value and place of each filled cell by its column."""
    figures = {**row.counts, COMPOSITE: row.composite, RANK: row.rank}
    found: dict[str, _Cell] = {
        column: (figure.value, _place(figure, row)) for column, figure in figures.items() if figure
    }
    return found | ({COHORT: (row.cohort, row.place)} if row.cohort else {})


def _place(figure: Figure, row: ScoreRow) -> Place:
    return figure.cells[0] if figure.cells else row.place


def _undo(new: ScoreRow, column: str, old: ScoreRow) -> ScoreRow:
    """The new row with one cell as it was."""
    match column:
        case "cohort":
            return replace(new, cohort=old.cohort)
        case "composite_score":
            return replace(new, composite=old.composite)
        case "rank":
            return replace(new, rank=old.rank)
    counts = {name: figure for name, figure in new.counts.items() if name != column}
    if column in old.counts:
        counts[column] = old.counts[column]
    return replace(new, counts=counts)


def _bears(change: _Change, new: Side) -> bool:
    """Whether the letter's figures would be other ones without the change."""
    rows = {**new.rows}
    if change.undone:
        rows[change.who] = change.undone
    else:
        del rows[change.who]
    undone, now = new.score(tuple(rows.values())), new.score(new.edition.rows)
    return _printed(undone, new.who) != _printed(now, new.who)


def _printed(cards: Mapping[str, Scorecard], who: str) -> object:
    """What a letter can say of the scorecards: its own figures with their cells, the ranking."""
    own = cards.get(who)
    if own is None:
        return None
    ranking = [_score(card) for card in cohort_table(cards, own.cohort)]
    return own, ranking


def _score(card: Scorecard) -> object:
    figures = (card.composite, card.rank)
    return card.who, *(figure.value if figure else None for figure in figures)
