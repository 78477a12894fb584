"""The audit: a clean edition is silent, one planted fault gives one finding at its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from generator.audit import CHECKS, apply_waivers
from generator.findings import ESSENTIAL, Severity
from generator.model import Place, Waiver
from tests.audited import CLEAN, CONFIRMED, VETTED, clean_edition, findings_of, only
from tests.editions_made import INDICATORS, indicator, make_edition, recipient, row


def test_a_clean_edition_is_silent() -> None:
    assert findings_of(clean_edition()) == []
    assert CHECKS


def test_a_state_without_figures_is_an_error() -> None:
    edition = clean_edition()
    edition = clean_edition(
        rows=(), recipients=tuple(r for r in edition.recipients if r.id != "GA")
    )
    without = make_edition(
        *(r for r in edition.rows if r.who != "GA"),
        recipients=edition.recipients,
        vetting=VETTED,
    )

    finding = only(without, "states-complete")

    assert finding.severity is Severity.ERROR
    assert "Goa (GA)" in finding.message


def test_a_scored_state_without_recipient_is_an_error_at_its_row() -> None:
    edition = clean_edition()
    fewer = tuple(r for r in edition.recipients if r.id != "GA")

    finding = only(clean_edition(recipients=fewer), "recipients-complete")

    assert (finding.who, finding.severity) == ("GA", Severity.ERROR)
    assert finding.where == Place("scores.xlsx", "Scores", "GA")


def test_in_a_partial_edition_who_is_missing_is_info() -> None:
    edition = make_edition(row("HR", *CLEAN), recipients=(), vetting=VETTED, partial=True)

    assert {f.severity for f in findings_of(edition)} == {Severity.INFO}


def test_a_recipient_without_figures_cannot_be_written_to() -> None:
    edition = make_edition(recipients=(recipient("GA"),), vetting=VETTED, partial=True)

    finding = next(f for f in findings_of(edition) if f.who == "GA")

    assert finding.check == "figures-complete"
    assert finding.where == Place("recipients.csv", cell="A2")


def test_a_missing_count_is_named() -> None:
    edition = clean_edition(rows=(row("HR", 400_000, 200_000, None, 50_000, 80, 40),))

    finding = only(edition, "figures-complete")

    assert "verified" in finding.message


def test_a_denominator_of_zero_is_named() -> None:
    edition = clean_edition(rows=(row("HR", 400_000, 200_000, 100, 50, 0, 0),))

    assert "attempted above 0" in only(edition, "figures-complete").message


def test_weights_must_sum_to_100() -> None:
    indicators = (*INDICATORS[:3], indicator("cleared", 29, "cleared", "attempted"))

    finding = only(clean_edition(indicators=indicators), "weights-sum-to-100")

    assert "20 + 20 + 30 + 29, sum to 99" in finding.message
    assert finding.expected == "100"


def test_no_share_is_taken_of_itself() -> None:
    indicators = (indicator("onboarded", 20, "onboarded", "onboarded"), *INDICATORS[1:])
    places = {"indicators.0.denominator": Place("edition.toml", line=60)}

    finding = only(clean_edition(indicators=indicators, places=places), "share-not-of-itself")

    assert finding.where == Place("edition.toml", line=60)


def test_a_negative_count_is_found_at_its_cell() -> None:
    finding = only(
        clean_edition(rows=(row("HR", 400_000, 200_000, 100_000, -5, 80, 40),)), "counts-whole"
    )

    assert finding.where == Place("scores.xlsx", "Scores", "completed_one")


@pytest.mark.parametrize(
    ("counts", "cell"),
    [
        ((400_000, 400_001, 100_000, 50_000, 80, 40), "onboarded"),
        ((400_000, 200_000, 200_001, 50_000, 80, 40), "verified"),
        ((400_000, 200_000, 100_000, 50_000, 80, 81), "cleared"),
    ],
)
def test_a_part_is_not_above_its_whole(counts: tuple[int, ...], cell: str) -> None:
    finding = only(clean_edition(rows=(row("HR", *counts),)), "part-within-whole")

    assert finding.where == Place("scores.xlsx", "Scores", cell)
    assert finding.who == "HR"


def test_a_given_category_follows_the_strength() -> None:
    finding = only(
        clean_edition(rows=(row("HR", *CLEAN, cohort="C"),)), "category-follows-strength"
    )

    assert finding.severity is Severity.ERROR
    assert "category C" in finding.message
    assert finding.expected == "category B"


def test_a_category_without_strength_is_a_warning() -> None:
    edition = make_edition(
        row("HR", None, 1, 1, 1, 1, 1, composite="47.03", rank=1, cohort="B"),
        composite="given",
        partial=True,
        recipients=(),
        indicators=(),
        vetting=VETTED,
    )

    found = {f.check: f for f in findings_of(edition)}

    assert found["strength-given"].severity is Severity.WARNING
    assert "HR" in found["strength-given"].message


def test_a_given_composite_is_recomputed_and_both_are_shown() -> None:
    edition = clean_edition(rows=(row("HR", *CLEAN, composite="47.03"),))

    finding = only(edition, "composite-recomputed")

    assert "47.03" in finding.message
    assert finding.expected == "42.50"


def test_a_given_composite_within_half_a_unit_is_right() -> None:
    assert findings_of(clean_edition(rows=(row("HR", *CLEAN, composite="42.504"),))) == []


def test_a_composite_without_counts_cannot_be_recomputed() -> None:
    edition = make_edition(
        row("PB", None, None, None, None, None, None, composite="40", rank=1, cohort="B"),
        composite="given",
        partial=True,
        recipients=(),
        vetting=VETTED,
    )

    found = {f.check: f.severity for f in findings_of(edition)}

    assert found["composite-recomputable"] is Severity.WARNING


def test_a_given_rank_follows_the_recomputed_composites() -> None:
    better = row("PB", 400_000, 400_000, 400_000, 50_000, 80, 40)
    edition = clean_edition(rows=(better, row("HR", *CLEAN, rank=1)))

    finding = only(edition, "rank-recomputed")

    assert finding.who == "HR"
    assert "given as 1" in finding.message
    assert finding.expected == "2"


@pytest.mark.parametrize(
    ("who", "versions", "lawful"),
    [
        ("HR", ("hi", "en"), True),
        ("HR", ("hi",), True),
        ("HR", ("en",), False),
        ("GJ", ("en",), False),
        ("KL", ("en",), True),
        ("KL", ("hi",), False),
        ("TN", ("hi",), False),
        ("TN", ("en",), True),
    ],
)
def test_versions_are_lawful_for_the_region(
    who: str, versions: tuple[str, ...], lawful: bool
) -> None:
    edition = clean_edition()
    changed = tuple(
        recipient(who, versions=versions) if r.id == who else r for r in edition.recipients
    )

    found = [f.check for f in findings_of(clean_edition(recipients=changed))]

    assert found == ([] if lawful else ["versions-lawful"])


def test_figures_dated_after_the_letter_are_an_error() -> None:
    finding = only(clean_edition(as_on=date(2025, 12, 12)), "dates-in-order")

    assert finding.severity is Severity.ERROR


def test_hindi_that_no_officer_vetted_is_a_warning() -> None:
    finding = only(clean_edition(vetting={}), "texts-vetted")

    assert finding.severity is Severity.WARNING


def waiver(check: str, who: str | None = None, file: str | None = None) -> Waiver:
    """A waiver with a reason."""
    return Waiver(check, "as published", "A. Officer", who, file)


def test_a_waived_finding_is_listed_and_marked() -> None:
    edition = clean_edition(
        rows=(row("HR", *CLEAN, composite="47.03"),),
        waivers=(waiver("composite-recomputed", "HR"),),
    )

    (finding,) = findings_of(edition)

    assert finding.waived


def test_a_waiver_covers_only_whom_it_names() -> None:
    edition = clean_edition(
        rows=(row("HR", *CLEAN, composite="47.03"),),
        waivers=(waiver("composite-recomputed", "GA"),),
    )

    found = {f.check: f.waived for f in findings_of(edition)}

    assert found == {"composite-recomputed": False, "waiver-matches": False}


def test_a_waiver_covers_only_the_file_that_it_names() -> None:
    rows = (row("HR", *CLEAN, composite="47.03"),)
    here = waiver("composite-recomputed", file="scores.xlsx")
    elsewhere = waiver("composite-recomputed", file="edition.toml")

    covered = findings_of(clean_edition(rows=rows, waivers=(here,)))
    left = findings_of(clean_edition(rows=rows, waivers=(elsewhere,)))

    assert [(f.check, f.waived) for f in covered] == [("composite-recomputed", True)]
    assert {f.check: f.waived for f in left} == {
        "composite-recomputed": False,
        "waiver-matches": False,
    }
    assert "in edition.toml" in left[-1].message


def test_a_waiver_that_matches_nothing_is_a_warning() -> None:
    finding = only(clean_edition(waivers=(waiver("composite-recomputed"),)), "waiver-matches")

    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(("unread", "told"), [((), ["GA", None]), (("GA",), []), (("HR",), ["GA"])])
def test_a_waiver_of_what_a_letter_holds_waits_until_that_letter_is_read(
    unread: tuple[str, ...], told: list[str | None]
) -> None:
    waivers = (waiver("figures-same-in-versions", "GA"), waiver("others-absent-from-letter"))

    found = apply_waivers(waivers, (), unread)

    assert [finding.who for finding in found] == told


def test_no_waiver_lets_a_letter_out_without_its_figures() -> None:
    edition = clean_edition(
        rows=(row("HR", 400_000, 200_000, None, 50_000, 80, 40),),
        waivers=(waiver("figures-complete"),),
    )

    found = {f.check: f.waived for f in findings_of(edition)}

    assert "figures-complete" in ESSENTIAL
    assert found == {"figures-complete": False, "waiver-matches": False}


def test_a_weight_may_have_decimals() -> None:
    halves = (
        indicator("a", 0, "onboarded", "strength"),
        indicator("b", 0, "verified", "onboarded"),
    )
    indicators = tuple(replace(i, weight=Decimal(50)) for i in halves)

    assert findings_of(clean_edition(indicators=indicators)) == []


def test_a_missing_count_is_placed_at_the_states_row_in_the_scores() -> None:
    edition = clean_edition(rows=(row("HR", 400_000, 200_000, None, 50_000, 80, 40),))

    assert only(edition, "figures-complete").where == Place("scores.xlsx", "Scores", "HR")


def test_a_scored_row_that_nobody_names_is_refused_even_in_a_partial_edition() -> None:
    edition = make_edition(
        row("D-9", *CLEAN), recipients=(), vetting=VETTED, partial=True, versions=("en",)
    )

    found = {f.check: f.severity for f in findings_of(edition)}

    assert found["ranking-named"] is Severity.ERROR
    assert "ranking-named" in ESSENTIAL


def test_hindi_lost_to_question_marks_is_an_error() -> None:
    edition = clean_edition()
    lost = recipient("HR", name={"en": "Sample", "hi": "????? ????"}, confirmed_on=CONFIRMED)
    changed = tuple(lost if r.id == "HR" else r for r in edition.recipients)

    finding = only(clean_edition(recipients=changed), "names-not-lost")

    assert finding.who == "HR"
    assert "CSV UTF-8" in finding.remedy


def test_names_never_confirmed_are_one_warning() -> None:
    changed = tuple(
        recipient(r.id, confirmed_on=None if r.id in ("HR", "GA") else CONFIRMED)
        for r in clean_edition().recipients
    )

    finding = only(clean_edition(recipients=changed), "recipients-confirmed")

    assert finding.severity is Severity.WARNING
    assert "GA" in finding.message
    assert "HR" in finding.message
