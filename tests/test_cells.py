"""One cell at a time: what is understood, what is tidied, what is refused."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.inputs.tables.cells import read_date, read_text
from generator.inputs.tables.grid import Cell, CellError
from generator.inputs.tables.marks import Marks, column_letters, column_number, covered_cells
from generator.inputs.tables.numbers import (
    Untidiness,
    read_count,
    read_number,
    read_rank,
    read_score,
)
from generator.inputs.tidiness import group_indian
from generator.model import Place

TEXT, PERCENT, SPACES, GROUPING = Untidiness


def cell(value: object, **marks: object) -> Cell:
    return Cell(value, Place("scores.xlsx", "Scores", "B2"), **marks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "number", "notes"),
    [
        (322014, "322014", set()),
        (322014.0, "322014", set()),
        (47.03, "47.03", set()),
        (60.11000000000001, "60.11", set()),
        (0, "0", set()),
        (-5, "-5", set()),
        ("322014", "322014", {TEXT}),
        ("3,22,014", "322014", {TEXT}),
        ("1,000", "1000", {TEXT}),
        ("1,40,00,000", "14000000", {TEXT}),
        (" 3,22,014\u00a0", "322014", {TEXT, SPACES}),
        ("3,22, 014", "322014", {TEXT, SPACES}),
        ("'5018", "5018", {TEXT}),
        ("47.030", "47.03", {TEXT}),
        ("47.03%", "47.03", {TEXT, PERCENT}),
        ("47.03 %", "47.03", {TEXT, PERCENT}),
        ("322,014", "322014", {TEXT, GROUPING}),
        ("3,2201,4", "322014", {TEXT, GROUPING}),
        ("1234,567", "1234567", {TEXT, GROUPING}),
        ("3 22 014", "322014", {TEXT, SPACES}),
        ("322 014", "322014", {TEXT, SPACES, GROUPING}),
        ("\u22125", "-5", {TEXT}),
    ],
)
def test_a_number_is_read_however_an_office_types_it(
    value: object, number: str, notes: set[Untidiness]
) -> None:
    reading = read_number(cell(value))

    assert str(reading.value) == number
    assert reading.notes == notes


def test_plain_numbers_of_a_csv_file_are_not_untidy() -> None:
    assert read_number(cell("322014"), is_csv=True).notes == set()
    assert read_number(cell("3,22,014"), is_csv=True).notes == {TEXT}


def test_a_percentage_formatted_by_excel_is_read_as_it_is_shown() -> None:
    reading = read_number(cell(0.4703, percent=True))

    assert reading.value == Decimal("47.03")
    assert reading.notes == {PERCENT}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("n/a", "“n/a”"),
        ("12abc", "“12abc”"),
        ("-", "“-”"),
        ("12 5", "“12 5”"),
        ("3,,22", "“3,,22”"),
        (",322", "“,322”"),
        ("1.2E+06", "“1.2E+06”"),
        ("=A1", "“=A1”"),
        ("१२३", "international digits"),
        ("３２", "international digits"),
        (True, "TRUE"),
        (datetime(2025, 1, 2), "a date"),
        (time(3, 4), "a time"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
    ],
)
def test_what_is_no_number_is_refused_with_what_stands_there(value: object, found: str) -> None:
    with pytest.raises(CellError, match=r"expected a number") as error:
        read_number(cell(value))

    assert found in str(error.value)


def test_an_error_value_is_refused_by_its_name() -> None:
    with pytest.raises(CellError, match="#REF!"):
        read_number(cell(None, fault="#REF!"))


@pytest.mark.parametrize(("value", "said"), [(12.5, "without decimals"), ("92%", "a percentage")])
def test_a_count_is_whole_and_no_percentage(value: object, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_count(cell(value))


HUGE = ["12345678901234567890123456789", "9" * 5000, 1e300, int(1e300), 1e15, "1" + "0" * 15]


@pytest.mark.parametrize("value", HUGE)
def test_a_number_of_more_digits_than_excel_keeps_is_refused(value: object) -> None:
    with pytest.raises(CellError, match=r"stands there; expected at most 15 digits"):
        read_number(cell(value))


@pytest.mark.parametrize("value", [10**12 + 1, -(10**12) - 1, "1,00,00,00,00,00,001"])
def test_a_count_is_at_most_a_million_million(value: object) -> None:
    with pytest.raises(CellError, match="expected at most 10,00,00,00,00,000"):
        read_count(cell(value))


@pytest.mark.parametrize("value", [-0.01, 1000.01, "4703000"])
def test_a_score_is_from_0_to_1000(value: object) -> None:
    with pytest.raises(CellError, match="expected a score from 0 to 1000"):
        read_score(cell(value))


@pytest.mark.parametrize("value", [0, -1, 10**6 + 1])
def test_a_rank_is_from_1_to_a_million(value: object) -> None:
    with pytest.raises(CellError, match="expected a rank from 1 to 10,00,000"):
        read_rank(cell(value))


def test_the_greatest_numbers_are_read() -> None:
    assert read_count(cell(10**12)).value == 10**12
    assert read_score(cell(1000)).value == 1000
    assert read_rank(cell(10**6)).value == 10**6
    assert read_number(cell("0" * 40 + "7")).value == 7


def test_a_comma_in_a_score_could_be_a_decimal_point_and_is_refused() -> None:
    with pytest.raises(CellError, match=r"47\.03"):
        read_score(cell("47,03"))


@given(st.integers(min_value=0, max_value=10**12))
def test_indian_grouping_is_read_back_without_a_warning(value: int) -> None:
    reading = read_number(cell(group_indian(value)))

    assert reading.value == value
    assert GROUPING not in reading.notes


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Shri\u00a0 A  B ", "Shri A B"),
        (6.0, "6"),
        (101, "101"),
        ("छत्तीसग\u095d", "छत्तीसग\u0922\u093c"),
    ],
)
def test_text_is_composed_and_without_stray_spaces(value: object, text: str) -> None:
    assert read_text(cell(value)) == text


def test_an_address_keeps_its_lines() -> None:
    assert read_text(cell("Room 1,\r\n \n New  Delhi"), keep_lines=True) == "Room 1,\nNew Delhi"


@pytest.mark.parametrize(
    "value", ["a\x07b", "a\ufffe", "a\ud800", "{_{ x }_}", True, datetime(2025, 1, 2), 1e300]
)
def test_text_that_cannot_be_printed_is_refused(value: object) -> None:
    with pytest.raises(CellError):
        read_text(cell(value))


DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("mark", DIRECTION)
def test_marks_of_text_direction_are_refused_by_their_code(mark: str) -> None:
    with pytest.raises(CellError, match=rf"text direction \(U\+{ord(mark):04X}\)"):
        read_text(cell(f"Shri {mark}Sample"))


def test_the_joiners_that_hindi_needs_are_no_marks_of_direction() -> None:
    assert read_text(cell("क्\u200dष र्\u200cय")) == "क्\u200dष र्\u200cय"


@pytest.mark.parametrize(
    "value",
    [
        "2025-12-03", "03-12-2025", " 2025-12-03 ", datetime(2025, 12, 3),
        "03/12/2025", "3/12/2025", "03.12.2025", "3.12.2025",
    ],
)  # fmt: skip
def test_a_date_is_excels_own_or_iso_or_day_month_year(value: object) -> None:
    assert read_date(cell(value)) == date(2025, 12, 3)


@pytest.mark.parametrize(
    "value", ["9 Dec 2025", "31-02-2025", "03/12/25", "03/12-2025", "3/2025", "2025/12/03", 45000]
)
def test_what_is_no_date_is_refused_with_the_form_expected(value: object) -> None:
    with pytest.raises(CellError, match="day/month/year such as 03/12/2025"):
        read_date(cell(value))


@pytest.mark.parametrize("value", ["12/25/2025", "12-25-2025", "2025-25-12"])
def test_a_month_above_12_is_refused_and_day_and_month_are_never_swapped(value: str) -> None:
    with pytest.raises(CellError, match="there is no month 25"):
        read_date(cell(value))


def test_merged_cells_cover_all_but_their_first_as_far_as_the_sheet_is_filled() -> None:
    marks = Marks(rows=6, columns=5, merges=("D5:E5", "A6:A1048576", "B2:B4", "odd"))

    assert covered_cells(marks) == {"E5": "D5:E5", "B3": "B2:B4", "B4": "B2:B4"}


def test_columns_are_lettered_as_in_excel() -> None:
    letters = ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]

    assert [column_letters(n) for n in (1, 26, 27, 52, 53, 702, 703, 16384)] == letters
    assert [column_number(name) for name in letters] == [1, 26, 27, 52, 53, 702, 703, 16384]
