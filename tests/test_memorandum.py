"""The Office Memorandum of 4 July 2025 made again, and what of it holds for any memorandum.

``memorandum_corrections.csv`` holds the only replacements allowed in the source's words; the
source is the published text with its telephone number replaced.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from generator.cli import app
from generator.compose import Revised, compose_letter
from generator.content import FIELDS_ABOVE, FIELDS_BELOW, Letter, List, Table, plain
from generator.errors import InputError, TemplateError
from generator.findings import Finding, Severity
from generator.locales import format_date
from generator.markdown import ROMAN
from generator.paths import Paths
from generator.run.examine import Examined, examine_edition
from generator.run.make import compose_letters
from generator.run.prepare import prepare_edition
from tests.command import ROOT, patra, patra_json
from tests.memoranda import (
    NAME,
    STEM,
    edit,
    english_of_pdf,
    english_of_word,
    for_each,
    make_memorandum,
)
from tests.published import words
from tests.source_words import correct, corrections, expected_words, lost
from tests.tag_tree import tag_tree

SOURCE = "office_memorandum_2025-07-04.txt"
CORRECTIONS = "memorandum_corrections.csv"
NUMBER = "T-28/27/2025-iGOT"


@dataclass(frozen=True)
class Issued:
    """The memorandum issued by the real command."""

    root: Path
    document: dict[str, Any]

    @property
    def dated(self) -> Path:
        return self.root / "output" / "2025-07-04"

    def file(self, ending: str) -> Path:
        return self.dated / f"{STEM}.{ending}"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    root = tmp_path_factory.mktemp("memorandum")
    edition = make_memorandum(root)
    return Issued(root, patra_json("issue", edition, "--root", root, "--jobs", 1))


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of the edition that a test may alter."""
    return make_memorandum(tmp_path)


def examined(edition: Path) -> Examined:
    return examine_edition(Paths.at(edition.parents[1]), edition)


def letters_of(edition: Examined) -> list[Letter]:
    """Every letter, under the number that it will bear."""
    return list(compose_letters(edition, edition.fit, edition.case.numbers, {}, print))


def errors(edition: Path) -> list[Finding]:
    return [f for f in examined(edition).findings if f.severity is Severity.ERROR]


def told(*words: object, root: Path, code: int = 0) -> Any:
    """What a command within this process says in JSON; it must exit with ``code``."""
    done = CliRunner().invoke(app, [*map(str, words), "--root", str(root), "--json"])
    assert done.exit_code == code, f"exit {done.exit_code}\n{done.output}"
    return json.loads(done.stdout)


def field(letter: Letter, name: str, language: str = "en") -> list[str]:
    """A field's lines in one version."""
    version = next(v for v in letter.versions if v.language == language)
    return [plain(line) for line in version.fields.get(name, ())]


# --- the source's words ----------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "read"), [("docx", english_of_word), ("pdf", english_of_pdf)])
def test_every_word_of_the_source_is_there_in_order(
    issued: Issued, ending: str, read: Callable[[bytes], list[str]]
) -> None:
    expected = expected_words(SOURCE, CORRECTIONS)

    assert len(expected) > 900
    assert lost(expected, read(issued.file(ending).read_bytes())) == []


def test_a_lost_word_is_noticed(issued: Issued) -> None:
    printed = english_of_word(issued.file("docx").read_bytes())
    at = printed.index("spearhead")

    (found,) = lost(expected_words(SOURCE, CORRECTIONS), printed[:at] + printed[at + 1 :])
    assert "[spearhead]" in found


def test_every_correction_is_needed_and_explained() -> None:
    _words, used = correct(SOURCE, CORRECTIONS)
    rows = corrections(CORRECTIONS)

    assert used == set(range(len(rows)))
    assert all(re.search(r"domain \d", row["reason"]) for row in rows)


