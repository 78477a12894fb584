"""``patra archive restore``: the exact files that were issued, whatever became of the rest."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from generator.errors import ArchiveError
from generator.fingerprint import sha256
from generator.paths import Paths
from generator.run.archived import restore
from generator.store import Store
from tests.command import patra, patra_json
from tests.issued import (
    archive,
    archive_json,
    change_register,
    copy_of,
    flip_byte,
    issue_small,
    refused,
    revise,
)
from tests.small import Small


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three letters with a logo issued, Haryana's revised since; not to be changed."""
    small = issue_small(tmp_path_factory.mktemp("restore"), logo=True)
    revise(small, "HR")
    return small


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy that a test may damage."""
    return copy_of(issued, tmp_path)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder."""
    return {path.name: sha256(path.read_bytes()) for path in sorted(folder.iterdir())}


def as_issued(issued: Small, stem: str) -> dict[str, str]:
    """SHA-256 of a letter's files in the dated folder."""
    return {name: d for name, d in hashes(issued.dated).items() if name.partition(".")[0] == stem}


def test_the_archived_files_are_handed_out(issued: Small, tmp_path: Path) -> None:
    document = archive_json(issued, "restore", "2025-12-11", "GA", "--to", tmp_path / "new" / "to")

    assert document["from"] == "archive"
    assert (document["number"], document["status"]) == (
        "SPECIMEN/CEO/Karmayogi/2025/1112-2",
        "issued",
    )
    assert hashes(tmp_path / "new" / "to") == as_issued(issued, "GA-goa")
    for file in document["files"].values():
        assert sha256(Path(file["path"]).read_bytes()) == file["sha256"]


def test_restored_files_are_for_owner_and_group_alone(issued: Small, tmp_path: Path) -> None:
    archive(issued, "restore", "2025-12-11", "GA", "--to", tmp_path / "to")

    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "to").iterdir()]
    assert modes == [0o640, 0o640]
    assert (tmp_path / "to").stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("who", ["ga", "Goa", "गोवा", "30", "SPECIMEN/CEO/Karmayogi/2025/1112-2"])
def test_a_recipient_is_known_by_any_spelling(issued: Small, tmp_path: Path, who: str) -> None:
    document = archive_json(issued, "restore", "output/2025-12-11/", who, "--to", tmp_path / "to")

    assert document["who"] == "GA"


def test_a_lost_letter_is_made_again_with_edition_logo_kind_and_fonts_gone(
    issued: Small, small: Small, tmp_path: Path
) -> None:
    shutil.rmtree(small.edition)
    shutil.rmtree(small.dated)
    (small.kind / "page.css").write_text("p { color: red }")
    (small.kind / "letter.docx").unlink()
    (small.root / "fonts").unlink()

    done = patra(
        "archive", "restore", "2025-12-11", "Goa", "--to", tmp_path / "to", "--root", small.root
    )

    assert done.returncode == 0, done.stderr
    assert "made again from the store" in done.stdout
    assert hashes(tmp_path / "to") == as_issued(issued, "GA-goa")


def test_a_damaged_file_is_made_again_and_the_damaged_one_left(
    issued: Small, small: Small, tmp_path: Path
) -> None:
    flip_byte(small.dated / "GA-goa.pdf")
    damaged = hashes(small.dated)

    document = archive_json(small, "restore", "2025-12-11", "GA", "--to", tmp_path / "to")

    assert document["from"] == "store"
    assert hashes(tmp_path / "to") == as_issued(issued, "GA-goa")
    assert hashes(small.dated) == damaged


def test_the_latest_revision_is_restored_or_the_one_that_is_named(
    small: Small, tmp_path: Path
) -> None:
    shutil.rmtree(small.dated)
    where = ("restore", "2025-12-11", "HR", "--to", tmp_path / "to")

    latest = archive_json(small, *where)
    first = archive_json(small, *where, "--revision", 1)
    told = archive(small, *where, "--revision", 1)

    assert (latest["revision"], first["revision"]) == (2, 1)
    assert sorted(hashes(tmp_path / "to")) == [
        "HR-haryana.docx",
        "HR-haryana.pdf",
        "HR-haryana.r2.docx",
        "HR-haryana.r2.pdf",
    ]
    assert "Revision 2 is in force since." in told


def test_a_revision_that_is_none_is_refused(issued: Small, tmp_path: Path) -> None:
    where = ("restore", "2025-12-11", "HR", "--to", tmp_path / "to", "--revision", 3)
    refusal = refused(issued, *where, code=2)

    assert "has no revision 3" in refusal.message
    assert refusal.remedy == "There is: 1, 2."


def test_other_bytes_are_refused_with_both_versions_and_nothing_written(
    small: Small, tmp_path: Path
) -> None:
    """As from another version of an engine: the recorded hash cannot be met."""
    change_register(
        small,
        "UPDATE revision SET pdf_sha256 = ?, engines = ? WHERE stem = 'GA-goa'",
        "0" * 64,
        '{"weasyprint": "69.3"}',
    )

    document = patra_json(
        "archive",
        "restore",
        "2025-12-11",
        "GA",
        "--to",
        tmp_path / "to",
        "--root",
        small.root,
        code=7,
    )

    message = document["error"]["message"]
    assert "gives other bytes" in message
    assert "weasyprint 69.3" in message.partition("this is")[0]
    assert f"weasyprint {version('weasyprint')}" in message.partition("this is")[2]
    assert not (tmp_path / "to").exists()


