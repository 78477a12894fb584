"""Both languages of a text say the same: blocks, bold words, figures, placeholders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier, parallel, run_checks
from generator.findings import Finding, Severity
from generator.model import Edition, Text
from tests.audited import clean_edition
from tests.command import patra_json
from tests.editions_made import INDICATORS, real_texts
from tests.small import Small, make_small

ROOM = (
    parallel.check_blocks_parallel,
    parallel.check_bold_parallel,
    parallel.check_figures_parallel,
    parallel.check_placeholders_parallel,
)
SECTION = "compendium/01-madhya-pradesh"


def edition_of(**others: Any) -> Edition:
    """The real texts of both languages."""
    return clean_edition(**{**real_texts(), **others})


def changed(old: str, new: str, language: str = "hi") -> Edition:
    """The edition with the kind's text changed; the old words must be there."""
    edition = edition_of()
    text = edition.texts[language]
    assert old in text.source
    source = text.source.replace(old, new, 1)
    return replace(edition, texts={**edition.texts, language: Text(text.file, source)})


def found_in(edition: Edition) -> Sequence[Finding]:
    """What the room's checks find."""
    return run_checks(ROOM, Dossier(edition, {}))


def only(edition: Edition, check: str) -> Finding:
    """The room's single finding, which must be of the named check."""
    (finding,) = found_in(edition)
    assert finding.check == check
    assert finding.where is not None
    return finding


def line_of(edition: Edition, words: str, language: str = "hi") -> int:
    """The line of the kind's text in which words stand."""
    lines = edition.texts[language].source.splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_texts_as_shipped_are_silent() -> None:
    assert len(edition_of().compendium) == 8
    assert found_in(edition_of()) == []


def test_a_text_in_one_language_alone_is_compared_with_nothing() -> None:
    assert found_in(edition_of(versions=("hi",))) == []


def test_a_numbered_paragraph_that_is_missing_is_found_where_it_stood() -> None:
    edition = edition_of()
    paragraph = next(p for p in edition.texts["hi"].source.split("\n\n") if p.startswith("4. "))

    finding = only(changed(paragraph + "\n\n", ""), "blocks-parallel")

    assert finding.severity is Severity.ERROR
    assert "The Hindi has 12 list items, the English 13;" in finding.message
    english = line_of(edition, "4. To ensure", "en")
    assert (
        f"“To ensure fair and balanced assessment …” (line {english} of text.en.md)"
        in finding.message
    )
    assert finding.where is not None
    assert finding.where.line == line_of(edition, "4. ")


def test_a_paragraph_that_only_the_translation_has_is_found() -> None:
    finding = only(changed("# अनुलग्नक 1", "अतिरिक्त अनुच्छेद।\n\n# अनुलग्नक 1"), "blocks-parallel")

    assert "The Hindi has 6 paragraphs, the English 5;" in finding.message
    assert finding.where is not None
    assert finding.where.line == line_of(edition_of(), "# अनुलग्नक 1")


def with_section(hindi: str) -> Edition:
    """The edition with the Hindi of its first section replaced."""
    edition = edition_of()
    first = edition.compendium[0]
    texts = {**first.texts, "hi": Text("compendium/01.hi.md", hindi)}
    return replace(edition, compendium=(replace(first, texts=texts), *edition.compendium[1:]))


def hindi_section() -> str:
    """The Hindi of the first section: heading and two paragraphs, in lines 1, 3 and 5."""
    return edition_of().compendium[0].texts["hi"].source


def test_a_paragraph_missing_at_the_end_is_found_at_the_last_line() -> None:
    heading, first, _last = hindi_section().strip().split("\n\n")

    finding = only(with_section(f"{heading}\n\n{first}\n\n"), "blocks-parallel")

    assert "The Hindi has 1 paragraph, the English 2;" in finding.message
    assert "“Madhya Pradesh has also established a s…” (line 5 of 01-" in finding.message
    assert str(finding.where) == "compendium/01.hi.md, line 3"


def test_a_paragraph_added_at_the_end_is_found_there() -> None:
    finding = only(with_section(hindi_section() + "\nऔर।\n"), "blocks-parallel")

    assert "01-madhya-pradesh.en.md ends before “और।”" in finding.message
    assert str(finding.where) == "compendium/01.hi.md, line 7"


def test_a_heading_of_another_level_is_found() -> None:
    finding = only(changed("### कार्य-निष्पादन कुंजी", "## कार्य-निष्पादन कुंजी"), "blocks-parallel")

    assert "The Hindi has a heading of level 2, the English a heading of level 3" in finding.message


def test_a_column_that_is_missing_is_found() -> None:
    edition = changed("| श्रेणी | राज्य/संघ राज्य क्षेत्र की", "| श्रेणी | अन्य | राज्य/संघ राज्य क्षेत्र की")
    text = edition.texts["hi"]
    source = text.source.replace("|:---------|:---------------------|", "|:--|:--|:--|").replace(
        "| {{ row.id }} | {{ row.strength }} |", "| {{ row.id }} | – | {{ row.strength }} |"
    )
    edition = replace(edition, texts={**edition.texts, "hi": Text(text.file, source)})

    finding = only(edition, "blocks-parallel")

    assert "a table row of 3 cells, the English a table row of 2 cells" in finding.message


def test_bullets_are_no_numbered_items() -> None:
    edition = edition_of()
    source = edition.texts["hi"].source.replace("   6) **औप", "   - **औप")
    text = replace(edition.texts["hi"], source=source)

    finding = only(replace(edition, texts={**edition.texts, "hi": text}), "blocks-parallel")

    assert "a bulleted list item of level 2, the English a numbered list item" in finding.message
    assert finding.where is not None
    assert finding.where.line == line_of(edition, "   6) ")


