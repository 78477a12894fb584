"""Against the previous edition: one planted fault gives one finding, where the fault stands."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.findings import Severity
from generator.inputs.edition import read_edition
from generator.inputs.states import load_states
from generator.locales import format_number
from generator.model import Earlier, Edition, Fact, Figure, Place, ScoreRow
from generator.paths import Paths
from tests.audited import CLEAN, VETTED, clean_edition, findings_of, only
from tests.command import patra_json
from tests.editions_made import make_edition, row
from tests.small import Small, make_small

BEFORE = (400_000, 196_000, 98_000, 49_000, 78, 39)
FACTS = {"learners": Fact(Decimal(14_000_000), "crore"), "courses": Fact(Decimal(3600))}
FACTS_BEFORE = {"learners": Fact(Decimal(13_500_000), "crore"), "courses": Fact(Decimal(3600))}


def earlier(*rows: ScoreRow, **others: Any) -> Earlier:
    """Last month's edition, every count a little lower, with these rows in place of its own."""
    every = {state.id: row(state.id, *BEFORE) for state in load_states()}
    values = {
        "name": "editions/2025-11",
        "date": date(2025, 11, 11),
        "as_on": date(2025, 10, 31),
        "rows": tuple({**every, **{r.who: r for r in rows}}.values()),
        "facts": FACTS_BEFORE,
    }
    return Earlier(**{**values, **others})


def compared(*rows: ScoreRow, before: Earlier | None = None, **others: Any) -> Edition:
    """An edition with nothing wrong but what the rows bring, compared with last month's."""
    values = {"earlier": before or earlier(), "facts": FACTS, **others}
    return clean_edition(rows=rows, **values)


def test_figures_that_grew_a_little_are_silent() -> None:
    assert findings_of(compared()) == []


@pytest.mark.parametrize(
    "dates",
    [
        {"date": date(2026, 11, 11)},
        {"date": date(2025, 12, 11)},
        {"as_on": date(2025, 11, 30)},
    ],
)
def test_a_previous_edition_is_of_an_earlier_date(dates: Mapping[str, date]) -> None:
    place = Place("edition.toml", line=5)
    before = earlier(row("HR", *CLEAN[:1], 300_000, *CLEAN[2:]), **dates)

    finding = only(compared(before=before, places={"previous": place}), "previous-earlier")

    assert finding.severity is Severity.WARNING
    assert finding.where == place
    assert "editions/2025-11" in finding.message


def test_the_same_figures_as_last_month_are_one_error() -> None:
    same = tuple(row(state.id, *CLEAN) for state in load_states())

    finding = only(compared(before=earlier(*same)), "figures-renewed")

    assert finding.severity is Severity.ERROR
    assert finding.who is None
    assert "36 rows" in finding.message


def test_the_same_figures_are_told_even_when_the_dates_were_not_moved() -> None:
    same = tuple(row(state.id, *CLEAN) for state in load_states())
    before = earlier(*same, as_on=date(2025, 11, 30))

    found = {f.check: f.severity for f in findings_of(compared(before=before))}

    assert found == {
        "previous-earlier": Severity.WARNING,
        "figures-renewed": Severity.ERROR,
    }


def test_a_state_whose_figures_stand_still_is_a_warning_at_its_row() -> None:
    finding = only(compared(before=earlier(row("GA", *CLEAN))), "figures-renewed")

    assert finding.severity is Severity.WARNING
    assert finding.who == "GA"
    assert finding.where == Place("scores.xlsx", "Scores", "GA")


def test_more_than_five_states_that_stand_still_are_one_warning() -> None:
    ids = [state.id for state in load_states()]
    five, six = ([row(who, *CLEAN) for who in ids[:count]] for count in (5, 6))

    finding = only(compared(before=earlier(*six)), "figures-renewed")

    assert len(findings_of(compared(before=earlier(*five)))) == 5
    assert finding.who is None
    assert all(who in finding.message for who in ids[:6])


def test_a_strength_that_stands_still_alone_says_nothing() -> None:
    other_columns = tuple(
        replace(r, counts={"strength": r.counts["strength"]}) for r in earlier().rows
    )

    assert findings_of(compared(before=earlier(rows=other_columns))) == []


