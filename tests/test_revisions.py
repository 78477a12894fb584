"""``patra reissue`` and ``patra cancel``: what is done after a letter was issued."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import zipfile
from contextlib import redirect_stdout
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from generator.cli import app
from generator.cli.failures import run_app
from generator.register import Entry, all_entries
from generator.store import Store
from tests.command import patra, patra_json
from tests.issued import change_register, copy_of, flip_byte, issue_small
from tests.pdf_reading import fold, pdfium_pages
from tests.small import RECIPIENTS, Small, make_small

Document: TypeAlias = dict[str, Any]
NUMBER = "SPECIMEN/CEO/Karmayogi/2025/1112-1"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small edition issued once; not to be changed."""
    return issue_small(tmp_path_factory.mktemp("revisions"))


@pytest.fixture(scope="module")
def revised(issued: Small, tmp_path_factory: pytest.TempPathFactory) -> tuple[Small, Document]:
    """Haryana's letter issued again by the real command, with another name; and what it printed."""
    small = copy_of(issued, tmp_path_factory.mktemp("revised"))
    correct_name(small)
    words = ("reissue", small.edition, "Haryana", "--reason", " Name \n corrected ")
    return small, patra_json(*words, "--date", "2025-12-16", "--root", small.root)


@pytest.fixture(scope="module")
def reissued(revised: tuple[Small, Document]) -> Small:
    """The installation after that; not to be changed."""
    return revised[0]


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy of what was issued that a test may change."""
    return copy_of(issued, tmp_path)


def correct_name(small: Small, name: str = "Namuna Other") -> None:
    """Haryana's addressee is another one."""
    rows = (("HR", "Shri", "नमूना एक", name, "IAS", "m"), *RECIPIENTS[1:])
    small.write_recipients(*rows)


def here(*words: object, code: int = 0) -> dict[str, Any]:
    """``patra … --json`` within this process, which must exit with ``code``; its document."""
    with redirect_stdout(StringIO()) as out:
        ended = run_app(app, [*map(str, words), "--json"])
    assert ended == code, f"exit {ended}\n{out.getvalue()}"
    document: dict[str, Any] = json.loads(out.getvalue())
    return document


def reissue(
    small: Small, *arguments: object, who: str = "Haryana", code: int = 0
) -> dict[str, Any]:
    """``patra reissue --json``."""
    words = ("reissue", small.edition, who, "--root", small.root, "--reason", "Name corrected")
    return here(*words, *arguments, code=code)


def cancel(small: Small, who: str, code: int = 0, reason: str = "Sent in error") -> dict[str, Any]:
    """``patra cancel --json``."""
    words = ("cancel", small.edition, who, "--root", small.root, "--reason", reason)
    return here(*words, code=code)


def issue(small: Small, *who: str, code: int = 0) -> dict[str, str]:
    """``patra issue --json``: each letter's status."""
    words = ("issue", small.edition, *who, "--root", small.root, "--jobs", 1)
    return {letter["who"]: letter["status"] for letter in here(*words, code=code)["letters"]}


def entry_of(small: Small, who: str = "HR") -> Entry:
    """The register's line of a letter."""
    return next(entry for entry in all_entries(small.output) if entry.who == who)


def manifest_of(small: Small, who: str = "HR") -> dict[str, Any]:
    """The manifest's line of a letter."""
    letters = json.loads((small.dated / "manifest.json").read_text("utf-8"))["letters"]
    line: dict[str, Any] = next(letter for letter in letters if letter["who"] == who)
    return line


def check_sums(small: Small) -> list[str]:
    """The files that ``sha256sum -c`` finds as they should be; all must be."""
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],
        cwd=small.dated,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return [line.removesuffix(": OK") for line in done.stdout.splitlines()]


def word_text(path: Path) -> str:
    """All that is printed of a Word file, its feet too."""
    with zipfile.ZipFile(path) as word:
        parts = [name for name in word.namelist() if re.match(r"word/[a-z]+\d*\.xml", name)]
        return fold(" ".join(re.sub("<[^>]+>", "", word.read(n).decode("utf-8")) for n in parts))


def test_a_revision_stands_beside_the_first_under_its_number(
    issued: Small, reissued: Small
) -> None:
    for name in ("HR-haryana.docx", "HR-haryana.pdf", "GA-goa.pdf"):
        assert (reissued.dated / name).read_bytes() == (issued.dated / name).read_bytes()
    assert {"HR-haryana.r2.docx", "HR-haryana.r2.pdf", "HR-haryana.pdf"} <= {*check_sums(reissued)}
    entry = entry_of(reissued)
    assert (entry.number, entry.status) == (NUMBER, "issued")
    assert [(r.revision, str(r.date), r.reason) for r in entry.revisions] == [
        (1, "2025-12-11", ""),
        (2, "2025-12-16", "Name corrected"),
    ]
    assert [r["reason"] for r in manifest_of(reissued)["revisions"]] == ["", "Name corrected"]


