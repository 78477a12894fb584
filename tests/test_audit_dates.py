"""Dates of letters and figures, and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.audit import NUMBER_CHECKS, Dossier
from generator.audit.letters.numbers import check_numbers_unique
from generator.findings import Severity
from generator.model import Place
from tests.audited import clean_edition, findings_of, only
from tests.command import patra_json
from tests.small import make_small

DATE, AS_ON = Place("edition.toml", line=3), Place("edition.toml", line=4)
PATTERN = Place("edition.toml", line=11)
PLACES = {"date": DATE, "as_on": AS_ON, "number.pattern": PATTERN}


def test_figures_of_the_day_itself_and_31_days_old_are_right() -> None:
    assert findings_of(clean_edition(as_on=date(2025, 12, 11))) == []
    assert findings_of(clean_edition(as_on=date(2025, 11, 10))) == []


def test_figures_dated_after_the_letter_are_told_at_their_line() -> None:
    finding = only(clean_edition(as_on=date(2025, 12, 12), places=PLACES), "dates-in-order")

    assert (finding.severity, finding.where) == (Severity.ERROR, AS_ON)


def test_figures_older_than_31_days_are_a_warning() -> None:
    finding = only(clean_edition(as_on=date(2025, 11, 9), places=PLACES), "figures-recent")

    assert (finding.severity, finding.where) == (Severity.WARNING, AS_ON)
    assert "32 days before" in finding.message


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 12, 14), "a Sunday"),
        (date(2026, 1, 26), "Republic Day"),
        (date(2025, 8, 15), "Independence Day"),
        (date(2025, 10, 2), "Mahatma Gandhi's birthday"),
        (date(2027, 8, 15), "Independence Day and a Sunday"),
    ],
)
def test_a_sunday_or_national_holiday_is_a_warning(day: date, name: str) -> None:
    edition = clean_edition(date=day, as_on=day, places=PLACES)
    confirmed = tuple(replace(r, confirmed_on=day) for r in edition.recipients)

    finding = only(replace(edition, recipients=confirmed), "date-is-working-day")

    assert (finding.severity, finding.where) == (Severity.WARNING, DATE)
    assert finding.message == f"The letters' date, {day}, is {name}"


@pytest.mark.parametrize("day", range(8, 14))
def test_monday_to_saturday_are_working_days(day: int) -> None:
    assert findings_of(clean_edition(date=date(2025, 12, day))) == []


# --- numbers ------------------------------------------------------------------------------------


def numbered(numbers: dict[str, str], taken: dict[str, str]) -> Dossier:
    """A dossier with the numbers that letters would bear."""
    return Dossier(clean_edition(places=PLACES), {}, numbers=numbers, taken=taken)


def test_numbers_of_ones_own_are_right() -> None:
    assert list(check_numbers_unique(numbered({"HR": "N/1", "PB": "N/2"}, {}))) == []
    assert check_numbers_unique in NUMBER_CHECKS


def test_taken_numbers_are_one_finding_that_lists_the_first() -> None:
    numbers = {who: f"N/{n}" for n, who in enumerate(("HR", "PB", "GA", "KL", "TN"), 1)}
    taken = dict.fromkeys(numbers.values(), "editions/2025-11")

    (finding,) = check_numbers_unique(numbered(numbers, taken))

    assert (finding.check, finding.severity) == ("numbers-unique", Severity.ERROR)
    assert (finding.who, finding.where) == (None, PATTERN)
    assert finding.message.endswith(
        "N/1 is of editions/2025-11; N/2 is of editions/2025-11; N/3 is of editions/2025-11; "
        "and 2 more"
    )


def test_one_number_of_two_recipients_is_a_finding() -> None:
    (finding,) = check_numbers_unique(numbered({"HR": "N/1", "PB": "N/1", "GA": "N/2"}, {}))

    assert finding.where == PATTERN
    assert "N/1 is for HR and PB" in finding.message


# --- through the command ------------------------------------------------------------------------


def test_a_sunday_and_old_figures_are_told_at_their_lines(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.edit("edition.toml", "date = 2025-12-11", "date = 2025-12-14")
    small.edit("edition.toml", "as_on = 2025-11-30", "as_on = 2025-10-31")

    document = patra_json("check", small.edition, "--root", small.root)

    told = [
        (f["check"], f["where"]["line"])
        for f in document["findings"]
        if f["check"] in ("figures-recent", "date-is-working-day")
    ]
    assert told == [("figures-recent", 4), ("date-is-working-day", 3)]


def test_a_taken_number_is_told_before_any_letter_is_made(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    patra_json("issue", small.edition, "HR", "--root", small.root)
    small.edit("edition.toml", "specimen", 'series = "second"\nspecimen')
    moved = small.edition.with_name("2025-12-second")
    small.edition.rename(moved)
    before = (small.output / "register.sqlite3").read_bytes(), small.written()

    document = patra_json("check", moved, "--root", small.root, code=4)

    (finding,) = (f for f in document["findings"] if f["severity"] == "error")
    assert (finding["check"], finding["where"]["file"]) == ("numbers-unique", "edition.toml")
    assert "-1 is of editions/2025-12;" in finding["message"]
    assert before == ((small.output / "register.sqlite3").read_bytes(), small.written())


def test_checking_makes_no_register(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    patra_json("check", small.edition, "--root", small.root)

    assert not small.output.exists()