def test_the_parts_stand_in_the_order_of_the_manual(issued: Issued) -> None:
    printed = " ".join(english_of_word(issued.file("docx").read_bytes()))
    parts = (
        *(f"No. {NUMBER}", "Government of India", "Ministry of Personnel", "Training Wing"),
        *("Block-IV", "Dated: 04 July, 2025", "OFFICE MEMORANDUM", "Subject:", "The undersigned"),
        *("2. In order", "(i) In the case", "(vii) The", "6. Detailed", "(Uma Magesh)"),
        *(
            "Tele:",
            "To (i) Secretaries",
            "Copy to: (i) Chief",
            "Annexure A The following",
            "Sl. No.",
        ),
    )
    places = [printed.index(" ".join(words(part))) for part in parts]

    assert places == sorted(places)


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "english", "hindi"),
    [
        ("house", "4th July, 2025", "4 जुलाई, 2025"),
        ("plain", "4 July, 2025", "4 जुलाई, 2025"),
        ("two-digit", "04 July, 2025", "04 जुलाई, 2025"),
        ("numeric", "04.07.2025", "04.07.2025"),
    ],
)
def test_a_date_has_the_style_of_its_kind(style: str, english: str, hindi: str) -> None:
    printed = [format_date(date(2025, 7, 4), code, style) for code in ("en", "hi")]

    assert [text.replace("\u00a0", " ") for text in printed] == [english, hindi]


def test_a_revision_is_dated_in_the_same_style() -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / NAME)
    revised = Revised(2, date(2025, 8, 1))

    (recipient,) = prepared.edition.recipients
    letter = compose_letter(prepared.edition, prepared.cards, recipient, NUMBER, revised)

    assert field(letter, "date") == ["Dated: 01\u00a0August, 2025"]
    assert field(letter, "number") == [f"No. {NUMBER} (Revised)"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("date_style: two-digit", "date_style: long", "date_style is 'long'"),
        ("letterhead: no", "letterhead: perhaps", "letterhead is 'perhaps'"),
    ],
)
def test_a_key_with_another_value_is_refused(edition: Path, old: str, new: str, told: str) -> None:
    edit(edition / "text.en.md", old, new)

    with pytest.raises(TemplateError, match=told):
        examined(edition)


# --- one document to all ---------------------------------------------------------------------


def test_one_document_bears_the_number_of_the_file(issued: Issued) -> None:
    (letter,) = issued.document["letters"]

    assert (letter["who"], letter["number"], letter["status"]) == ("ALL", NUMBER, "issued")
    assert sorted(path.name for path in issued.dated.iterdir()) == sorted(
        [f"{STEM}.docx", f"{STEM}.pdf", "SHA256SUMS", "index.html", "manifest.json"]
    )
    assert "(ALL)" not in (issued.dated / "index.html").read_text("utf-8")


def test_it_is_registered_proved_and_archived(issued: Issued) -> None:
    manifest = told("archive", "show", "2025-07-04", "ALL", root=issued.root)
    verified = told("archive", "verify", root=issued.root)
    edition = issued.root / "editions" / NAME
    again = told("issue", edition, "--jobs", 1, root=issued.root)

    assert NUMBER in str(manifest)
    assert verified["differences"] == []
    assert [letter["status"] for letter in again["letters"]] == ["unchanged"]


def test_the_next_one_is_told_what_it_needs_and_that_its_number_is_taken(issued: Issued) -> None:
    made = patra("new", "next", "--from", NAME, "--root", issued.root)
    shown = patra("archive", "show", "2025-07-04", "ALL", "--root", issued.root)
    checked = told("check", issued.root / "editions" / "next", root=issued.root, code=4)

    assert (
        "Read its edition.toml, write the new words into its texts, give it another" in made.stdout
    )
    assert "scores" not in made.stdout
    assert "all on the list (ALL)" in shown.stdout
    (taken,) = (f for f in checked["findings"] if f["check"] == "numbers-unique")
    assert '"T-28/27/{year}-iGOT({serial})"' in taken["remedy"]
    shutil.rmtree(issued.root / "editions" / "next")