@pytest.mark.parametrize("file", ["HR-haryana.r2.pdf", "HR-haryana.r2.docx"])
def test_a_revision_says_so_after_its_number_and_bears_its_date(reissued: Small, file: str) -> None:
    path = reissued.dated / file
    is_pdf = path.suffix == ".pdf"
    text = " ".join(pdfium_pages(path.read_bytes(), whole=True)) if is_pdf else word_text(path)

    assert f"{NUMBER} (Revised)" in text
    assert f"{NUMBER} (संशोधित)" in text
    assert "16th December, 2025" in text
    assert "16 दिसंबर, 2025" in text
    assert "Namuna Other" in text
    assert text.count(NUMBER) == text.count(f"{NUMBER} (")


def test_the_json_is_that_of_issue(revised: tuple[Small, Document]) -> None:
    small, document = revised

    assert set(document) == {"edition", "date", "output", "letters", "findings", "seconds"}
    (letter,) = document["letters"]
    assert (letter["who"], letter["number"], letter["revision"]) == ("HR", NUMBER, 2)
    assert (letter["status"], letter["error"]) == ("issued", None)
    for kind in ("pdf", "docx"):
        name = f"HR-haryana.r2.{kind}"
        assert letter["files"][kind]["path"] == str(small.dated / name)
        assert letter["files"][kind]["sha256"] == entry_of(small).revisions[1].hashes[name]


def test_issue_compares_with_the_revision_in_force(reissued: Small, tmp_path: Path) -> None:
    small = copy_of(reissued, tmp_path)

    assert issue(small) == {"HR": "unchanged", "GA": "unchanged", "CH": "unchanged"}


def test_a_lost_revision_is_made_again_with_the_same_bytes_and_its_reason(
    reissued: Small, tmp_path: Path
) -> None:
    small = copy_of(reissued, tmp_path)
    lost = small.dated / "HR-haryana.r2.pdf"
    before = lost.read_bytes()
    lost.unlink()

    assert issue(small) == {"HR": "issued", "GA": "unchanged", "CH": "unchanged"}
    assert lost.read_bytes() == before
    assert entry_of(small).revisions == entry_of(reissued).revisions
    check_sums(small)


def test_a_third_revision_follows_the_second(reissued: Small, tmp_path: Path) -> None:
    small = copy_of(reissued, tmp_path)
    correct_name(small, "Namuna Third")

    document = reissue(small, "--date", "2025-12-16")

    assert document["letters"][0]["revision"] == 3
    assert len([name for name in check_sums(small) if name.startswith("HR-")]) == 6
    assert [r.revision for r in entry_of(small).revisions] == [1, 2, 3]


def test_a_change_is_told_against_the_revision_in_force(reissued: Small, tmp_path: Path) -> None:
    small = copy_of(reissued, tmp_path)
    small.write_recipients(*RECIPIENTS)  # as it was when first issued

    document = here("issue", small.edition, "HR", "--root", small.root, code=7)

    (letter,) = document["letters"]
    assert (letter["status"], letter["revision"]) == ("refused", 2)
    assert "“Namuna Other” → “Namuna One”" in letter["error"]["message"]


def test_without_a_date_it_is_todays_and_no_one_else_gets_a_number(small: Small) -> None:
    correct_name(small)
    with (small.edition / "recipients.csv").open("a", encoding="utf-8") as file:
        file.write("PB,,,,,,,\n")
    before = datetime.datetime.now().astimezone().date()

    document = reissue(small)

    assert document["letters"][0]["status"] == "issued"
    last = entry_of(small).revisions[-1]
    assert before <= last.date <= datetime.datetime.now().astimezone().date()
    assert {entry.who for entry in all_entries(small.output)} == {"HR", "GA", "CH"}


def test_what_is_unchanged_is_not_revised(reissued: Small, tmp_path: Path) -> None:
    small = copy_of(reissued, tmp_path)

    document = reissue(small, "--date", "2025-12-17", code=7)

    (letter,) = document["letters"]
    assert letter["status"] == "refused"
    assert "is unchanged since revision 2 of 2025-12-16" in letter["error"]["message"]
    assert small.written() == reissued.written()


