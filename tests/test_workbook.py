"""The scores workbook: untidy files are read and listed, what is not understood is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.settings.keys import IndicatorSettings
from generator.inputs.share_columns import share_headers
from generator.inputs.workbook import ScoresLayout, find_scores_file, read_scores
from generator.model import Place, ScoreRow, Unit

LAYOUT = ScoresLayout(counts=("onboarded", "strength", "verified"), cohorts=("A", "B", "C"))
HEAD = ("State", "Strength", "Onboarded", "Verified", "Cohort", "Composite_Score", "Rank")
HARYANA = ("Haryana", 322014, 322014, 298060, "B", 47.03, 9)

Rows = Sequence[Sequence[object]]
Result = tuple[tuple[ScoreRow, ...], list[Finding]]


def write(path: Path, rows: Rows, *, sheet: str = "Scores", at: tuple[int, int] = (1, 1)) -> Path:
    """A workbook whose first row and column are ``at``."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            page.cell(at[0] + r, at[1] + c).value = value
    book.save(path)
    return path


def read_rows(path: Path, file: str, layout: ScoresLayout) -> Result:
    """The rows of the States alone, with all findings."""
    scores, findings = read_scores(path, file, layout)
    return scores.rows, findings


def read(tmp_path: Path, rows: Rows, layout: ScoresLayout = LAYOUT) -> Result:
    return read_rows(write(tmp_path / "scores.xlsx", rows), "scores.xlsx", layout)


def read_csv(tmp_path: Path, text: str, layout: ScoresLayout = LAYOUT) -> Result:
    path = tmp_path / "scores.csv"
    path.write_bytes(text.encode())
    return read_rows(path, "scores.csv", layout)


