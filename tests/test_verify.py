"""``patra archive verify``: every kind of damage gives its own difference, and no other."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from generator.fingerprint import sha256
from generator.register import all_entries, recorded_sums
from generator.store import Package, Store
from tests.command import patra, patra_json
from tests.issued import (
    archive,
    archive_json,
    change_register,
    copy_of,
    exchange,
    flip_byte,
    forge,
    forge_listing,
    issue_small,
    refused,
)
from tests.small import Small, make_small

BOXED = "<w:sdt><w:sdtContent><w:p><w:r><w:t>Forged.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
"""A paragraph as it stands in a form's field."""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three letters issued; not to be changed."""
    return issue_small(tmp_path_factory.mktemp("verify"))


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy that a test may damage."""
    return copy_of(issued, tmp_path)


def verify(small: Small, *arguments: object) -> list[dict[str, str]]:
    """The differences; the exit code must be theirs."""
    document = archive_json(small, "verify", *arguments, code=7)
    differences: list[dict[str, str]] = document["differences"]
    return differences


def only(small: Small) -> dict[str, str]:
    """The one difference there must be."""
    (difference,) = verify(small)
    assert all(difference[key] for key in ("folder", "file", "found", "expected", "remedy"))
    return difference


def names(differences: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(difference["folder"], difference["file"]) for difference in differences]


def package_of(small: Small, who: str) -> str:
    """The SHA-256 of the list of what a letter was made of."""
    return next(e.revisions[0].package for e in all_entries(small.output) if e.who == who)


def package(small: Small, who: str) -> Package:
    """What a letter was made of."""
    return Store(small.output).fetch_package(package_of(small, who))


def test_an_archive_as_issued_has_no_difference(issued: Small) -> None:
    document = patra_json("archive", "verify", "--root", issued.root)

    assert (document["folders"], document["letters"], document["files"]) == (1, 3, 6)
    assert document["differences"] == []
    assert "1 folder, 3 letters, 6 files; differences: none" in archive(issued, "verify")


def test_a_changed_byte_in_a_pdf_is_told(small: Small) -> None:
    path = small.dated / "GA-goa.pdf"
    before = sha256(path.read_bytes())
    flip_byte(path)

    difference = only(small)

    assert (difference["folder"], difference["file"]) == ("2025-12-11", "GA-goa.pdf")
    assert sha256(path.read_bytes()) in difference["found"]
    assert before in difference["expected"]
    assert "patra archive restore 2025-12-11 GA" in difference["remedy"]


def test_two_exchanged_pdfs_are_told_as_exchanged(small: Small) -> None:
    exchange(small.dated / "GA-goa.pdf", small.dated / "HR-haryana.pdf")

    differences = verify(small)

    assert {d["file"]: d["found"] for d in differences} == {
        "GA-goa.pdf": "the content of HR-haryana.pdf: the two were exchanged",
        "HR-haryana.pdf": "the content of GA-goa.pdf: the two were exchanged",
    }


def test_another_letter_copied_over_a_file_is_told(small: Small) -> None:
    shutil.copy(small.dated / "HR-haryana.docx", small.dated / "GA-goa.docx")

    difference = only(small)

    assert difference["file"] == "GA-goa.docx"
    assert difference["found"] == "the content of HR-haryana.docx"


def test_a_missing_file_is_told_and_the_remedy_puts_it_back(small: Small) -> None:
    (small.dated / "CH-chandigarh.docx").unlink()

    difference = only(small)
    remedied = patra(*difference["remedy"].split()[1:], cwd=small.root)

    assert (difference["file"], difference["found"]) == ("CH-chandigarh.docx", "no such file")
    assert remedied.returncode == 0, remedied.stderr
    assert archive_json(small, "verify")["differences"] == []


def test_a_file_of_no_letter_is_told(small: Small) -> None:
    (small.dated / "PB-punjab.pdf").write_bytes(b"another")
    (small.dated / "sub").mkdir()
    shutil.copy(small.dated / "GA-goa.pdf", small.dated / "sub" / "Goa.pdf")

    differences = verify(small)

    assert [d["file"] for d in differences] == ["PB-punjab.pdf", "sub/Goa.pdf"]
    assert "a file of no letter in the register" in differences[0]["found"]
    assert "a copy of GA-goa.pdf" in differences[1]["found"]


def test_an_empty_folder_is_told(small: Small) -> None:
    (small.dated / "for Monday").mkdir()

    difference = only(small)

    assert (difference["file"], difference["found"]) == ("for Monday", "an empty folder")


def test_a_link_in_a_files_place_is_told(small: Small) -> None:
    letter = small.dated / "GA-goa.pdf"
    letter.rename(small.root / "elsewhere.pdf")
    letter.symlink_to(small.root / "elsewhere.pdf")

    difference = only(small)

    assert (difference["file"], difference["found"]) == ("GA-goa.pdf", "a link to somewhere else")


@pytest.mark.parametrize(
    ("change", "found", "expected"),
    [
        ("letter SET date = '2025-12-10' WHERE who = 'GA'", "date 2025-12-10", "date 2025-12-11"),
        ("letter SET who = 'PB' WHERE who = 'GA'", "who PB", "who GA"),
        ("letter SET serial = 9 WHERE who = 'GA'", "serial 9", "serial 2"),
        ("letter SET reason = 'so' WHERE who = 'GA'", "reason so", "reason empty"),
        ("revision SET pages = 9 WHERE stem = 'GA-goa'", "revision 1, pages 9", "pages 10"),
        ("revision SET program = '9' WHERE stem = 'GA-goa'", "program 9", "program 0"),
        ("revision SET date = '2025-12-10' WHERE stem = 'GA-goa'", "date 2025-12-10", "12-11"),
        ("revision SET fingerprint = '' WHERE stem = 'GA-goa'", "fingerprint empty", "fingerprint"),
        ("revision SET package = '' WHERE stem = 'GA-goa'", "package empty", "package "),
        ("revision SET revision = 2 WHERE stem = 'GA-goa'", "1 is not there", "revision 1 of"),
    ],
)
def test_a_line_changed_in_the_register_is_told_by_the_manifest(
    small: Small, change: str, found: str, expected: str
) -> None:
    change_register(small, f"UPDATE {change}")

    difference = only(small)

    assert difference["file"] == "register.sqlite3"
    assert difference["found"].endswith(found)
    assert expected in difference["expected"]


def test_a_line_forged_in_register_and_manifest_is_told_by_the_letter(small: Small) -> None:
    change_register(small, "UPDATE revision SET date = '2025-12-10' WHERE stem = 'GA-goa'")
    manifest = json.loads((small.dated / "manifest.json").read_text("utf-8"))
    manifest["letters"][1]["revisions"][0]["date"] = "2025-12-10"
    forge_listing(small, "manifest.json", json.dumps(manifest))

    difference = only(small)

    assert difference["file"] == "register.sqlite3"
    assert difference["found"].endswith("1112-2: date 2025-12-10")
    assert difference["expected"] == "the letter in the store has date 2025-12-11"


def test_a_changed_manifest_is_told(small: Small) -> None:
    path = small.dated / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"status": "issued"', '"status": "x"', 1))

    difference = only(small)

    assert difference["file"] == "manifest.json"
    assert sha256(path.read_bytes()) in difference["found"]
    assert "1112-1 is x, in the register issued" in difference["found"]
    assert recorded_sums(small.output, "2025-12-11")["manifest.json"] in difference["expected"]


def test_changed_sums_are_told_with_the_line(small: Small) -> None:
    path = small.dated / "SHA256SUMS"
    digest = sha256((small.dated / "GA-goa.pdf").read_bytes())
    path.write_text(path.read_text().replace(digest, "0" * 64))

    difference = only(small)

    assert difference["file"] == "SHA256SUMS"
    assert f"GA-goa.pdf has SHA-256 {'0' * 64}" in difference["found"]


def test_a_changed_index_is_told(small: Small) -> None:
    with (small.dated / "index.html").open("a", encoding="utf-8") as page:
        page.write("<!-- a note -->")

    assert only(small)["file"] == "index.html"


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", "index.html"])
def test_missing_manifest_sums_and_index_are_told(small: Small, name: str) -> None:
    (small.dated / name).unlink()

    assert only(small)["file"] == name


def test_listings_that_the_register_went_beyond_are_told(small: Small) -> None:
    """As a run leaves them that was cut off before it wrote them anew."""
    change_register(small, "UPDATE letter SET status = 'cancelled' WHERE who = 'GA'")

    difference = only(small)

    assert difference["file"] == "manifest.json"
    assert "1112-2 is issued, in the register cancelled" in difference["found"]


def test_a_line_removed_from_the_register_is_told(small: Small) -> None:
    change_register(small, "DELETE FROM letter WHERE who = 'HR'")

    differences = verify(small)

    assert [d["file"] for d in differences] == [
        "HR-haryana.docx",
        "HR-haryana.pdf",
        "manifest.json",
    ]
    assert "a file of no letter in the register" in differences[0]["found"]
    assert "1112-1 is not in the register" in differences[2]["found"]


def test_a_hash_changed_in_the_register_is_told_once(small: Small) -> None:
    digest = "0" * 64
    change_register(small, "UPDATE revision SET pdf_sha256 = ? WHERE stem = 'GA-goa'", digest)

    difference = only(small)

    assert (difference["file"], difference["expected"]) == ("GA-goa.pdf", f"SHA-256 {digest}")


def test_an_issued_letter_without_revision_is_told(small: Small) -> None:
    change_register(small, "DELETE FROM revision WHERE stem = 'GA-goa'")

    differences = verify(small)

    assert ("2025-12-11", "register.sqlite3") in names(differences)
    assert ("2025-12-11", "GA-goa.pdf") in names(differences)


def test_a_file_left_by_a_run_that_was_cut_off_is_told_as_that(small: Small) -> None:
    change_register(small, "DELETE FROM revision WHERE stem = 'GA-goa'")
    change_register(small, "UPDATE letter SET status = 'reserved' WHERE who = 'GA'")

    differences = {difference["file"]: difference for difference in verify(small)}

    assert set(differences) == {"GA-goa.docx", "GA-goa.pdf", "manifest.json"}
    assert "a file of GA, not recorded" in differences["GA-goa.pdf"]["found"]
    assert "patra issue 2025-12 GA" in differences["GA-goa.pdf"]["remedy"]


def test_a_content_missing_in_the_store_is_told_with_whose_it_is(small: Small) -> None:
    digest = package(small, "GA").letter
    (small.output / "store" / digest).unlink()

    difference = only(small)

    assert (difference["folder"], difference["file"]) == ("store", digest)
    assert difference["found"] == "no such file"
    assert difference["expected"] == "the letter's content of GA revision 1 of 2025-12-11"


def test_a_content_changed_in_the_store_is_told_once_for_all_letters(small: Small) -> None:
    digest = package(small, "GA").templates["page.css"]
    flip_byte(small.output / "store" / digest)

    difference = only(small)

    assert (difference["file"], difference["found"]) == (digest, "other content")
    assert difference["expected"].count("letter_templates/do_letter/page.css of") == 3


def test_a_package_missing_in_the_store_is_told(small: Small) -> None:
    digest = package_of(small, "HR")
    (small.output / "store" / digest).unlink()

    assert only(small)["file"] == digest


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_forged_file_with_forged_hashes_is_told_by_its_words(small: Small, ending: str) -> None:
    """Goa's file replaced by Haryana's, with register, manifest and sums made to agree."""
    forge(small, f"GA-goa.{ending}", (small.dated / f"HR-haryana.{ending}").read_bytes())

    difference = only(small)

    assert difference["file"] == f"GA-goa.{ending}"
    assert "is the one that was recorded, but not the letter" in difference["remedy"]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_file_that_cannot_be_read_is_told(small: Small, ending: str) -> None:
    forge(small, f"GA-goa.{ending}", b"no such thing")

    assert "that can be read" in only(small)["found"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", "Yours sincerely", "Yours faithfully"),
        ("word/document.xml", "<w:body>", f"<w:body>{BOXED}"),
        ("word/footer4default.xml", "1112-2", "1112-29"),
        ("word/header1default.xml", "SPECIMEN", "Original"),
    ],
)
def test_words_changed_anywhere_in_a_word_file_are_told(
    small: Small, part: str, old: str, new: str
) -> None:
    forge(small, "GA-goa.docx", in_part(small.dated / "GA-goa.docx", part, old, new))

    difference = only(small)

    assert difference["file"] == "GA-goa.docx"
    assert "is the one that was recorded, but not the letter" in difference["remedy"]


def in_part(path: Path, part: str, old: str, new: str) -> bytes:
    """A Word file with a text in one of its parts replaced; the text must be there."""
    with zipfile.ZipFile(path) as word:
        parts = {name: word.read(name) for name in word.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(changed := io.BytesIO(), "w") as word:
        for name, data in parts.items():
            word.writestr(name, data)
    return changed.getvalue()


def test_a_package_that_is_none_is_told(small: Small) -> None:
    digest = Store(small.output).keep(b"no list")
    manifest = (small.dated / "manifest.json").read_text("utf-8")
    forge_listing(small, "manifest.json", manifest.replace(package_of(small, "GA"), digest))
    change_register(small, "UPDATE revision SET package = ? WHERE stem = 'GA-goa'", digest)

    difference = only(small)

    assert (difference["folder"], difference["file"]) == ("store", digest)
    assert "is no list of what a letter was made of" in difference["found"]


def test_a_dated_folder_that_is_gone_is_one_difference(small: Small) -> None:
    shutil.rmtree(small.dated)

    (difference,) = verify(small)

    assert (difference["folder"], difference["file"]) == ("2025-12-11", "")
    assert difference["expected"] == "6 files of 3 letters"


def test_a_dated_folder_that_the_register_does_not_know_is_told(small: Small) -> None:
    shutil.copytree(small.dated, small.output / "2025-11-11")

    assert names(verify(small)) == [("2025-11-11", "")]
    assert names(verify(small, "2025-11-11")) == [("2025-11-11", "")]
    assert archive_json(small, "verify", "2025-12-11")["differences"] == []


def test_folders_without_their_register_are_differences(small: Small) -> None:
    (small.output / "register.sqlite3").unlink()

    assert names(verify(small)) == [("2025-12-11", "")]


def test_what_a_run_left_behind_is_a_note_and_no_difference(small: Small) -> None:
    (small.output / ".staging-elsewhere-1-abc").mkdir()

    document = archive_json(small, "verify")

    assert document["differences"] == []
    assert ".staging-elsewhere-1-abc" in document["notes"][0]


def test_all_differences_are_told_at_once_each_in_its_place(small: Small) -> None:
    flip_byte(small.dated / "GA-goa.pdf")
    (small.dated / "HR-haryana.docx").unlink()
    (small.dated / "note.txt").write_text("kept here by mistake")
    (small.dated / "SHA256SUMS").unlink()

    done = patra("archive", "verify", "--root", small.root)

    assert [d["file"] for d in verify(small)] == [
        "HR-haryana.docx",
        "GA-goa.pdf",
        "note.txt",
        "SHA256SUMS",
    ]
    assert done.returncode == 7
    for told in ("What stands there", "Expected", "To do", "GA-goa.pdf", "differences: 4"):
        assert told in done.stdout


def test_where_nothing_was_issued_nothing_is_proved(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    assert "Nothing was looked at" in refused(small, "verify", code=2).message
    assert small.written() == []


def test_an_unknown_folder_is_answered_with_the_nearest(issued: Small) -> None:
    assert "nearest: 2025-12-11" in refused(issued, "verify", "2025-12-12", code=2).message


def test_a_broken_register_is_a_refusal(small: Small) -> None:
    (small.output / "register.sqlite3").write_bytes(b"no register at all, but long enough" * 40)

    document = patra_json("archive", "verify", "--root", small.root, code=7)
    refusals = [refused(small, *c, code=7) for c in (("list",), ("show", "2025-12-11"))]

    for message in (document["error"]["message"], *(error.message for error in refusals)):
        assert "register.sqlite3 cannot be used" in message


def test_verify_writes_nothing(issued: Small) -> None:
    before = {name: (issued.output / name).stat().st_mtime_ns for name in issued.written()}

    archive(issued, "verify")

    assert before == {n: (issued.output / n).stat().st_mtime_ns for n in issued.written()}
    assert json.loads((issued.dated / "manifest.json").read_text("utf-8"))["letters"]
