"""The same States are named in both languages, block by block."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audit import Dossier
from generator.audit.texts.states_named import check_states_parallel, states_in
from generator.findings import Finding
from generator.inputs.states import load_states
from generator.model import Section, Text
from tests.audited import clean_edition
from tests.command import patra_json
from tests.passages_made import SHIPPED, told_of_shipped
from tests.small import make_small


def told(english: str, hindi: str, heading: tuple[str, str] = ("One", "एक")) -> list[Finding]:
    """What is found in a section with one paragraph, which stands in line 3."""
    texts = {
        code: Text(f"compendium/01-made.{code}.md", f"# {title}\n\n{text}\n")
        for code, title, text in (("en", heading[0], english), ("hi", heading[1], hindi))
    }
    edition = clean_edition(compendium=(Section("01-made", texts),))
    return list(check_states_parallel(Dossier(edition, {})))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_editions_are_right(name: str) -> None:
    assert told_of_shipped([check_states_parallel], name) == []


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("Bihar and Goa; again Bihar.", "गोवा तथा बिहार।"),
        ("Jammu & Kashmir", "जम्मू एवं कश्मीर"),
        ("Jammu and Kashmir", "जम्मू-कश्मीर"),
        ("the Andaman and Nicobar Islands", "अंडमान और निकोबार में"),
        ("Dadra and Nagar Haveli and Daman and Diu", "दादरा और नगर हवेली और दमण और दीव"),
        ("Madhya Pradesh", "मध्यप्रदेश"),
        ("UTTAR PRADESH", "उत्तर प्रदेश"),
        ("Orissa", "ओडिशा"),
        ("New Delhi", "राजधानी"),
        ("the city", "नई दिल्ली"),
        ("NCT of Delhi", "राष्ट्रीय राजधानी क्षेत्र दिल्ली"),
        ("MP and J&K", "मध्य प्रदेश और जम्मू-कश्मीर"),
        ("Madhya Pradesh", "म.प्र."),
        ("Himachal", "हिमाचल"),
        ("Biharis in the Bay of Bengal", "बिहारी लोग"),
        ("Goan food; goal, Assamese", "असमिया"),
        ("Uttarakhand", "उत्तराखण्ड"),
        ("Chhattisgarh", "छत्तीसगढ\u093c"),
    ],
)
def test_the_same_states_in_any_form_are_right(english: str, hindi: str) -> None:
    assert told(english, hindi) == []


@pytest.mark.parametrize(
    ("english", "hindi", "message"),
    [
        ("In Bihar it grew.", "गोवा में बढ़ा।", "गोवा only in the Hindi; Bihar only in the English"),
        ("In Bihar and Goa.", "बिहार में।", "Goa only in the English"),
        ("In the State.", "नागालैंड में।", "नागालैंड only in the Hindi"),
        ("In West Bengal.", "बंगाली में।", "West Bengal only in the English"),
        ("In Delhi.", "नई दिल्ली में।", "Territory of Delhi only in the English"),
    ],
)
def test_another_state_is_one_error_at_its_line(english: str, hindi: str, message: str) -> None:
    (finding,) = told(english, hindi)

    assert message in finding.message
    assert str(finding.where) == "compendium/01-made.hi.md, line 3"


def test_a_misspelt_heading_is_told_with_the_right_name() -> None:
    (finding,) = told("Text.", "पाठ।", ("Uttar Pradesh", "उतर प्रदेश"))

    assert finding.message.startswith("“उतर प्रदेश” is no State's name; the English says Uttar")
    assert finding.expected == "उत्तर प्रदेश"
    assert str(finding.where) == "compendium/01-made.hi.md, line 1"


def test_a_heading_misspelt_in_english_is_told_there() -> None:
    (finding,) = told("Text.", "पाठ।", ("Utar Pradsh", "उत्तर प्रदेश"))

    assert finding.expected == "Uttar Pradesh"
    assert str(finding.where) == "compendium/01-made.en.md, line 1"


def test_every_state_is_found_by_its_names_in_both_languages() -> None:
    for state in load_states():
        for name in (*state.name.values(), state.short_name["hi"]):
            assert list(states_in(f"({name},")) == [state.id]


def test_texts_that_are_built_otherwise_are_left_to_their_own_check() -> None:
    assert told("Bihar.\n\nGoa.", "बिहार।") == []


def test_a_state_exchanged_in_a_file_is_one_error_at_its_line(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.edit("compendium/01-madhya-pradesh.hi.md", "\nमध्य प्रदेश ने", "\nउत्तर प्रदेश ने")

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    (finding,) = (f for f in document["findings"] if f["severity"] == "error")
    assert finding["check"] == "states-parallel"
    assert finding["where"] == {"file": "compendium/01-madhya-pradesh.hi.md", "line": 5}
