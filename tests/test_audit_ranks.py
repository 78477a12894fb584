"""The audit of given composites and ranks: one planted fault gives one finding, at its cell."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.findings import Finding, Severity
from generator.inputs.edition import read_edition
from generator.model import Edition, Place, ScoreRow
from generator.paths import Paths
from generator.scoring import score_edition
from tests.audited import CLEAN, VETTED, clean_edition, findings_of, only
from tests.command import ROOT
from tests.editions_made import make_edition, recipient, row
from tests.planted import errors_of, places, put
from tests.small import Small, make_small

COMPOSITES = ("70", "60", "60", "50", "40")
STATES = ("JH", "AS", "OD", "GJ", "KA")


def at_its_cell(made: ScoreRow) -> ScoreRow:
    """The row with its composite in C<id> and its rank in D<id>."""
    cells = {
        name: replace(figure, cells=(Place("scores.xlsx", "Scores", letter + made.who),))
        for name, letter in (("composite", "C"), ("rank", "D"))
        if (figure := getattr(made, name)) is not None
    }
    return replace(made, **cells)


def given(
    ranks: Sequence[int | None],
    composites: Sequence[str | None] = COMPOSITES,
    cohorts: Sequence[str] = "BBBBB",
) -> list[ScoreRow]:
    """Rows without counts, with given composites and ranks."""
    none = (None,) * 6
    return [
        at_its_cell(row(who, *none, composite=composite, rank=rank, cohort=cohort))
        for who, composite, rank, cohort in zip(STATES, composites, ranks, cohorts, strict=True)
    ]


def ranked(rows: Sequence[ScoreRow], *, partial: bool = False) -> Edition:
    """An edition that prints given composites and ranks of States without counts."""
    recipients = () if partial else (recipient("HR"),)
    return make_edition(
        *rows, composite="given", recipients=recipients, vetting=VETTED, partial=partial
    )


def wrong(edition: Edition, *checks: str) -> list[Finding]:
    """The errors of the edition on composites and ranks."""
    checks = checks or ("rank-recomputed", "ranks-follow-scores", "composite-recomputed")
    return [f for f in findings_of(edition) if f.check in checks]


def test_ranks_that_follow_the_scores_are_silent() -> None:
    assert wrong(ranked(given((1, 2, 2, 4, 5)))) == []


@pytest.mark.parametrize(
    ("ranks", "worst", "message", "expected"),
    [
        ((1, 2, 2, 5, 4), "GJ", "GJ 50.00 has 5, KA 40.00 has 4", "GJ 4, KA 5"),
        ((1, 2, 2, 3, 4), "GJ", "GJ 50.00 has 3, KA 40.00 has 4", "GJ 4, KA 5"),
        ((1, 2, 3, 4, 5), "OD", "OD 60.00 has 3", "OD 2"),
        ((1, 2, 2, 4, 6), "KA", "KA 40.00 has 6", "KA 5"),
        ((1, 2, 2, 4, 4), "KA", "KA 40.00 has 4", "KA 5"),
        ((4, 2, 2, 1, 5), "JH", "JH 70.00 has 4, GJ 50.00 has 1", "JH 1, GJ 4"),
    ],
)
def test_ranks_out_of_order_are_one_finding_at_the_most_displaced(
    ranks: tuple[int, ...], worst: str, message: str, expected: str
) -> None:
    (finding,) = wrong(ranked(given(ranks)))

    assert (finding.check, finding.who) == ("ranks-follow-scores", worst)
    assert finding.where == Place("scores.xlsx", "Scores", f"D{worst}")
    assert finding.message.endswith(f"category B the ranks do not follow the composites: {message}")
    assert finding.expected == expected


def test_each_category_is_ranked_by_itself_and_has_its_own_finding() -> None:
    right = given((1, 1, 2, 2, 3), cohorts="ABABB", composites=("70", "60", "60", "50", "40"))
    assert wrong(ranked(right)) == []

    swapped = given((2, 2, 1, 1, 3), cohorts="ABABB", composites=("70", "60", "60", "50", "40"))
    assert [f.who for f in wrong(ranked(swapped))] == ["JH", "AS"]


def test_where_a_composite_is_missing_only_that_is_told() -> None:
    rows = given((1, 2, 2, 4, 5), composites=("70", None, "60", "50", "40"))

    found = [f for f in findings_of(ranked(rows)) if f.who == "AS"]

    assert wrong(ranked(rows)) == []
    assert [(f.check, f.where) for f in found if f.check != "recipients-complete"] == [
        ("ranking-complete", Place("scores.xlsx", "Scores", "AS"))
    ]
    assert "no composite_score" in found[-1].message


def test_a_missing_rank_is_told_at_its_row() -> None:
    edition = ranked(given((1, None, 2, 4, 5)))

    (finding,) = wrong(edition, "ranking-complete", "ranks-follow-scores")

    assert (finding.check, finding.who) == ("ranking-complete", "AS")
    assert "no rank" in finding.message


def test_a_part_of_a_category_has_gaps_in_a_partial_edition() -> None:
    some = given((2, 4, 4, 9, 12))

    assert wrong(ranked(some, partial=True)) == []
    assert [f.check for f in wrong(ranked(some))] == ["ranks-follow-scores"]


@pytest.mark.parametrize("ranks", [(2, 4, 4, 12, 9), (2, 4, 5, 9, 12), (1, 2, 2, 3, 4)])
def test_but_not_in_another_order(ranks: tuple[int, ...]) -> None:
    assert len(wrong(ranked(given(ranks), partial=True))) == 1


def with_given(edition: Edition, **changed: tuple[str, int]) -> Edition:
    """The edition with every composite and rank given as computed, but those that are changed."""
    cards = score_edition(edition)
    rows = []
    for made in edition.rows:
        card = cards[made.who]
        composite, rank = changed.get(
            made.who,
            (
                str(card.composite.value) if card.composite else None,
                int(card.rank.value) if card.rank else None,
            ),
        )
        counts = [int(figure.value) for figure in made.counts.values()]
        rows.append(at_its_cell(row(made.who, *counts, composite=composite, rank=rank)))
    return replace(edition, rows=tuple(rows))


BEST = (400_000, 400_000, 400_000, 50_000, 80, 40)
LAST = (400_000, 100_000, 50_000, 5_000, 80, 40)


def three_ranks() -> Edition:
    """33 States share rank 2."""
    return clean_edition(rows=(row("JH", *BEST), row("JK", *LAST)))


def test_given_composites_and_ranks_that_are_right_are_silent() -> None:
    assert findings_of(with_given(three_ranks())) == []


def test_a_wrong_given_composite_does_not_report_its_rivals_ranks() -> None:
    finding = only(with_given(three_ranks(), JK=("99.99", 36)), "composite-recomputed")

    assert finding.where == Place("scores.xlsx", "Scores", "CJK")
    assert finding.expected == "31.50"


def test_a_wrong_count_does_not_report_its_rivals_ranks() -> None:
    edition = with_given(three_ranks())
    wrong_count = row("JK", 400_000, 400_000, 400_000, 400_000, 80, 80)
    given_as = next(r for r in edition.rows if r.who == "JK")
    changed = replace(given_as, counts=wrong_count.counts)
    rows = tuple(changed if r.who == "JK" else r for r in edition.rows)

    found = findings_of(replace(edition, rows=rows))

    assert [(f.check, f.who, f.expected) for f in found] == [
        ("composite-recomputed", "JK", "100.00"),
        ("rank-recomputed", "JK", "1"),
    ]


def test_a_wrong_category_does_not_report_the_ranks() -> None:
    edition = with_given(three_ranks())
    rows = tuple(replace(r, cohort="C" if r.who == "JH" else "B") for r in edition.rows)

    assert only(replace(edition, rows=rows), "category-follows-strength").who == "JH"


def test_a_wrong_rank_is_found_at_its_cell() -> None:
    finding = only(with_given(three_ranks(), JK=("31.50", 35)), "rank-recomputed")

    assert finding.where == Place("scores.xlsx", "Scores", "DJK")
    assert "given as 35" in finding.message
    assert finding.expected == "36"


def test_wrong_weights_are_one_finding_for_all_composites_and_ranks() -> None:
    rows = [
        row(made.who, 400_000, 200_000, 1_000 * n, 150_000 - 1_000 * n, 80, 40)
        for n, made in enumerate(clean_edition().rows)
    ]
    edition = with_given(clean_edition(rows=rows))
    weights = (20, 40, 10, 30)
    indicators = tuple(
        replace(i, weight=Decimal(weight))
        for i, weight in zip(edition.indicators, weights, strict=True)
    )

    finding = only(replace(edition, indicators=indicators), "composite-recomputed")

    assert finding.who is None
    assert " rows: The composite of " in finding.message
    assert finding.message.endswith(" more")


def test_a_shifted_column_of_ranks_is_one_finding() -> None:
    rows = [
        row(made.who, 400_000, 200_000, 1_000 * n, 50_000, 80, 40)
        for n, made in enumerate(clean_edition().rows)
    ]
    edition = with_given(clean_edition(rows=rows))
    ranks = [made.rank for made in edition.rows]
    shifted = zip(edition.rows, ranks[1:] + ranks[:1], strict=True)

    finding = only(
        replace(edition, rows=tuple(replace(made, rank=rank) for made, rank in shifted)),
        "rank-recomputed",
    )

    assert finding.who is None
    assert "in 36 rows" in finding.message


def test_a_row_without_counts_vanishes_from_the_ranking() -> None:
    edition = clean_edition()
    rows = tuple(
        row("GA", 400_000, 200_000, None, 50_000, 80, 40) if r.who == "GA" else r
        for r in edition.rows
    )
    others = tuple(r for r in edition.recipients if r.id != "GA")

    (finding,) = (
        f
        for f in findings_of(replace(edition, rows=rows, recipients=others, partial=True))
        if f.severity is Severity.ERROR
    )

    assert (finding.check, finding.who) == ("ranking-complete", "GA")
    assert finding.where == Place("scores.xlsx", "Scores", "GA")
    assert "no verified" in finding.message


def test_a_partial_edition_may_name_states_without_any_figure() -> None:
    empty = row("GA", None, None, None, None, None, None)
    edition = make_edition(
        row("HR", *CLEAN), empty, recipients=(recipient("HR"),), vetting=VETTED, partial=True
    )

    assert [f.check for f in findings_of(edition)] == ["states-complete", "recipients-complete"]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The sample edition with three recipients."""
    return make_small(tmp_path)