@pytest.mark.parametrize(
    ("language", "line", "named"),
    [
        ("hi", 'closing: "सादर,"\n', "of the Hindi has no closing"),
        ("en", 'closing: "Regards,"\n', "of the English has no closing"),
        ("hi", "shared_annexures: [2, 3]\n", "of the Hindi has no shared_annexures"),
    ],
)
def test_a_key_that_one_language_lacks_is_found(language: str, line: str, named: str) -> None:
    finding = only(changed(line, "", language), "blocks-parallel")

    assert named in finding.message


def test_forms_for_men_and_women_stand_for_one_key() -> None:
    assert found_in(changed('closing: "Regards,"', 'closing:\n  m: "Regards,"', "en")) == []


def test_a_bold_passage_that_is_missing_is_a_warning_at_its_block() -> None:
    finding = only(changed("**मासिक संक्षिप्त विवरण**", "मासिक संक्षिप्त विवरण"), "bold-parallel")

    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("0 bold passages in the Hindi of “To keep you informed")
    assert finding.where is not None
    assert finding.where.line == line_of(edition_of(), "3. ")


def test_figures_of_a_block_must_agree() -> None:
    hindi = hindi_section()
    assert "9.32\u00a0लाख" in hindi

    finding = only(
        with_section(hindi.replace("9.32\u00a0लाख", "9.23\u00a0लाख")), "figures-parallel"
    )

    assert "9.23 लाख only in the Hindi; 9.32 lakh only in the English" in finding.message
    assert str(finding.where) == "compendium/01.hi.md, line 5"


def test_shared_annexures_must_agree() -> None:
    finding = only(changed("shared_annexures: [2, 3]", "shared_annexures: [3]"), "figures-parallel")

    assert "2 only in the English" in finding.message


def test_figures_of_the_settings_must_agree() -> None:
    name = {"en": "Users Completing 1 Course", "hi": "2 पाठ्यक्रम पूर्ण करने वाले"}
    indicators = (replace(INDICATORS[0], name=name), *INDICATORS[1:])

    finding = only(edition_of(indicators=indicators), "figures-parallel")

    assert "2 only in the Hindi; 1 only in the English" in finding.message


def test_a_placeholder_that_is_missing_is_found() -> None:
    finding = only(changed("{{ facts.courses }} से अधिक", "अनेक"), "placeholders-parallel")

    assert "{{ facts.courses }} only in the English" in finding.message


def test_a_figure_in_place_of_its_placeholder_is_one_finding() -> None:
    finding = only(changed("{{ facts.learners }}", "1.4 करोड़"), "placeholders-parallel")

    assert "{{ facts.learners }} only in the English" in finding.message


def test_placeholders_of_the_front_matter_must_agree() -> None:
    finding = only(changed('"दिनांक: {{ date }}"', '"दिनांक: {{ as_on }}"'), "placeholders-parallel")

    assert "{{ as_on }} only in the Hindi; {{ date }} only in the English" in finding.message
    assert finding.where is not None
    assert finding.where.line == 5


def check(small: Small, code: int = 0) -> list[dict[str, Any]]:
    """All that ``patra check`` finds."""
    document = patra_json("check", small.edition, "--root", small.root, code=code)
    return list(document["findings"])


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is found in the small installation as it is."""
    return check(make_small(tmp_path_factory.mktemp("before")))


def test_the_files_as_shipped_are_silent(before: list[dict[str, Any]]) -> None:
    assert not [f for f in before if f["check"].endswith("-parallel")]


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ("6.13\u00a0लाख", "6.31\u00a0लाख", "figures-parallel", 5),
        ("6.13\u00a0लाख", "6.13\u00a0करोड़", "figures-parallel", 5),
        ("15 से 21", "15 से 12", "figures-parallel", 5),
        ("सितंबर", "अक्तूबर", "figures-parallel", 5),
        ("**अकादमी द्वारा", "अकादमी द्वारा", "", 3),
        ("\n\nमध्य प्रदेश ने", "\n\nनया।\n\nमध्य प्रदेश ने", "blocks-parallel", 5),
        ("\n\nमध्य प्रदेश ने", " मध्य प्रदेश ने", "blocks-parallel", 3),
    ],
)
def test_one_fault_in_a_file_is_one_finding_at_its_line(
    tmp_path: Path, before: list[dict[str, Any]], old: str, new: str, told: str, line: int
) -> None:
    small = make_small(tmp_path)
    small.edit(f"{SECTION}.hi.md", old, new)
    if not told:  # both ends of a bold passage
        small.edit(f"{SECTION}.hi.md", "हैं**, जो", "हैं, जो")

    (finding,) = [f for f in check(small, code=4 if told else 0) if f not in before]

    assert finding["check"] == (told or "bold-parallel")
    assert finding["severity"] == ("error" if told else "warning")
    assert (finding["where"]["file"], finding["where"]["line"]) == (f"{SECTION}.hi.md", line)


def test_a_figure_changed_in_the_settings_is_found_at_its_line(
    tmp_path: Path, before: list[dict[str, Any]]
) -> None:
    small = make_small(tmp_path)
    small.edit("edition.toml", 'hi = "1 या अधिक', 'hi = "2 या अधिक')
    settings = (small.edition / "edition.toml").read_text("utf-8").splitlines()

    (finding,) = [f for f in check(small, code=4) if f not in before]

    assert finding["check"] == "figures-parallel"
    assert "2 या अधिक" in settings[finding["where"]["line"] - 1]