def test_a_letter_that_this_version_cannot_make_is_refused_with_both_versions(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_anything: object) -> None:
        raise TypeError("Version() got an unexpected keyword argument")

    monkeypatch.setattr(restore, "letter_from_json", cannot)
    shutil.rmtree(small.dated)

    with pytest.raises(ArchiveError, match="cannot be read by this program"):
        restore.restore_letter(Paths.at(small.root), "2025-12-11", "GA", tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_a_register_that_points_to_no_list_of_contents_is_refused(
    small: Small, tmp_path: Path
) -> None:
    shutil.rmtree(small.dated)
    digest = Store(small.output).keep(b"no list")
    change_register(small, "UPDATE revision SET package = ? WHERE stem = 'GA-goa'", digest)

    refusal = refused(small, "restore", "2025-12-11", "GA", "--to", tmp_path / "to", code=7)

    assert "is no list of what a letter was made of" in refusal.message


@pytest.mark.parametrize("words", [("show",), ("restore", "GA", "--to", "to")])
def test_a_folder_whose_register_is_lost_is_refused_as_that(
    small: Small, words: tuple[str, ...]
) -> None:
    (small.output / "register.sqlite3").unlink()

    refusal = refused(small, words[0], "2025-12-11", *words[1:], code=7)

    assert "the register register.sqlite3 has no letter of it" in refusal.message


def test_a_content_missing_in_the_store_is_refused(small: Small, tmp_path: Path) -> None:
    shutil.rmtree(small.dated)
    shutil.rmtree(small.output / "store")

    refusal = refused(small, "restore", "2025-12-11", "GA", "--to", tmp_path / "to", code=7)

    assert "The store does not hold" in refusal.message
    assert not (tmp_path / "to").exists()


def test_a_different_file_of_the_name_is_never_overwritten(issued: Small, tmp_path: Path) -> None:
    (tmp_path / "GA-goa.docx").write_bytes(b"a note of mine")

    document = patra_json(
        "archive", "restore", "2025-12-11", "GA", "--to", tmp_path, "--root", issued.root, code=7
    )

    assert "GA-goa.docx is there with other content" in document["error"]["message"]
    assert (tmp_path / "GA-goa.docx").read_bytes() == b"a note of mine"
    assert [path.name for path in tmp_path.iterdir()] == ["GA-goa.docx"]


def test_restoring_twice_changes_nothing(issued: Small, tmp_path: Path) -> None:
    for _time in range(2):
        archive(issued, "restore", "2025-12-11", "GA", "--to", tmp_path / "to")

    assert hashes(tmp_path / "to") == as_issued(issued, "GA-goa")


def test_a_cancelled_letter_is_restored_and_told_to_be_cancelled(
    small: Small, tmp_path: Path
) -> None:
    change_register(
        small, "UPDATE letter SET status = 'cancelled', reason = 'sent twice' WHERE who = 'GA'"
    )

    told = archive(small, "restore", "2025-12-11", "GA", "--to", tmp_path / "to")

    assert "This letter is cancelled: sent twice" in told
    assert len(hashes(tmp_path / "to")) == 2


def test_a_letter_that_was_never_issued_is_refused(small: Small, tmp_path: Path) -> None:
    change_register(small, "DELETE FROM revision WHERE stem = 'GA-goa'")
    change_register(small, "UPDATE letter SET status = 'reserved' WHERE who = 'GA'")

    refusal = refused(small, "restore", "2025-12-11", "GA", "--to", tmp_path / "to", code=7)

    assert "is reserved: it was never issued" in refusal.message


@pytest.mark.parametrize("place", ["editions/2025-12", "letter_templates", "output/store"])
def test_letters_are_not_put_among_inputs_or_into_the_store(small: Small, place: str) -> None:
    where = ("restore", "2025-12-11", "GA", "--to", small.root / place)
    refusal = refused(small, *where, code=2)

    assert "where only what belongs there may stand" in refusal.message
    assert not list((small.root / place).glob("GA-*"))


def test_a_file_in_the_targets_way_is_refused(issued: Small, tmp_path: Path) -> None:
    (tmp_path / "to").write_text("in the way")

    refusal = refused(issued, "restore", "2025-12-11", "GA", "--to", tmp_path / "to", code=7)

    assert "cannot be written" in refusal.message


def test_an_unknown_folder_or_recipient_is_answered_with_the_nearest(
    issued: Small, tmp_path: Path
) -> None:
    to = ("--to", tmp_path / "to")
    folder = refused(issued, "restore", "2025-12-1", "GA", *to, code=2)
    typed = refused(issued, "restore", "2025-12-11", "Harayna", *to, code=2)
    other = refused(issued, "restore", "2025-12-11", "Punjab", *to, code=2)

    assert "nearest: 2025-12-11" in folder.message
    assert "nearest: Haryana (HR)" in typed.message
    assert '"Punjab" has no letter in 2025-12-11' in other.message