@pytest.fixture
def published(tmp_path: Path) -> Small:
    """The published edition."""
    made = make_small(tmp_path)
    shutil.rmtree(made.edition)
    shutil.copytree(ROOT / "editions" / "2025-12-published", made.edition)
    return made


AS_PUBLISHED = [
    ("composite-recomputed", "C15"),
    ("rank-recomputed", "D15"),
    ("share-not-of-itself", 59),
]


def test_the_published_letter_is_wrong_at_three_places(published: Small) -> None:
    errors = errors_of(published)

    assert places(errors) == AS_PUBLISHED
    assert "given as 47.03" in errors[0]["message"]
    assert errors[0]["message"].endswith("expected 60.11")
    assert "given as 9" in errors[1]["message"]
    assert errors[1]["message"].endswith("expected 4")


def test_thirteen_published_composites_cannot_be_recomputed(published: Small) -> None:
    edition, _findings = read_edition(Paths.at(published.root), published.edition)

    cells = [
        f.where.cell
        for f in findings_of(edition)
        if f.check == "composite-recomputable" and f.where
    ]

    assert cells == [f"C{line}" for line in range(7, 21) if line != 15]


def more_errors(published: Small, cells: dict[str, object]) -> list[dict[str, Any]]:
    """The errors that are new when cells of the published table are changed."""
    put(published, cells)
    return [e for e in errors_of(published) if places([e])[0] not in AS_PUBLISHED]


