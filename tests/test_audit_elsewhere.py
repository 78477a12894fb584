"""No State but the addressee's is named in a kind's text or in a recipient's cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier
from generator.audit.texts.elsewhere import check_other_states_unnamed
from generator.findings import Finding, Severity
from generator.model import Edition, Place, Recipient, Section, Text
from tests.audited import clean_edition, only
from tests.command import patra_json
from tests.editions_made import recipient
from tests.small import make_small

HEAD = '---\nsubject: "Ranking"\n---\n\n'


def edition_with(text: str, language: str = "en", **others: Any) -> Edition:
    """A clean edition whose kind's text is this, below its front matter."""
    return clean_edition(texts={language: Text(f"text.{language}.md", HEAD + text)}, **others)


def found_by(edition: Edition) -> list[Finding]:
    """What the check finds."""
    return list(check_other_states_unnamed(Dossier(edition, {})))


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("The Government of Haryana may note.", "en", "Haryana"),
        ("HARYANA may note.", "en", "HARYANA"),
        ("the Andaman and Nicobar Islands", "en", "Andaman and Nicobar Islands"),
        ("the Andaman & Nicobar Administration", "en", "Andaman & Nicobar"),
        ("the Andaman and Nicobar Administration", "en", "Andaman and Nicobar"),
        ("in West\nBengal", "en", "West\nBengal"),
        ("the Government of Delhi", "en", "Delhi"),
        ("the Chandigarh Administration", "en", "Chandigarh"),
        ("Puducherry has done well", "en", "Puducherry"),
        ("Goa's overall rank", "en", "Goa"),
        ("in Haryana, learners", "en", "Haryana"),
        ("Haryana has", "en", "Haryana"),
        ("the State “Haryana”", "en", "Haryana"),
        ("असम में", "hi", "असम"),
        ("हरियाणा ने", "hi", "हरियाणा"),
        ("हरियाणा की रैंक", "hi", "हरियाणा"),
        ("हरियाणा सरकार के प्रशिक्षण संस्थान में", "hi", "हरियाणा"),
        ("चंडीगढ़ प्रशासन", "hi", "चंडीगढ़"),
        ("गोवा ने", "hi", "गोवा"),
        ("राष्ट्रीय राजधानी क्षेत्र दिल्ली सरकार", "hi", "राष्ट्रीय राजधानी क्षेत्र दिल्ली"),
        ("Goa का प्रदर्शन", "hi", "Goa"),
    ],
)
def test_a_state_typed_in_a_kinds_text_is_an_error(text: str, language: str, name: str) -> None:
    finding = only(edition_with(text, language), "other-states-unnamed")

    assert finding.severity is Severity.ERROR
    assert finding.where == Place(f"text.{language}.md", line=5)
    assert finding.message.startswith(f'"{name}" is named in')
    assert finding.who is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("{{ state.name }} has a Goal in New Delhi; a Punjabi course", "en"),
        ("mail cs@goa.example or www.goa.example", "en"),
        ("नई दिल्ली में असमान रूप से, पंजाबी और बिहारी में", "hi"),
        ("a place\nin New\nDelhi", "en"),
        ("a workshop at Chandigarh on Monday", "en"),
        ("the meeting in Delhi; from Goa; held at Puducherry", "en"),
        ("the Delhi Police Academy; Goa University", "en"),
        ("at Panchkula, Haryana; in Gurugram (Haryana)", "en"),
        ("the Haryana Institute of Public Administration", "en"),
        ("Kerala Police Training College; the University of Kerala", "en"),
        ("the course “Mission Karmayogi Bihar”", "en"),
        ("चंडीगढ़ में, गोवा में और दिल्ली में कार्यशाला", "hi"),
        ("दिल्ली पुलिस अकादमी; पंजाब विश्वविद्यालय; केरल उच्च न्यायालय", "hi"),
        ("पंचकूला, हरियाणा में तथा गुरुग्राम (हरियाणा) में", "hi"),
        ("‘मिशन कर्मयोगी बिहार’ कार्यक्रम", "hi"),
    ],
)
def test_other_words_are_left_alone(text: str, language: str) -> None:
    assert found_by(edition_with(text, language)) == []