def test_given_composites_stand_for_counts_where_there_are_none() -> None:
    def edition(given: str) -> Edition:
        return make_edition(
            row("HR", *CLEAN),
            row("PB", None, None, None, None, None, None, composite=given, rank=2, cohort="B"),
            composite="given",
            partial=True,
            recipients=(),
            vetting=VETTED,
            facts=FACTS,
            earlier=earlier(
                rows=(
                    row("HR", *BEFORE),
                    row("PB", *[None] * 6, composite="40", rank=1, cohort="B"),
                )
            ),
        )

    def renewed(edition: Edition) -> list[str | None]:
        return [f.who for f in findings_of(edition) if f.check == "figures-renewed"]

    assert renewed(edition("40")) == ["PB"]
    assert renewed(edition("40.01")) == []


def test_facts_carried_over_as_they_were_are_a_warning_at_their_table() -> None:
    place = Place("edition.toml", line=30)

    finding = only(
        compared(before=earlier(facts=FACTS), places={"facts": place}), "figures-renewed"
    )

    assert finding.severity is Severity.WARNING
    assert finding.where == place
    assert "learners, courses" in finding.message


def test_a_fact_that_fell_is_a_warning_at_its_line() -> None:
    place = Place("edition.toml", line=31)
    higher = {**FACTS_BEFORE, "learners": Fact(Decimal(14_100_000), "crore")}

    finding = only(
        compared(before=earlier(facts=higher), places={"facts.learners": place}),
        "facts-not-fallen",
    )

    assert finding.where == place
    assert "1,40,00,000" in finding.message
    assert "1,41,00,000" in finding.message


@pytest.mark.parametrize("position", range(1, 6))
def test_a_cumulative_count_that_fell_is_a_warning_with_both_figures(position: int) -> None:
    counts = list(CLEAN)
    counts[position] = BEFORE[position] - 1

    finding = only(compared(row("HR", *counts)), "figures-not-fallen")

    assert finding.severity is Severity.WARNING
    assert finding.who == "HR"
    assert finding.where is not None
    assert finding.where.cell == list(row("HR", *CLEAN).counts)[position]
    for figure in (counts[position], BEFORE[position]):
        assert format_number(Decimal(figure), "en") in finding.message


def test_a_strength_may_fall_within_the_limit() -> None:
    assert findings_of(compared(row("HR", 390_000, *CLEAN[1:]))) == []


@pytest.mark.parametrize(
    ("counts", "cell"),
    [
        ((500_001, *CLEAN[1:]), "strength"),
        ((299_999, *CLEAN[1:]), "strength"),
        ((400_000, 245_001, *CLEAN[2:]), "onboarded"),
    ],
)
def test_a_count_that_leapt_is_a_warning_at_its_cell(counts: tuple[int, ...], cell: str) -> None:
    finding = only(compared(row("HR", *counts)), "change-within-limit")

    assert finding.severity is Severity.WARNING
    assert finding.where == Place("scores.xlsx", "Scores", cell)
    assert "25.0%" in finding.message
    assert "max_change_percent is 25" in finding.message


def test_a_change_at_the_limit_is_silent() -> None:
    assert findings_of(compared(row("HR", 500_000, 245_000, *CLEAN[2:]))) == []
    assert findings_of(compared(row("HR", 300_000, *CLEAN[1:]))) == []


def test_a_wider_limit_takes_more() -> None:
    leapt = row("HR", 600_000, *CLEAN[1:])

    assert findings_of(compared(leapt, max_change_percent=Decimal(50))) == []
    only(compared(leapt), "change-within-limit")


def test_a_fall_far_beyond_the_limit_is_told_once() -> None:
    only(compared(row("HR", 400_000, 200_000, 10_000, *CLEAN[3:])), "figures-not-fallen")


def test_any_rise_from_nothing_is_beyond_the_limit() -> None:
    before = earlier(row("HR", *BEFORE[:5], 0))

    finding = only(compared(before=before), "change-within-limit")

    assert finding.where == Place("scores.xlsx", "Scores", "cleared")


def test_what_was_nothing_and_still_is_says_nothing() -> None:
    before = earlier(row("HR", *BEFORE[:5], 0))

    assert findings_of(compared(row("HR", *CLEAN[:5], 0), before=before)) == []


def test_a_negative_count_is_told_once() -> None:
    only(compared(row("HR", *CLEAN[:3], -5, *CLEAN[4:])), "counts-whole")


