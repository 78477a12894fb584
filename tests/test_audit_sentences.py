"""Sentences closed with the sign of their language, and nothing typed twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.audit.texts.script import check_danda_not_bar
from generator.audit.texts.sentences import check_sentences_closed
from generator.findings import Severity
from generator.model import Text
from tests.audited import clean_edition
from tests.command import patra_json
from tests.passages_made import SHIPPED, told, told_of, told_of_shipped
from tests.small import make_small


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_editions_are_right(name: str) -> None:
    assert told_of_shipped([check_sentences_closed], name) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "यह कार्य पूरा हो चुका है और सब संतुष्ट हैं।"),
        ("hi", "क्या यह कार्य समय पर पूरा हो सकता है?"),
        ("hi", "इस संबंध में निम्नलिखित कार्रवाई करने का अनुरोध है:"),
        ("hi", "(यह टिप्पणी केवल आपकी जानकारी के लिए दी गई है)"),
        ("hi", "“यह कार्य पूरा हो चुका है और सब संतुष्ट हैं।”"),
        ("hi", "संलग्नक: यथोक्त"),
        ("hi", "सचिव, कार्मिक विभाग, राज्य सरकार, नई दिल्ली, भारत"),
        ("hi", "- राज्य स्तर पर अधिगम सप्ताह का आयोजन\n- विभाग स्तर पर नोडल अधिकारियों का नामांकन"),
        ("hi", "डॉ. नमूना, प्रो. उदाहरण और सं. 5 का अ.शा. पत्र देखा गया है।"),
        ("hi", "धीरे धीरे, बार बार, जैसे जैसे, अलग-अलग और साथ साथ कार्य होता है।"),
        ("hi", "कम से कम; के साथ; जिसने नेतृत्व किया, ने; उसका, का।"),
        ("hi", "आपका पत्र contact@example.in पर भेजा जाए और उत्तर contact@example.in"),
        ("hi", "यह हुआ।” इसके बाद वह हुआ।"),
        ("en", "The work is done and everybody is content."),
        ("en", "The following actions are requested of the State/UT:"),
        ("en", "- holding a learning week in every district of it\n- naming nodal officers"),
        ("en", "Namuna, Department of Personnel and Training, New Delhi"),
        ("en", "That that is is; log in in time; he had had it."),
        ("en", "The theory of often, to today; athe the."),
    ],
)
def test_ordinary_prose_is_right(language: str, text: str) -> None:
    assert told(check_sentences_closed, text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found", "expected"),
    [
        ("hi", "यह कार्य पूरा हो चुका है और सब संतुष्ट हैं.", "“हैं.”", "“हैं।”"),
        ("hi", "यह कार्य हुआ है. इसके बाद वह हुआ है।", "“है.”", "“है।”"),
        ("hi", "यह कार्य सबके सहयोग से पूरा हुआ, धन्यवाद.", "“धन्यवाद.”", "“धन्यवाद।”"),
        ("hi", "यह कार्य पूरा हो चुका है और सब संतुष्ट हैं", "संतुष्ट हैं”", "“हैं।”"),
        ("hi", "यह कार्य पूरा हुआ। अब सब लोग घर", "सब लोग घर”", "“घर।”"),
        ("hi", "- इस कार्य को सभी विभाग समय पर करें", "समय पर करें”", "“करें।”"),
        ("hi", "यह कार्य पूरा हुआ है।।", "“है।।”", "“है।”"),
        ("hi", "यह कार्य पूरा हुआ है ।", "“है ।”", "“है।”"),
        ("hi", "यह कार्य हुआ है।इन सबको बधाई।", "“है।”", "“है।”"),
        ("hi", "विभाग के के लिए यह है।", "“के के”", "“के”"),
        ("hi", "विभाग से\nसे यह मिला।", "“से से”", "“से”"),
        ("hi", "राज्य,, संघ राज्य क्षेत्र।", "“राज्य,,”", "“राज्य,”"),
        ("en", "The work is done and everybody is content", "content”", "“content.”"),
        ("en", "The the work is done.", "“The the”", "“The”"),
        ("en", "One of of them, to whom it may.", "“of of”", "“of”"),
        ("en", "One, , two.", "“One, ,”", "“One,”"),
    ],
)
def test_a_slip_is_one_warning_at_its_line(
    language: str, text: str, found: str, expected: str
) -> None:
    (finding,) = told(check_sentences_closed, text, language)

    assert found in finding.message
    assert finding.expected == expected
    assert finding.severity is Severity.WARNING
    assert finding.where is not None
    assert finding.where.line == 3


def test_a_bar_for_a_danda_is_told_by_its_own_check_alone() -> None:
    text = "यह कार्य हुआ है। यह कार्य भी पूरा हुआ है|"

    assert [f.check for f in told(check_danda_not_bar, text)] == ["danda-not-bar"]
    assert told(check_sentences_closed, text) == []


def test_what_tags_part_is_not_typed_twice() -> None:
    source = '---\nsubject: "S"\n---\n\n{% if a %}Of the{% else %} the{% endif %} State.\n'
    edition = replace(clean_edition(), texts={"en": Text("text.en.md", source)})

    assert told_of(check_sentences_closed, edition) == []


def test_faults_in_the_files_are_told_at_their_lines(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.edit("compendium/01-madhya-pradesh.hi.md", "संबंधित हैं।", "संबंधित हैं.")
    text = small.kind / "text.en.md"
    text.write_text(text.read_text("utf-8").replace("the iGOT", "the the iGOT", 1), "utf-8")

    document = patra_json("check", small.edition, "--root", small.root)

    found = [f for f in document["findings"] if f["check"] == "sentences-closed"]
    assert sorted((f["where"]["file"], f["where"]["line"]) for f in found) == [
        ("compendium/01-madhya-pradesh.hi.md", 3),
        ("letter_templates/do_letter/text.en.md", 26),
    ]
