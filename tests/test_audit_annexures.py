"""Annexures are numbered, cited in order and listed; lists are numbered as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Check, Dossier
from generator.audit.texts.annexures import check_annexures_cited
from generator.audit.texts.citations import citations, label_of, style_of
from generator.audit.texts.lists import check_items_consecutive
from generator.audit.texts.parallel import check_figures_parallel
from generator.findings import Finding, Severity
from generator.model import Edition, Text
from tests.audited import clean_edition
from tests.command import patra_json
from tests.editions_made import real_texts
from tests.small import Small, make_small


def edition_of(**others: Any) -> Edition:
    """The real texts of both languages."""
    return clean_edition(**{**real_texts(), **others})


def changed(*edits: tuple[str, str, str]) -> Edition:
    """The edition with the kind's texts changed: language, old words, new words."""
    edition = edition_of()
    texts = dict(edition.texts)
    for language, old, new in edits:
        assert old in texts[language].source
        source = texts[language].source.replace(old, new, 1)
        texts[language] = Text(texts[language].file, source)
    return replace(edition, texts=texts)


def found_by(check: Check, edition: Edition) -> Sequence[Finding]:
    """What one check finds."""
    return list(check(Dossier(edition, {})))


def only(check: Check, edition: Edition) -> Finding:
    """The check's single finding, which must be an error."""
    (finding,) = found_by(check, edition)
    assert finding.severity is Severity.ERROR
    return finding


def line_of(edition: Edition, words: str, language: str) -> str:
    """Where words stand in the kind's text."""
    text = edition.texts[language]
    line = next(n for n, line in enumerate(text.source.splitlines(), 1) if words in line)
    return f"{text.file}, line {line}"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("in Annexure-1 and Annexure-2", "12"),
        ("Annexures 1, 2 and 3", "123"),
        ("ANNEXURES 1, 2, and 3 are enclosed", "123"),
        ("Annexures 1–3", "123"),
        ("Annexures 1 to 4", "1234"),
        ("Annexure 1, 36 States", "1"),
        ("Annexure 1.5 and annexures", ""),
        ("Annexure-A of that letter", "A"),
        ("the annexure of 2 pages", ""),
    ],
)
def test_citations_are_read_as_english_writes_them(text: str, labels: str) -> None:
    style = style_of(["ANNEXURE 1", "ANNEXURE 2"], "en")

    assert [c.label for c in citations(text, style)] == list(labels)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("अनुलग्नक-1 में दी गई है; अनुलग्नक-2 में", "12"),
        ("संलग्नक: अनुलग्नक 1, 2 और 3", "123"),
        ("अनुलग्नकों 1 से 3 तक", "123"),
        ("अनुलग्नक १ में", "1"),
        ("अनुलग्नक 1, 36 राज्य", "1"),
        ("कोई अनुलग्नक न हो", ""),
    ],
)
def test_citations_are_read_as_hindi_writes_them(text: str, labels: str) -> None:
    style = style_of(["अनुलग्नक 1"], "hi")

    assert [c.label for c in citations(text, style)] == list(labels)


@pytest.mark.parametrize(
    ("headings", "language", "text", "labels"),
    [
        (["Annexure A", "Annexure B"], "en", "Annexures A and B; Annexure-C", ["A", "B", "C"]),
        (["Annexure-I", "Annexure-II"], "en", "Annexures I to III", ["I", "II", "III"]),
        (["APPENDIX 1"], "en", "Appendix 1, Annexure 2", ["1"]),
        (["अनुलग्नक क", "अनुलग्नक ख"], "hi", "अनुलग्नक क और ख", ["क", "ख"]),
        ([], "hi", "अनुलग्नक-4", ["4"]),
        (["இணைப்பு 1"], "ta", "இணைப்பு 1", ["1"]),
    ],
)
def test_word_and_numbers_are_those_of_the_headings(
    headings: list[str], language: str, text: str, labels: list[str]
) -> None:
    style = style_of(headings, language)

    assert [c.label for c in citations(text, style)] == labels


@pytest.mark.parametrize(
    ("heading", "label"),
    [("ANNEXURE 1", "1"), ("Annexure-II: Terms", "II"), ("अनुलग्नक ख", "ख"), ("ANNEXURE", "")],
)
def test_a_heading_has_a_label(heading: str, label: str) -> None:
    assert label_of(heading) == label


