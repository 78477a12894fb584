"""Where a finding stands, and how many there are, through the real command on real workbooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import ROOT, patra, patra_json
from tests.planted import errors_of, places, put
from tests.small import RECIPIENTS, Small, make_small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small installation with the sample's workbook."""
    return make_small(tmp_path)


def published(tmp_path: Path) -> Path:
    """A copy of the published edition."""
    folder = tmp_path / "2025-12-published"
    shutil.copytree(ROOT / "editions" / "2025-12-published", folder)
    return folder


def test_a_missing_count_is_told_at_the_empty_cell(small: Small) -> None:
    put(small, {"I12": None})

    assert places(errors_of(small)) == [("figures-complete", "I12")]


def test_a_count_above_its_whole_is_not_told_again_by_total_and_share(small: Small) -> None:
    put(small, {"E12": 500_000})

    assert places(errors_of(small)) == [("part-within-whole", "E12")]


def test_a_row_left_out_of_the_totals_is_one_finding_of_the_totals(small: Small) -> None:
    path = small.edition / "scores.xlsx"
    book = load_workbook(path)
    book.worksheets[0].delete_rows(22)  # Nagaland
    book.save(path)

    totals = [f for f in errors_of(small) if f["check"] == "totals-agree"]

    assert [f["where"]["cell"] for f in totals] == ["D41"]
    assert "completed_one" in totals[0]["message"]


def test_one_more_absent_member_does_not_hide_a_rank_that_is_wrong(tmp_path: Path) -> None:
    folder = published(tmp_path)
    book = load_workbook(folder / "scores.xlsx")
    book.worksheets[0]["D20"].value = 15
    book.save(folder / "scores.xlsx")

    found = patra_json("check", folder, code=4)["findings"]

    ranks = [(f["who"], f["where"]["cell"]) for f in found if f["check"] == "rank-recomputed"]
    assert ranks == [("HR", "D15")]


def test_another_recipients_name_in_a_row_is_told_at_its_cell(small: Small) -> None:
    path = small.edition / "recipients.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    rows = [f"{row},{'c/o Namuna Three' if row.startswith('HR') else ''}" for row in rows]
    rows = [f"{row},{'मार्फत नमूना' if row.startswith('HR') else ''}" for row in rows]
    path.write_text("\n".join([f"{head},address_en,address_hi", *rows]) + "\n", "utf-8")

    found = [f for f in errors_of(small) if f["check"] == "others-absent-from-letter"]

    assert [(f["who"], f["where"]["cell"]) for f in found] == [("HR", "I2")]


def test_what_was_untidy_is_shown_after_all_that_is_to_do(small: Small) -> None:
    put(small, {"I12": None})

    shown = patra("check", small.edition, "--root", small.root).stdout

    assert 0 < shown.index("figures-complete") < shown.index("For information")
    assert shown.index("For information") < shown.index("scores-tidy")


def test_a_waiver_for_one_letter_is_not_told_to_be_idle_while_another_is_checked(
    small: Small,
) -> None:
    goa = ("GA", "Smt.", "नमूना दो", "Namuna 2", "IAS", "f")
    small.write_recipients(RECIPIENTS[0], goa, RECIPIENTS[2])
    with (small.edition / "edition.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[waivers]]\ncheck = "figures-same-in-versions"\nwho = "GA"\n')
        settings.write('reason = "her name"\nby = "A. Officer"\n')

    every = patra_json("check", small.edition, "--root", small.root)["findings"]
    one = patra_json("check", small.edition, "HR", "--root", small.root)["findings"]

    assert [f["waived"] for f in every if f["check"] == "figures-same-in-versions"] == [True]
    assert "waiver-matches" not in {f["check"] for f in (*every, *one)}
