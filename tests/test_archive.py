"""The archive: files whole or not at all, never overwritten; fingerprints and sums."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive import Archive, file_stem, write_draft
from generator.errors import ArchiveError, InputError
from generator.files import write_pieces
from generator.fingerprint import fingerprint_letter, hash_folder, sha256
from generator.store import Store
from tests.editions_made import make_edition, recipient
from tests.letters import sample_letter

FILES = {"HR-haryana.docx": b"word", "HR-haryana.pdf": b"pdf"}


def test_a_states_files_are_named_by_id_and_name() -> None:
    assert file_stem(recipient("HR")) == "HR-haryana"
    assert file_stem(recipient("DH")) == "DH-dnh-dd"
    assert file_stem(replace(recipient("HR"), id="D-017", state=None)) == "D-017"


def test_files_appear_whole_with_their_hashes(tmp_path: Path) -> None:
    archive = Archive(tmp_path, make_edition())

    hashes = archive.place_letter(FILES)

    assert (tmp_path / "2025-12-11" / "HR-haryana.pdf").read_bytes() == b"pdf"
    assert hashes["HR-haryana.docx"] == sha256(b"word")


def test_a_file_that_the_disk_gives_back_otherwise_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", fsync_onto_a_bad_disk)

    with pytest.raises(ArchiveError, match="The disk gives back other bytes"):
        Archive(tmp_path, make_edition()).place_letter(FILES)

    assert list(tmp_path.iterdir()) == []


def test_a_page_that_the_disk_gives_back_otherwise_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", fsync_onto_a_bad_disk)

    with pytest.raises(OSError, match="The disk gives back other bytes"):
        write_pieces(tmp_path / "index.html", (b"<html>", b"</html>"))


def fsync_onto_a_bad_disk(descriptor: int) -> None:
    """Changes the first byte of a file."""
    if os.fstat(descriptor).st_size:
        os.pwrite(descriptor, b"?", 0)


def link(path: Path) -> None:
    """A link to a file with the very content that is to be written."""
    target = path.with_name("elsewhere")
    target.write_bytes(FILES[path.name])
    path.symlink_to(target)


@pytest.mark.parametrize(
    "put", [Path.mkdir, os.mkfifo, link, lambda path: path.symlink_to("/nowhere")]
)
def test_what_is_no_file_is_neither_taken_for_one_nor_replaced(
    tmp_path: Path, put: Callable[[Path], object]
) -> None:
    archive = Archive(tmp_path, make_edition())
    archive.folder.mkdir()
    path = archive.folder / "HR-haryana.pdf"
    put(path)
    before = path.lstat()

    with pytest.raises(ArchiveError, match=r"2025-12-11/HR-haryana\.pdf is a folder or a link"):
        archive.place_letter(FILES)

    assert path.lstat() == before
    assert not (archive.folder / "HR-haryana.docx").exists()


def test_manifest_index_and_sums_stay_as_they_were_where_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path, make_edition())
    archive.write_manifest({"edition": "made"}, (), {}, {"index.html": [b"<ht", b"ml>"]})
    before = {path.name: path.read_bytes() for path in archive.folder.iterdir()}

    def write_but_the_last(path: Path, data: bytes) -> None:
        if path.name == "SHA256SUMS":
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(data)

    monkeypatch.setattr("generator.archive.write_whole", write_but_the_last)
    with pytest.raises(ArchiveError, match="No space left"):
        archive.write_manifest({"edition": "other"}, (), {}, {"index.html": [b"<body>"]})

    assert {path.name: path.read_bytes() for path in archive.folder.iterdir()} == before


def test_nothing_is_left_in_staging(tmp_path: Path) -> None:
    Archive(tmp_path, make_edition()).place_letter(FILES)

    assert [path.name for path in tmp_path.iterdir()] == ["2025-12-11"]


def test_a_letter_is_never_overwritten(tmp_path: Path) -> None:
    archive = Archive(tmp_path, make_edition())
    archive.place_letter(FILES)

    with pytest.raises(ArchiveError, match=r"HR-haryana\.pdf is on disk with other content"):
        archive.place_letter({**FILES, "HR-haryana.pdf": b"other"})

    assert (archive.folder / "HR-haryana.pdf").read_bytes() == b"pdf"


def test_the_same_bytes_again_are_accepted(tmp_path: Path) -> None:
    archive = Archive(tmp_path, make_edition())

    assert archive.place_letter(FILES) == archive.place_letter(FILES)


def test_a_file_in_the_folders_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2025-12-11").write_text("in the way")

    with pytest.raises(ArchiveError, match="2025-12-11 cannot be written"):
        Archive(tmp_path, make_edition()).place_letter(FILES)

    assert [path.name for path in tmp_path.iterdir()] == ["2025-12-11"]


def test_a_series_has_a_folder_of_its_own(tmp_path: Path) -> None:
    archive = Archive(tmp_path, make_edition(series="published"))

    assert archive.folder.name == "2025-12-11-published"


def test_the_sums_pass_sha256sum(tmp_path: Path) -> None:
    archive = Archive(tmp_path, make_edition())
    hashes = archive.place_letter(FILES)

    archive.write_manifest({"edition": "made"}, (), hashes, {"index.html": [b"<ht", b"ml>"]})

    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=archive.folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"OK") == 4
    assert json.loads((archive.folder / "manifest.json").read_text())["edition"] == "made"


@pytest.mark.parametrize("letters", [[{"n": 1}], [{"who": "हरि\n"}, {"n": [2, {}]}, {}]])
def test_a_manifest_that_is_written_piece_by_piece_is_json(
    tmp_path: Path, letters: list[dict[str, object]]
) -> None:
    archive = Archive(tmp_path, make_edition())
    manifest = {"edition": "made", "letters": [], "files": {"letters": [1]}}

    archive.write_manifest(manifest, letters, {}, {})

    whole = json.dumps({**manifest, "letters": letters}, ensure_ascii=False, indent=2)
    assert (archive.folder / "manifest.json").read_text("utf-8") == whole + "\n"


def test_a_draft_replaces_an_earlier_draft(tmp_path: Path) -> None:
    write_draft(tmp_path, make_edition(), {"HR.pdf": b"1"})
    (path,) = write_draft(tmp_path, make_edition(), {"HR.pdf": b"2"})

    assert path == tmp_path / "drafts" / "made" / "HR.pdf"
    assert path.read_bytes() == b"2"


def test_a_fingerprint_follows_content_and_materials_alone() -> None:
    letter = sample_letter()
    first = fingerprint_letter(letter, {"page.css": "1"})

    assert fingerprint_letter(sample_letter(), {"page.css": "1"}) == first
    assert fingerprint_letter(replace(letter, number="N/2"), {"page.css": "1"}) != first
    assert fingerprint_letter(sample_letter("en"), {"page.css": "1"}) != first
    assert fingerprint_letter(letter, {"page.css": "2"}) != first


def test_a_logos_bytes_count_and_not_where_it_lies(tmp_path: Path) -> None:
    def with_logo(folder: str, content: str) -> str:
        path = tmp_path / folder / "logo.svg"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
        letter = sample_letter("en")
        head = replace(letter.versions[0].letterhead, logo=path)
        version = replace(letter.versions[0], letterhead=head)
        return fingerprint_letter(replace(letter, versions=(version,)), {})

    assert with_logo("a", "<svg/>") == with_logo("b", "<svg/>")
    assert with_logo("a", "<svg/>") != with_logo("b", "<svg></svg>")


def test_hidden_files_are_no_part_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", ".hidden", "~$letter.docx"):
        (tmp_path / name).write_text(name)

    assert list(hash_folder(tmp_path)) == ["a.txt", "sub/b.txt"]


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("later")])
def test_a_file_changed_since_the_run_began_is_not_kept_as_what_a_letter_was_made_of(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "scores.csv").write_text("first")
    listed = hash_folder(edition)
    change(edition / "scores.csv")

    with pytest.raises(ArchiveError, match=r"edition/scores\.csv was changed while"):
        Store(tmp_path / "output").keep_folder(edition, listed)


def test_a_folder_with_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").symlink_to("/proc/self/mem")  # no one may read its beginning

    with pytest.raises(InputError, match=r"scores\.csv cannot be read"):
        hash_folder(tmp_path)
