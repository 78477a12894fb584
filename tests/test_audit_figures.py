"""The audit of method and counts: one planted fault gives one finding, at its cell or line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generator.findings import Severity
from generator.model import Band, Edition, Figure, Indicator, Place, ScoreRow, Unit
from tests.audited import CLEAN, VETTED, clean_edition, findings_of, only
from tests.editions_made import COLUMNS, INDICATORS, band, indicator, make_edition, row
from tests.planted import errors_of, places, put
from tests.small import Small, make_small

BANDS = (("low", 30), ("moderate", 60), ("strong", 100))
PLACES = {f"bands.{n}.from": Place("edition.toml", line=100 + n) for n in range(3)}


def bands_from(*begins: str | None) -> tuple[Band, ...]:
    """The three levels with printed lower limits."""
    return tuple(
        replace(band(*values), starts=Decimal(begin) if begin else None)
        for values, begin in zip(BANDS, begins, strict=True)
    )


@pytest.mark.parametrize(
    "begins",
    [
        (None, None, None),
        ("0", "30.01", "60.01"),
        (None, "30.01", None),
        ("0", "30.005", "60.01"),
    ],
)
def test_levels_that_leave_no_share_out_are_silent(begins: tuple[str | None, ...]) -> None:
    assert findings_of(clean_edition(bands=bands_from(*begins))) == []


@pytest.mark.parametrize(
    ("begins", "line", "message", "expected"),
    [
        (
            ("0", "31", "60.01"),
            101,
            'Between "Low" (up to 30) and "Moderate" (from 31) lie shares such as 30.50 '
            "without a level",
            "from 30.01",
        ),
        (
            ("0", "30.01", "60"),
            102,
            '"Moderate" (up to 60) and "Strong" (from 60) overlap: '
            "shares such as 60.00 have two levels",
            "from 60.01",
        ),
        (
            ("0", "25", "60.01"),
            101,
            '"Low" (up to 30) and "Moderate" (from 25) overlap: '
            "shares such as 27.50 have two levels",
            "from 30.01",
        ),
        (
            ("1", "30.01", None),
            100,
            'Below "Low" (from 1) lie shares such as 0.50 without a level',
            "from 0",
        ),
    ],
)
def test_a_gap_or_overlap_of_levels_is_found_at_its_line(
    begins: tuple[str | None, ...], line: int, message: str, expected: str
) -> None:
    edition = clean_edition(bands=bands_from(*begins), places=PLACES)

    finding = only(edition, "bands-continuous")

    assert (finding.message, finding.expected) == (message, expected)
    assert finding.where == Place("edition.toml", line=line)
    assert finding.severity is Severity.ERROR


def test_the_published_lower_limits_leave_two_gaps() -> None:
    found = findings_of(clean_edition(bands=bands_from("0", "31", "61"), places=PLACES))

    assert [f.check for f in found] == ["bands-continuous"] * 2
    assert ["30.50" in found[0].message, "60.50" in found[1].message] == [True, True]


CONTRACT = (
    replace(INDICATORS[0], numerator="verified"),
    indicator("cleared", 80, "assessments_cleared", "assessments_attempted"),
)


def contract_row(who: str, **counts: int) -> ScoreRow:
    """A row under the contract's own column names."""
    figures = {
        column: Figure(Decimal(count), Unit.COUNT, (Place("scores.xlsx", "Scores", column),))
        for column, count in counts.items()
    }
    return ScoreRow(who, Place("scores.xlsx", "Scores", who), figures)


@pytest.mark.parametrize(
    ("changed", "cell", "most"),
    [
        ({"verified": 50}, None, ""),
        ({"onboarded": 101}, "onboarded", "at most 100"),
        ({"verified": 81}, "verified", "at most 80"),
        ({"completed_one": 81}, "completed_one", "at most 80"),
        ({"assessments_cleared": 21}, "assessments_cleared", "at most 20"),
    ],
)
def test_a_part_is_not_above_its_whole_even_where_no_indicator_divides_them(
    changed: Mapping[str, int], cell: str | None, most: str
) -> None:
    counts = {
        "strength": 100, "onboarded": 80, "verified": 40, "completed_one": 30,
        "assessments_attempted": 20, "assessments_cleared": 10,
    }  # fmt: skip
    haryana = contract_row("HR", **{**counts, **changed})
    edition = make_edition(
        haryana, recipients=(), indicators=CONTRACT, vetting=VETTED, partial=True
    )

    found = [f for f in findings_of(edition) if f.severity is Severity.ERROR]

    assert [(f.check, f.where and f.where.cell, f.expected) for f in found] == (
        [("part-within-whole", cell, most)] if cell else []
    )