def test_ranks_that_do_not_follow_the_published_scores_are_one_more_error(
    published: Small,
) -> None:
    (error,) = more_errors(published, {"D13": 8, "D14": 7, "C20": 31.9})

    assert places([error]) == [("ranks-follow-scores", "D13")]
    assert "PB 47.72 has 8, NL 47.55 has 7; expected PB 7, NL 8" in error["message"]


def test_a_lost_rank_is_one_more_error(published: Small) -> None:
    (error,) = more_errors(published, {"D13": None})

    assert places([error]) == [("ranking-complete", "A13")]
    assert "PB has no rank" in error["message"]


def test_a_state_that_stands_in_two_categories_is_told_so(published: Small) -> None:
    punjab = {"A21": "Punjab", "B21": "A", "C21": 47.72, "D21": 1}

    (error,) = more_errors(published, punjab)

    assert places([error]) == [("rows-unique", "A21")]
    assert "A13 and again in A21" in error["message"]
    assert error["message"].endswith("once in category B and once in A")


def test_lost_and_unreadable_counts_are_told_once_each(small: Small) -> None:
    put(small, {"G8": None, "G9": "n/a", "G12": "n/a"})

    errors = errors_of(small)

    assert places(errors) == [
        ("cells-understood", "G9"),
        ("cells-understood", "G12"),
        ("ranking-complete", "C8"),
    ]
    assert "BR has no verified" in errors[2]["message"]