def of(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    return [f for f in findings if f.severity is severity]


def cells(findings: Sequence[Finding], check: str) -> list[str | None]:
    return [f.where.cell for f in findings if f.check == check and f.where]


def test_a_tidy_row_is_read_with_the_cell_of_each_figure(tmp_path: Path) -> None:
    (row,), findings = read(tmp_path, [HEAD, HARYANA])

    assert findings == []
    assert row.who == "HR"
    assert row.place == Place("scores.xlsx", "Scores", "A2")
    assert {n: (f.value, f.unit, f.cells[0].cell) for n, f in row.counts.items()} == {
        "strength": (322014, Unit.COUNT, "B2"),
        "onboarded": (322014, Unit.COUNT, "C2"),
        "verified": (298060, Unit.COUNT, "D2"),
    }
    assert row.cohort == "B"
    assert row.composite is not None
    assert (row.composite.value, row.composite.unit) == (Decimal("47.03"), Unit.SCORE)
    assert row.rank is not None
    assert (row.rank.value, row.rank.cells[0].cell) == (9, "G2")


@pytest.mark.parametrize("at", [(1, 1), (4, 1), (1, 3), (6, 4)])
def test_addresses_are_right_where_the_first_rows_and_columns_are_empty(
    tmp_path: Path, at: tuple[int, int]
) -> None:
    path = write(tmp_path / "scores.xlsx", [HEAD, HARYANA], at=at)

    (row,), _ = read_rows(path, "scores.xlsx", LAYOUT)

    letters = "ABCDEFGHIJK"
    assert row.place.cell == f"{letters[at[1] - 1]}{at[0] + 1}"
    assert row.counts["verified"].cells[0].cell == f"{letters[at[1] + 2]}{at[0] + 1}"


def test_addresses_in_a_csv_file_count_records_and_name_the_line(tmp_path: Path) -> None:
    head = 'title\n\nstate,strength,onboarded,verified,"a\nnote"\n'
    text = head + 'Haryana,10,9,8,"x\ny"\nPunjab,7,6,5\n'

    rows, _ = read_csv(tmp_path, text)

    assert rows[0].place == Place("scores.csv", None, "A4", 5)
    assert rows[1].counts["verified"].cells == (Place("scores.csv", None, "D5", 7),)


def test_a_csv_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (row,), findings = read_csv(
        tmp_path, '\ufeffstate,strength,onboarded,verified\r\nहरियाणा,"3,22,014",2,1\r\n'
    )

    assert row.who == "HR"
    assert row.counts["strength"].value == 322014
    assert [f.check for f in findings] == ["scores-tidy"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("state\nHaryana".encode("utf-16"), "UTF-16"),
        ("state,strength\nHaryana\u2019s".encode("cp1252"), "line 2"),
    ],
)
def test_another_encoding_is_refused_and_the_way_to_save_is_told(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes(data)

    with pytest.raises(InputError, match=said) as error:
        read_rows(path, "scores.csv", LAYOUT)

    assert "CSV UTF-8" in error.value.remedy


def test_columns_come_in_any_order_case_and_spacing(tmp_path: Path) -> None:
    head = (" RANK ", "composite  score", "ON_BOARDED", "Verified\n", "strength", "STATE")

    (row,), findings = read(tmp_path, [head, (9, 47.03, 5, 4, 10, "HR")])

    assert findings == []
    assert {n: f.value for n, f in row.counts.items()} == {
        "strength": 10, "onboarded": 5, "verified": 4,
    }  # fmt: skip
    assert row.rank is not None
    assert row.rank.cells[0].cell == "A2"


def test_the_settings_map_the_workbooks_own_headers(tmp_path: Path) -> None:
    layout = ScoresLayout(("onboarded",), ("B",), headers={"strength": "Total Employees"})

    (row,), findings = read(
        tmp_path, [("state", "total employees", "onboarded"), ("HR", 10, 9)], layout
    )

    assert row.counts["strength"].cells[0].cell == "B2"
    assert findings == []


def test_untidiness_is_read_and_listed_once_a_kind(tmp_path: Path) -> None:
    rows: Rows = [
        ("State-wise scores",),
        ("as on 30-11-2025",),
        (),
        ("S.No.", None, *HEAD),
        (1, None, "HARYANA", "3,22,014", "3,22,014", "2,98,060", "b", "47.03%", "9"),
        (2, None, "CHATTISGARH", 10, 9, 8, "A", 50, 1),
        (),
        (3, None, " Punjab\u00a0", "\u00a010", 9, 8, "A", 40, 2),
        (4, None, "Orissa", 10, 9, 8, "A", 30, 3),
        (None, None, "Grand Total", 322044, None, None, None, None, None),
        ("Total", None, None, 322044, None, None, None, None, None),
        (None, None, "कुल योग", "n/a", None, None, None, None, None),
        ("Source: the portal",),
    ]

    found, findings = read(tmp_path, rows)

    assert [(row.who, row.place.cell) for row in found] == [
        ("HR", "C5"), ("CG", "C6"), ("PB", "C8"), ("OD", "C9"),
    ]  # fmt: skip
    assert of(findings, Severity.ERROR) == of(findings, Severity.WARNING) == []
    messages = [f.message for f in findings]
    for part in (
        "Rows above the header row, passed over: row 1, row 2.",
        "Blank rows in the table, passed over: row 7.",
        "Blank columns in the table, passed over: column B.",
        "Columns that are not used: “S.No.”.",
        "State names in capitals, letters print the usual form: C5.",
        "Numbers typed as text, read as numbers: D5, E5, F5, H5 and 2 more.",
        "Numbers with a percent sign, the figure before it is read: H5.",
        "Numbers with stray or no-break spaces, which are ignored: D8.",
        "Names with stray or no-break spaces, which are ignored: C8.",
        "Rows of totals, compared with the sums of the rows: C10, D11, C12.",
        "Rows without figures or a State, taken for notes and passed over: A13.",
        "“CHATTISGARH” is read as Chhattisgarh.",
        "“Orissa” is read as Odisha.",
    ):
        assert part in messages
    assert len(messages) == 13
    assert cells(findings, "state-names-usual") == ["C6", "C9"]


def test_wrong_grouping_is_read_and_warned_about_at_its_cell(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, [HEAD, ("HR", "322,014", "3,2201,4", 5, "B", None, None)])

    warnings = of(findings, Severity.WARNING)
    assert [f.value for f in rows[0].counts.values()] == [322014, 322014, 5]
    assert [(f.check, f.who, str(f.where)) for f in warnings] == [
        ("grouping-indian", "HR", "scores.xlsx, sheet Scores, cell B2"),
        ("grouping-indian", "HR", "scores.xlsx, sheet Scores, cell C2"),
    ]
    assert "3,22,014" in warnings[0].message


def test_all_cells_that_are_not_understood_are_reported_at_once(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        ("Haryana", "n/a", 12.5, "१२", "D", "47,03", 0),
        ("Punjab", True, date(2025, 1, 2), "12abc", "A", "92%", "9%"),
    ]

    found, findings = read(tmp_path, rows)

    errors = of(findings, Severity.ERROR)
    assert {f.check for f in errors} == {"cells-understood"}
    assert cells(errors, "cells-understood") == [
        "B2", "C2", "D2", "E2", "F2", "G2", "B3", "C3", "D3", "G3",
    ]  # fmt: skip
    assert "“n/a” stands there" in errors[0].message
    assert "one of the categories A, B, C" in errors[3].message
    assert all(f.remedy and f.who in ("HR", "PB") for f in errors)
    assert [dict(row.counts) for row in found] == [{}, {}]


def test_an_error_value_of_excel_is_no_empty_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "scores.xlsx", [HEAD, ("HR", 1, 2, 3, "B", 47.03, 9)])
    put_in_sheet(path, r'(<c r="C2")[^>]*><v>2</v>', r'\1 t="e"><v>#REF!</v>')

    (row,), findings = read_rows(path, "scores.xlsx", LAYOUT)

    (error,) = findings
    assert "onboarded" not in row.counts
    assert (error.check, error.where) == (
        "cells-understood",
        Place("scores.xlsx", "Scores", "C2"),
    )
    assert "#REF!" in error.message