def test_it_is_revised_and_cancelled_like_any_letter(edition: Path) -> None:
    root = edition.parents[1]
    told("issue", edition, "--jobs", 1, root=root)
    edit(edition / "text.en.md", "strict adherence", "full adherence")

    revised = told("reissue", edition, "ALL", "--reason", "a word", root=root)
    cancelled = told("cancel", edition, "ALL", "--reason", "withdrawn", root=root)

    assert [(x["status"], x["revision"]) for x in revised["letters"]] == [("issued", 2)]
    assert (root / "output" / "2025-07-04" / f"{STEM}.r2.pdf").is_file()
    assert [letter["status"] for letter in cancelled["letters"]] == ["cancelled"]
    assert told("archive", "verify", root=root)["differences"] == []


def test_a_stray_file_of_it_is_known(issued: Issued, tmp_path: Path) -> None:
    stray = issued.dated / f"{STEM}.r7.pdf"
    stray.write_bytes(b"%PDF")
    try:
        said = str(told("archive", "verify", root=issued.root, code=7))
    finally:
        stray.unlink()

    assert "a file of ALL" in said


def test_a_recipients_file_beside_a_list_is_refused(edition: Path) -> None:
    for_each(edition)
    edit(edition / "edition.toml", 'mode = "each"', 'mode = "list"')

    with pytest.raises(InputError, match=r'line 26: mode = "list".*recipients\.csv'):
        examined(edition)


def test_lists_of_unlike_length_are_refused(edition: Path) -> None:
    edit(edition / "edition.toml", '  "सभी संवर्ग नियंत्रण प्राधिकारी",\n', "")

    with pytest.raises(InputError, match="1 in hi"):
        examined(edition)


def test_a_single_line_has_no_label(edition: Path) -> None:
    for line in ('  "सभी संवर्ग नियंत्रण प्राधिकारी",\n', '  "All Cadre Controlling Authorities",\n'):
        edit(edition / "edition.toml", line, "")

    (letter,) = letters_of(examined(edition))

    assert field(letter, "to") == [
        "To",
        "Secretaries to all the Ministries/Departments of the Government of India",
    ]


def test_lines_hang_from_their_labels(issued: Issued) -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / NAME)
    (recipient,) = prepared.edition.recipients
    letter = compose_letter(prepared.edition, prepared.cards, recipient, NUMBER)
    tree = tag_tree(issued.file("pdf").read_bytes())
    # an item over two pages is shown by PDFium on both
    items = [t.text for t in tree if t.kind == "LI" and t.text.startswith("(")]

    assert field(letter, "copy_to", "hi")[:2] == [
        "प्रतिलिपि:",
        "(i)\tसभी राज्य सरकारों/संघ राज्य क्षेत्र प्रशासनों के मुख्य सचिव",
    ]
    assert len(items) == 2 * (7 + 2 + 7)


# --- a copy to each --------------------------------------------------------------------------


def test_each_addressee_has_a_copy_with_a_number_of_its_own(edition: Path) -> None:
    for_each(edition)

    letters = letters_of(examined(edition))

    assert [letter.number for letter in letters] == [f"{NUMBER}(1)", f"{NUMBER}(2)"]
    assert field(letters[0], "addressee") == ["The Secretary,", "Department of Economic Affairs"]
    assert field(letters[1], "addressee", "hi") == ["श्री\u00a0नमूना एक", "सचिव,", "व्यय विभाग"]
    assert len(field(letters[1], "copy_to")) == 8


def test_copies_need_a_serial(edition: Path) -> None:
    for_each(edition)
    edit(edition / "edition.toml", "({serial})", "")

    with pytest.raises(InputError, match=r"holds no \{serial\}"):
        examined(edition)


def test_a_recipient_may_not_be_called_as_all(edition: Path) -> None:
    for_each(edition)
    edit(edition / "recipients.csv", "DEA,", "all,")

    assert "cells-understood" in {finding.check for finding in errors(edition)}


