"""E-mail addresses and telephone numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.audit.people.emails import fault_in_email
from generator.audit.people.mobile_numbers import find_mobile_numbers
from generator.findings import Severity
from generator.model import Contact, Edition, Place, Section, Text
from tests.audited import clean_edition, findings_of, only
from tests.command import patra_json
from tests.editions_made import recipient
from tests.small import make_small

CELL = Place("recipients.csv", cell="I7", line=7)
LINE = Place("edition.toml", line=31)
MOBILE = "98765" + "43210"


def addressed(**by_id: dict[str, Any]) -> Edition:
    """A clean edition with recipients changed."""
    kept = clean_edition().recipients
    return clean_edition(recipients=tuple(replace(r, **by_id.get(r.id, {})) for r in kept))


# --- e-mail -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "cs@haryana.example",
        "cs-hry@nic.in.example",
        "C.S_1+letters@State-1.example",
        "o'brien@office.example",
        "cs@xn--h2brj9c.example",
        "",
    ],
)
def test_an_address_that_can_exist_is_right(text: str) -> None:
    assert fault_in_email(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("cs@haryana.example; ps@haryana.example", "holds several addresses"),
        ("cs@haryana.example,ps@haryana.example", "holds several addresses"),
        ("cs@haryana.example / ps@haryana.example", "holds several addresses"),
        ("cs @haryana.example", "holds a space"),
        ("cs@haryana. example", "holds a space"),
        ("cs[at]haryana[dot]example", "holds no @"),
        ("cs@@haryana.example", "holds several @"),
        ("cs@haryana", 'has no dot in "haryana"'),
        ("cs@haryana.example.", 'ends in "."'),
        ("cs@haryana.example,", 'ends in ","'),
        ("cs@haryana.example;", 'ends in ";"'),
        ("सीएस@haryana.example", 'holds "स" (U+0938)'),
        ("cs@haryana\u200b.example", 'holds "\u200b" (U+200B)'),
        ("cs..hry@haryana.example", "cannot be an address"),
        ("cs@haryana..example", "cannot be an address"),
        (".cs@haryana.example", "cannot be an address"),
        ("cs@-haryana.example", "cannot be an address"),
        (f"cs@haryana.{1}", "cannot be an address"),
        ("@haryana.example", "cannot be an address"),
        ("mailto:cs@haryana.example", "cannot be an address"),
        ("<cs@haryana.example>", 'ends in ">"'),
    ],
)
def test_what_is_wrong_with_an_address_is_told(text: str, fault: str) -> None:
    assert fault_in_email(text) == fault


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
ATOM = st.from_regex(r"[A-Za-z0-9_+'-]{1,20}", fullmatch=True)


@given(st.lists(ATOM, min_size=1, max_size=3), st.lists(LABEL, min_size=1, max_size=3))
def test_any_dotted_words_around_an_at_are_an_address(local: list[str], domain: list[str]) -> None:
    assert fault_in_email(f"{'.'.join(local)}@{'.'.join(domain)}.example") == ""


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    spoilt = f"{text}cs@haryana.example "

    assert fault_in_email(spoilt)
    assert isinstance(fault_in_email(text), str)


def test_a_recipients_address_is_told_at_its_cell() -> None:
    edition = addressed(HR={"email": "cs@haryana", "places": {"email": CELL}})

    finding = only(edition, "email-well-formed")

    assert (finding.severity, finding.who, finding.where) == (Severity.ERROR, "HR", CELL)
    assert finding.message == 'The e-mail of HR, "cs@haryana", has no dot in "haryana"'


@pytest.mark.parametrize("table", ["contact", "signatory"])
def test_an_address_in_the_settings_is_told_at_its_line(table: str) -> None:
    plain = clean_edition(contact=Contact({"hi": "नमूना", "en": "Sample"}, "Shri"))
    changed = replace(getattr(plain, table), email="office@example")
    places = {f"{table}.email": LINE}

    edition = clean_edition(**{"contact": plain.contact, table: changed, "places": places})

    finding = only(edition, "email-well-formed")
    assert (finding.who, finding.where) == (None, LINE)
    assert f"[{table}]" in finding.message


def test_one_address_of_two_is_an_error_at_the_later_row() -> None:
    first = {"email": "CS@state.example", "places": {"email": Place("recipients.csv", cell="I2")}}
    edition = addressed(HR=first, KL={"email": "cs@State.example", "places": {"email": CELL}})

    finding = only(edition, "emails-unique")

    order = [r.id for r in edition.recipients if r.id in ("HR", "KL")]
    assert order == ["HR", "KL"]
    assert (finding.severity, finding.who, finding.where) == (Severity.ERROR, "KL", CELL)
    assert "already of HR (recipients.csv, cell I2)" in finding.message


def test_one_address_of_several_is_one_finding() -> None:
    same = {"email": "cs@state.example"}

    finding = only(addressed(HR=same, KL=same, TN=same), "emails-unique")

    assert (finding.who, finding.also) == ("TN", ("HR", "KL"))
    assert "of TN, and already of HR, KL" in finding.message


def test_what_is_no_address_is_not_told_twice() -> None:
    checks = [f.check for f in findings_of(addressed(HR={"email": "NA"}, KL={"email": "NA"}))]

    assert checks == ["email-well-formed"] * 2


def test_an_empty_address_is_right() -> None:
    assert findings_of(addressed(HR={"email": ""}, KL={"email": ""})) == []


# --- mobile numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        f"Mob.{MOBILE}",
        f"Phone No. {MOBILE}",
        f"मोबाइल क्रमांक {MOBILE}",
        f"account officer {MOBILE}",
        f"मो. {MOBILE}।",
        f"+91{MOBILE}",
        f"91{MOBILE}",
        f"(+91) {MOBILE}",
        f"+91 - {MOBILE}",
        f"0{MOBILE}",
        "98765 " + "43210",
        "98765-" + "43210",
        "98765\u00a0" + "43210",
        "+91-98765-" + "43210",
        "098765 " + "43210",
        "9876 " + "543210",
        "9876-543-" + "210",
        "+91 987 654 " + "3210",
        "९८७६५" + "४३२१०",
    ],
)
def test_a_mobile_number_is_found_in_every_usual_form(text: str) -> None:
    assert [number for _, number in find_mobile_numbers(text)] == [MOBILE]


@pytest.mark.parametrize("digit", "6789")
def test_mobile_numbers_begin_with_6_to_9(digit: str) -> None:
    number = digit + "8765" + "43210"

    found = find_mobile_numbers(f"{number}, 0{number}; +91 {number[:5]} {number[5:]}")

    assert [n for _, n in found] == [number] * 3


def test_two_numbers_in_a_row_are_two() -> None:
    other = "70123" + "45678"

    found = find_mobile_numbers(f"{MOBILE} {other},{MOBILE}/{other}")

    assert [number for _, number in found] == [MOBILE, other] * 2


@pytest.mark.parametrize(
    "text",
    [
        "011-23090000",
        "011-00000000",
        "+91-11-23090000",
        "080-66554433",
        "080 6655 4433",
        "+91 80 6655 4433",
        "0612-2217642",
        "0612 221 7642",
        "+91 612 221 7642",
        "06782-262345",
        "1800 11 2345",
        "1" + MOBILE,
        MOBILE + "1",
        "4" + "8765" + "43210",
        "98765.43210",
        f"0.{MOBILE}",
        "98,76,54,321",
        "9876 5432 1098",
        "98765\t43210",
        "98765\n43210",
        "2024-25, 2025-26",
        "90 80 70 60 50",
        "do_1136" + MOBILE + "123",
        "Bill No. " + MOBILE,
        "invoice " + MOBILE,
        "account number: " + MOBILE,
        "UTR-" + MOBILE,
        "बिल सं. " + MOBILE,
        "खाता संख्या " + MOBILE,
        "क्रमांक " + MOBILE,
    ],
)
def test_landlines_figures_and_longer_numbers_are_no_mobile_numbers(text: str) -> None:
    assert list(find_mobile_numbers(text)) == []


@given(st.text(alphabet="0123456789 -+.,", max_size=40))
def test_what_is_found_has_ten_digits_and_begins_with_6_to_9(text: str) -> None:
    for _, number in find_mobile_numbers(text):
        assert len(number) == 10
        assert number[0] in "6789"


def test_the_numbers_of_a_passage_are_told_together() -> None:
    text = f"Call {MOBILE}\nor {'70123' + '45678'}."
    section = Section("01-goa", {"en": Text("01-goa.en.md", f"# Goa\n\n{text}\n")})

    finding = only(clean_edition(compendium=(section,)), "mobile-numbers-absent")

    assert "98XXXXXX10 and 70XXXXXX78" in finding.message
    assert finding.where == Place("01-goa.en.md", line=3)


def test_a_number_in_a_cell_is_told_there_and_masked() -> None:
    spaced = "98765 " + "43210"
    address = {"hi": "नमूना भवन", "en": f"Sample House\nPhone {spaced}"}
    edition = addressed(HR={"address": address, "places": {"address_en": CELL}})

    finding = only(edition, "mobile-numbers-absent")

    assert (finding.severity, finding.who, finding.where) == (Severity.ERROR, "HR", CELL)
    assert "98XXXXXX10" in finding.message
    assert "43210" not in finding.message + finding.remedy


def test_a_number_in_an_email_address_is_told() -> None:
    edition = addressed(HR={"email": f"{MOBILE}@state.example", "places": {"email": CELL}})

    assert only(edition, "mobile-numbers-absent").where == CELL


@pytest.mark.parametrize("table", ["contact", "signatory"])
def test_a_number_in_the_settings_is_told_at_its_line(table: str) -> None:
    plain = clean_edition(contact=Contact({"hi": "नमूना", "en": "Sample"}, "Shri"))
    changed = replace(getattr(plain, table), phone=f"+91 {MOBILE}")
    places = {f"{table}.phone": LINE}

    edition = clean_edition(**{"contact": plain.contact, table: changed, "places": places})

    assert only(edition, "mobile-numbers-absent").where == LINE


def test_a_number_in_a_text_is_told_once_at_its_line() -> None:
    text = f"# Goa\n\nFor more, call\nthe officer on {MOBILE}.\n"
    section = Section("01-goa", {"en": Text("01-goa.en.md", text)})

    finding = only(clean_edition(compendium=(section,)), "mobile-numbers-absent")

    assert (finding.who, finding.where) == (None, Place("01-goa.en.md", line=4))


def test_the_clean_recipients_have_addresses_of_their_own() -> None:
    assert recipient("HR").email != recipient("KL").email
    assert findings_of(clean_edition()) == []


# --- through the command ------------------------------------------------------------------------


def test_faults_in_the_files_are_told_at_their_places(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.edit("recipients.csv", "hr@state.example", "hr@state.example;x@state.example")
    small.edit("recipients.csv", "ch@state.example", "ga@state.example")
    small.edit("edition.toml", "011-00000000", f"0{MOBILE}")
    settings = (small.edition / "edition.toml").read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(settings, 1) if text.startswith("phone"))

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    found = [f for f in document["findings"] if f["severity"] == "error"]
    assert [(f["check"], f["who"], f["where"]) for f in found] == [
        ("email-well-formed", "HR", {"file": "recipients.csv", "cell": "G2", "line": 2}),
        ("emails-unique", "CH", {"file": "recipients.csv", "cell": "G4", "line": 4}),
        ("mobile-numbers-absent", None, {"file": "edition.toml", "line": line}),
    ]
    assert "98XXXXXX10" in found[2]["message"]