def merged(tmp_path: Path, merge: str, *rows: Sequence[object]) -> Result:
    book = Workbook()
    page = book.worksheets[0]
    for row in (HEAD, *rows):
        page.append(row)
    page.merge_cells(merge)
    book.save(tmp_path / "scores.xlsx")
    return read_rows(tmp_path / "scores.xlsx", "scores.xlsx", LAYOUT)


@pytest.mark.parametrize(
    ("merge", "where", "who", "column"),
    [
        ("C2:D2", "D2", "HR", "verified"),
        ("C2:C3", "C3", "PB", "onboarded"),
        ("E2:E3", "E3", "PB", "cohort"),
        ("F2:F99", "F3", "PB", "composite_score"),
    ],
)
def test_a_figure_that_merged_cells_cover_is_an_error_naming_them(
    tmp_path: Path, merge: str, where: str, who: str, column: str
) -> None:
    punjab = ("Punjab", 10, 9, 8, "A", 40, 2)

    _rows, findings = merged(tmp_path, merge, HARYANA, punjab)

    (error,) = of(findings, Severity.ERROR)
    assert (error.check, error.who) == ("cells-understood", who)
    assert error.where == Place("scores.xlsx", "Sheet", where)
    assert error.message.startswith(f"{column}: ")
    assert merge in error.message
    assert "Unmerge" in error.remedy


def test_a_state_that_merged_cells_cover_is_an_error_naming_them(tmp_path: Path) -> None:
    _rows, findings = merged(tmp_path, "A2:A3", HARYANA, ("", 10, 9, 8, "A", 40, 2))

    (error,) = of(findings, Severity.ERROR)
    assert error.where == Place("scores.xlsx", "Sheet", "A3")
    assert "A2:A3" in error.message


def test_merged_titles_totals_and_notes_do_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    rows: Rows = [
        ("Scores of the States",), (), HEAD, HARYANA, ("Total", None, 5), ("Source: the portal",),
    ]  # fmt: skip
    for row in rows:
        page.append(row)
    for merge in ("A1:G2", "A5:B5", "A6:G6"):
        page.merge_cells(merge)
    book.save(tmp_path / "scores.xlsx")

    found, findings = read_rows(tmp_path / "scores.xlsx", "scores.xlsx", LAYOUT)

    assert [row.who for row in found] == ["HR"]
    assert {f.severity for f in findings} == {Severity.INFO}


@pytest.mark.parametrize("value", ["12345678901234567890123456789", 1e300])
def test_huge_numbers_are_errors_at_their_cells(tmp_path: Path, value: object) -> None:
    _rows, findings = read(tmp_path, [HEAD, ("HR", value, value, value, "B", value, value)])

    errors = of(findings, Severity.ERROR)
    assert cells(errors, "cells-understood") == ["B2", "C2", "D2", "F2", "G2"]
    assert all("at most 15 digits" in f.message for f in errors)


