"""The scores as a workbook that the office can open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.inputs.states import load_states
from generator.inputs.workbook import ScoresLayout, read_scores
from generator.model import (
    Band,
    Cohort,
    Edition,
    Figure,
    Indicator,
    LetterheadSettings,
    Numbering,
    Place,
    Scorecard,
    ScoreRow,
    ScoringRules,
    Share,
    Signatory,
    Unit,
)
from generator.scoresheet import write_scorecards

STRONG = Band("strong", Decimal(100), {"en": "Strong"})
ONBOARDED = Indicator("kpi1", Decimal(100), "onboarded", "strength", {"en": "=Onboarded"}, {}, {})
HEADER = [
    "State/UT", "राज्य/संघ राज्य क्षेत्र", "Category", "Strength", "Onboarded", "=Onboarded",
    "Composite score", "Rank",
]  # fmt: skip


def figure(value: str, unit: Unit = Unit.COUNT) -> Figure:
    return Figure(Decimal(value), unit)


def card(who: str, cohort: str | None, rank: str | None, score: str = "92.561") -> Scorecard:
    share = Share(ONBOARDED, figure("1"), figure("2"), figure("92.561", Unit.PERCENT), STRONG)
    return Scorecard(
        who,
        cohort,
        figure("322014"),
        (share,),
        figure(score, Unit.SCORE),
        figure("47.03", Unit.SCORE) if rank else None,
        figure(rank, Unit.RANK) if rank else None,
    )


def make_edition(**others: object) -> Edition:
    values: dict[str, object] = {
        "name": "2025-12",
        "folder": Path("editions/2025-12"),
        "kind": "do_letter",
        "date": date(2025, 12, 11),
        "as_on": date(2025, 11, 30),
        "versions": ("hi", "en"),
        "number": Numbering("N/{serial}"),
        "signatory": Signatory({"en": "Sample"}, "f", {"en": "Officer"}),
        "letterhead": LetterheadSettings({"en": "SAMPLE OFFICE"}, {}),
        "indicators": (ONBOARDED,),
        "cohorts": (Cohort("A", 100_000), Cohort("B", None)),
        "bands": (STRONG,),
        "rows": (
            ScoreRow(
                "HR", Place("s"), {"strength": figure("322014"), "onboarded": figure("298060")}
            ),
        ),
    }
    return Edition(**{**values, **others})  # type: ignore[arg-type]


def write(path: Path, edition: Edition, *cards: Scorecard) -> Worksheet:
    write_scorecards(edition, {c.who: c for c in cards}, path, load_states())
    return load_workbook(path).worksheets[0]


def table(sheet: Worksheet) -> list[list[object]]:
    """The header row and what is below it."""
    rows: list[list[object]] = [list(row) for row in sheet.iter_rows(values_only=True)]
    return rows[next(i for i, row in enumerate(rows) if row[0] == "State/UT") :]


def test_a_row_holds_both_names_counts_shares_composite_and_rank(tmp_path: Path) -> None:
    sheet = write(tmp_path / "out.xlsx", make_edition(), card("HR", "B", "9"))

    head, row = table(sheet)
    assert head == HEADER
    assert row == ["Haryana", "हरियाणा", "B", 322014, 298060, 92.561, 47.03, 9]


def test_rows_stand_by_category_then_rank_and_those_without_stand_last(tmp_path: Path) -> None:
    cards = [
        card("PB", "B", "2"),
        card("GA", "A", "1"),
        card("BR", None, None),
        card("HR", "B", "1"),
        card("KA", "B", None),
        card("AS", "B", "2"),
    ]

    rows = table(write(tmp_path / "out.xlsx", make_edition(), *cards))[1:]

    names = [row[0] for row in rows]
    assert names == ["Goa", "Haryana", "Assam", "Punjab", "Karnataka", "Bihar"]


def test_a_given_composite_stands_beside_the_computed_one(tmp_path: Path) -> None:
    edition = make_edition(scoring=ScoringRules("given"))

    head, row = table(write(tmp_path / "out.xlsx", edition, card("HR", "B", "9", "60.11")))

    assert head[6:] == ["Composite score, computed", "Composite score, given", "Rank"]
    assert row[6:] == [60.11, 47.03, 9]


def test_numbers_are_formatted_in_indian_grouping(tmp_path: Path) -> None:
    sheet = write(tmp_path / "out.xlsx", make_edition(), card("HR", "B", "9"))

    formats = [cell.number_format for cell in sheet[sheet.max_row]]
    assert formats[3].startswith("[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;")
    assert formats[5:] == ['0.00"%"', "0.00", "0"]


def test_the_sheet_names_edition_and_day_and_keeps_its_header_in_sight(tmp_path: Path) -> None:
    sheet = write(tmp_path / "out.xlsx", make_edition(), card("HR", "B", "9"))

    assert "2025-12" in sheet["A1"].value
    assert sheet["A2"].value.replace("\u00a0", " ").endswith("as on 30th November, 2025")
    assert sheet.freeze_panes == "B5"
    assert sheet["A4"].font.bold
    assert sheet["A4"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width > 30
    assert not any("SPECIMEN" in str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_a_specimen_says_so(tmp_path: Path) -> None:
    sheet = write(tmp_path / "out.xlsx", make_edition(specimen=True), card("HR", "B", "9"))

    assert sheet["A3"].value == "SPECIMEN – illustrative figures"
    assert sheet["A5"].value == "State/UT"


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    sheet = write(tmp_path / "out.xlsx", make_edition(), card("HR", "B", "9"))

    assert sheet["F4"].value == "=Onboarded"
    assert sheet["F4"].data_type == "s"


def test_recipients_that_are_no_state_stand_by_their_id(tmp_path: Path) -> None:
    row = table(write(tmp_path / "out.xlsx", make_edition(), card("MDO-7", "B", "1")))[1]

    assert row[:2] == ["MDO-7", None]


def test_missing_figures_are_empty_cells(tmp_path: Path) -> None:
    bare = Scorecard("PB", "B", None, (), None, None, None)

    row = table(write(tmp_path / "out.xlsx", make_edition(), bare))[1]

    assert row == ["Punjab", "पंजाब", "B", None, None, None, None, None]


def test_the_sheet_can_be_read_again_as_scores(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", make_edition(), card("HR", "B", "9"))
    layout = ScoresLayout(
        ("onboarded",),
        ("A", "B"),
        headers={"state": "State/UT", "composite_score": "Composite score"},
    )

    scores, _ = read_scores(tmp_path / "out.xlsx", "out.xlsx", layout)
    (row,) = scores.rows

    assert row.who == "HR"
    assert row.composite is not None
    assert row.composite.value == Decimal("47.03")
    assert row.counts["onboarded"].value == 298060


def test_the_file_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"the earlier one")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.scoresheet.os.fsync", fail)

    with pytest.raises(OSError, match="No space"):
        write(target, make_edition(), card("HR", "B", "9"))
    assert target.read_bytes() == b"the earlier one"
    assert [p.name for p in tmp_path.iterdir()] == ["out.xlsx"]
