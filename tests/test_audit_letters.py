"""The finished letters: every figure where it should be, nobody else's name, address or number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from generator.audit import LETTER_CHECKS, Dossier, read_letters
from generator.audit.dossier import LetterCheck
from generator.audit.letters.leaks import Finder, OthersAbsentFromLetter
from generator.audit.letters.own_figures import FiguresInLetter
from generator.audit.letters.versions import FiguresSameInVersions
from generator.compose import compose_letter
from generator.content import Letter
from generator.findings import Finding, Severity
from generator.model import Edition, Text
from generator.scoring import score_edition
from tests.alive import letters_alive
from tests.audited import CLEAN, clean_edition
from tests.editions_made import real_texts, recipient, row

ROWS = (
    row("HR", *CLEAN),
    row("PB", 400_000, 300_000, 100_000, 50_000, 80, 40),
    row("GA", 40_000, 20_000, 10_000, 5_000, 80, 44),
)
NAMES: Mapping[str, Mapping[str, str]] = {
    "HR": {"hi": "नमूना सिंह", "en": "Namuna Singh"},
    "PB": {"hi": "मिसाल कौर", "en": "Misal Kaur"},
    "GA": {"hi": "दृष्टांत", "en": "Drishtant"},
}


def edition_of(**others: Any) -> Edition:
    """Three States with the real texts: HR and PB in category B, GA in A."""
    recipients = tuple(
        recipient(who, name=name, email=f"cs@{who.lower()}.example") for who, name in NAMES.items()
    )
    edition = clean_edition(**{**real_texts(), "recipients": recipients, **others})
    return replace(edition, rows=ROWS)


def dossier_of(edition: Edition) -> Dossier:
    """The edition's dossier with the number of every letter."""
    numbers = {r.id: f"N/{serial}" for serial, r in enumerate(edition.recipients, 1)}
    return Dossier(edition, score_edition(edition), numbers=numbers)


def letters_of(case: Dossier) -> Iterator[Letter]:
    """Every letter, composed under its number."""
    for each in case.edition.recipients:
        yield compose_letter(case.edition, case.cards, each, case.numbers[each.id])


def found_in(check: LetterCheck, case: Dossier) -> Sequence[Finding]:
    """What one check finds on a dossier's letters."""
    reader = check(case)
    for letter in letters_of(case):
        reader.read(letter)
    return list(reader.findings())


def found_by(check: LetterCheck, edition: Edition) -> Sequence[Finding]:
    """What one check finds on the edition's letters."""
    return found_in(check, dossier_of(edition))


def with_text(edition: Edition, language: str, old: str, new: str) -> Edition:
    """The edition with one language's text changed; the old words must be there."""
    text = edition.texts[language]
    assert old in text.source
    changed = Text(text.file, text.source.replace(old, new, 1))
    return replace(edition, texts={**edition.texts, language: changed})


def test_letters_that_hold_every_figure_are_silent() -> None:
    assert found_by(FiguresInLetter, edition_of()) == []


def test_a_share_lost_in_one_version_is_found_once_for_all_letters() -> None:
    edition = with_text(edition_of(), "hi", "| {{ row.share }} |", "| |")

    (finding,) = found_by(FiguresInLetter, edition)

    assert (finding.severity, finding.who) == (Severity.ERROR, None)
    assert finding.check == "figures-in-letter"
    assert finding.where is not None
    assert finding.where.file == "text.hi.md"


def test_a_ranking_lost_in_one_version_is_found() -> None:
    loop = "{%- for row in ranking %}"
    found = found_by(
        FiguresInLetter,
        with_text(edition_of(), "en", loop, "{%- for row in ranking if row.own %}"),
    )

    assert {f.who for f in found} == {"HR", "PB"}
    assert all("Punjab" in f.message or "Haryana" in f.message for f in found)


