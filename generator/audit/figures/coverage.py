"""Is everyone there: all States scored, each with a recipient, each recipient with figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.model import Edition, Place, ScoreRow


def _severity(edition: Edition) -> Severity:
    """In an edition that does not mean all 36, who is missing is worth knowing, no more."""
    return Severity.INFO if edition.partial else Severity.ERROR


def _remedy(edition: Edition, mended: str) -> str:
    if edition.partial:
        return f"{mended} if they should be there; with partial = true nothing need be done."
    return f"{mended}, or set partial = true in edition.toml."


def check_states_complete(case: Dossier) -> Iterator[Finding]:
    """Each of the 36 States and UTs has a row in the scores (domain RANK-04)."""
    if not case.edition.indicators or any(r.state is None for r in case.edition.recipients):
        return
    missing = [state for state in load_states() if state.id not in case.cards]
    if missing:
        names = ", ".join(f"{state.name['en']} ({state.id})" for state in missing)
        yield Finding(
            _severity(case.edition),
            "states-complete",
            f"{len(case.cards)} of {len(load_states())} States/UTs have figures; missing: {names}",
            _remedy(case.edition, "Add their rows to the scores"),
        )


def check_recipients_complete(case: Dossier) -> Iterator[Finding]:
    """Each scored State has a recipient; a partial edition has one info naming who has none."""
    addressed = {recipient.id for recipient in case.edition.recipients}
    missing = [
        row for row in case.edition.rows if row.who in case.cards and row.who not in addressed
    ]
    if case.edition.partial and missing:
        yield _without_recipient(case.edition, ", ".join(row.who for row in missing), None, None)
        return
    for row in missing:
        yield _without_recipient(case.edition, row.who, row.who, row.place)


def check_left_out_named(case: Dossier) -> Iterator[Finding]:
    """Whom ``[[only]]`` leaves out is said; that must not be everyone."""
    if not case.edition.only:
        return
    left, all_there = sorted(case.edition.left_out), len(case.edition.recipients)
    everyone = bool(left) and len(left) == all_there
    names = "nobody would get a letter" if everyone else ", ".join(left) or "nobody"
    yield Finding(
        Severity.ERROR if everyone else Severity.INFO,
        "left-out-named",
        f"[[only]] leaves out {len(left)} of {all_there} recipients: {names}",
        "Correct the limits under [[only]]; patra score shows every rank and share."
        if everyone
        else "Nothing need be done if these are meant.",
        where=case.edition.places.get("only"),
    )


def _without_recipient(
    edition: Edition, names: str, who: str | None, where: Place | None
) -> Finding:
    return Finding(
        _severity(edition),
        "recipients-complete",
        f"Figures but no row among the recipients: {names}",
        _remedy(edition, "Add the recipient"),
        who=who,
        where=where,
    )


def check_figures_complete(case: Dossier) -> Iterator[Finding]:
    """Each recipient has every figure that its letter prints.

    Of cells that could not be understood the reading tells.
    """
    if not case.edition.indicators:
        return
    rows = {row.who: row for row in case.edition.rows}
    unread = _unread(case)
    for recipient in case.edition.recipients:
        row = rows.get(recipient.id)
        missing = _missing(case, row) if row else "row in the scores"
        if missing and recipient.id not in unread:
            yield Finding(
                Severity.ERROR,
                "figures-complete",
                f"{recipient.id} has no {missing}; its letter cannot be made",
                "Fill in the cells of its row in the scores.",
                who=recipient.id,
                where=_cell(case.edition, row, missing) if row else recipient.place,
            )


def check_ranking_complete(case: Dossier) -> Iterator[Finding]:
    """No scored row vanishes from its category's ranking; of recipients figures-complete tells.

    In a partial edition a row may be quite empty; of cells that cannot be read the reading tells.
    """
    addressed = {recipient.id for recipient in case.edition.recipients} | _unread(case)
    for row in case.edition.rows if case.edition.indicators else ():
        empty = not (row.counts or row.composite or row.rank or row.cohort)
        missing = _missing_in_ranking(case, row)
        if missing and row.who not in addressed and not (empty and case.edition.partial):
            yield Finding(
                Severity.ERROR,
                "ranking-complete",
                f"{row.who} has no {missing}, and would be missing from its category's ranking",
                "Fill in the cells of its row in the scores, or delete the row.",
                who=row.who,
                where=row.place,
            )


def check_ranking_named(case: Dossier) -> Iterator[Finding]:
    """Each scored row has a name to stand in the ranking: a State's, or its recipient's."""
    named = {state.id for state in load_states()} | {r.id for r in case.edition.recipients}
    for row in case.edition.rows:
        if row.who in case.cards and row.who not in named:
            yield Finding(
                Severity.ERROR,
                "ranking-named",
                f"{row.who} is no State and has no row among the recipients, which would name it",
                "Add it to the recipients with its addressee_… columns, or delete the row.",
                who=row.who,
                where=row.place,
            )


def _cell(edition: Edition, row: ScoreRow, missing: str) -> Place:
    """The cell of the first count that a row lacks: in the column where other rows have it."""
    column = missing.split(",", maxsplit=1)[0].removesuffix(" above 0")
    if column in row.counts:
        return row.counts[column].cells[0]
    others = (other.counts[column] for other in edition.rows if column in other.counts)
    above = next((figure.cells[0].cell for figure in others if figure.cells), None)
    own = re.search(r"[0-9]+$", row.place.cell or "")
    if above is None or own is None:
        return row.place
    return replace(row.place, cell=re.sub(r"[0-9]+$", own[0], above))


def _unread(case: Dossier) -> set[str | None]:
    """Whose rows have cells that could not be understood."""
    return {finding.who for finding in case.found if finding.check == "cells-understood"}


def _missing_in_ranking(case: Dossier, row: ScoreRow) -> str:
    """What a row lacks to stand in the ranking; given composites and ranks need no counts."""
    if case.edition.scoring.composite == "computed":
        return _missing(case, row)
    card = case.cards[row.who]
    needed = {
        "strength or cohort": card.cohort,
        "composite_score": card.composite,
        "rank": card.rank,
    }
    return ", ".join(name for name, value in needed.items() if value is None)


def _missing(case: Dossier, row: ScoreRow) -> str:
    """What a row lacks for a letter to be made of it."""
    card, indicators = case.cards[row.who], case.edition.indicators
    columns = [c for i in indicators for c in (i.numerator, i.denominator)]
    missing = [c for c in dict.fromkeys(columns) if c not in row.counts]
    zero = [i.denominator for i in indicators if _is_zero(row.counts.get(i.denominator))]
    parts = missing + [f"{column} above 0" for column in dict.fromkeys(zero)]
    if card.cohort is None and "strength" not in missing:
        parts.append("strength or cohort")
    if card.composite is None and not parts:
        parts.append("composite_score")
    if card.rank is None and not parts:
        parts.append("rank")
    return ", ".join(parts)


def _is_zero(figure: object) -> bool:
    return getattr(figure, "value", None) == 0