# --- the audit -------------------------------------------------------------------------------


def test_nothing_is_wrong_but_what_only_the_department_knows() -> None:
    found = examine_edition(Paths.at(ROOT), ROOT / "editions" / NAME).findings

    assert sorted((f.severity, f.check) for f in found) == [
        (Severity.WARNING, "abbreviations-spelt-out"),
        (Severity.WARNING, "abbreviations-spelt-out"),
        (Severity.WARNING, "texts-vetted"),
    ]


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_general_order_in_one_language_is_unlawful(edition: Path, language: str) -> None:
    edit(edition / "edition.toml", 'versions = ["hi", "en"]', f'versions = ["{language}"]')

    (found,) = [f for f in errors(edition) if f.check == "versions-lawful"]

    assert "Official Languages Act 1963, s. 3(3)" in found.message
    assert found.where is not None
    assert found.where.line == 4


def test_the_kinds_own_text_is_not_issued_before_it_is_filled_in(edition: Path) -> None:
    for language in ("en", "hi"):
        (edition / f"text.{language}.md").unlink()
    (edition / "translations.toml").unlink()

    found = errors(edition)

    assert {finding.check for finding in found} == {"markup-absent"}
    assert all("[…]" in finding.message for finding in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("en", "specified in Annexure A", "specified in Annexure B", "Annexure B is cited"),
        ("hi", "अनुलग्नक-क में", "अनुलग्नक-ख में", "Annexure ख is cited"),
        ("en", " specified in Annexure A", " specified below", "not cited in the body"),
        ("en", "# Annexure A", "# Annexure B", "is the heading of annexure"),
    ],
)
def test_annexures_are_cited_by_letter(
    edition: Path, file: str, old: str, new: str, told: str
) -> None:
    edit(edition / f"text.{file}.md", old, new)

    found = [f for f in errors(edition) if f.check == "annexures-cited"]

    assert found
    assert any(told in finding.message for finding in found)


def test_the_distribution_list_is_read_like_the_texts(edition: Path) -> None:
    edit(edition / "edition.toml", "मुख्य सचिव", "मुख्य सचिव २")

    (found,) = [f for f in errors(edition) if f.check == "digits-international"]

    assert found.where is not None
    assert found.where.file == "edition.toml"


def test_a_letter_without_a_list_is_fingerprinted_as_before() -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12", ["HR"])
    letter = compose_letter(prepared.edition, prepared.cards, prepared.chosen[0], "N")
    added = {"issuer", "office", "heading", "to", "copy_to"}

    assert set(letter.versions[0].fields) == {*FIELDS_ABOVE, *FIELDS_BELOW, "title"} - added


# --- the files -------------------------------------------------------------------------------


def test_it_has_no_letterhead_and_carries_no_data(issued: Issued) -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / NAME)
    (recipient,) = prepared.edition.recipients
    letter = compose_letter(prepared.edition, prepared.cards, recipient, NUMBER)
    head = letter.versions[0].letterhead

    assert (head.left, head.right, head.logo) == ((), (), None)
    assert letter.data is None
    assert b"EmbeddedFile" not in issued.file("pdf").read_bytes()


def test_both_versions_have_the_same_items_and_rows() -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / NAME)
    (recipient,) = prepared.edition.recipients
    letter = compose_letter(prepared.edition, prepared.cards, recipient, NUMBER)

    for version in letter.versions:
        (items,) = [block for block in version.body if isinstance(block, List)]
        (table,) = [b for a in version.annexures for b in a.blocks if isinstance(b, Table)]
        assert [item.label for item in items.items] == [f"({numeral})" for numeral in ROMAN[:7]]
        assert len(table.rows) == 6


def test_a_draft_has_no_number(edition: Path) -> None:
    document = told("draft", edition, "--jobs", 1, root=edition.parents[1])

    (letter,) = document["letters"]
    assert (letter["status"], letter["number"]) == ("drafted", None)