def test_figures_beyond_all_sense_are_errors_at_their_cells(tmp_path: Path) -> None:
    row = ("HR", 10**12 + 1, 2, 3, "B", 1000.5, 10**6 + 1)

    _rows, findings = read(tmp_path, [HEAD, row])

    assert cells(of(findings, Severity.ERROR), "cells-understood") == ["B2", "F2", "G2"]


@pytest.mark.parametrize("note", ["Source: MDO portal", "* provisional", "स्रोत: पोर्टल"])
@pytest.mark.parametrize("key", ["State", "id"])
def test_a_row_without_figures_is_a_note_unless_it_names_a_state(
    tmp_path: Path, note: str, key: str
) -> None:
    head = (key, *HEAD[1:])

    found, findings = read(tmp_path, [head, ("HR", *HARYANA[1:]), (note,)])

    assert [row.who for row in found] == ["HR"]
    (finding,) = findings
    assert (finding.severity, finding.check) == (Severity.INFO, "scores-tidy")
    assert "A3" in finding.message


@pytest.mark.parametrize("name", ["Hariana", "Uttarkhannd", "हरियाना"])
def test_a_misspelt_state_without_figures_is_no_note(tmp_path: Path, name: str) -> None:
    _rows, findings = read(tmp_path, [HEAD, HARYANA, (name,)])

    assert cells(of(findings, Severity.ERROR), "states-known") == ["A3"]


def test_an_unknown_name_with_figures_is_no_note(tmp_path: Path) -> None:
    _rows, findings = read(tmp_path, [HEAD, HARYANA, ("Source: MDO portal", 1)])

    assert cells(of(findings, Severity.ERROR), "states-known") == ["A3"]


def test_a_known_state_without_figures_keeps_its_row(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, [HEAD, HARYANA, ("Goa",)])

    assert [row.who for row in rows] == ["HR", "GA"]
    assert findings == []


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")]
)
def test_a_csv_file_may_have_the_separator_of_another_region(
    tmp_path: Path, separator: str, name: str
) -> None:
    rows = [
        ("As on 30, November, 2025",),
        ("State", "Strength", "Onboarded", "Verified"),
        ("Haryana", "3,22,014", "3,22,014", "2,98,060"),
    ]

    (row,), findings = read_csv(tmp_path, "".join(separator.join(r) + "\r\n" for r in rows))

    assert [f.value for f in row.counts.values()] == [322014, 322014, 298060]
    assert row.counts["verified"].cells == (Place("scores.csv", None, "D3", 3),)
    found = [f for f in findings if f"separated by {name}" in f.message]
    assert [(f.severity, f.check) for f in found] == [(Severity.INFO, "scores-tidy")]


def test_unquoted_grouping_that_moves_figures_into_other_columns_is_refused(
    tmp_path: Path,
) -> None:
    text = "state,strength,onboarded,verified\nHR,3,22,014,298060,20117\n"

    with pytest.raises(InputError, match=r"E2.*“298060” stands in a column without") as error:
        read_csv(tmp_path, text)

    assert "quotation marks" in error.value.remedy


def test_a_separator_is_found_by_the_mapped_header_too(tmp_path: Path) -> None:
    layout = ScoresLayout(("onboarded",), ("B",), headers={"state": "Name, in full"})

    (row,), _ = read_csv(tmp_path, "Name, in full;strength;onboarded\nHR;10;9\n", layout)

    assert row.counts["onboarded"].value == 9


def test_a_formula_that_was_never_calculated_is_no_empty_cell(tmp_path: Path) -> None:
    _rows, findings = read(tmp_path, [HEAD, ("HR", "=2+3", 2, 3, "B", 47.03, 9)])

    assert cells(of(findings, Severity.ERROR), "cells-understood") == ["B2"]
    assert "never calculated" in findings[0].message