@pytest.mark.parametrize(
    ("check", "counts"),
    [
        ("figures-not-fallen", (400_000, 195_000, *CLEAN[2:])),
        ("change-within-limit", (600_000, *CLEAN[1:])),
    ],
)
def test_more_than_ten_cells_of_one_check_are_one_finding(
    check: str, counts: tuple[int, ...]
) -> None:
    ids = [state.id for state in load_states()]
    ten, eleven, every = ([row(who, *counts) for who in ids[:n]] for n in (10, 11, 36))

    assert [f.check for f in findings_of(compared(*ten))] == [check] * 10
    finding = only(compared(*eleven), check)
    assert finding.who is None
    assert finding.where is not None
    assert "11 counts" in finding.message
    assert ", ".join(ids[:11]) in finding.message
    assert "all 36 rows" in only(compared(*every), check).message


def test_a_state_that_is_new_or_gone_is_not_compared() -> None:
    without = earlier(rows=tuple(r for r in earlier().rows if r.who != "HR"))
    more = earlier(rows=(*earlier().rows, row("D-9", *BEFORE)))

    assert findings_of(compared(before=without)) == []
    assert findings_of(compared(before=more)) == []


def test_a_count_that_one_edition_lacks_is_not_compared() -> None:
    assert findings_of(compared(before=earlier(row("HR", *BEFORE[:5], None)))) == []


def test_messages_name_the_earlier_cell() -> None:
    cell = Place("editions/2025-11/scores.xlsx", "Scores", "G12")
    high = Figure(Decimal(200_001), row("HR", *CLEAN).counts["onboarded"].unit, (cell,))
    raised = row("HR", *BEFORE)

    finding = only(
        compared(before=earlier(replace(raised, counts={**raised.counts, "onboarded": high}))),
        "figures-not-fallen",
    )

    assert "editions/2025-11/scores.xlsx, sheet Scores, cell G12" in finding.message


# --- through real files ----------------------------------------------------------------------

SAMPLE_COLUMNS = (
    "strength",
    "onboarded",
    "verified",
    "completed_one",
    "assessments_attempted",
    "assessments_cleared",
)


