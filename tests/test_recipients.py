"""The recipients: who is addressed, in which form and languages."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.errors import InputError
from generator.findings import ESSENTIAL, Finding, Severity
from generator.inputs.confirmations import clear_confirmations
from generator.inputs.person import HOUSE_FORMS
from generator.inputs.recipients import find_recipients_file, read_recipients, recipient_columns
from generator.locales import HONORIFICS, SERVICES
from generator.model import Place, Recipient
from tests.made_folders import write_text

FULL = (
    "state,honorific,name_hi,name_en,service,gender,designation_hi,designation_en,email,versions,"
    "salutation_hi,salutation_en,confirmed_on"
)
NAMED = "state,honorific,name_hi,name_en,service,gender"

Result = tuple[tuple[Recipient, ...], list[Finding]]


def read(tmp_path: Path, text: str, versions: tuple[str, ...] = ("hi", "en")) -> Result:
    path = tmp_path / "recipients.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_recipients(path, "recipients.csv", versions)


def only_finding(tmp_path: Path, text: str) -> Finding:
    _recipients, (finding,) = read(tmp_path, text)
    assert finding.severity is Severity.ERROR
    assert finding.remedy
    return finding


def test_every_column_is_read(tmp_path: Path) -> None:
    row = (
        "Haryana,Dr.,कल्पना नमूना,Kalpana Namuna,IAS,F,सलाहकार,Adviser,cs@haryana.example,"
        '"en, hi",आदरणीया,Dear Madam,2025-12-01'
    )

    (recipient,), findings = read(tmp_path, f"{FULL}\n{row}\n")

    assert findings == []
    assert recipient.id == "HR"
    assert recipient.place == Place("recipients.csv", None, "A2", 2)
    assert recipient.state is not None
    assert recipient.state.name["en"] == "Haryana"
    assert (recipient.honorific, recipient.service, recipient.gender) == ("Dr.", "IAS", "f")
    assert recipient.name == {"hi": "कल्पना नमूना", "en": "Kalpana Namuna"}
    assert recipient.designation == {"hi": "सलाहकार", "en": "Adviser"}
    assert recipient.email == "cs@haryana.example"
    assert recipient.versions == ("en", "hi")
    assert recipient.salutation == {"hi": "आदरणीया", "en": "Dear Madam"}
    assert recipient.confirmed_on == date(2025, 12, 1)


def test_a_column_of_states_is_all_that_is_needed(tmp_path: Path) -> None:
    recipients, findings = read(tmp_path, "state\nHaryana\nPunjab\n")

    assert [r.id for r in recipients] == ["HR", "PB"]
    assert findings == []


def test_a_row_with_a_state_alone_is_addressed_to_the_office(tmp_path: Path) -> None:
    (chief, adviser), findings = read(tmp_path, f"{NAMED}\nPunjab,,,,,\nLD,,,,,\n")

    assert findings == []
    assert chief.name == {}
    assert chief.gender is None
    assert chief.versions is None
    assert chief.designation == {"en": "Chief Secretary", "hi": "मुख्य सचिव"}
    assert adviser.designation["en"] == "Adviser to the Administrator"


def test_recipients_that_are_no_state_have_an_id_and_an_address(tmp_path: Path) -> None:
    text = (
        "id,addressee_hi,addressee_en,address_hi,address_en\n"
        'MDO-7,निदेशक,The Director,"कक्ष 1,\nनई दिल्ली","Room 1,\n New Delhi"\n'
    )

    (recipient,), findings = read(tmp_path, text)

    assert findings == []
    assert (recipient.id, recipient.state) == ("MDO-7", None)
    assert recipient.addressee["en"] == "The Director"
    assert recipient.address["en"] == "Room 1,\nNew Delhi"
    assert recipient.designation == {}


def test_states_and_others_may_stand_in_one_file(tmp_path: Path) -> None:
    text = "state,id,addressee_hi,addressee_en\nHaryana,,,\n,MDO-7,निदेशक,Director\n"

    recipients, findings = read(tmp_path, text)

    assert [r.id for r in recipients] == ["HR", "MDO-7"]
    assert findings == []


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Chief Secretaries"])
    page.append([])
    page.append(["State", "Name EN", "name_hi", "GENDER", "confirmed_on"])
    page.append([6, " Sample\u00a0Name ", "नमूना", "m", datetime(2025, 12, 1)])
    page.append([None, None, None, None, None])
    page.append(["Punjab", None, None, None, "01-12-2025"])
    book.save(tmp_path / "recipients.xlsx")

    path = tmp_path / "recipients.xlsx"
    recipients, findings = read_recipients(path, "recipients.xlsx", ("hi", "en"))

    assert findings == []
    assert [r.id for r in recipients] == ["HR", "PB"]
    assert recipients[0].name["en"] == "Sample Name"
    assert [r.confirmed_on for r in recipients] == [date(2025, 12, 1)] * 2
    assert recipients[1].place == Place("recipients.xlsx", "Sheet", "A6")


@pytest.mark.parametrize("data", ["utf-16", "cp1252"])
def test_another_encoding_is_refused_and_the_way_to_save_is_told(tmp_path: Path, data: str) -> None:
    path = tmp_path / "recipients.csv"
    path.write_bytes("state,name_en\nHaryana,Na\u00efve\n".encode(data))

    with pytest.raises(InputError, match="not UTF-8") as error:
        read_recipients(path, "recipients.csv", ("hi", "en"))

    assert "CSV UTF-8" in error.value.remedy


def test_an_unknown_column_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, "state,desigation_en,phone\nHaryana,x,y\n")

    findings = error.value.findings
    assert [f.check for f in findings] == ["recipient-columns-known"] * 2
    assert [f.where.cell for f in findings if f.where] == ["B1", "C1"]
    assert "“designation_en”" in findings[0].remedy
    assert "(and 1 more)" in error.value.message


def test_a_column_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"C2.*without a header"):
        read(tmp_path, "state,email,\nHaryana,x@y.example,note\n")


@pytest.mark.parametrize("text", ["name_en,gender\nSample,m\n", "State name,gender\nHaryana,m\n"])
def test_a_file_without_state_or_id_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="“state” or “id”") as error:
        read(tmp_path, text)

    assert "name the column state (States and Union Territories) or id" in (
        error.value.remedy.replace("Name", "name")
    )
    assert "[columns]" not in error.value.remedy


@pytest.mark.parametrize("text", ["", "\n\n", f"{NAMED}\n", f"{NAMED}\n,,,,,\n"])
def test_a_file_without_recipients_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read(tmp_path, text)


def test_an_unknown_state_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\nHariana,,,,,\n")

    assert finding.check == "states-known"
    assert finding.where == Place("recipients.csv", None, "A2", 2)
    assert "Haryana (HR)" in finding.message


@pytest.mark.parametrize("second", ["Haryana", "HARYANA", "in-hr", "हरियाणा"])
def test_a_recipient_that_stands_twice_is_an_error(tmp_path: Path, second: str) -> None:
    recipients, (finding,) = read(tmp_path, f"{NAMED}\nHR,,,,,\nPB,,,,,\n{second},,,,,\n")

    assert [r.id for r in recipients] == ["HR", "PB"]
    assert (finding.check, finding.who) == ("recipients-unique", "HR")
    assert "A2" in finding.message
    assert "A4" in finding.message


def test_ids_that_differ_in_case_alone_would_be_one_file_and_are_an_error(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, "id,addressee_hi,addressee_en\nM1,क,x\nm1,ख,y\n")

    assert finding.check == "recipients-unique"


@pytest.mark.parametrize(
    "bad",
    [
        *("../../x", "a/b", "a b", "..", "con\\x", "CON", "prn", "Aux", "NUL", "com1", "LPT9"),
        *("HR-haryana", "an-Andaman-Nicobar"),  # files of the States' own letters
    ],
)
def test_an_id_unfit_for_a_file_name_is_an_error(tmp_path: Path, bad: str) -> None:
    finding = only_finding(tmp_path, f"id,designation_hi,designation_en\n{bad},क,x\n")

    assert finding.check == "cells-understood"
    assert finding.where is not None
    assert finding.where.cell == "A2"


def test_an_id_that_begins_like_a_device_is_none(tmp_path: Path) -> None:
    recipients, findings = read(tmp_path, "id,addressee_hi,addressee_en\nCOM10,क,x\nconn,क,x\n")

    assert [r.id for r in recipients] == ["COM10", "conn"]
    assert findings == []


def test_a_row_without_a_key_is_an_error(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\n,Shri,क,K,IAS,m\n")

    assert finding.check == "cells-understood"
    assert "B2" in finding.message


@pytest.mark.parametrize("code", [*HONORIFICS, "shri", "SMT", "श्री", "डॉ"])
def test_known_honorifics_are_read_in_either_script(tmp_path: Path, code: str) -> None:
    (recipient,), findings = read(tmp_path, f"{NAMED}\nHR,{code},क,K,,m\n")

    assert findings == []
    assert recipient.honorific in HONORIFICS


@pytest.mark.parametrize(("typed", "meant"), [("Mr.", "Shri"), ("Mrs", "Smt."), ("Shree", "Shri")])
def test_an_unknown_honorific_is_an_error_with_the_governments_form(
    tmp_path: Path, typed: str, meant: str
) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\nHR,{typed},क,K,,m\n")

    assert (finding.check, finding.who) == ("honorific-known", "HR")
    assert f"perhaps {meant}" in finding.message
    assert set(HOUSE_FORMS.values()) <= set(HONORIFICS)


@pytest.mark.parametrize("code", [*SERVICES, "I.A.S.", "भा.प्र.से."])
def test_known_services_are_read(tmp_path: Path, code: str) -> None:
    (recipient,), findings = read(tmp_path, f"{NAMED}\nHR,,क,K,{code},m\n")

    assert findings == []
    assert recipient.service in SERVICES


def test_an_unknown_service_is_an_error(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\nHR,,क,K,IASS,m\n")

    assert finding.check == "service-known"
    assert "IAS" in finding.message


@pytest.mark.parametrize(
    ("row", "missing"), [("HR,Shri,,Sample,,m", "name_hi"), ("HR,Shri,नमूना,,,m", "name_en")]
)
def test_a_name_stands_in_every_version(tmp_path: Path, row: str, missing: str) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\n{row}\n")

    assert (finding.check, finding.who) == ("name-in-every-version", "HR")
    assert f"{missing} is empty" in finding.message


def test_a_name_need_not_stand_in_a_version_that_the_recipient_does_not_get(
    tmp_path: Path,
) -> None:
    text = "state,name_en,gender,versions\nTN,Sample,m,en\n"

    (recipient,), findings = read(tmp_path, text)

    assert recipient.versions == ("en",)
    assert findings == []


@pytest.mark.parametrize("name", ["designation", "addressee", "address"])
def test_an_override_stands_in_every_version(tmp_path: Path, name: str) -> None:
    finding = only_finding(tmp_path, f"state,{name}_hi,{name}_en\nHR,,Adviser\n")

    assert finding.check == "recipient-text-in-every-version"
    assert finding.remedy == f"Fill in {name}_hi."
    assert finding.where is not None
    assert finding.where.cell == "C2"


def test_a_recipient_that_is_no_state_needs_somebody_to_address(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, "id,email\nMDO-7,x@y.example\n")

    assert finding.check == "recipient-addressed"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("id,designation_hi,designation_en\nMDO-7,निदेशक,Director\n", "addressee_hi"),
        ("id,name_hi,name_en,gender\nMDO-7,क,K,m\n", "addressee_hi"),
        ("id,addressee_hi\nMDO-7,निदेशक\n", "addressee_en"),
        ("id,addressee_en,versions\nMDO-7,Director,en\n", "addressee_hi"),
    ],
)
def test_a_recipient_that_is_no_state_has_an_addressee_for_the_rankings_of_others(
    tmp_path: Path, text: str, missing: str
) -> None:
    finding = only_finding(tmp_path, text)

    assert (finding.check, finding.who) == ("recipient-text-in-every-version", "MDO-7")
    assert f"{missing} is empty" in finding.message
    assert finding.remedy == f"Fill in {missing}."


def test_a_named_recipient_needs_a_gender(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\nHR,Dr.,क,K,IAS,\n")

    assert (finding.check, finding.who) == ("gender-present", "HR")


@pytest.mark.parametrize(
    ("row", "filled"), [("HR,Shri,,,,m", "honorific"), ("HR,,,,IAS,", "service")]
)
def test_a_form_of_address_without_a_name_is_an_error(
    tmp_path: Path, row: str, filled: str
) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\n{row}\n")

    assert (finding.check, finding.who) == ("name-in-every-version", "HR")
    assert f"{filled} given, but the name is missing" in finding.message
    assert f"clear {filled}" in finding.remedy


def test_a_gender_without_a_name_chooses_the_offices_greeting_and_is_info(tmp_path: Path) -> None:
    (recipient,), (finding,) = read(tmp_path, f"{NAMED}\nHR,,,,,f\n")

    assert recipient.gender == "f"
    assert (finding.severity, finding.check) == (Severity.INFO, "recipients-tidy")
    assert finding.where == Place("recipients.csv", None, "F2", 2)


def test_a_gender_that_is_not_understood_is_one_error_and_not_two(tmp_path: Path) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\nHR,Dr.,क,K,IAS,male\n")

    assert finding.check == "cells-understood"
    assert "m or f" in finding.message


@pytest.mark.parametrize("typed", ["ta", "hi;hi", "hi+en", "english"])
def test_versions_are_those_of_the_edition(tmp_path: Path, typed: str) -> None:
    finding = only_finding(tmp_path, f"state,versions\nHR,{typed}\n")

    assert finding.check == "versions-known"


@pytest.mark.parametrize("typed", ["03/12/2025", "3-12-2025", "03.12.2025", "2025-12-03"])
def test_names_are_confirmed_on_a_date_written_day_first(tmp_path: Path, typed: str) -> None:
    (recipient,), findings = read(tmp_path, f"state,confirmed_on\nHR,{typed}\n")

    assert findings == []
    assert recipient.confirmed_on == date(2025, 12, 3)


@pytest.mark.parametrize("typed", ["12/25/2025", "2025-02-30", "yesterday", "\u202e2025-12-03"])
def test_a_bad_date_is_an_error_at_its_cell_that_leaves_the_letter_draftable(
    tmp_path: Path, typed: str
) -> None:
    finding = only_finding(tmp_path, f"state,confirmed_on\nHR,{typed}\n")

    assert finding.check == "confirmed-on-understood"
    assert finding.check not in ESSENTIAL
    assert finding.where == Place("recipients.csv", None, "B2", 2)


@pytest.mark.parametrize("bad", ["Na\x07me", "Na\ufffeme", "{_{ x }_}", "Na\u202eme"])
def test_a_name_that_cannot_be_printed_is_refused(tmp_path: Path, bad: str) -> None:
    finding = only_finding(tmp_path, f"{NAMED}\nHR,,क,{bad},,m\n")

    assert finding.check == "cells-understood"
    assert finding.where is not None
    assert finding.where.cell == "D2"


def test_all_errors_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = f"{NAMED}\nHR,Mr.,क,,XX,x\nNowhere,,,,,\nPB,,,P,,\n"

    recipients, findings = read(tmp_path, text)

    assert [r.id for r in recipients] == ["HR", "PB"]
    assert [f.check for f in findings] == [
        "honorific-known", "service-known", "cells-understood", "name-in-every-version",
        "states-known", "name-in-every-version", "gender-present",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")]
)
def test_another_separator_is_understood_and_told(
    tmp_path: Path, separator: str, name: str
) -> None:
    rows = [("state", "name_hi", "name_en", "gender"), ("Haryana", "क", "Rao, A.", "m")]
    text = "".join(separator.join(row) + "\r\n" for row in rows)

    (recipient,), (finding,) = read(tmp_path, text)

    assert recipient.name == {"hi": "क", "en": "Rao, A."}
    assert recipient.place.cell == "A2"
    assert (finding.severity, finding.check) == (Severity.INFO, "recipients-tidy")
    assert f"separated by {name}" in finding.message


def test_semicolons_inside_a_file_of_commas_separate_nothing(tmp_path: Path) -> None:
    (recipient,), findings = read(tmp_path, "state,versions\nHaryana,hi;en\n")

    assert recipient.versions == ("hi", "en")
    assert findings == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_confirmations_are_cleared_whatever_separates_the_values(
    tmp_path: Path, separator: str
) -> None:
    rows = [("state", "confirmed_on", "email"), ("Haryana", "2025-12-03", "a@b.example")]
    write_text(tmp_path / "recipients.csv", "".join(separator.join(r) + "\n" for r in rows))

    clear_confirmations(tmp_path)

    (recipient,), _ = read_recipients(tmp_path / "recipients.csv", "recipients.csv", ("hi", "en"))
    assert recipient.confirmed_on is None
    assert recipient.email == "a@b.example"


def workbook(path: Path, *rows: tuple[object, ...], merge: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if merge:
        book.worksheets[0].merge_cells(merge)
    book.save(path)
    return path


def test_a_text_that_merged_cells_cover_is_an_error_naming_them(tmp_path: Path) -> None:
    rows = (("state", "email"), ("Haryana", "a@b.example"), ("Punjab", None))
    path = workbook(tmp_path / "recipients.xlsx", *rows, merge="B2:B3")

    _recipients, (finding,) = read_recipients(path, "recipients.xlsx", ("hi", "en"))

    assert (finding.check, finding.who) == ("cells-understood", "PB")
    assert finding.where == Place("recipients.xlsx", "Sheet", "B3")
    assert "B2:B3" in finding.message


def test_two_sheets_with_recipients_are_refused_naming_both(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("Old", "New"):
        page = book.create_sheet(name)
        page.append(("state", "email"))
        page.append(("Haryana", f"{name}@b.example"))
    book.save(tmp_path / "recipients.xlsx")

    with pytest.raises(InputError, match="“Old” and “New”") as error:
        read_recipients(tmp_path / "recipients.xlsx", "recipients.xlsx", ("hi", "en"))

    assert "hide" in error.value.remedy.casefold()
    assert "[scores]" not in error.value.remedy


def test_names_that_look_like_markup_stay_as_typed(tmp_path: Path) -> None:
    (recipient,), _ = read(tmp_path, f"{NAMED}\nHR,,*क* | _ख_,A*B_C|D [x] <y>,,m\n")

    assert recipient.name == {"hi": "*क* | _ख_", "en": "A*B_C|D [x] <y>"}


def test_a_file_of_one_kind_is_found(tmp_path: Path) -> None:
    assert find_recipients_file(tmp_path, "e") is None

    (tmp_path / "recipients.xlsx").touch()
    found = find_recipients_file(tmp_path, "e")
    assert found is not None
    assert found.name == "recipients.xlsx"

    (tmp_path / "recipients.csv").touch()
    with pytest.raises(InputError, match="both"):
        find_recipients_file(tmp_path, "e")


def test_columns_are_those_of_the_contract() -> None:
    assert set(recipient_columns()) == {
        "state", "id", "honorific", "name_hi", "name_en", "service", "gender", "designation_hi",
        "designation_en", "addressee_hi", "addressee_en", "address_hi", "address_en", "email",
        "versions", "salutation_hi", "salutation_en", "confirmed_on",
    }  # fmt: skip
