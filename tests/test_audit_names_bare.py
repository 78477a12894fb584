"""Names without forms of address and services; salutations and subscriptions by gender."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier
from generator.audit.people.bare_names import check_names_bare
from generator.audit.people.salutations import check_salutation_matches_gender
from generator.findings import Severity
from generator.model import Contact, Edition, Place, Text
from tests.audited import clean_edition, findings_of
from tests.command import patra_json
from tests.editions_made import real_texts, recipient
from tests.passages_made import SHIPPED, told_of_shipped
from tests.small import RECIPIENTS, make_small

CELL = Place("recipients.csv", cell="K7", line=7)
CHECKS = (check_names_bare, check_salutation_matches_gender)


def addressed(*columns: str, **others: Any) -> Edition:
    """A clean edition with Haryana's recipient changed; the columns named stand in CELL."""
    changed = recipient("HR", places=dict.fromkeys(columns, CELL), **others)
    kept = clean_edition().recipients
    return clean_edition(recipients=tuple(changed if r.id == "HR" else r for r in kept))


def named(language: str, name: str, honorific: str = "Shri") -> list[tuple[str, Place | None]]:
    """What is found of a recipient's name, and where."""
    names = {"hi": "नमूना", "en": "Namuna", language: name}
    edition = addressed(f"name_{language}", name=names, honorific=honorific)
    found = check_names_bare(Dossier(edition, {}))
    return [(f.message.rpartition("holds ")[2], f.where) for f in found]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_editions_are_right(name: str) -> None:
    assert told_of_shipped(CHECKS, name) == []


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Shrinivas Namuna"),
        ("en", "Drishti Kumari"),
        ("en", "MS Namuna"),
        ("en", "KM Namuna"),
        ("en", "M. S. Namuna"),
        ("en", "Namuna Elias"),
        ("en", "Msimang Namuna"),
        ("en", "Namuna Bias"),
        ("en", "Profulla Namuna"),
        ("hi", "श्रीनिवास नमूना"),
        ("hi", "श्रीमंत नमूना"),
        ("hi", "प्रोमिला नमूना"),
        ("hi", "कुमारी नमूना"),
        ("hi", "नमूना कुमारी"),
        ("hi", "डॉली नमूना"),
        ("hi", "एम. नमूना कल्पनै"),
        ("hi", "नमूना श्री"),
    ],
)
def test_a_bare_name_is_right(language: str, name: str) -> None:
    assert named(language, name) == []


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("hi", "श्री सुधीर नमूना", "श्री"),
        ("hi", "श्रीमती नमूना", "श्रीमती"),
        ("hi", "डॉ. नमूना", "डॉ."),
        ("hi", "डॉ.नमूना", "डॉ."),
        ("hi", "डा. नमूना", "डा."),
        ("hi", "प्रो० नमूना", "प्रो०"),
        ("hi", "नमूना एक, भा.प्र.से.", "भा.प्र.से."),
        ("hi", "नमूना एक भा. प्र. से.", "भा. प्र. से."),
        ("hi", "नमूना एक (भाप्रसे)", "भाप्रसे"),
        ("en", "Shri Namuna One", "Shri"),
        ("en", "SHRI NAMUNA ONE", "SHRI"),
        ("en", "Dr. Namuna", "Dr."),
        ("en", "Dr Namuna", "Dr"),
        ("en", "DR. NAMUNA", "DR."),
        ("en", "Mr. Namuna", "Mr."),
        ("en", "Mrs Namuna", "Mrs"),
        ("en", "Namuna One, IAS", "IAS"),
        ("en", "Namuna One I.A.S.", "I.A.S."),
        ("en", "Namuna One, IAS (Retd.)", "IAS"),
        ("en", "Namuna One (IFoS)", "IFoS"),
        ("en", "Shri Namuna, IPS", "Shri"),
    ],
)
def test_what_letters_put_to_a_name_is_told_at_its_cell(
    language: str, name: str, told: str
) -> None:
    assert named(language, name) == [(f"“{told}”", CELL)]


def test_kumari_is_a_first_name_but_after_its_own_honorific() -> None:
    assert named("hi", "कुमारी नमूना", "Smt.") == []
    assert named("hi", "कुमारी नमूना", "Km.") == [("“कुमारी”", CELL)]


def test_who_signs_may_be_a_doctor_but_not_shri_nor_ias() -> None:
    def found(name: str) -> list[str]:
        edition = clean_edition()
        signatory = replace(edition.signatory, name={"en": name})
        made = replace(edition, signatory=signatory)
        return [f.check for f in check_names_bare(Dossier(made, {}))]

    assert [found(name) for name in ("Dr. Namuna", "Prof. Namuna", "Namuna")] == [[], [], []]
    assert [found(name) for name in ("Shri Namuna", "Dr. Namuna, IAS")] == [["names-bare"]] * 2