def test_a_passage_has_one_finding_at_the_line_of_the_first() -> None:
    text = "Fine.\n\nWords that\nname Assam,\nAssam and Kerala."

    finding = only(edition_with(text), "other-states-unnamed")

    assert finding.where == Place("text.en.md", line=8)
    assert finding.message.startswith('"Assam", "Kerala" are named in')
    assert "waive" in finding.remedy


def test_the_front_matter_is_looked_at() -> None:
    text = Text("text.en.md", '---\nsubject: "Ranking"\nclosing: "From Kerala"\n---\n\nFine.\n')

    finding = only(clean_edition(texts={"en": text}), "other-states-unnamed")

    assert finding.where == Place("text.en.md", line=3)


def test_the_one_addressee_may_be_named() -> None:
    haryana = [r for r in clean_edition().recipients if r.id == "HR"]

    assert found_by(edition_with("Haryana, हरियाणा", recipients=tuple(haryana))) == []
    (finding,) = found_by(edition_with("Haryana and Kerala", recipients=tuple(haryana)))
    assert finding.message.startswith('"Kerala"')


def test_a_circular_to_others_than_states_may_name_any() -> None:
    institute = Recipient("X-1", Place("recipients.csv", cell="A2"))

    assert found_by(edition_with("as in Goa", recipients=(institute,))) == []


def test_the_compendium_may_name_any() -> None:
    section = Section("01-goa", {"en": Text("01-goa.en.md", "# Goa\n\nGoa and Kerala.\n")})

    assert found_by(clean_edition(compendium=(section,))) == []


def addressed(who: str, column: str, text: str) -> Edition:
    """A clean edition in which one recipient has a cell with this English text."""
    place = Place("recipients.csv", cell="F7")
    cells = {"places": {f"{column}_en": place}, column: {"en": text}}
    others = tuple(r for r in clean_edition().recipients if r.id != who)
    return clean_edition(recipients=(*others, recipient(who, **cells)))


@pytest.mark.parametrize("column", ["designation", "addressee", "salutation"])
def test_a_cell_that_names_another_state_is_an_error(column: str) -> None:
    text = "Chief Secretary, Government of Punjab"

    finding = only(addressed("HR", column, text), "other-states-unnamed")

    assert (finding.who, finding.expected) == ("HR", "Haryana")
    assert finding.where == Place("recipients.csv", cell="F7")
    assert "Government of Punjab" in finding.message


@pytest.mark.parametrize(
    ("who", "column", "text"),
    [
        ("HR", "addressee", "Government of Haryana, New Delhi Office"),
        ("DL", "addressee", "Government of National Capital Territory of Delhi"),
        ("AN", "addressee", "Andaman & Nicobar Administration"),
        ("HR", "address", "Civil Secretariat, Chandigarh"),
        ("HR", "name", "Shri Goa Punjab"),
    ],
)
def test_the_own_state_an_address_and_a_name_are_right(who: str, column: str, text: str) -> None:
    assert found_by(addressed(who, column, text)) == []


def test_in_real_files_both_are_found_at_their_places(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    path = small.kind / "text.en.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("States and UTs have been", "States and Goa have been"), "utf-8")
    small.edit("recipients.csv", "confirmed_on", "confirmed_on,addressee_en,addressee_hi")
    small.edit("recipients.csv", "2025-12-01", "2025-12-01,Government of Punjab,हरियाणा सरकार")

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    found = [f for f in document["findings"] if f["check"] == "other-states-unnamed"]
    line = text[: text.index("States and UTs have been")].count("\n") + 1
    assert [(f["who"], f["where"]["file"]) for f in found] == [
        (None, "letter_templates/do_letter/text.en.md"),
        ("HR", "recipients.csv"),
    ]
    assert found[0]["where"]["line"] == line
    assert found[1]["where"]["cell"] == "I2"