def test_a_negative_whole_is_told_once() -> None:
    edition = clean_edition(rows=(row("HR", 400_000, 200_000, 100_000, 50_000, -80, 40),))

    assert only(edition, "counts-whole").expected.startswith("a count")


def test_parts_above_their_wholes_in_most_rows_are_one_fault_of_the_edition() -> None:
    indicators = (indicator("onboarded", 20, "strength", "onboarded"), *INDICATORS[1:])

    finding = only(clean_edition(indicators=indicators), "part-within-whole")

    assert finding.who is None
    assert "in 36 rows" in finding.message
    assert "likewise for" in finding.message


def total(cell: str, *counts: int, label: str = "Total") -> ScoreRow:
    """A row of totals, its cells named by column."""
    number = cell.lstrip("ABC")
    figures = {
        column: Figure(Decimal(n), Unit.COUNT, (Place("scores.xlsx", "Scores", column + number),))
        for column, n in zip(COLUMNS, counts, strict=False)
    }
    return ScoreRow(label, Place("scores.xlsx", "Scores", cell), figures)


SUMS = tuple(36 * count for count in CLEAN)


def test_totals_that_are_the_sums_are_silent() -> None:
    assert findings_of(clean_edition(totals=(total("A40", *SUMS),))) == []


def test_a_wrong_total_is_found_at_its_cell_with_sum_and_difference() -> None:
    wrong = (SUMS[0], SUMS[1] + 1000, *SUMS[2:])

    finding = only(clean_edition(totals=(total("A40", *wrong),)), "totals-agree")

    assert finding.where == Place("scores.xlsx", "Scores", "onboarded40")
    assert "onboarded is given as 72,01,000, 1,000 more than" in finding.message
    assert finding.expected == "72,00,000"
    assert finding.who is None


def test_a_column_with_an_empty_cell_is_not_added_up() -> None:
    edition = clean_edition(
        rows=(row("HR", 400_000, 200_000, None, 50_000, 80, 40),),
        totals=(total("A40", *SUMS),),
    )

    assert [f.check for f in findings_of(edition)] == ["figures-complete"]


STATES, TERRITORIES = ("HR", "PB"), ("GA", "CH")


def in_lines(*lines: str | ScoreRow) -> Edition:
    """A partial edition whose rows and totals stand below each other."""
    rows, totals = [], []
    for number, line in enumerate(lines, start=2):
        if isinstance(line, str):
            rows.append(replace(row(line, *CLEAN), place=Place("scores.xlsx", "S", f"A{number}")))
        else:
            totals.append(replace(line, place=Place("scores.xlsx", "S", f"A{number}")))
    return make_edition(*rows, totals=tuple(totals), recipients=(), vetting=VETTED, partial=True)


def strength_of(states: int) -> ScoreRow:
    """A total of the strength of so many States."""
    return total("A1", 400_000 * states)


@pytest.mark.parametrize(
    "lines",
    [
        (*STATES, strength_of(2), *TERRITORIES, strength_of(2), strength_of(4)),
        (*STATES, strength_of(2), *TERRITORIES, strength_of(4)),
        (strength_of(4), *STATES, *TERRITORIES),
        (strength_of(2), *STATES, strength_of(2), *TERRITORIES),
        (strength_of(4), *STATES, *TERRITORIES, strength_of(4)),
    ],
)
def test_totals_may_be_of_parts_and_stand_above_or_below(lines: tuple[str | ScoreRow, ...]) -> None:
    assert [f for f in findings_of(in_lines(*lines)) if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        ((*STATES, strength_of(3), *TERRITORIES, strength_of(2), strength_of(4)), 0),
        ((*STATES, strength_of(2), *TERRITORIES, strength_of(3), strength_of(4)), 1),
        ((*STATES, strength_of(2), *TERRITORIES, strength_of(2), strength_of(5)), 2),
        ((strength_of(5), *STATES, *TERRITORIES), 0),
    ],
)
def test_of_several_totals_the_wrong_one_is_found(
    lines: tuple[str | ScoreRow, ...], at: int
) -> None:
    edition = in_lines(*lines)

    (found,) = (f for f in findings_of(edition) if f.severity is Severity.ERROR)

    assert found.check == "totals-agree"
    assert f"{edition.totals[at].counts['strength'].value:,}"[:1] in found.message


