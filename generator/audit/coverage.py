"""Is everyone there: all States scored, each with a recipient, each recipient with figures."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.model import Edition, Place, Scorecard


def _severity(edition: Edition) -> Severity:
    """In an edition that does not mean all 36, who is missing is worth knowing, no more."""
    return Severity.INFO if edition.partial else Severity.ERROR


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
            "Add their rows to the scores, or set partial = true in edition.toml.",
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


def _without_recipient(
    edition: Edition, names: str, who: str | None, where: Place | None
) -> Finding:
    return Finding(
        _severity(edition),
        "recipients-complete",
        f"Figures but no row among the recipients: {names}",
        "Add the recipient, or set partial = true in edition.toml.",
        who=who,
        where=where,
    )


def check_figures_complete(case: Dossier) -> Iterator[Finding]:
    """Each recipient has every figure that its letter prints."""
    if not case.edition.indicators:
        return
    places = {row.who: row.place for row in case.edition.rows}
    for recipient in case.edition.recipients:
        missing = _missing(case.edition, case.cards.get(recipient.id))
        if missing:
            yield Finding(
                Severity.ERROR,
                "figures-complete",
                f"{recipient.id} has no {missing}; its letter cannot be made",
                "Fill in the cells of its row in the scores.",
                who=recipient.id,
                where=places.get(recipient.id, recipient.place),
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


def _missing(edition: Edition, card: Scorecard | None) -> str:
    if card is None:
        return "row in the scores"
    row = next(row for row in edition.rows if row.who == card.who)
    columns = [c for i in edition.indicators for c in (i.numerator, i.denominator)]
    missing = [c for c in dict.fromkeys(columns) if c not in row.counts]
    zero = [i.denominator for i in edition.indicators if _is_zero(row.counts.get(i.denominator))]
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