def test_another_version_of_the_program_is_no_reason_for_a_revision(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.run.despatch.__version__", "9.9")

    (letter,) = reissue(small, code=7)["letters"]

    assert "is unchanged since revision 1" in letter["error"]["message"]


def test_a_letter_made_again_keeps_what_was_recorded_when_it_was_issued(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = entry_of(small)
    monkeypatch.setattr("generator.run.despatch.__version__", "9.9")
    small.edit("recipients.csv", "ga@", "goa@")
    (small.dated / "HR-haryana.docx").unlink()

    assert issue(small, "HR") == {"HR": "issued"}

    assert entry_of(small) == before
    assert (small.dated / "HR-haryana.docx").is_file()


def test_other_bytes_are_refused_with_both_versions(small: Small) -> None:
    """As from another version of an engine: the recorded hash cannot be met."""
    change = "UPDATE revision SET docx_sha256 = ?, engines = ? WHERE stem = 'HR-haryana'"
    change_register(small, change, "0" * 64, '{"weasyprint": "69.3"}')
    (small.dated / "HR-haryana.docx").unlink()

    (letter,) = here("issue", small.edition, "HR", "--root", small.root, "--jobs", 1, code=7)[
        "letters"
    ]

    issued_with, _, now = letter["error"]["message"].partition("; this is ")
    assert "weasyprint 69.3" in issued_with
    assert f"weasyprint {version('weasyprint')}" in now


def test_a_content_damaged_in_the_store_is_put_right_by_the_next_letter_made_of_it(
    small: Small,
) -> None:
    package = Store(small.output).fetch_package(entry_of(small).revisions[0].package)
    flip_byte(small.output / "store" / package.fonts["NotoSerif-Bold.ttf"])
    (small.dated / "HR-haryana.docx").unlink()

    issue(small, "HR")

    assert here("archive", "verify", "--root", small.root)["differences"] == []


@pytest.mark.parametrize("day", ["2025-12-15", "2025-12-10"])
def test_a_revision_is_not_dated_before_the_one_it_replaces(
    reissued: Small, tmp_path: Path, day: str
) -> None:
    small = copy_of(reissued, tmp_path)
    correct_name(small, "Namuna Third")

    document = reissue(small, "--date", day, code=2)

    assert f"dated {day}, before 2025-12-16" in document["error"]["message"]
    assert small.written() == reissued.written()


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--reason", " "), "--reason is empty"),
        (("--reason", "told by\x1b[31m telephone"), "--reason holds a control character"),
        (("--reason", "told by\udcff telephone"), "--reason holds half a surrogate"),
        (("--reason", "told " * 201), "--reason has 1004 characters"),
        (("--date", "16.12.2025"), "--date"),
    ],
)
def test_a_wrong_command_line_is_code_2(
    small: Small, arguments: tuple[str, str], wanted: str
) -> None:
    correct_name(small)

    document = reissue(small, *arguments, code=2)

    assert wanted in document["error"]["message"]
    assert entry_of(small).latest == entry_of(small).revisions[0]