@pytest.mark.parametrize(
    ("value", "number_format", "percent"),
    [
        (0.4703, "0.00%", True),
        (0.4703, "0.0##%;-0%", True),
        (47.03, '0.00"%"', False),
        (47.03, r"0.00\%", False),
    ],
)
def test_a_percentage_formatted_by_excel_is_read_as_shown(
    tmp_path: Path, value: float, number_format: str, percent: bool
) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(HEAD)
    page.append(("HR", 1, 2, 3, "B", value, 9))
    page["F2"].number_format = number_format
    book.save(tmp_path / "scores.xlsx")

    (row,), findings = read_rows(tmp_path / "scores.xlsx", "scores.xlsx", LAYOUT)

    assert row.composite is not None
    assert row.composite.value == Decimal("47.03")
    assert ["percent sign" in f.message for f in findings] == [True] * percent


def test_noise_of_binary_fractions_is_dropped(tmp_path: Path) -> None:
    (row,), _ = read(tmp_path, [HEAD, ("HR", 1.0, 2, 3, "B", 60.11000000000001, 9.0)])

    assert row.composite is not None
    assert row.rank is not None
    assert [str(row.composite.value), str(row.rank.value)] == ["60.11", "9"]
    assert str(row.counts["strength"].value) == "1"


def test_negative_counts_are_read_for_the_audit_to_judge(tmp_path: Path) -> None:
    (row,), findings = read(tmp_path, [HEAD, ("HR", -1, 2, 3, "B", 4, 9)])

    assert row.counts["strength"].value == -1
    assert findings == []


def test_empty_cells_have_no_figure(tmp_path: Path) -> None:
    (row,), findings = read(tmp_path, [HEAD, ("HR", None, "  ", 3, None, 47.03, 9)])

    assert list(row.counts) == ["verified"]
    assert row.cohort is None
    assert findings == []


def test_an_unknown_state_is_an_error_with_the_nearest_names(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, [HEAD, ("Hariana", 1, 2, 3, "B", 4, 9), HARYANA])

    (error,) = findings
    assert [row.who for row in rows] == ["HR"]
    assert (error.severity, error.check) == (Severity.ERROR, "states-known")
    assert error.where == Place("scores.xlsx", "Scores", "A2")
    assert "“Hariana”" in error.message
    assert "Haryana (HR)" in error.message


def test_a_state_that_stands_twice_is_an_error_naming_both_cells(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, [HEAD, HARYANA, ("HARYANA ", 1, 2, 3, "B", 4, 9)])

    errors = of(findings, Severity.ERROR)
    assert [row.counts["strength"].value for row in rows] == [322014]
    assert [(f.check, f.who) for f in errors] == [("rows-unique", "HR")]
    assert "A2" in errors[0].message
    assert "A3" in errors[0].message


def test_the_two_halves_of_a_merged_territory_are_not_lost(tmp_path: Path) -> None:
    rows, findings = read(
        tmp_path,
        [HEAD, ("Daman & Diu", 1, 2, 3, "A", 4, 9), ("Dadra & Nagar Haveli", 1, 2, 3, "A", 4, 9)],
    )

    (error,) = of(findings, Severity.ERROR)
    assert [row.who for row in rows] == ["DH"]
    assert "add up the two" in error.remedy


def test_figures_without_a_state_are_an_error(tmp_path: Path) -> None:
    _rows, findings = read(tmp_path, [HEAD, HARYANA, (None, 5, 4, 3, "B", 4, 9)])

    assert cells(findings, "cells-understood") == ["A3"]
    assert "B3" in findings[0].message


def test_recipients_that_are_no_state_are_known_by_their_id(tmp_path: Path) -> None:
    rows, findings = read(
        tmp_path,
        [("ID", *HEAD[1:]), ("MDO_07-b", 1, 2, 3, "B", 4, 1), (101, 1, 2, 3, "B", 3, 2)],
    )

    assert [row.who for row in rows] == ["MDO_07-b", "101"]
    assert findings == []


@pytest.mark.parametrize("bad", ["../../x", "a b", "a/b", "हिसार", "-x", "a" * 61])
def test_an_id_unfit_for_a_file_name_is_an_error(tmp_path: Path, bad: str) -> None:
    rows, findings = read(tmp_path, [("id", *HEAD[1:]), (bad, 1, 2, 3, "B", 4, 1)])

    assert rows == ()
    assert cells(findings, "cells-understood") == ["A2"]


