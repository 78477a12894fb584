"""Addressees: form of address, service, designation, script, confirmation; lawful versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier
from generator.audit.people.addressees import check_designation_matches_state
from generator.audit.people.names import check_names_in_their_script
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.locales import HONORIFIC_GENDER, HONORIFICS
from generator.model import Edition, Place, Recipient
from tests.audited import clean_edition, findings_of, only
from tests.command import patra_json
from tests.editions_made import recipient
from tests.small import RECIPIENTS, make_small

CELL = Place("recipients.csv", cell="K7", line=7)
ROW = Place("recipients.csv", cell="A7", line=7)


def addressed(who: str = "HR", *columns: str, **others: Any) -> Edition:
    """A clean edition with one recipient changed; the columns named stand in CELL."""
    cells = dict.fromkeys(columns, CELL)
    changed = recipient(who, **{"place": ROW, "places": cells, **others})
    kept = clean_edition().recipients
    return clean_edition(recipients=tuple(changed if r.id == who else r for r in kept))


# --- form of address, service, designation ------------------------------------------------------


@pytest.mark.parametrize(
    ("honorific", "gender", "fits"),
    [
        *[(h, g, HONORIFIC_GENDER.get(h, g) == g) for h in HONORIFICS for g in "mf"],
        ("Smt.", None, True),
    ],
)
def test_a_form_of_address_agrees_with_the_gender(
    honorific: str, gender: str | None, fits: bool
) -> None:
    edition = addressed("HR", "honorific", honorific=honorific, gender=gender)

    found = findings_of(edition)

    assert [(f.check, f.who, f.where) for f in found] == (
        [] if fits else [("honorific-matches-gender", "HR", CELL)]
    )


def test_both_ways_to_mend_an_honorific_are_told() -> None:
    finding = only(addressed(honorific="Smt."), "honorific-matches-gender")

    assert finding.severity is Severity.ERROR
    assert finding.message == '"Smt." stands before the name of HR, whose gender is "m"'
    assert finding.expected == "Shri, Dr., Prof.; or gender f"
    assert finding.where == ROW


def test_a_named_head_without_service_is_a_warning_at_its_row() -> None:
    finding = only(addressed(service=""), "service-present")

    assert (finding.who, finding.where, finding.severity) == ("HR", ROW, Severity.WARNING)


def test_many_without_service_are_one_warning() -> None:
    recipients = tuple(recipient(state.id, service="") for state in load_states())

    finding = only(clean_edition(recipients=recipients), "service-present")

    assert finding.who is None
    assert all(state.id in finding.message for state in load_states())


@pytest.mark.parametrize(
    "changed",
    [
        {"service": "", "name": {}, "honorific": "", "gender": None},
        {"service": "", "places": {"service": CELL}},  # not understood: told while reading
    ],
)
def test_an_office_and_a_service_not_understood_are_no_warning(changed: dict[str, Any]) -> None:
    assert findings_of(addressed(**changed)) == []


def designation_finding(who: str, **texts: str) -> Finding | None:
    """What is found when a State's addressee has these designations."""
    columns = [f"designation_{code}" for code in texts]
    edition = addressed(who, *columns, designation=texts)
    found = list(check_designation_matches_state(Dossier(edition, {})))
    assert len(found) < 2
    return found[0] if found else None


@pytest.mark.parametrize(
    ("who", "language", "text"),
    [
        ("HR", "en", "CHIEF  SECRETARY"),
        ("HR", "en", "Chief Secretary (additional charge: Home)"),
        ("HR", "en", "Chief Secretary & Resident Commissioner"),
        ("HR", "hi", "मुख्य सचिव (अतिरिक्त प्रभार)"),
        ("HR", "hi", "अपर मुख्य सचिव (प्रभारी मुख्य सचिव)"),
        ("HR", "en", "Additional Chief Secretary (in charge of the post of Chief Secretary)"),
        ("CH", "hi", "मुख्य सचिव"),
        ("LD", "en", "Adviser to the Administrator"),
        ("DH", "hi", "प्रशासक के सलाहकार"),
    ],
)
def test_the_heads_own_designation_is_right(who: str, language: str, text: str) -> None:
    assert designation_finding(who, **{language: text}) is None