def test_the_contacts_name_is_told_at_its_line() -> None:
    line = Place("edition.toml", line=30)
    contact = Contact({"en": "Dr. Namuna", "hi": "नमूना"}, "Dr.")
    edition = clean_edition(contact=contact, places={"contact.name.en": line})

    (finding,) = findings_of(edition)

    assert (finding.check, finding.where, finding.who) == ("names-bare", line, None)
    assert finding.severity is Severity.ERROR


# --- salutations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "gender", "fits"),
    [
        ("hi", "आदरणीय महोदय,", "m", True),
        ("hi", "आदरणीय महोदया,", "f", True),
        ("hi", "महोदय/महोदया,", "f", True),
        ("hi", "प्रिय श्रीमती नमूना जी,", "f", True),
        ("hi", "आदरणीय,", "f", True),
        ("en", "Sir/Madam,", "m", True),
        ("en", "Dear Ms. Sirohi,", "f", True),
        ("en", "Respected Sir,", None, True),
        ("hi", "महोदया,", "m", False),
        ("hi", "आदरणीय महोदय,", "f", False),
        ("en", "RESPECTED SIR,", "f", False),
        ("en", "Dear Madam,", "m", False),
        ("en", "Dear Smt. Namuna,", "m", False),
    ],
)
def test_an_own_salutation_has_the_gender(
    language: str, text: str, gender: str | None, fits: bool
) -> None:
    edition = addressed(f"salutation_{language}", salutation={language: text}, gender=gender)

    found = list(check_salutation_matches_gender(Dossier(edition, {})))

    assert [(f.who, f.where) for f in found] == ([] if fits else [("HR", CELL)])


def with_forms(language: str, *changes: tuple[str, str]) -> list[tuple[str, int | None]]:
    """What is found in the kind's text with lines changed: the first words, and the line."""
    texts = real_texts()
    source = texts["texts"][language].source
    for old, new in changes:
        assert old in source
        source = source.replace(old, new, 1)
    texts["texts"][language] = Text(f"text.{language}.md", source)
    found = check_salutation_matches_gender(Dossier(clean_edition(**texts), {}))
    return [(f.message.partition(" is ")[0], f.where.line if f.where else None) for f in found]


@pytest.mark.parametrize(
    ("language", "changes", "told"),
    [
        ("hi", [('m: "आदरणीय महोदय,', 'm: "आदरणीय महोदया,')], ("salutation to a man", 9)),
        ("hi", [('f: "आदरणीय महोदया,', 'f: "आदरणीय महोदय,')], ("salutation to a woman", 10)),
        ("hi", [('f: "भवदीया,', 'f: "भवदीय,')], ("subscription of a woman", 15)),
        (
            "hi",
            [('m: "भवदीय,', 'm: "भवदीया,'), ('f: "भवदीया,', 'f: "भवदीय,')],
            ("subscription of a man", 14),
        ),
        ("en", [('f: "Respected Madam', 'f: "Respected Sir')], ("salutation to a woman", 10)),
        (
            "en",
            [('m: "Respected Sir,', 'm: "Sir/Madam,'), ("Respected Madam,", "Sir/Madam,")],
            ("salutation to a woman", 10),
        ),
    ],
)
def test_forms_swapped_or_the_same_are_one_error_at_their_line(
    language: str, changes: list[tuple[str, str]], told: tuple[str, int]
) -> None:
    assert with_forms(language, *changes) == [told]


def test_a_subscription_that_says_no_gender_may_be_the_same_for_both() -> None:
    forms = 'subscription:\n  m: "Yours sincerely,"\n  f: "Yours sincerely,"'

    assert with_forms("en", ('subscription: "Yours sincerely,"', forms)) == []


# --- through the command ------------------------------------------------------------------------


def test_faults_in_the_files_are_told_at_their_places(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    small.write_recipients(("HR", "Dr.", "डॉ. नमूना एक", "Namuna One", "IAS", "m"), *RECIPIENTS[1:])
    small.edit("recipients.csv", "confirmed_on", "confirmed_on,salutation_en")
    small.edit("recipients.csv", "ch@state.example,2025-12-01", "ch@state.example,2025-12-01,Sir")
    text = small.kind / "text.hi.md"
    text.write_text(text.read_text("utf-8").replace('f: "भवदीया', 'f: "भवदीय', 1), "utf-8")

    document = patra_json("check", small.edition, "--root", small.root, code=4)

    found = [f for f in document["findings"] if f["severity"] == "error"]
    assert [(f["check"], f["where"].get("cell") or f["where"]["line"]) for f in found] == [
        ("names-bare", "C2"),
        ("salutation-matches-gender", "I4"),
        ("salutation-matches-gender", 15),
    ]
