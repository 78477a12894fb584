"""``patra archive list``, ``show`` and ``export``: the register at a glance and as a workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.cli.archive import app
from generator.fingerprint import sha256
from generator.register import all_entries
from tests.command import patra, patra_json
from tests.issued import (
    archive,
    archive_json,
    change_register,
    copy_of,
    issue_small,
    refused,
    revise,
)
from tests.small import Small, make_small

NUMBER = "SPECIMEN/CEO/Karmayogi/2025/1112-{}"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three letters issued, Haryana's revised, Chandigarh's cancelled; not to be changed."""
    small = issue_small(tmp_path_factory.mktemp("commands"))
    revise(small, "HR")
    change_register(
        small, "UPDATE letter SET status = 'cancelled', reason = '=sent twice' WHERE who = 'CH'"
    )
    change_register(
        small,
        "INSERT INTO letter VALUES ('N/4', 'editions/2025-12', '2025-12-11', 'D-017', 4,"
        " '2025-12-11', 'reserved', '')",
    )
    return small


@pytest.fixture(scope="module")
def sheet(issued: Small, tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """The register as the office opens it."""
    file = tmp_path_factory.mktemp("export") / "register.xlsx"
    archive(issued, "export", file)
    return load_workbook(file).worksheets[0]


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The workbook's rows, by its headers."""
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def test_every_archive_command_has_help_and_stands_in_the_readme(root: Path) -> None:
    names = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    readme = (root / "README.md").read_text("utf-8")

    assert names == ["list", "show", "verify", "restore", "export"]
    for name in names:
        done = patra("archive", name, "--help")
        assert done.returncode == 0
        assert f"Usage: patra archive {name}" in done.stdout
        assert f"`patra archive {name}" in readme


def test_the_list_counts_the_letters_of_each_folder(issued: Small) -> None:
    assert archive_json(issued, "list")["folders"] == [
        {
            "folder": "2025-12-11",
            "edition": "editions/2025-12",
            "date": "2025-12-11",
            "issued": 2,
            "reserved": 1,
            "cancelled": 1,
            "revisions": 1,
        }
    ]


def test_the_list_is_a_table_for_people(issued: Small) -> None:
    done = patra("archive", "list", "--root", issued.root)

    assert done.returncode == 0
    for told in ("2025-12-11", "editions/2025-12", "issued", "reserved", "cancelled"):
        assert told in done.stdout


def test_a_register_without_letters_is_listed_as_that(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    assert archive_json(small, "list") == {"folders": []}
    assert "holds no letters" in archive(small, "list")
    assert small.written() == []


def test_a_folders_letters_are_shown_with_files_and_whole_hashes(issued: Small) -> None:
    document = archive_json(issued, "show", "2025-12-11")

    letters = {letter["who"]: letter for letter in document["letters"]}
    assert list(letters) == ["HR", "GA", "CH", "D-017"]
    assert [letter["number"] for letter in document["letters"]][:2] == [
        NUMBER.format(1),
        NUMBER.format(2),
    ]
    assert letters["GA"]["name"] == {"en": "Goa", "hi": "गोवा"}
    assert (letters["CH"]["status"], letters["CH"]["reason"]) == ("cancelled", "=sent twice")
    assert (letters["D-017"]["status"], letters["D-017"]["revisions"]) == ("reserved", [])
    for revision in (*letters["HR"]["revisions"], *letters["GA"]["revisions"]):
        assert revision["files"]["pdf"]["pages"] > 8
        for file in revision["files"].values():
            assert sha256((issued.dated / file["name"]).read_bytes()) == file["sha256"]
    assert [r["reason"] for r in letters["HR"]["revisions"]] == [None, "A count was corrected"]
    assert [r["date"] for r in letters["HR"]["revisions"]] == ["2025-12-11", "2025-12-12"]


def test_a_folder_is_shown_as_a_table_a_row_a_letter(issued: Small) -> None:
    done = patra("archive", "show", "2025-12-11", "--root", issued.root)

    digest = sha256((issued.dated / "GA-goa.pdf").read_bytes())
    assert done.returncode == 0
    for told in ("Haryana", "HR-haryana.r2.pdf", NUMBER.format(3), "=sent twice", "D-017"):
        assert told in done.stdout
    assert f"{digest[:12]}…" in done.stdout
    assert digest not in done.stdout


def test_each_file_stands_in_one_line_with_its_hash_and_its_letters_number_whole(
    issued: Small, tmp_path: Path
) -> None:
    small = copy_of(issued, tmp_path)
    why = "The count of those onboarded was corrected, as told by the State on the day before"
    change_register(small, "UPDATE revision SET reason = ? WHERE revision = 2", why)
    change_register(small, "UPDATE letter SET reason = ? WHERE who = 'CH'", why)

    lines = patra("archive", "show", "2025-12-11", "--root", small.root).stdout.splitlines()

    for entry in all_entries(small.output):
        assert [line for line in lines if entry.number in line.split()], entry.number
        for revision in entry.revisions:
            for name, digest in revision.hashes.items():
                (line,) = [line for line in lines if name in line.split()]
                assert f"{digest[:12]}…" in line
    (first,) = [line for line in lines if "HR-haryana.r2.docx" in line]
    assert "2, 2025-12-12" in first


@pytest.mark.parametrize("who", ["HR", "हरियाणा", "HARYANA", "06", NUMBER.format(1)])
def test_one_letter_is_shown_by_any_spelling_with_all_that_is_known(
    issued: Small, who: str
) -> None:
    document = archive_json(issued, "show", "2025-12-11", who)
    told = archive(issued, "show", "2025-12-11", who)

    (letter,) = document["letters"]
    assert letter["who"] == "HR"
    assert letter["revisions"][1]["engines"]["weasyprint"]
    assert letter["revisions"][1]["package"] in told
    assert sha256((issued.dated / "HR-haryana.r2.pdf").read_bytes()) in told


def test_the_workbook_has_a_row_a_revision_under_a_frozen_head(
    issued: Small, sheet: Worksheet
) -> None:
    lines = rows(sheet)

    assert [(line["Recipient"], line["Revision"]) for line in lines] == [
        ("HR", 1),
        ("HR", 2),
        ("GA", 1),
        ("CH", 1),
        ("D-017", None),
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:U6"
    assert lines[2]["Number"] == NUMBER.format(2)
    assert lines[2]["SHA-256 of the PDF"] == sha256((issued.dated / "GA-goa.pdf").read_bytes())
    assert (lines[1]["Why revised"], lines[1]["PDF file"]) == (
        "A count was corrected",
        "HR-haryana.r2.pdf",
    )


def test_the_workbooks_dates_are_dates_and_its_hindi_is_hindi(sheet: Worksheet) -> None:
    lines = rows(sheet)

    assert lines[0]["Date of the letter"] == datetime(2025, 12, 11)
    assert lines[1]["Date of the revision"] == datetime(2025, 12, 12)
    assert sheet["B2"].is_date
    assert lines[2]["राज्य/संघ राज्य क्षेत्र"] == "गोवा"


def test_a_text_in_the_workbook_is_never_a_formula(sheet: Worksheet) -> None:
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=sent twice")

    assert cell.data_type == "s"


def test_the_columns_are_as_wide_as_what_stands_in_them(sheet: Worksheet) -> None:
    for column in sheet.iter_cols(min_row=2):
        longest = max(len("" if cell.is_date else str(cell.value or "")) for cell in column)
        assert sheet.column_dimensions[column[0].column_letter].width >= longest


def test_the_workbook_replaces_an_earlier_one(issued: Small, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    file.write_bytes(b"last month's")

    document = archive_json(issued, "export", file)

    assert document == {"output": str(file), "letters": 4, "revisions": 4}
    assert len(rows(load_workbook(file).worksheets[0])) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["register.xlsx"]


def test_the_workbook_is_not_put_among_inputs_or_letters(issued: Small) -> None:
    places = ("editions/2025-12/scores.xlsx", "letter_templates/a.xlsx", "output/2025-12-11/a.xlsx")
    before = issued.written(), sha256((issued.edition / "scores.xlsx").read_bytes())

    for place in places:
        refusal = refused(issued, "export", issued.root / place, code=2)
        assert "where only what belongs there may stand" in refusal.message

    assert before == (issued.written(), sha256((issued.edition / "scores.xlsx").read_bytes()))


def test_the_workbook_is_an_xlsx_that_can_be_written(issued: Small, tmp_path: Path) -> None:
    other = refused(issued, "export", tmp_path / "a.ods", code=2)
    lost = refused(issued, "export", tmp_path / "no" / "a.xlsx", code=7)

    assert "no workbook's name" in other.message
    assert "cannot be written" in lost.message


def test_an_unknown_folder_or_recipient_is_answered_with_the_nearest(issued: Small) -> None:
    folder = patra_json("archive", "show", "2025-12-10", "--root", issued.root, code=2)
    who = refused(issued, "show", "2025-12-11", "Gowa", code=2)
    number = refused(issued, "show", "2025-12-11", "2025/1112-3", code=2)

    assert "nearest: 2025-12-11" in folder["error"]["message"]
    assert "nearest: Goa (GA)" in who.message
    assert f"nearest: {NUMBER.format(3)}" in number.message