@pytest.mark.parametrize(
    ("who", "language", "text", "expected"),
    [
        ("HR", "en", "Principal Secretary", '"Chief Secretary"'),
        ("HR", "en", "Additional Chief Secretary", '"Chief Secretary"'),
        ("HR", "hi", "अपर मुख्य सचिव", '"मुख्य सचिव"'),
        ("HR", "hi", "अपर मुख्य सचिव, उप मुख्य सचिव", '"मुख्य सचिव"'),
        ("CH", "en", "Adviser to the Administrator", '"Chief Secretary"'),
        ("LD", "en", "Chief Secretary", '"Adviser to the Administrator"'),
        ("DH", "hi", "मुख्य सचिव", '"प्रशासक के सलाहकार"'),
    ],
)
def test_another_post_is_a_warning_at_its_cell(
    who: str, language: str, text: str, expected: str
) -> None:
    finding = designation_finding(who, **{language: text})

    assert finding is not None
    assert (finding.severity, finding.who, finding.where) == (Severity.WARNING, who, CELL)
    assert (finding.expected, text in finding.message) == (expected, True)


def test_a_wrong_designation_in_both_languages_is_one_warning() -> None:
    both = {"hi": "प्रमुख सचिव", "en": "Principal Secretary"}

    finding = only(addressed("HR", designation=both), "designation-matches-state")

    assert finding.who == "HR"


def test_who_is_no_state_may_have_any_designation() -> None:
    collector = Recipient("D-1", ROW, designation={"en": "Collector"})

    found = check_designation_matches_state(
        Dossier(clean_edition(recipients=(collector,)), cards={})
    )

    assert list(found) == []


# --- script -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "script"),
    [
        ("hi", "Anurag", "Devanagari"),
        ("hi", "vuqjkx", "Devanagari"),
        ("hi", "à¤•à¤²", "Devanagari"),
        ("hi", "-", "Devanagari"),
        ("en", "अनुराग", "Latin"),
    ],
)
@pytest.mark.parametrize("column", ["name", "designation", "addressee", "address", "salutation"])
def test_a_cell_in_another_script_is_one_error_at_its_place(
    column: str, language: str, text: str, script: str
) -> None:
    texts = {"hi": "मुख्य सचिव", "en": "Chief Secretary", language: text}
    edition = addressed("HR", f"{column}_{language}", **{column: texts})

    (finding,) = check_names_in_their_script(Dossier(edition, {}))

    assert (finding.severity, finding.who, finding.where) == (Severity.ERROR, "HR", CELL)
    assert finding.message == f'{column}_{language} of HR is "{text}"'
    assert finding.expected == f"{script} letters"
    assert ("Kruti Dev" in finding.remedy) == (script == "Devanagari")


@pytest.mark.parametrize(
    "name",
    [
        {"hi": "एम. Namuna", "en": "M. Namuna"},
        {"hi": "A. B. नमूना", "en": "A. B. Namuna"},
        {"hi": "ऋ", "en": "Ñ"},
        {"hi": "?? ??", "en": "Namuna"},  # lost: another check tells
    ],
)
def test_initials_of_another_script_are_right(name: dict[str, str]) -> None:
    edition = addressed("HR", name=name)

    assert list(check_names_in_their_script(Dossier(edition, {}))) == []


def test_a_name_in_an_old_font_is_one_finding_in_all() -> None:
    edition = addressed("HR", "name_hi", name={"hi": "vuqjkx jLrksxh", "en": "Namuna"})

    assert only(edition, "names-in-their-script").where == CELL


def test_a_lost_name_is_told_at_its_cell() -> None:
    edition = addressed("HR", "name_hi", name={"hi": "????? ????", "en": "Namuna"})

    assert only(edition, "names-not-lost").where == CELL


# --- confirmation -------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2025, 11, 10), date(2025, 12, 11)])
def test_a_name_confirmed_in_the_month_before_the_letter_is_right(day: date) -> None:
    assert findings_of(addressed(confirmed_on=day)) == []


@pytest.mark.parametrize("day", [date(2025, 11, 9), date(2025, 12, 12)])
def test_a_confirmation_too_early_or_after_the_letter_is_a_warning(day: date) -> None:
    finding = only(addressed("HR", "confirmed_on", confirmed_on=day), "confirmations-recent")

    assert (finding.severity, finding.who, finding.where) == (Severity.WARNING, "HR", CELL)
    assert f"HR (on {day})" in finding.message
    assert finding.expected == "a date from 2025-11-10 to 2025-12-11"