def with_share(value: str, counts: tuple[int, ...] = CLEAN, name: str = "onboarded") -> ScoreRow:
    """Haryana with a given share."""
    figure = Figure(Decimal(value), Unit.PERCENT, (Place("scores.xlsx", "Scores", "F9"),))
    return replace(row("HR", *counts), shares={name: figure})


THIRDS = (300_000, 200_000, 100_000, 50_000, 80, 40)


@pytest.mark.parametrize("value", ["66.67", "66.7", "67", "66.6667", "66.6617", "66.666666"])
def test_a_share_is_right_to_half_a_unit_of_its_last_decimal(value: str) -> None:
    assert findings_of(clean_edition(rows=(with_share(value, THIRDS),))) == []


@pytest.mark.parametrize("value", ["66.66", "66.6", "66", "67.00", "66.6610", "0.6667"])
def test_a_share_that_the_counts_do_not_give_is_found_at_its_cell(value: str) -> None:
    finding = only(clean_edition(rows=(with_share(value, THIRDS),)), "shares-recomputed")

    assert finding.where == Place("scores.xlsx", "Scores", "F9")
    assert f"is given as {value}%" in finding.message
    assert "2,00,000 ÷ 3,00,000" in finding.message
    assert finding.expected.startswith("66.6")
    assert finding.who == "HR"


def test_a_share_without_its_counts_is_not_compared() -> None:
    edition = clean_edition(
        rows=(with_share("12", (400_000, 200_000, 100_000, 50_000, 0, 0), "cleared"),)
    )

    assert [f.check for f in findings_of(edition)] == ["figures-complete"]


def test_a_share_of_itself_is_told_once() -> None:
    of_itself: tuple[Indicator, ...] = (
        indicator("onboarded", 20, "onboarded", "onboarded"),
        *INDICATORS[1:],
    )

    only(clean_edition(indicators=of_itself, rows=(with_share("50"),)), "share-not-of-itself")


def test_a_wrong_denominator_is_one_finding_for_all_shares() -> None:
    rows = tuple(
        replace(with_share("40"), who=state.who, place=state.place)
        for state in clean_edition().rows
    )

    finding = only(clean_edition(rows=rows), "shares-recomputed")

    assert finding.who is None
    assert "in 36 rows" in finding.message
    assert "is given as 40%" in finding.message
    assert "expected 50.00%" in finding.message
    assert "denominator" in finding.remedy


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The sample edition with three recipients."""
    return make_small(tmp_path)


def test_faults_in_the_real_workbook_are_found_at_their_cells(small: Small) -> None:
    part_above_whole = {"G10": 48773, "G42": 8466551}
    put(small, {"D42": 14402336, "F10": "78.00 %", **part_above_whole})

    errors = errors_of(small)

    assert places(errors) == [
        ("part-within-whole", "G10"),
        ("shares-recomputed", "F10"),
        ("totals-agree", "D42"),
    ]
    assert "48,773, above onboarded, which is 48,772" in errors[0]["message"]
    assert "given as 78.00%" in errors[1]["message"]
    assert errors[1]["message"].endswith("expected 79.00%")
    assert "1 less than its rows add up to; expected 1,44,02,337" in errors[2]["message"]


def test_printed_limits_with_gaps_are_found_at_their_lines(small: Small) -> None:
    for limit, begin in (("upto = 30", "0"), ("upto = 60", "31"), ("upto = 100\n", "61")):
        small.edit("edition.toml", limit, f"from = {begin}\n{limit}")
    lines = (small.edition / "edition.toml").read_text("utf-8").splitlines()

    errors = errors_of(small)

    assert places(errors) == [
        ("bands-continuous", lines.index(f"from = {begin}") + 1) for begin in (31, 61)
    ]
    assert "shares such as 30.50 without a level; expected from 30.01" in errors[0]["message"]