def test_a_missing_column_is_refused_with_the_nearest_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, [("State", "Strength", "On-boarded users", "Verified"), ("HR", 1, 2, 3)])

    assert "“onboarded”" in error.value.message
    assert "“On-boarded users”" in error.value.message
    assert "“On-boarded users” meant for onboarded" in error.value.remedy


def test_given_composites_and_ranks_must_be_there(tmp_path: Path) -> None:
    layout = ScoresLayout(LAYOUT.counts, LAYOUT.cohorts, given=True)

    with pytest.raises(InputError, match="“composite_score” and “rank”"):
        read(tmp_path, [HEAD[:4], HARYANA[:4]], layout)


def test_strength_may_be_missing_where_the_category_is_given(tmp_path: Path) -> None:
    layout = ScoresLayout(("onboarded",), ("A", "B"))

    rows, findings = read(tmp_path, [("state", "onboarded", "cohort"), ("HR", 1, "B")], layout)

    assert rows[0].cohort == "B"
    assert findings == []
    with pytest.raises(InputError, match="“strength”"):
        read(tmp_path, [("state", "onboarded"), ("HR", 1)], layout)


def test_a_file_without_a_header_row_is_refused_with_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no header row.*“Name of State”") as error:
        read(tmp_path, [("Name of State", "Employees"), ("Haryana", 5)])

    assert "A1" in error.value.message
    assert "[columns]" in error.value.remedy


def test_a_header_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"D1.*B1"):
        read(tmp_path, [("State", "Strength", "Onboarded", "STRENGTH", "Verified")])


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no row"):
        read(tmp_path, [HEAD])


def book_of_sheets(path: Path, *, copy: bool = True) -> Path:
    """Notes, a hidden old table, the table; with ``copy``, a second one that is visible."""
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notes"
    notes.append(["nothing here"])
    for name, strength in (("Old", 1), ("Scores", 2), ("Copy", 3)):
        page = book.create_sheet(name)
        page.append(HEAD)
        page.append(("HR", strength, 2, 3, "B", 4, 9))
    book["Old"].sheet_state = "hidden"
    if not copy:
        del book["Copy"]
    book.save(path)
    return path


def test_the_first_visible_sheet_with_a_header_row_is_read(tmp_path: Path) -> None:
    path = book_of_sheets(tmp_path / "scores.xlsx", copy=False)

    (row,), findings = read_rows(path, "scores.xlsx", LAYOUT)

    assert row.place.sheet == "Scores"
    assert [(f.severity, f.where.sheet) for f in findings if f.where] == [(Severity.INFO, "Old")]


def test_two_visible_sheets_with_a_header_row_are_refused_naming_both(tmp_path: Path) -> None:
    path = book_of_sheets(tmp_path / "scores.xlsx")

    with pytest.raises(InputError, match="“Scores” and “Copy” have a header row each") as error:
        read_rows(path, "scores.xlsx", LAYOUT)

    assert 'sheet = "…"' in error.value.remedy
    (finding,) = error.value.findings
    assert finding.where == Place("scores.xlsx", "Copy")


@pytest.mark.parametrize("name", ["Copy", " copy", "OLD"])
def test_the_sheet_that_the_settings_name_is_read_even_if_hidden(tmp_path: Path, name: str) -> None:
    path = book_of_sheets(tmp_path / "scores.xlsx")
    layout = ScoresLayout(LAYOUT.counts, LAYOUT.cohorts, sheet=name)

    (row,), _ = read_rows(path, "scores.xlsx", layout)

    assert (row.place.sheet or "").casefold() == name.strip().casefold()


def test_a_missing_sheet_is_refused_naming_those_there_are(tmp_path: Path) -> None:
    path = book_of_sheets(tmp_path / "scores.xlsx")
    layout = ScoresLayout(LAYOUT.counts, LAYOUT.cohorts, sheet="Score")

    with pytest.raises(InputError, match="“Notes”, “Old”, “Scores”, “Copy”"):
        read_rows(path, "scores.xlsx", layout)