def test_stale_confirmations_are_one_warning_with_their_dates() -> None:
    old = date(2025, 9, 1)
    recipients = tuple(recipient(s.id, confirmed_on=old) for s in load_states())

    finding = only(clean_edition(recipients=recipients), "confirmations-recent")

    assert finding.who is None
    assert all(f"{state.id} (on 2025-09-01)" in finding.message for state in load_states())


def test_one_name_that_was_not_confirmed_is_that_recipients() -> None:
    finding = only(addressed(confirmed_on=None), "recipients-confirmed")

    assert (finding.who, finding.where) == ("HR", ROW)


@pytest.mark.parametrize(
    "changed",
    [
        {"confirmed_on": date(2020, 1, 1)},
        {"confirmed_on": None},
    ],
)
def test_an_office_needs_no_confirmation(changed: dict[str, Any]) -> None:
    edition = addressed(name={}, honorific="", gender=None, **changed)

    assert findings_of(edition) == []


def test_a_date_not_understood_is_told_while_reading_alone() -> None:
    assert findings_of(addressed("HR", "confirmed_on", confirmed_on=None)) == []


# --- versions -----------------------------------------------------------------------------------

VERSIONS = Place("edition.toml", line=5)


@pytest.mark.parametrize(
    ("versions", "concerned", "needed", "law"),
    [
        (("en",), "AB", "hi", "Rules 1976, r. 3(2); Official Languages Rules 1976, r. 3(1)"),
        (("hi",), "C", "en", "Rules 1976, r. 3(3); Official Languages Act 1963, s. 3(1)"),
    ],
)
def test_an_edition_in_one_language_is_one_finding(
    versions: tuple[str, ...], concerned: str, needed: str, law: str
) -> None:
    finding = only(
        clean_edition(versions=versions, places={"versions": VERSIONS}), "versions-lawful"
    )

    named = finding.message.split(": ")[1].split(" (")[0].split(", ")
    assert (finding.who, finding.where) == (None, VERSIONS)
    assert set(named) == {state.id for state in load_states() if state.region in concerned}
    assert law in finding.message
    assert f'"{needed}"' in finding.remedy


def test_an_edition_for_lawful_regions_alone_is_silent() -> None:
    kerala = (recipient("KL"),)
    edition = clean_edition(versions=("en",), recipients=kerala, partial=True)

    assert {f.check for f in findings_of(edition)} == {"recipients-complete"}


def test_unlawful_versions_of_one_recipient_are_told_at_its_cell() -> None:
    finding = only(addressed("TN", "versions", versions=("hi",)), "versions-lawful")

    assert (finding.who, finding.where) == ("TN", CELL)
    assert "Official Languages Act 1963, s. 3(1)" in finding.message


# --- through the command ------------------------------------------------------------------------


def test_faults_in_the_file_are_told_at_their_cells(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.write_recipients(
        ("HR", "Smt.", "vuqjkx", "Namuna One", "", "m"),
        *RECIPIENTS[1:],
    )
    small.edit("recipients.csv", "2025-12-01", "2025-10-01")
    small.edit("recipients.csv", "confirmed_on", "confirmed_on,designation_hi,designation_en")
    small.edit("recipients.csv", "2025-10-01", "2025-10-01,मुख्य सचिव,Principal Secretary")

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    found = [f for f in document["findings"] if f["who"] == "HR" and f["severity"] != "info"]
    assert [(f["check"], f["severity"], f["where"]["cell"]) for f in found] == [
        ("names-in-their-script", "error", "C2"),
        ("honorific-matches-gender", "error", "B2"),
        ("service-present", "warning", "A2"),
        ("designation-matches-state", "warning", "J2"),
        ("confirmations-recent", "warning", "H2"),
    ]


def test_an_edition_in_english_is_told_at_the_line_of_its_versions(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.edit("edition.toml", 'versions = ["hi", "en"]', 'versions = ["en"]')

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    (finding,) = (f for f in document["findings"] if f["severity"] == "error")
    assert (finding["check"], finding["who"]) == ("versions-lawful", None)
    assert finding["where"] == {"file": "edition.toml", "line": 5}
    assert ": HR, CH (" in finding["message"]
