"""Letters name people: who may read what is written, what the log says, what an id may be."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import failures
from generator.cli.failures import log_bug
from generator.errors import TracedError, trace_of
from tests.command import ROOT, patra
from tests.small import RECIPIENTS, Small, make_small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """One recipient's letter."""
    small = make_small(tmp_path / "root")
    small.write_recipients(RECIPIENTS[0])
    return small


def run(small: Small, umask: int, *words: object) -> None:
    """Runs a command of ``patra`` under a mask."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, words), "--root", str(small.root)],
        cwd=ROOT,
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def modes(folder: Path) -> set[tuple[str, int]]:
    """What there is below a folder, itself among it: kinds and modes."""
    paths = [folder, *folder.rglob("*")]
    assert len(paths) > 5
    return {
        ("folder" if path.is_dir() else "file", stat.S_IMODE(path.stat().st_mode)) for path in paths
    }


@pytest.mark.parametrize(
    ("umask", "file", "folder"), [(0o000, 0o640, 0o750), (0o077, 0o600, 0o700)]
)
def test_all_that_is_written_is_for_owner_and_group_alone_or_less(
    small: Small, umask: int, file: int, folder: int
) -> None:
    handed = small.root / "handed" / "out"

    run(small, umask, "issue", small.edition, "--jobs", 1)
    run(small, umask, "draft", small.edition, "--jobs", 1)
    run(small, umask, "archive", "restore", "2025-12-11", "HR", "--to", handed)
    run(small, umask, "archive", "export", handed / "register.xlsx")
    run(small, umask, "score", small.edition, "-o", handed / "scores.xlsx")

    assert (small.output / "drafts").is_dir()
    assert (small.output / "store").is_dir()
    assert modes(small.output) == {("file", file), ("folder", folder)}
    assert modes(handed.parent) == {("file", file), ("folder", folder)}


def test_an_output_deep_down_is_for_owner_and_group_alone(small: Small, tmp_path: Path) -> None:
    run(small, 0, "issue", small.edition, "--jobs", 1, "--output", tmp_path / "a" / "b" / "c")

    assert modes(tmp_path / "a") == {("file", 0o640), ("folder", 0o750)}


# --- the log ------------------------------------------------------------------------------------


def raised_with(value: str) -> Exception:
    """An error whose message holds a value, and one behind it that does too."""
    numbers: dict[str, int] = {}
    error = ValueError(f"{value} <one@state.example>")
    try:
        numbers[value] += 1
    except KeyError as behind:
        error.__cause__ = behind
    return error


def test_the_log_is_its_owners_alone_and_names_no_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "patra.log"
    log.write_text("earlier\n")
    log.chmod(0o666)
    monkeypatch.setattr(failures, "LOG", log)

    assert log_bug(raised_with("Namuna One"))

    text = log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert text.startswith("earlier\n")
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert f"{Path(__file__).name}:" in text, "where it arose"
    assert "Namuna" not in text
    assert "@" not in text


def test_the_log_is_not_written_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "somebody's"
    target.write_text("theirs")
    (tmp_path / "patra.log").symlink_to(target)
    monkeypatch.setattr(failures, "LOG", tmp_path / "patra.log")

    assert not log_bug(raised_with("Namuna One"))

    assert target.read_text() == "theirs"


def test_a_trace_from_another_process_is_told_as_it_came() -> None:
    error = ValueError("Namuna One")
    error.__cause__ = TracedError("builtins.KeyError\n  pdf.py:3 in render")

    assert trace_of(error) == (
        "builtins.KeyError\n  pdf.py:3 in render\nand then\nbuiltins.ValueError"
    )


def test_a_bug_while_a_letter_is_made_is_logged_without_the_recipient(
    small: Small, tmp_path: Path
) -> None:
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(BUG, "utf-8")
    (tmp_path / "tmp").mkdir()
    path = f"{tmp_path / 'hook'}:{ROOT}"
    line = [sys.executable, "-m", "generator", "issue", str(small.edition), "--json"]
    done = subprocess.run(
        [*line, "--root", str(small.root), "--jobs", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(tmp_path / "tmp")},
    )

    assert done.returncode == 6, done.stdout + done.stderr
    assert "Namuna One" in json.loads(done.stdout)["letters"][0]["error"]["message"]
    (log,) = (tmp_path / "tmp").glob("*.log")
    text = log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "letters.py" in text, "the trace of the worker is there"
    assert "Namuna" not in text
    assert "example" not in text


BUG = """
from generator.workers import letters
def broken(*arguments):
    raise LookupError("Namuna One <hr@state.example>")
letters.MadeLetter = broken
"""


# --- ids ----------------------------------------------------------------------------------------

IDS = ("../../x", "..", "a/b", "con", "x" * 300)


@pytest.mark.parametrize("given", IDS, ids=range(len(IDS)))
def test_an_id_that_would_be_no_safe_file_name_writes_nothing(tmp_path: Path, given: str) -> None:
    small = make_small(tmp_path / "root")
    lines = "id,name_hi,name_en,gender,designation_hi,designation_en,addressee_hi,addressee_en\n"
    lines += f'"{given}",नमूना,Namuna,m,निदेशक,Director,निदेशक,Director\n'
    (small.edition / "recipients.csv").write_text(lines, "utf-8")
    before = everything(tmp_path)

    done = patra("issue", small.edition, "--root", small.root)

    assert done.returncode in (3, 4), done.stdout + done.stderr
    assert "id" in done.stderr
    assert everything(tmp_path) == before


def everything(folder: Path) -> list[str]:
    """Every name below a folder."""
    return sorted(str(path) for path in folder.rglob("*"))