def test_annexures_as_shipped_are_silent() -> None:
    assert found_by(check_annexures_cited, edition_of()) == []


def test_an_annexure_that_the_body_does_not_cite_is_found_at_its_heading() -> None:
    edition = changed(("hi", "अवलोकनार्थ अनुलग्नक-3 में संलग्न", "अवलोकनार्थ संलग्न"))

    finding = only(check_annexures_cited, edition)

    assert "“अनुलग्नक 3” is not cited" in finding.message
    assert str(finding.where) == line_of(edition, "# अनुलग्नक 3", "hi")
    assert found_by(check_figures_parallel, edition) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "words"),
    [
        ("hi", "अनुलग्नक-1 में दी गई", "अनुलग्नक-2 में दी गई", "3. कर्मचारियों"),
        ("hi", "अवलोकनार्थ अनुलग्नक-3 में", "अवलोकनार्थ अनुलग्नक-2 में", "7. विभिन्न"),
    ],
)
def test_a_mistyped_number_is_found_at_its_paragraph(
    language: str, old: str, new: str, words: str
) -> None:
    edition = changed((language, old, new))

    finding = only(check_annexures_cited, edition)

    assert "The Hindi cites annexure 2 here, the English annexure" in finding.message
    assert str(finding.where) == line_of(edition, words, language)


def test_a_cited_annexure_must_exist() -> None:
    edition = changed(("en", "enclosed in Annexure-3", "enclosed in Annexures 3 and 4"))

    finding = only(check_annexures_cited, edition)

    assert "Annexure 4" in finding.message
    assert str(finding.where) == line_of(edition, "7. A compendium", "en")


def test_annexures_are_cited_in_order() -> None:
    edition = changed(
        ("hi", "अनुलग्नक-1", "अनुलग्नक-9"),
        ("hi", "अनुलग्नक-2", "अनुलग्नक-1"),
        ("hi", "अनुलग्नक-9", "अनुलग्नक-2"),
    )

    finding = only(check_annexures_cited, edition)

    assert "Annexure 2 is cited before annexure 1" in finding.message
    assert str(finding.where) == line_of(edition, "3. कर्मचारियों", "hi")


def test_headings_are_numbered_from_the_first() -> None:
    finding = only(check_annexures_cited, changed(("en", "# ANNEXURE 2", "# ANNEXURE 4")))

    assert "“ANNEXURE 4” is the heading of annexure 2" in finding.message


def test_the_enclosure_line_names_every_annexure() -> None:
    edition = changed(("hi", "अनुलग्नक 1, 2 और 3", "अनुलग्नक 1 और 2"))

    finding = only(check_annexures_cited, edition)

    assert "leaves out annexure 3" in finding.message
    assert str(finding.where) == line_of(edition, "enclosures:", "hi")
    assert found_by(check_figures_parallel, edition) == []


def test_an_enclosure_line_may_say_as_above() -> None:
    edition = changed(
        ("en", "Enclosures: Annexures 1, 2 and 3", "Encl.: As above"),
        ("hi", "संलग्नक: अनुलग्नक 1, 2 और 3", "संलग्नक: यथोक्त"),
    )

    assert found_by(check_annexures_cited, edition) == []


def test_both_languages_cite_the_same_annexures() -> None:
    edition = changed(("hi", "आपके निरंतर सहयोग", "अनुलग्नक-2 के अनुसार आपके निरंतर सहयोग"))

    finding = only(check_annexures_cited, edition)

    assert "The Hindi cites annexure 2 here, the English no annexure" in finding.message


def made(english: str, **keys: str) -> Edition:
    """An edition in English alone, with a text of its own."""
    head = "".join(f'{key}: "{value}"\n' for key, value in {"subject": "S", **keys}.items())
    text = Text("text.en.md", f"---\n{head}---\n\n{english}\n")
    return clean_edition(versions=("en",), texts={"en": text}, vetting={})


def test_an_annexure_cited_where_there_is_none_is_found() -> None:
    assert "Annexure 1" in only(check_annexures_cited, made("See Annexure-1.")).message


def test_one_annexure_needs_no_number() -> None:
    edition = made("See the annexure.\n\n# ANNEXURE", enclosures="Encl.: Annexure")

    assert found_by(check_annexures_cited, edition) == []