def put_in_sheet(path: Path, pattern: str, replacement: str) -> None:
    """Changes the XML of the first sheet."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    changed, count = re.subn(pattern, replacement, sheet)
    assert count == 1
    parts["xl/worksheets/sheet1.xml"] = changed.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"state,strength", "no Excel workbook"),
        (b"<html></html>", "no Excel workbook"),
        (b"PK\x03\x04 and no more", "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"\x00" * 600, "97–2003"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_remedy(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "scores.xlsx"
    path.write_bytes(data)

    with pytest.raises(InputError, match=said) as error:
        read_rows(path, "scores.xlsx", LAYOUT)

    assert error.value.exit_code == 3
    assert "xlsx" in error.value.message
    assert error.value.remedy


def test_a_workbook_cut_short_or_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "scores.xlsx", [HEAD, HARYANA])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(InputError, match="damaged"):
        read_rows(path, "scores.xlsx", LAYOUT)

    path.write_bytes(whole)
    put_in_sheet(path, "</sheetData>", "<broken")
    with pytest.raises(InputError, match="damaged"):
        read_rows(path, "scores.xlsx", LAYOUT)


def test_a_sheet_with_a_stray_cell_far_away_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "scores.xlsx", [HEAD, HARYANA])
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    put_in_sheet(path, "</sheetData>", stray)

    with pytest.raises(InputError, match="XFD1048576"):
        read_rows(path, "scores.xlsx", LAYOUT)


def test_a_csv_file_with_a_broken_quotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no CSV"):
        read_csv(tmp_path, 'state,strength\n"Haryana,5\n')


def test_an_empty_csv_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        read_csv(tmp_path, "\ufeff\n \n")


def test_one_scores_file_is_found(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"e/scores\.xlsx is missing"):
        find_scores_file(tmp_path, None, "e")

    (tmp_path / "scores.csv").touch()
    assert find_scores_file(tmp_path, None, "e").name == "scores.csv"
    with pytest.raises(InputError, match=r"e/figures\.xlsx is missing"):
        find_scores_file(tmp_path, "figures.xlsx", "e")

    (tmp_path / "scores.xlsx").touch()
    with pytest.raises(InputError, match="both"):
        find_scores_file(tmp_path, "scores.xlsx", "e")


SHARES = share_headers(
    [
        IndicatorSettings.model_construct(
            id="joined", numerator="onboarded", name={"en": "Users Onboarded", "hi": "जुड़े (%)"}
        ),
        IndicatorSettings.model_construct(id="v", numerator="verified", name={"en": "Verified"}),
        IndicatorSettings.model_construct(id="w", numerator="verified", name={"en": "Again"}),
    ],
    {"onboarded": "On iGOT"},
)
SHARES_LAYOUT = replace(LAYOUT, shares=SHARES)


def shares_of(tmp_path: Path, title: str, *values: object, percent: bool = False) -> Result:
    """Rows of as many States, with a column of shares beside their counts."""
    book = Workbook()
    page = book.worksheets[0]
    page.append([*HEAD, title])
    for who, value in zip(("HR", "PB", "GA"), values, strict=False):
        page.append([who, 10, 9, 8, "A", 50, 1, value])
        if percent and not isinstance(value, str):
            page.cell(page.max_row, 8).number_format = "0.00%"
    book.save(tmp_path / "scores.xlsx")
    return read_rows(tmp_path / "scores.xlsx", "scores.xlsx", SHARES_LAYOUT)


@pytest.mark.parametrize(
    ("title", "indicator"),
    [
        ("Onboarded %", "joined"),
        ("ONBOARDED (%)", "joined"),
        ("onboarded Percentage", "joined"),
        ("Onboarded per cent", "joined"),
        ("% onboarded", "joined"),
        ("joined %", "joined"),
        ("On iGOT %", "joined"),
        ("Users\u00a0onboarded", "joined"),
        ("जुड़े %", "joined"),
        ("v %", "v"),
        ("Verified %", None),
        ("Onboard", None),
        ("%", None),
    ],
)
def test_a_column_of_shares_is_known_by_its_header(
    tmp_path: Path, title: str, indicator: str | None
) -> None:
    rows, findings = shares_of(tmp_path, title, 92.06, "79.00 %")

    known = {indicator} if indicator else set()
    assert [set(row.shares) for row in rows] == [known, known]
    (info,) = findings
    assert (info.severity, info.check) == (Severity.INFO, "score-columns-used")
    assert ("compared with the counts" if indicator else "not used") in info.message


def test_a_share_is_a_percentage_with_the_decimals_that_were_typed(tmp_path: Path) -> None:
    rows, _ = shares_of(tmp_path, "Onboarded %", 0.920572, "79.00 %", 0.5, percent=True)

    figures = [row.shares["joined"] for row in rows]
    assert [str(figure.value) for figure in figures] == ["92.0572", "79.00", "50"]
    assert {figure.unit for figure in figures} == {Unit.PERCENT}
    assert figures[0].cells == (Place("scores.xlsx", "Sheet", "H2"),)


def test_plain_numbers_are_percentages_where_one_is_above_1(tmp_path: Path) -> None:
    rows, _ = shares_of(tmp_path, "Onboarded %", 92.06, 0.5)

    assert [str(row.shares["joined"].value) for row in rows] == ["92.06", "0.5"]


def test_what_could_be_fractions_is_not_guessed(tmp_path: Path) -> None:
    rows, (info,) = shares_of(tmp_path, "Onboarded %", 0.92, 1, "0.5")

    assert [dict(row.shares) for row in rows] == [{}, {}, {}]
    assert (info.severity, info.check) == (Severity.INFO, "score-columns-used")
    assert "not used" in info.message
    assert "“Onboarded %”" in info.message


def test_a_share_that_cannot_be_read_stands_in_no_letters_way(tmp_path: Path) -> None:
    rows, findings = shares_of(tmp_path, "Onboarded %", "n/a", "92,06", 92.06)

    assert [len(row.shares) for row in rows] == [0, 0, 1]
    assert {f.severity for f in findings} == {Severity.INFO}
    assert "Shares that cannot be read, and so are not compared: H2, H3." in [
        f.message for f in findings
    ]


def test_of_two_columns_of_one_share_the_first_counts(tmp_path: Path) -> None:
    head, line = (*HEAD, "Onboarded %", "% Onboarded"), (*HARYANA, 90.5, 91.5)

    (row,), findings = read(tmp_path, [head, line], SHARES_LAYOUT)

    assert str(row.shares["joined"].value) == "90.5"
    assert [f.message for f in findings] == [
        "Columns of shares, not printed but compared with the counts: “Onboarded %”.",
        "Columns that are not used: “% Onboarded”.",
    ]


def test_a_column_that_the_settings_map_to_a_count_is_no_share(tmp_path: Path) -> None:
    layout = replace(SHARES_LAYOUT, headers={"onboarded": "Onboarded %"})

    (row,), findings = read(
        tmp_path, [("State", "Strength", "Onboarded %", "Verified"), ("HR", 10, 9, 8)], layout
    )

    assert row.counts["onboarded"].value == 9
    assert (row.shares, findings) == ({}, [])


def read_totals(tmp_path: Path, *rows: Sequence[object]) -> tuple[ScoreRow, ...]:
    path = write(tmp_path / "scores.xlsx", [HEAD, HARYANA, *rows])
    return read_scores(path, "scores.xlsx", LAYOUT)[0].totals


def test_totals_are_read_with_the_cell_of_each_count(tmp_path: Path) -> None:
    grand, hindi = read_totals(
        tmp_path, ("Grand Total", "3,22,014", "n/a", None), ("कुल योग", 5, 4, 3)
    )

    assert (grand.who, grand.place) == ("Grand Total", Place("scores.xlsx", "Scores", "A3"))
    assert {n: (f.value, f.cells[0].cell) for n, f in grand.counts.items()} == {
        "strength": (322014, "B3")
    }
    assert (hindi.who, len(hindi.counts)) == ("कुल योग", 3)


def test_where_a_row_is_refused_there_are_no_totals(tmp_path: Path) -> None:
    total = ("Total", 322024, 322024, 298070)

    assert read_totals(tmp_path, ("Hariana", 10, 10, 10), total) == ()
    assert read_totals(tmp_path, ("Haryana", 10, 10, 10), total) == ()
    assert len(read_totals(tmp_path, ("Punjab", 10, 10, 10), total)) == 1


def test_a_state_in_two_categories_is_told_so(tmp_path: Path) -> None:
    again = ("HARYANA", 1, 2, 3, "C", 4, 9)

    _rows, findings = read(tmp_path, [HEAD, HARYANA, again])

    (error,) = of(findings, Severity.ERROR)
    assert error.message.endswith("once in category B and once in C")