def make_month_before(small: Small, scale: int = 96) -> Path:
    """Adds the edition of the month before: counts at so many percent, in a layout of its own."""
    folder = small.edition.with_name("2025-11")
    edition, _findings = read_edition(Paths.at(small.root), small.edition)
    shutil.copytree(small.edition, folder)
    (folder / "scores.xlsx").unlink()
    section = min((folder / "compendium").glob("*.en.md"))
    section.write_text(section.read_text("utf-8") + "\nOf the month before.\n", "utf-8")
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["State", "Staff", *SAMPLE_COLUMNS[1:]])
        for r in edition.rows:
            strength, *counts = (int(r.counts[column].value) for column in SAMPLE_COLUMNS)
            writer.writerow([r.who, strength, *(count * scale // 100 for count in counts)])
    settings = (folder / "edition.toml").read_text("utf-8")
    for old, new in (
        ("date = 2025-12-11", "date = 2025-11-11"),
        ("as_on = 2025-11-30", "as_on = 2025-10-31"),
        ('file = "scores.xlsx"', 'file = "figures.csv"'),
        ('sheet = "Scores"\n', ""),
        ('"Total Employees"', '"Staff"'),
        ("value = 14000000", "value = 13500000"),
    ):
        assert old in settings
        settings = settings.replace(old, new, 1)
    (folder / "edition.toml").write_text(settings, "utf-8")
    small.edit("edition.toml", "\n[number]", '\nprevious = "editions/2025-11"\n\n[number]')
    return folder


def edit_cell(path: Path, old: str, new: str) -> None:
    """Replaces a text that stands once in a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


PREVIOUS_CHECKS = {
    "previous-found",
    "previous-earlier",
    "figures-renewed",
    "figures-not-fallen",
    "facts-not-fallen",
    "change-within-limit",
}


def told(small: Small, code: int = 0) -> list[dict[str, Any]]:
    """What the real command says of the comparison."""
    document = patra_json("check", small.edition, "--root", small.root, code=code)
    return [f for f in document["findings"] if f["check"] in PREVIOUS_CHECKS]


def line_of(small: Small, start: str) -> int:
    """The line of the settings that begins so."""
    lines = (small.edition / "edition.toml").read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(start))


def test_last_month_is_read_by_its_own_layout_and_the_sample_has_grown(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    make_month_before(small)

    assert told(small) == []

    edition, _findings = read_edition(Paths.at(small.root), small.edition)
    assert edition.earlier is not None
    assert len(edition.earlier.rows) == 36
    assert edition.earlier.rows[0].counts["strength"].cells == (
        Place("editions/2025-11/figures.csv", cell="B2", line=2),
    )


def test_a_fallen_count_is_told_at_its_cell_with_the_cell_of_last_month(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    folder = make_month_before(small)
    edit_cell(folder / "figures.csv", "HR;476234;309133;", "HR;476234;322015;")

    (finding,) = told(small)

    assert finding["check"] == "figures-not-fallen"
    assert finding["who"] == "HR"
    assert finding["where"] == {"file": "scores.xlsx", "sheet": "Scores", "cell": "E12"}
    assert "3,22,014, lower than 3,22,015" in finding["message"]
    assert "editions/2025-11/figures.csv, cell C9" in finding["message"]


def test_a_leap_is_told_at_its_cell(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    folder = make_month_before(small)
    edit_cell(folder / "figures.csv", "HR;476234;", "HR;376234;")

    (finding,) = told(small)

    assert finding["check"] == "change-within-limit"
    assert finding["where"] == {"file": "scores.xlsx", "sheet": "Scores", "cell": "D12"}
    assert "26.6% above 3,76,234" in finding["message"]


def test_figures_of_the_prose_that_fell_are_told_at_their_line(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    folder = make_month_before(small)
    edit_cell(folder / "edition.toml", "value = 13500000", "value = 14500000")

    (finding,) = told(small)

    assert finding["check"] == "facts-not-fallen"
    assert finding["where"] == {"file": "edition.toml", "line": line_of(small, "learners")}


def test_figures_of_the_prose_left_as_they_were_are_told_at_their_table(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    folder = make_month_before(small)
    edit_cell(folder / "edition.toml", "value = 13500000", "value = 14000000")

    (finding,) = told(small)

    assert (finding["check"], finding["severity"]) == ("figures-renewed", "warning")
    assert finding["where"] == {"file": "edition.toml", "line": line_of(small, "[facts]")}


def test_last_months_workbook_is_an_error(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    make_month_before(small, scale=100)

    (finding,) = told(small, code=4)

    assert (finding["check"], finding["severity"]) == ("figures-renewed", "error")
    assert finding["where"] == {"file": "scores.xlsx", "sheet": "Scores"}


def test_a_later_edition_is_no_previous_one(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    folder = make_month_before(small)
    edit_cell(folder / "edition.toml", "as_on = 2025-10-31", "as_on = 2025-11-30")

    (finding,) = told(small)

    assert finding["check"] == "previous-earlier"
    assert finding["where"] == {"file": "edition.toml", "line": line_of(small, "previous")}
    assert "30th\u00a0November, 2025" in finding["message"]


def break_settings(folder: Path) -> None:
    edit_cell(folder / "edition.toml", "first_serial = 1", "first_seriall = 1")


def remove_scores(folder: Path) -> None:
    (folder / "figures.csv").unlink()


def remove_settings(folder: Path) -> None:
    (folder / "edition.toml").unlink()


def rename_column(folder: Path) -> None:
    edit_cell(folder / "figures.csv", "verified", "checked")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (break_settings, r"editions/2025-11/edition\.toml"),
        (remove_scores, r"editions/2025-11/figures\.csv is missing"),
        (remove_settings, r"editions/2025-11/edition\.toml is missing"),
        (rename_column, r"editions/2025-11/figures\.csv.*“verified”"),
    ],
)
def test_a_previous_edition_that_cannot_be_read_is_one_warning_with_the_reason(
    tmp_path: Path, spoil: Any, reason: str
) -> None:
    small = make_small(tmp_path)
    spoil(make_month_before(small))

    (finding,) = told(small)

    assert (finding["check"], finding["severity"]) == ("previous-found", "warning")
    assert finding["where"] == {"file": "edition.toml", "line": line_of(small, "previous")}
    assert re.search(reason, finding["message"])
    assert "nothing is compared" in finding["message"]


def test_findings_of_the_previous_edition_are_not_repeated(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    folder = make_month_before(small)
    edit_cell(folder / "figures.csv", "HR;476234;309133;", "HR;476234;n/a;")

    document = patra_json("check", small.edition, "--root", small.root)

    assert not [f for f in document["findings"] if "2025-11" in str(f)]


def test_real_figures_are_not_compared_with_a_specimens(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    make_month_before(small)
    small.edit("edition.toml", "specimen = true", "specimen = false")

    (finding,) = told(small)

    assert finding["check"] == "previous-found"
    assert "specimen" in finding["message"]
