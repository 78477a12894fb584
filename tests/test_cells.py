"""One cell at a time: what is understood, what is tidied, what is refused."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.inputs.tables.cells import (
    CellError,
    Untidiness,
    read_date,
    read_number,
    read_score,
    read_text,
    read_whole,
)
from generator.inputs.tables.grid import Cell
from generator.inputs.tables.marks import column_letters, column_number
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


@pytest.mark.parametrize(("value", "said"), [(12.5, "no decimals"), ("92%", "a percentage")])
def test_a_count_is_whole_and_no_percentage(value: object, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_whole(cell(value))


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
    "value", ["a\x07b", "a\ufffe", "a\ud800", "{_{ x }_}", True, datetime(2025, 1, 2)]
)
def test_text_that_cannot_be_printed_is_refused(value: object) -> None:
    with pytest.raises(CellError):
        read_text(cell(value))


@pytest.mark.parametrize(
    "value", ["2025-12-09", "09-12-2025", " 2025-12-09 ", datetime(2025, 12, 9)]
)
def test_a_date_is_excels_own_or_iso_or_day_month_year(value: object) -> None:
    assert read_date(cell(value)) == date(2025, 12, 9)


@pytest.mark.parametrize("value", ["12/09/2025", "9 Dec 2025", "2025-13-01", "31-02-2025", 45000])
def test_a_date_that_could_mean_another_day_is_refused(value: object) -> None:
    with pytest.raises(CellError, match="day-month-year"):
        read_date(cell(value))


def test_columns_are_lettered_as_in_excel() -> None:
    letters = ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]

    assert [column_letters(n) for n in (1, 26, 27, 52, 53, 702, 703, 16384)] == letters
    assert [column_number(name) for name in letters] == [1, 26, 27, 52, 53, 702, 703, 16384]