def test_a_letter_that_was_never_issued_is_not_revised(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    document = reissue(small, code=7)

    assert "was never issued" in document["letters"][0]["error"]["message"]
    assert small.written() == []


def test_errors_block_a_revision(small: Small) -> None:
    small.edit("edition.toml", "weight = 30", "weight = 29")

    document = reissue(small, code=4)

    assert "nothing was issued" in document["error"]["message"]
    assert len(entry_of(small).revisions) == 1


@pytest.mark.parametrize("who", ["Punjab", "Hariyana Pradesh"])
def test_one_recipient_of_the_edition_is_named(small: Small, who: str) -> None:
    assert who in reissue(small, who=who, code=2)["error"]["message"]
    assert who in cancel(small, who, code=2)["error"]["message"]


def test_a_run_killed_before_the_record_is_finished_by_the_same_command(
    reissued: Small, tmp_path: Path
) -> None:
    small = copy_of(reissued, tmp_path)
    change_register(small, "DELETE FROM revision WHERE revision = 2")

    document = reissue(small, "--date", "2025-12-16")

    assert document["letters"][0]["status"] == "issued"
    assert entry_of(small).revisions == entry_of(reissued).revisions
    assert small.written() == reissued.written()
    check_sums(small)


def test_a_run_killed_before_the_manifest_is_finished_by_any_next(
    reissued: Small, tmp_path: Path
) -> None:
    small = copy_of(reissued, tmp_path)
    for name in ("manifest.json", "SHA256SUMS"):
        (small.dated / name).write_text("cut off")

    reissue(small, "--date", "2025-12-17", code=7)  # unchanged: there is nothing to revise

    assert "HR-haryana.r2.pdf" in check_sums(small)


def test_a_run_killed_before_the_record_is_finished_without_its_date(
    reissued: Small, tmp_path: Path
) -> None:
    small = copy_of(reissued, tmp_path)
    change_register(small, "DELETE FROM revision WHERE revision = 2")
    (small.dated / "HR-haryana.r2.pdf").unlink()

    document = reissue(small)

    assert document["letters"][0]["status"] == "issued"
    assert entry_of(small).revisions == entry_of(reissued).revisions
    assert small.written() == reissued.written()


def test_the_same_command_again_is_no_other_revision(reissued: Small, tmp_path: Path) -> None:
    small = copy_of(reissued, tmp_path)

    same = reissue(small)["letters"][0]
    (small.dated / "HR-haryana.r2.docx").unlink()
    again = reissue(small, "--date", "2025-12-16")["letters"][0]

    assert (same["status"], same["revision"]) == ("unchanged", 2)
    assert (again["status"], again["revision"]) == ("issued", 2)
    assert again["files"] == same["files"]
    assert entry_of(small).revisions == entry_of(reissued).revisions
    check_sums(small)


def test_a_file_of_somebody_in_a_revisions_place_is_told_and_left(small: Small) -> None:
    correct_name(small)
    (small.dated / "HR-haryana.r2.docx").write_text("somebody's")

    document = reissue(small, code=7)

    assert "HR-haryana.r2.docx is on disk" in document["letters"][0]["error"]["message"]
    assert (small.dated / "HR-haryana.r2.docx").read_text() == "somebody's"
    assert len(entry_of(small).revisions) == 1


def test_a_cancelled_letter_stays_with_its_files_and_its_number(
    issued: Small, tmp_path: Path
) -> None:
    small = copy_of(issued, tmp_path)

    document = cancel(small, "चंडीगढ़")

    assert document["letters"][0]["status"] == "cancelled"
    assert document["letters"][0]["number"].endswith("-3")
    entry = entry_of(small, "CH")
    assert (entry.status, entry.reason) == ("cancelled", "Sent in error")
    told = manifest_of(small, "CH")
    assert (told["status"], told["reason"]) == ("cancelled", "Sent in error")
    assert {"CH-chandigarh.pdf", "manifest.json"} <= {*check_sums(small)}
    assert small.written() == sorted({*issued.written()})


def test_after_a_cancellation_the_others_go_on(small: Small) -> None:
    cancel(small, "CH")

    done = patra("issue", small.edition, "--root", small.root, "--jobs", 1)

    assert done.returncode == 0
    told = [line for line in done.stderr.splitlines() if "/3 " in line]
    assert told == ["1/3 HR unchanged", "2/3 GA unchanged", "3/3 CH cancelled"]
    assert "cancelled" in done.stdout


def test_a_cancelled_letter_that_is_named_is_refused(small: Small) -> None:
    cancel(small, "CH")

    assert issue(small, "CH", code=7) == {"CH": "refused"}


def test_a_cancelled_letter_is_neither_revised_nor_cancelled_again(small: Small) -> None:
    cancel(small, "HR")
    correct_name(small)
    otherwise = cancel(small, "HR", code=7, reason="Never meant")

    for document in (reissue(small, code=7), otherwise):
        assert document["letters"][0]["status"] == "refused"
        assert "was cancelled: Sent in error" in document["letters"][0]["error"]["message"]
    assert len(entry_of(small).revisions) == 1


def test_a_cancelling_that_was_cut_off_is_finished_by_the_same_command(small: Small) -> None:
    cancel(small, "HR")
    (small.dated / "manifest.json").write_text("cut off")

    document = cancel(small, "HR")

    assert document["letters"][0]["status"] == "cancelled"
    assert manifest_of(small)["status"] == "cancelled"
    check_sums(small)


def test_a_letter_without_a_number_is_not_cancelled(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    document = cancel(small, "HR", code=7)

    assert "never given a number" in document["letters"][0]["error"]["message"]
    assert document["letters"][0]["number"] is None
    assert small.written() == []


def test_a_number_that_is_only_reserved_can_be_cancelled(small: Small) -> None:
    change_register(small, "DELETE FROM revision WHERE number LIKE '%-2'")
    change_register(small, "UPDATE letter SET status = 'reserved' WHERE who = 'GA'")

    assert cancel(small, "GA")["letters"][0]["status"] == "cancelled"

    assert manifest_of(small, "GA")["revisions"] == []


def test_a_letter_can_be_cancelled_when_its_recipient_is_gone_and_errors_stand(
    small: Small,
) -> None:
    small.write_recipients(*RECIPIENTS[:2])
    small.edit("edition.toml", "weight = 30", "weight = 29")

    assert cancel(small, "Chandigarh")["letters"][0]["status"] == "cancelled"

    assert entry_of(small, "CH").status == "cancelled"


def test_an_edition_whose_date_moved_cancels_nothing(small: Small) -> None:
    small.edit("edition.toml", "date = 2025-12-11", "date = 2025-12-12")

    document = cancel(small, "CH", code=7)

    assert "has its numbers under 2025-12-11" in document["error"]["message"]
    assert entry_of(small, "CH").status == "issued"