def test_one_annexure_is_cited_all_the_same() -> None:
    edition = made("See overleaf.\n\n# ANNEXURE", enclosures="Encl.: Annexure")

    assert "“ANNEXURE” is not cited" in only(check_annexures_cited, edition).message


def test_lists_as_shipped_are_silent() -> None:
    assert found_by(check_items_consecutive, edition_of()) == []


@pytest.mark.parametrize(
    "body",
    [
        "1. a\n\n2. b",
        "a\n\n2. b\n\n3. c",
        "a\n\nb\n\n3. c",
        "a\n\n2. b\n\n   1) x\n\n   2) y\n\n3. c\n\n   1) z",
        "a\n\n2. b\n\n   1) x\n\n   and\n\n   2) y",
        "a\n\n2. b\n\nbetween\n\n3. c",
        "- a\n- b",
        "a (b) c\n\n(Data as on today)",
        "(i) one; (ii) two; and (iii) three.",
        "a) one, b) two and c) three",
        "क) योजना, ख) कार्यान्वयन तथा ग) समीक्षा",
        "(1) one and (2) two",
        "a\n\n2. b\n\n# ANNEXURE\n\n1. x\n\n2. y\n\nother\n\n1. z",
    ],
)
def test_lists_that_run_on_are_silent(body: str) -> None:
    assert found_by(check_items_consecutive, made(body)) == []


@pytest.mark.parametrize(
    ("body", "line", "expected"),
    [
        ("a\n\n2. b\n\n4. c\n\n5. d", 9, "3."),
        ("a\n\n2. b\n\n2. c\n\n3. d", 9, "3."),
        ("a\n\n2. b\n\n4. c\n\n4. d\n\n5. e", 9, "3."),
        ("a\n\n3. b\n\n4. c", 7, "2."),
        ("a\n\n2. b\n\nbetween\n\n2. c", 11, "3."),
        ("a\n\n2. b\n\n   3) x\n\n   4) y", 9, "1)"),
        ("a\n\n2. b\n\n   1) x\n\n   3) y", 11, "2)"),
        ("a\n\n2. b\n\n   1) x\n\n3. c\n\n   2) y", 13, "1)"),
        ("a\n\n2. b\n\n# ANNEXURE\n\n3. x", 11, "1."),
    ],
)
def test_a_number_out_of_order_is_one_finding_at_its_line(
    body: str, line: int, expected: str
) -> None:
    finding = only(check_items_consecutive, made(body))

    assert str(finding.where) == f"text.en.md, line {line}"
    assert finding.expected == expected


@pytest.mark.parametrize("label", ["c)", "(c)", "iv)", "(iv)", "(ग)", "ग)", "(2)"])
def test_a_letter_typed_outside_the_list_is_found(label: str) -> None:
    finding = only(check_items_consecutive, made(f"a\n\n2. b\n\n{label} c\n\n3. d"))

    assert str(finding.where) == "text.en.md, line 9"
    assert f"“{label}”" in finding.message


def check(small: Small, code: int = 0) -> list[dict[str, Any]]:
    """All that ``patra check`` finds, apart from translations that may be behind."""
    document = patra_json("check", small.edition, "--root", small.root, code=code)
    return [f for f in document["findings"] if f["check"] != "translations-current"]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is found in the small installation as it is."""
    return check(make_small(tmp_path_factory.mktemp("before")))


@pytest.mark.parametrize(
    ("language", "old", "new", "told"),
    [
        ("hi", "अनुलग्नक-3", "सार-संग्रह", "annexures-cited"),
        ("en", "Annexure-2", "Annexure-5", "annexures-cited"),
        ("hi", "\n4. ", "\n5. ", "items-consecutive"),
        ("en", "\nYour leadership", "\nc) Your leadership", "items-consecutive"),
    ],
)
def test_a_fault_in_a_file_is_told_at_its_line(
    tmp_path: Path, before: list[dict[str, Any]], language: str, old: str, new: str, told: str
) -> None:
    small = make_small(tmp_path)
    path = small.kind / f"text.{language}.md"
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), "utf-8")

    (finding,) = [f for f in check(small, code=4) if f not in before]

    assert finding["check"] == told
    assert finding["where"]["file"] == f"letter_templates/do_letter/text.{language}.md"
    assert finding["where"]["line"]