@pytest.mark.parametrize(
    ("loop", "end"),
    [
        ("{%- for row in ranking if row.own %}", "{%- endfor %}"),
        ("{%- for row in ranking %}{% if row.own %}", "{% endif %}{%- endfor %}"),
    ],
)
def test_a_ranking_of_the_addressee_alone_in_all_versions_is_not_missed(
    loop: str, end: str
) -> None:
    row = "| {{ row.name }} | {{ row.category }} | {{ row.composite }} | {{ row.rank }} |"
    edition = edition_of()
    for language in ("hi", "en"):
        source = edition.texts[language].source
        start = source.index("{%- for row in ranking %}")
        old = source[start : source.index("{%- endfor %}", start) + len("{%- endfor %}")]
        edition = with_text(edition, language, old, f"{loop}\n{row}{end}")

    assert found_by(FiguresInLetter, edition) == []


def test_figures_that_no_version_prints_are_not_missed() -> None:
    edition = edition_of()
    for language in ("hi", "en"):
        edition = with_text(edition, language, "| {{ row.level }} |", "| |")

    assert found_by(FiguresInLetter, edition) == []


def test_a_category_typed_into_a_heading_is_found_where_it_is_anothers() -> None:
    edition = with_text(edition_of(), "en", "Category {{ category }}", "Category B")

    (finding,) = found_by(FiguresInLetter, edition)

    assert finding.who == "GA"
    assert "Category A" in finding.message


def test_a_lost_number_is_found() -> None:
    edition = with_text(edition_of(), "en", "DO No. {{ number }}", "DO No. N/1")

    (finding,) = found_by(FiguresInLetter, edition)

    assert "PB, GA does not hold: the number" in finding.message


def test_letters_that_name_their_addressee_alone_are_silent() -> None:
    assert found_by(OthersAbsentFromLetter, edition_of()) == []


def test_another_recipients_name_in_a_text_is_one_finding() -> None:
    edition = with_text(edition_of(), "en", "As you are aware", "As Namuna Singh is aware")

    (finding,) = found_by(OthersAbsentFromLetter, edition)

    assert finding.who is None
    assert finding.check == "others-absent-from-letter"
    assert "Namuna Singh" in finding.message
    assert "2 letters" in finding.message


def test_another_recipients_address_in_a_row_is_found_for_that_letter() -> None:
    edition = edition_of()
    wrong = replace(edition.recipients[0], address={"hi": "x", "en": "c/o cs@pb.example"})
    edition = replace(edition, recipients=(wrong, *edition.recipients[1:]))

    (finding,) = found_by(OthersAbsentFromLetter, edition)

    assert finding.who == "HR"
    assert "cs@pb.example" in finding.message
    assert finding.where == wrong.place


def test_a_number_that_begins_like_anothers_is_not_it() -> None:
    edition = with_text(edition_of(), "en", "As you are aware", "As in N/12 you are aware")

    assert found_by(OthersAbsentFromLetter, edition) == []


def test_a_name_of_one_word_is_known_by_its_honorific() -> None:
    word = with_text(edition_of(), "hi", "जैसा कि", "दृष्टांत के रूप में, जैसा कि")
    name = with_text(edition_of(), "hi", "जैसा कि", "श्री दृष्टांत को, जैसा कि")

    assert found_by(OthersAbsentFromLetter, word) == []
    assert len(found_by(OthersAbsentFromLetter, name)) == 1


def test_a_name_that_begins_like_anothers_is_not_it() -> None:
    edition = edition_of()
    longer = replace(edition.recipients[0], name={"hi": "दृष्टांत एक", "en": "Drishtant One"})
    edition = replace(edition, recipients=(longer, *edition.recipients[1:]))

    assert found_by(OthersAbsentFromLetter, edition) == []


def test_who_signs_may_have_a_recipients_name() -> None:
    edition = edition_of()
    namesake = replace(edition.recipients[0], name=edition.signatory.name)
    edition = replace(edition, recipients=(namesake, *edition.recipients[1:]))

    assert found_by(OthersAbsentFromLetter, edition) == []


