"""Devanagari that holds together, and stands in Hindi texts alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from generator.audit.texts.joined import check_letters_joined
from generator.audit.texts.mixed import check_language_unmixed
from generator.findings import Severity
from generator.inputs.states import TABLE
from tests.audited import clean_edition, findings_of
from tests.command import patra_json
from tests.editions_made import recipient
from tests.passages_made import SHIPPED, told, told_of_shipped
from tests.small import RECIPIENTS, make_small

AA, OO, NASAL, NUKTA, HALANT = "\u093e", "\u094b", "\u0902", "\u093c", "\u094d"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_editions_are_right(name: str) -> None:
    assert told_of_shipped([check_letters_joined, check_language_unmixed], name) == []


def test_every_name_in_the_table_of_states_is_whole() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]

    assert told(check_letters_joined, "; ".join(cells).replace("|", "; ")) == []


@pytest.mark.parametrize(
    "text",
    [
        "विभागों, राज्यों, हैं, हूँ, ऊँचाई, कॉलेज, ऑनबोर्ड, चंडीगढ़, पढ़ाई, ज़िला, फ़ॉर्म, अर्थात्",
        "र\u200dय, क\u094d\u200dष, क\u094d\u200cष, श्रीमान्‌, दुःख, ओ३म्, ॐ, ऋण, कृषि, संस्कृति, छः",
        "अँधेरा, आँकड़े, ईंट, उँगली, एँ, ऐंठ, ओंकार, औंधा, अं, अः, ॲप, ‘\u25cc\u093e’, वाङ्मय, प्राप्\u200dति",
        "5वाँ सप्ताह; एमडीओ-स्तर; iGOT का; 15% से; (डॉ.); इसी।”",
        "ङ\u094d क\u093c\u093f ढ\u093c\u094d ड\u093c\u0940 ऱ\u094dय ळ",
    ],
)
def test_legitimate_sequences_are_right(text: str) -> None:
    assert told(check_letters_joined, text) == []


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        (f"सभी विभाग {OO}{NASAL} में", f"“विभाग {OO}{NASAL}”", "“विभागों”"),
        (f"सभी विभाग{OO}{NASAL}{OO}{NASAL} में", "विभाग", ""),
        (f"{AA}विभाग में", f"“{AA}विभाग”", ""),
        ("सभी \u0901विभागों में", "विभागों", ""),
        (f"कुल 5{AA} थे", f"“5{AA}”", ""),
        (f"MDO{OO}{NASAL} में", f"“MDO{OO}{NASAL}”", ""),
        ("वि\u200bभाग में", "वि\u200bभाग", "“विभाग”"),
        (f"प्राप्{HALANT}त हुआ", "प्राप", ""),
        (f"पढा{NUKTA}ई", "पढा", ""),
        (f"विभाग{NASAL}{OO} में", "विभाग", ""),
        (f"अ{AA}देश", "देश", "“आदेश”"),
        (f"में{NASAL}", "में", ""),
    ],
)
def test_broken_devanagari_is_told_once(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_letters_joined, text)

    assert found in finding.message
    assert finding.expected == expected
    assert str(finding.where) == "compendium/01-made.hi.md, line 3"


def test_a_recipients_name_is_told_at_its_cell() -> None:
    kept = clean_edition().recipients
    names = {"hi": f"नमूना {AA}एक", "en": "Namuna"}
    broken = recipient("HR", name=names, places={"name_hi": kept[0].place})
    edition = clean_edition(recipients=tuple(broken if r.id == "HR" else r for r in kept))

    (finding,) = findings_of(edition)

    assert (finding.check, finding.who, finding.where) == ("letters-joined", "HR", kept[0].place)


# --- Hindi in English ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The scheme (योजना) is called “कर्मयोगी सप्ताह” or ‘पहल’ in Hindi.",
        'The "राष्ट्रीय" week [सप्ताह] began.',
        "It is read by all.",
    ],
)
def test_hindi_in_brackets_and_quotation_marks_is_right(text: str) -> None:
    assert told(check_language_unmixed, text, "en") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The कर्मयोगी सप्ताह was held.", "“कर्मयोगी सप्ताह”"),
        ("The week was held।", "“held।”"),
        ("| Week | सप्ताह |\n|:--|:--|\n| One | Two |", "“सप्ताह”"),
    ],
)
def test_hindi_in_an_english_text_is_one_warning(text: str, found: str) -> None:
    (finding,) = told(check_language_unmixed, text, "en")

    assert found in finding.message
    assert finding.severity is Severity.WARNING


def test_hindi_may_hold_what_is_hindi() -> None:
    assert told(check_language_unmixed, "यह हिंदी है।") == []


# --- through the command ------------------------------------------------------------------------


def test_faults_in_the_files_are_told_at_their_places(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.write_recipients(("HR", "Shri", f"नमूना {AA}एक", "Namuna", "IAS", "m"), *RECIPIENTS[1:])
    small.edit("compendium/01-madhya-pradesh.hi.md", "विभागों", f"विभाग {OO}{NASAL}")
    small.edit("compendium/01-madhya-pradesh.en.md", "So far, ", "अब तक ")
    small.edit("edition.toml", 'en = ["Department of', 'en = ["विभाग of')

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    checks = ("letters-joined", "language-unmixed")
    found = [f for f in document["findings"] if f["check"] in checks]
    assert sorted((f["check"], f["where"]["file"]) for f in found) == [
        ("language-unmixed", "compendium/01-madhya-pradesh.en.md"),
        ("language-unmixed", "edition.toml"),
        ("letters-joined", "compendium/01-madhya-pradesh.hi.md"),
        ("letters-joined", "recipients.csv"),
    ]
    assert [f["where"].get("cell") or f["where"]["line"] for f in found if f["who"]] == ["C2"]
    assert {f["check"] for f in document["findings"] if f["severity"] == "error"} == {checks[0]}
