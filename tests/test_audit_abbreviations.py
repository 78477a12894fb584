"""An abbreviation is spelt out at its first use, in each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier
from generator.audit.texts.abbreviations import check_abbreviations_spelt_out
from generator.findings import Finding, Severity
from generator.model import Edition, Place, Section, Term, Text
from tests.audited import clean_edition, only
from tests.command import patra_json
from tests.small import Small, make_small

ATI = Term(
    {"en": "ATI", "hi": "एटीआई"},
    full={"en": "Administrative Training Institute", "hi": "प्रशासनिक प्रशिक्षण संस्थान"},
)
CBP = Term(
    {"en": "CBP", "hi": "सीबीपी"},
    full={"en": "Capacity Building Plan", "hi": "क्षमता निर्माण योजना"},
)
MDO = Term({"en": "MDO"}, full={"en": "Ministry/Department/Organisation"})
UT = Term({"en": "UT"}, spell_out=False)
SIAM = Term({"en": "Learn and Grow at SIAM"}, spell_out=False)
GLOSSARY = (ATI, CBP, MDO, UT, SIAM)


def section(number: int, language: str, text: str) -> Section:
    """A section of the compendium, whose heading is its first line."""
    name = f"{number:02}-goa"
    return Section(name, {language: Text(f"{name}.md", f"# Heading\n\n{text}\n")})


def edition_with(*texts: str, language: str = "en") -> Edition:
    """A clean edition whose compendium has these sections."""
    sections = tuple(section(n, language, text) for n, text in enumerate(texts, 1))
    return clean_edition(compendium=sections, glossary=GLOSSARY)


def found_in(*texts: str, language: str = "en") -> list[Finding]:
    """What the check finds in an edition of these sections."""
    return list(check_abbreviations_spelt_out(Dossier(edition_with(*texts, language=language), {})))


@pytest.mark.parametrize(
    "text",
    [
        "the Administrative Training Institute (ATI); each ATI",
        "Administrative Training Institutes (ATIs) and the ATI",
        "capacity building plans (CBPs)",
        "the CBP (Capacity Building Plan)",
        "the Ministry/Department/Organisation (MDO) Leader",
        "an institute (Administrative Training Institute, ATI)",
        "States/UTs and a UT",  # every reader knows it
        "**Learn and Grow at SIAM** (for the Department)",  # a name that the glossary has
        "the Internet of Things (IoT)",  # not in the glossary, but of these initials
        "the Bihar Institute of Public Administration and Rural Development (BIPARD)",
        "the RCVP Noronha Academy (RCVPNA), RCVP (Rajya Charitra Vidya Path) and more",
        "the Haryana Institute of Public Administration, Gurugram (HIPA)",
        "the Unique Identification Authority of India (UIDAI)",
        "the Haryana State Electronics Development Corporation (HARTRON)",
        "the United Nations Children’s Fund (UNICEF)",
        "Digital Infrastructure for Knowledge Sharing (DIKSHA)",
        "machine learning/administrative training institute (ATI/ML)",
        "administrative training institute/machine learning (ATI/ML)",
        "No. PERS.(TRG)-A(3)-7/2024, MHA/2025/114-CS and F. No. 11011/4/2014-OL",
        "Part II, item iv) and Category B; a WhatsApp group; Mr. A. K. Rao",
        "write to ATI@state.example or see https://ATI.example/MDO",
    ],
)
def test_what_is_spelt_out_or_known_is_silent(text: str) -> None:
    allowed = {"RCVP"} if text.startswith("the RCVP") else set()

    assert {f.message.split('"')[1] for f in found_in(text)} == allowed


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("with the ATI, and later", "ATI", "Administrative Training Institute (ATI)"),
        ("the MDOs of a State", "MDO", "Ministry/Department/Organisation (MDO)"),
        ("the institute (ATI)", "ATI", "Administrative Training Institute (ATI)"),
        ("the CBP tool, by Capacity Building Plans (CBPs)", "CBP", "Capacity Building Plan (CBP)"),
        ("the Department of Land (XQR)", "XQR", ""),
        ("the centre (DIKSHA)", "DIKSHA", ""),
        ("blockchain, IoT, and more", "IoT", ""),
        ("the DoPT's letter", "DoPT", ""),
        ("at SIAM", "SIAM", ""),
    ],
)
def test_a_first_use_without_the_full_form_is_a_warning(
    text: str, name: str, expected: str
) -> None:
    (finding,) = found_in(text)

    assert (finding.severity, finding.check) == (Severity.WARNING, "abbreviations-spelt-out")
    assert finding.message.startswith(f'"{name}" is first used in')
    assert finding.expected == expected
    assert ("the glossary does not have it" in finding.message) is not expected


@pytest.mark.parametrize(
    "text",
    [
        "प्रशासनिक प्रशिक्षण संस्थान (एटीआई) के सहयोग से; एटीआई",
        "क्षमता निर्माण योजनाएँ (सीबीपी) और क्षमता निर्माण योजनाओं (सीबीपी)",
        "बिहार लोक प्रशासन एवं ग्रामीण विकास संस्थान (बिपार्ड, BIPARD)",
        "अकादमी (Noronha Academy of Administration, NAA)",
        "राज्य/UT",
        "दीक्षा (DIKSHA) पर",
        "पहल (PAHAL) पर",
        "एटीआईयों",  # a longer word
    ],
)
def test_in_hindi_what_is_spelt_out_is_silent(text: str) -> None:
    assert found_in(text, language="hi") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("एटीआई के सहयोग से", "एटीआई"),
        ("एक संस्थान (एटीआई)", "एटीआई"),
        ("सीबीपी-समर्थित", "सीबीपी"),
        ("नया KPI", "KPI"),
    ],
)
def test_in_hindi_a_first_use_without_the_full_form_is_a_warning(text: str, name: str) -> None:
    (finding,) = found_in(text, language="hi")

    assert finding.message.startswith(f'"{name}" is first used in')


def test_each_abbreviation_is_told_once_at_its_first_use() -> None:
    first = "Nothing yet.\n\nWords that go\non to the ATI."

    (finding,) = found_in(first, "The ATI, the ATIs", "Administrative Training Institute (ATI)")

    assert finding.where == Place("01-goa.md", line=6)


def test_each_language_is_read_for_itself() -> None:
    hindi = section(1, "hi", "प्रशासनिक प्रशिक्षण संस्थान (एटीआई)")
    english = section(2, "en", "the ATI")
    edition = clean_edition(compendium=(hindi, english), glossary=GLOSSARY)

    assert only(edition, "abbreviations-spelt-out").where == Place("02-goa.md", line=3)


def test_the_letters_own_text_comes_before_annexures_settings_and_compendium() -> None:
    text = '---\nsubject: "ATI"\n---\n\nThe institute (Administrative Training Institute, ATI).\n'
    annexed = "\n# ANNEXURE 1\n\n## KPI\n\nThe CBP.\n"
    kind = {"en": Text("text.en.md", text + annexed)}
    edition = clean_edition(
        texts=kind, compendium=(section(1, "en", "ATI, CBP"),), glossary=GLOSSARY
    )

    (finding,) = check_abbreviations_spelt_out(Dossier(edition, {}))
    assert finding.where == Place("text.en.md", line=11)


def test_in_real_files_the_first_use_is_found_at_its_line(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    assert found(small) == []
    path = small.kind / "text.en.md"
    text = path.read_text("utf-8")
    full = "Administrative Training Institute (ATI)"
    assert text.count(full) == 1
    path.write_text(text.replace(full, "ATI"), "utf-8")

    (finding,) = found(small)

    line = text[: text.index(full)].count("\n") + 1
    assert finding["where"] == {"file": "letter_templates/do_letter/text.en.md", "line": line}
    assert '"ATI" is first used in' in finding["message"]


def found(small: Small) -> list[dict[str, Any]]:
    """The findings of the check in the small edition."""
    document = patra_json("check", small.edition, "--root", small.root)
    listed: list[dict[str, Any]] = document["findings"]
    return [finding for finding in listed if finding["check"] == "abbreviations-spelt-out"]