def test_versions_with_the_same_figures_are_silent() -> None:
    assert found_by(FiguresSameInVersions, edition_of()) == []


def test_an_address_with_another_pin_code_in_hindi_is_found_for_that_letter() -> None:
    edition = edition_of()
    wrong = replace(edition.recipients[0], address={"hi": "पिन 160001", "en": "PIN 160010"})
    edition = replace(edition, recipients=(wrong, *edition.recipients[1:]))

    (finding,) = found_by(FiguresSameInVersions, edition)

    assert finding.who == "HR"
    assert finding.check == "figures-same-in-versions"
    assert "160001" in finding.message
    assert "160010" in finding.message


def test_figures_in_other_columns_of_one_version_are_one_finding() -> None:
    own = "{{ row.composite | bold_if(row.own) }} | {{ row.rank | bold_if(row.own) }}"
    swapped = "{{ row.rank | bold_if(row.own) }} | {{ row.composite | bold_if(row.own) }}"
    edition = with_text(edition_of(), "hi", own, swapped)

    (finding,) = found_by(FiguresSameInVersions, edition)

    assert "the columns of" in finding.message
    assert finding.who is None


def test_what_differs_in_every_letter_is_one_finding() -> None:
    edition = edition_of(place={"hi": "नई दिल्ली 110001", "en": "New Delhi 110010"})

    (finding,) = found_by(FiguresSameInVersions, edition)

    assert finding.who is None


def test_what_the_texts_check_told_is_not_told_again() -> None:
    edition = edition_of(place={"hi": "नई दिल्ली 110001", "en": "New Delhi 110010"})
    told = Finding(Severity.ERROR, "figures-parallel", "…", "…")

    case = replace(dossier_of(edition), found=[told])

    assert found_in(FiguresSameInVersions, case) == []


def test_what_is_found_in_a_letter_that_is_gone_is_told_at_the_end() -> None:
    edition = with_text(edition_of(), "en", "DO No. {{ number }}", "DO No. N/1")
    case = dossier_of(edition)
    before, alive = letters_alive(), list[int]()

    def one_by_one() -> Iterator[Letter]:
        for letter in letters_of(case):
            alive.append(letters_alive() - before)
            yield letter

    found = read_letters(case, one_by_one())

    assert "PB, GA does not hold: the number" in found[0].message
    assert "“N/1” of HR stands in 2 letters" in found[1].message
    assert [finding.check for finding in found[2:]] == ["figures-same-in-versions"] * 2
    assert alive == [1, 2, 2]  # the one before is dropped when the next has come


def test_each_check_tells_its_findings_in_its_turn() -> None:
    edition = edition_of(place={"hi": "नई दिल्ली 110001", "en": "New Delhi 110010"})
    edition = with_text(edition, "en", "DO No. {{ number }}", "DO No. N/1")
    case = dossier_of(edition)

    found = read_letters(case, letters_of(case))

    assert found == [f for check in LETTER_CHECKS for f in found_in(check, case)]
    assert len({finding.check for finding in found}) == len(LETTER_CHECKS)


TEXTS = (*NAMES["HR"].values(), "Namuna", "N/1", "N/12", "a@b.example", "b", "श्री नमूना सिंह", "7")
LINES = (
    "N/12 N/1 N/1-A N/1. N/1, N/123",
    "श्री नमूना सिंह, नमूना सिंह and Namuna Singhal of Namuna Singh",
    "a@b.example b a.b b.a; b@b 7.5 7 17 (7)",
    "Namuna  Namuna Namuna Singh.",
)


@pytest.mark.parametrize("line", LINES)
def test_names_are_found_as_one_pattern_of_all_would_find_them(line: str) -> None:
    longest_first = sorted(TEXTS, key=len, reverse=True)
    anyone = "|".join(re.escape(text) for text in longest_first)
    pattern = re.compile(rf"(?<![\w.@/-])(?:{anyone})(?!\w|[.@/-]\w)")

    assert list(Finder(TEXTS).find_in(line)) == pattern.findall(line) != []
