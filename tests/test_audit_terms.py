"""The glossary as read, and texts that keep to its spellings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier
from generator.audit.texts.terms import check_terms_consistent
from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.glossary import read_glossary
from generator.model import Place, Section, Term, Text
from generator.paths import Paths
from tests.audited import clean_edition, only
from tests.command import ROOT, patra_json
from tests.editions_made import recipient
from tests.small import Small, make_small

HEAD = "en,hi,not_en,not_hi,full_en,full_hi,spell_out,note"
TERMS = (
    Term({"en": "programme", "hi": "कार्यक्रम"}, {"en": ("program",)}),
    Term({"en": "iGOT", "hi": "आईगॉट"}, {"en": ("IGOT", "I-GOT"), "hi": ("आईजीओटी",)}),
    Term({"en": "February", "hi": "फरवरी"}, {"hi": ("फ़रवरी",)}),
    Term({"en": "States/UTs"}, {"en": ("States / UTs",)}),
)


def found_in(text: str, language: str = "en", *terms: Term) -> list[Finding]:
    """What the check finds in a section of the compendium, whose heading is its first line."""
    section = Section("01-goa", {language: Text("01-goa.md", f"# Heading\n\n{text}\n")})
    edition = clean_edition(compendium=(section,), glossary=(*TERMS, *terms))
    return list(check_terms_consistent(Dossier(edition, {})))


# --- the file ----------------------------------------------------------------------------------


def read(folder: Path, text: str) -> tuple[tuple[Term, ...], list[Finding]]:
    """The glossary of an installation that has no more than this."""
    templates = folder / "letter_templates"
    templates.mkdir(exist_ok=True)
    (templates / "glossary.csv").write_text(text, "utf-8-sig")
    return read_glossary(Paths.at(folder), folder / "editions" / "x")


def place(cell: str, line: int) -> Place:
    """A cell of the glossary."""
    return Place("letter_templates/glossary.csv", None, cell, line)


def test_a_row_is_a_term(tmp_path: Path) -> None:
    row = 'ATI,एटीआई,A.T.I.; ATi,,Administrative Training Institute,"क, ख",no,why'

    terms, findings = read(tmp_path, f"{HEAD}\n{row}\n\nDO,,,,,,,\n")

    assert findings == []
    assert terms == (
        Term(
            {"en": "ATI", "hi": "एटीआई"},
            {"en": ("A.T.I.", "ATi")},
            {"en": "Administrative Training Institute", "hi": "क, ख"},
            spell_out=False,
        ),
        Term({"en": "DO"}),
    )


def test_excel_of_other_regions_saves_semicolons(tmp_path: Path) -> None:
    terms, findings = read(tmp_path, 'en;not_en\nprogramme;"program;programm"\n')

    assert (terms, findings) == (
        (Term({"en": "programme"}, {"en": ("program", "programm")}),),
        [],
    )


def test_without_the_file_there_are_no_terms(tmp_path: Path) -> None:
    assert read_glossary(Paths.at(tmp_path), tmp_path) == ((), [])


@pytest.mark.parametrize(
    ("rows", "check", "where", "says"),
    [
        ("ATI,,,,,,,\nATI,,,,,,,", "rows-unique", place("A3", 3), "A2"),
        (",एक,,,,,,", "cells-understood", place("B2", 2), "no term"),
        ("up to,,upto,,,,,\nupto,,,,,,,", "cells-understood", place("C2", 2), "A3"),
        ("a,,x,,,,,\nb,,y;x,,,,,", "cells-understood", place("C3", 3), "C2"),
        ("UT,,,,,,never,", "cells-understood", place("G2", 2), "yes or no"),
        ("February,,,फ़रवरी,,,,", "cells-understood", place("D2", 2), "hi does not say"),
        ("a\u202e,,,,,,,", "cells-understood", place("A2", 2), "text direction"),
    ],
)
def test_a_fault_is_found_at_its_cell(
    tmp_path: Path, rows: str, check: str, where: Place, says: str
) -> None:
    _terms, (finding,) = read(tmp_path, f"{HEAD}\n{rows}\n")

    assert (finding.check, finding.severity) == (check, Severity.ERROR)
    assert finding.where == where
    assert says in finding.message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    terms, findings = read(tmp_path, f"{HEAD}\n,एक,,,,,,\nUT,,,,,,never,\nUT,,,,,,,\n")

    assert [f.where and f.where.cell for f in findings] == ["B2", "G3", "A4"]
    assert len(terms) == 2


@pytest.mark.parametrize(
    ("head", "cells"),
    [("en,not_hindi,fullen,en", ["B1", "D1"]), ("term,hi", ["A1", "A1"]), ("en,,hi", ["B2"])],
)
def test_a_header_row_that_is_not_understood_is_refused(
    tmp_path: Path, head: str, cells: list[str]
) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, f"{head}\na,b,c,d\n")

    assert [f.where and f.where.cell for f in refused.value.findings] == cells
    assert {f.check for f in refused.value.findings} == {"input-readable"}


def test_our_own_glossary_is_in_order() -> None:
    terms, findings = read_glossary(Paths.at(ROOT), ROOT / "editions" / "2025-12")

    assert findings == []
    assert {"iGOT", "programme", "ATI"} <= {term.name["en"] for term in terms}
    assert (ROOT / "letter_templates" / "glossary.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The first cohort of 50 trainees; a bucket of ideas; a Union territory", "en"),
        ("World Health Organization; International Labour Organization; a computer program", "en"),
        ("See iGOT, iGOT Karmayogi and MyiGOT; Annexe 1", "en"),
        ("अनुबंध पर नियुक्त; 2 अक्टूबर; व्यवहारिक; पहला कोहोर्ट", "hi"),
        ("केन्द्रीय विद्यालय संगठन और हिन्दी साहित्य सम्मेलन", "hi"),
    ],
)
def test_our_own_glossary_leaves_these_alone(text: str, language: str) -> None:
    assert found_by_ours(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("in the State Bucket", "en", "category"),
        ("in cohorts – A, B and C", "en", "categories"),
        ("on igot", "en", "iGOT"),
        ("an organization", "en", "organisation"),
        ("अनुबंध-1 देखें", "hi", "अनुलग्नक"),
        ("आंकड़ों के", "hi", "आँकड़ों"),
        ("एक आंकड़ा", "hi", "आँकड़ा"),
        ("ये आंकड़े", "hi", "आँकड़े"),
        ("केन्द्रों पर", "hi", "केंद्रों"),
        ("छात्र-केन्द्रित", "hi", "केंद्रित"),
        ("केंद्र-शासित प्रदेश", "hi", "संघ राज्य क्षेत्र"),
        ("कर्मचारीयों ने", "hi", "कर्मचारियों"),
        ("यह पाठयक्रम", "hi", "पाठ्यक्रम"),
        ("इसका महत्व", "hi", "महत्त्व"),
    ],
)
def test_our_own_glossary_tells_of_these(text: str, language: str, expected: str) -> None:
    (finding,) = found_by_ours(text, language)

    assert finding.expected == expected


def found_by_ours(text: str, language: str) -> list[Finding]:
    """What is found with the glossary of this installation."""
    terms, _findings = read_glossary(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    section = Section("01-goa", {language: Text("01-goa.md", f"# Heading\n\n{text}\n")})
    edition = clean_edition(compendium=(section,), glossary=terms)
    return list(check_terms_consistent(Dossier(edition, {})))


# --- the texts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("A program of training", "en", "programme"),
        ("Program of training", "en", "programme"),
        ("on IGOT itself", "en", "iGOT"),
        ("many States / UTs", "en", "States/UTs"),
        ("many States\n/ UTs", "en", "States/UTs"),
        ("1 फ़रवरी, 2026", "hi", "फरवरी"),
        ("आईजीओटी पर", "hi", "आईगॉट"),
    ],
)
def test_a_term_written_otherwise_is_a_warning(text: str, language: str, term: str) -> None:
    (finding,) = found_in(text, language)

    assert (finding.severity, finding.check) == (Severity.WARNING, "terms-consistent")
    assert finding.where == Place("01-goa.md", line=3)
    assert finding.expected == term


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A programme, programmes, programmed, programmatic", "en"),
        ("on iGOT; write to help@program.example or see www.program.example/program", "en"),
        ("Igot up early", "en"),  # a spelling with capitals only as it is written
        ("फरवरी में", "hi"),
        ("फ़रवरीनामा", "hi"),  # a part of a longer word
        ("आईजीओटीी", "hi"),  # a vowel sign goes on
    ],
)
def test_other_words_are_left_alone(text: str, language: str) -> None:
    assert found_in(text, language) == []


def test_a_longer_term_of_the_glossary_takes_precedence() -> None:
    name = Term({"en": "World Food Program"})

    assert found_in("the World Food Program", "en", name) == []
    (finding,) = found_in("the World Food Program is a program", "en", name)
    assert finding.message.startswith('"program" ')


def test_a_passage_has_one_finding_at_the_line_of_the_first() -> None:
    (finding,) = found_in("Words that go\non: the program\nof IGOT.\n\nA fine programme.")

    assert finding.where == Place("01-goa.md", line=4)
    assert '"program" stands in "' in finding.message
    assert 'and "IGOT"' in finding.message
    assert finding.expected == "programme, iGOT"


def test_a_cell_of_a_recipient_is_looked_at_but_for_the_name() -> None:
    def addressed(column: str) -> Any:
        cells = {f"{column}_en": Place("recipients.csv", cell="D2")}
        text = {"hi": "क", "en": "Program Officer"}
        return recipient("GA", **{column: text, "places": cells})

    others = tuple(r for r in clean_edition().recipients if r.id != "GA")
    named = clean_edition(recipients=(*others, addressed("name")), glossary=TERMS)
    placed = clean_edition(recipients=(*others, addressed("addressee")), glossary=TERMS)

    assert list(check_terms_consistent(Dossier(named, {}))) == []
    finding = only(placed, "terms-consistent")
    assert (finding.who, finding.where) == ("GA", Place("recipients.csv", cell="D2"))


# --- real files --------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """An installation of its own."""
    return make_small(tmp_path)


def found(small: Small, check: str, code: int = 0) -> list[dict[str, Any]]:
    """The findings of a check in the small edition."""
    document = patra_json("check", small.edition, "--root", small.root, code=code)
    listed: list[dict[str, Any]] = document["findings"]
    return [finding for finding in listed if finding["check"] == check]


def test_in_real_files_a_term_is_found_at_its_line(small: Small) -> None:
    assert found(small, "terms-consistent") == []
    path = small.kind / "text.hi.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("6. इस संबंध में, आईगॉट", "6. इस संबंध में, आईजीओटी"), "utf-8")

    (finding,) = found(small, "terms-consistent")

    line = text[: text.index("6. इस संबंध में")].count("\n") + 1
    file = "letter_templates/do_letter/text.hi.md"
    assert finding["where"] == {"file": file, "line": line}
    assert "“" not in finding["message"]
    assert "आईजीओटी" in finding["message"]


def test_in_real_files_a_fault_of_the_glossary_is_found_at_its_cell(small: Small) -> None:
    path = small.root / "letter_templates" / "glossary.csv"
    path.write_text("en,not_en\nup to,upto\nUpto,\nup to,\n", "utf-8")

    (finding,) = found(small, "rows-unique", code=4)

    assert finding["where"]["file"] == "letter_templates/glossary.csv"
    assert finding["where"]["cell"] == "A4"
