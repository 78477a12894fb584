"""Against the previous edition: it is an earlier one, and what this one says is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.locales import format_date, format_limit
from generator.model import Earlier, Edition, Figure, Place, ScoreRow

STRENGTH = "strength"
"""The one count that is not cumulative: it may stand still, or fall as officials retire."""

_SAME_DAY = (
    " A second letter on the same figures, as of appreciation, has no previous edition: "
    "delete the line previous in edition.toml."
)

MOST_STATES = 5
"""Up to so many States whose figures stand still have a finding each."""


def check_previous_earlier(case: Dossier) -> Iterator[Finding]:
    """The previous edition is of an earlier date, and its figures of an earlier day."""
    edition, earlier = case.edition, case.edition.earlier
    if earlier is not None and not is_earlier(earlier, edition):
        yield Finding(
            Severity.WARNING,
            "previous-earlier",
            f"{earlier.name} is of {_days(earlier)}, this edition of {_days(edition)}",
            "Name last month's edition, or correct the dates that are wrong; "
            "until then no figure is compared.",
            where=edition.places.get("previous"),
            expected="earlier dates in the previous edition",
        )


def check_figures_renewed(case: Dossier) -> Iterator[Finding]:
    """The figures are not those of the previous edition: the new ones were put in.

    All counts the same is an error; those of a State, or all figures of the prose, a warning.
    """
    edition, earlier = case.edition, case.edition.earlier
    if earlier is not None:
        yield from _rows_not_renewed(edition, earlier)
        yield from _facts_not_renewed(edition, earlier)


def check_facts_not_fallen(case: Dossier) -> Iterator[Finding]:
    """A figure of the prose ([facts]) is not lower than in the previous edition."""
    edition, earlier = case.edition, case.edition.earlier
    if earlier is None or not is_earlier(earlier, edition):
        return
    for name, fact in edition.facts.items():
        before = earlier.facts.get(name)
        if before is not None and fact.value < before.value:
            was = format_limit(before.value, "en")
            yield Finding(
                Severity.WARNING,
                "facts-not-fallen",
                f"facts.{name} is {format_limit(fact.value, 'en')}, lower than {was} "
                f"in {earlier.name}/edition.toml",
                "Check both figures, and correct the one that is wrong.",
                where=edition.places.get(f"facts.{name}"),
                expected=f"{was} or more",
            )


def is_earlier(earlier: Earlier, edition: Edition) -> bool:
    """Whether what the edition is compared with came before it, as it must."""
    if earlier.as_on and edition.as_on and earlier.as_on >= edition.as_on:
        return False
    return earlier.date < edition.date


def pair_rows(edition: Edition, earlier: Earlier) -> list[tuple[ScoreRow, ScoreRow]]:
    """The rows that both editions have: each as it is now, and as it was."""
    before = {row.who: row for row in earlier.rows}
    return [(row, before[row.who]) for row in edition.rows if row.who in before]


def _days(edition: Earlier | Edition) -> str:
    as_on = f" with figures as on {format_date(edition.as_on, 'en')}" if edition.as_on else ""
    return format_date(edition.date, "en") + as_on


def _rows_not_renewed(edition: Edition, earlier: Earlier) -> Iterator[Finding]:
    pairs = [pair for pair in pair_rows(edition, earlier) if _comparable(*pair)]
    same = [row for row, before in pairs if _is_same(row, before)]
    if same and len(same) == len(pairs):
        yield Finding(
            Severity.ERROR,
            "figures-renewed",
            f"Every figure is the same as in {earlier.name} ({len(same)} rows)",
            "Put this month's workbook into the edition's folder."
            + (_SAME_DAY if edition.as_on == earlier.as_on else ""),
            where=Place(same[0].place.file, same[0].place.sheet),
            expected="this month's figures",
        )
    elif len(same) > MOST_STATES:
        names = ", ".join(row.who for row in same)
        message = f"The figures of {len(same)} rows are the same as in {earlier.name}: {names}"
        yield _row_not_renewed(message, None, same[0].place)
    else:
        for row in same:
            message = f"All figures of {row.who} are the same as in {earlier.name}"
            yield _row_not_renewed(message, row.who, row.place)


def _row_not_renewed(message: str, who: str | None, where: Place) -> Finding:
    remedy = "Ask the scoring cell whether this month's figures were put in there."
    return Finding(Severity.WARNING, "figures-renewed", message, remedy, who=who, where=where)


def _figures(row: ScoreRow) -> Mapping[str, Figure]:
    """What tells a row from last month's: its cumulative counts, else its given composite."""
    counts = {column: figure for column, figure in row.counts.items() if column != STRENGTH}
    return counts or ({"composite_score": row.composite} if row.composite else {})


def _comparable(row: ScoreRow, before: ScoreRow) -> bool:
    return not _figures(row).keys().isdisjoint(_figures(before))


def _is_same(row: ScoreRow, before: ScoreRow) -> bool:
    now, then = {**row.counts, **_figures(row)}, {**before.counts, **_figures(before)}
    return all(now[column].value == then[column].value for column in now.keys() & then.keys())


def _facts_not_renewed(edition: Edition, earlier: Earlier) -> Iterator[Finding]:
    """A new edition begins with a copy of the old figures of the prose, easily left so."""
    facts, before = edition.facts, earlier.facts
    if facts and all(n in before and fact.value == before[n].value for n, fact in facts.items()):
        yield Finding(
            Severity.WARNING,
            "figures-renewed",
            f"Every figure of [facts] is the same as in {earlier.name}: {', '.join(facts)}",
            "Bring them up to date under [facts] in edition.toml.",
            where=edition.places.get("facts"),
        )
