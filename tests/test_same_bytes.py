"""The same edition gives the same bytes, whatever the surroundings and who else changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.register import all_entries
from tests.command import ROOT
from tests.kills import files_of, sums_pass
from tests.small import RECIPIENTS, Small, make_small

SETS_CLOCK = """
import time
day = time.struct_time((1999, 12, 31, 23, 59, 59, 4, 365, 0))
time.time = lambda: 946684799.0
time.localtime = time.gmtime = lambda seconds=None: day
"""
"""A clock that was set back, in the command and in every process that it starts."""


COMMON = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}


def run(
    small: Small,
    output: Path,
    *arguments: str,
    cwd: Path = ROOT,
    umask: int = 0o022,
    setting: Mapping[str, str] = COMMON,
) -> dict[str, Any]:
    """``patra issue --json`` in surroundings of its own."""
    command = [sys.executable, "-m", "generator", "issue", str(small.edition), "--json"]
    path = f"{setting.get('PYTHONPATH', '')}:{ROOT}".lstrip(":")
    done = subprocess.run(
        [*command, "--root", str(small.root), "--output", str(output), *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        cwd=cwd,
        umask=umask,
        env={**os.environ, **setting, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Two recipients' letters."""
    small = make_small(tmp_path_factory.mktemp("same"))
    small.write_recipients(*RECIPIENTS[:2])
    return small


@pytest.fixture(scope="module")
def issued(small: Small) -> Mapping[str, bytes]:
    """The dated folder of a run in common surroundings."""
    run(small, small.output, "--jobs", "1", setting=COMMON)
    return files_of(small.output)


def test_zone_language_hash_seed_processes_folder_and_mask_change_no_byte(
    small: Small, issued: Mapping[str, bytes], tmp_path: Path
) -> None:
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "hi_IN.UTF-8",
        "LC_ALL": "POSIX",
        "PYTHONHASHSEED": "2",
    }

    run(small, tmp_path, "--jobs", "2", cwd=Path("/"), umask=0o077, setting=elsewhere)

    assert files_of(tmp_path) == issued


def test_a_clock_that_was_set_back_changes_no_byte(
    small: Small, issued: Mapping[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(SETS_CLOCK, "utf-8")
    setting = {"PYTHONPATH": str(tmp_path / "hook"), "SOURCE_DATE_EPOCH": "1"}
    year = "import time; print(time.localtime().tm_year, int(time.time()))"
    seen = subprocess.run(
        [sys.executable, "-c", year], env={**os.environ, **setting}, capture_output=True, check=True
    )

    run(small, tmp_path / "output", "--jobs", "1", setting=setting)

    assert seen.stdout.split() == [b"1999", b"946684799"]
    assert files_of(tmp_path / "output") == issued


def test_another_recipients_email_changes_nothing_of_a_letter(
    small: Small, issued: Mapping[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "output"
    first = run(small, output, "HR", "--jobs", "1")
    prints = fingerprints(output)

    recipients = small.edition / "recipients.csv"
    kept = recipients.read_bytes()
    small.edit("recipients.csv", "ga@state.example", "goa.office@state.example")
    try:
        second = run(small, output, "HR", "--jobs", "1")
        both = run(small, output, "--jobs", "1")
    finally:
        recipients.write_bytes(kept)

    assert [letter["status"] for letter in first["letters"]] == ["issued"]
    assert [letter["status"] for letter in second["letters"]] == ["unchanged"]
    assert [letter["status"] for letter in both["letters"]] == ["unchanged", "issued"]
    assert fingerprints(output)["HR"] == prints["HR"]
    for name in ("HR-haryana.docx", "HR-haryana.pdf"):
        assert files_of(output)[name] == issued[name], name


def fingerprints(output: Path) -> dict[str, str]:
    """The fingerprint of each issued letter, from the register."""
    entries = all_entries(output)
    return {entry.who: entry.latest.fingerprint for entry in entries if entry.latest}


def test_a_missing_file_is_made_again_with_the_recorded_hash(
    small: Small, issued: Mapping[str, bytes]
) -> None:
    (small.dated / "GA-goa.docx").unlink()

    document = run(small, small.output, "--jobs", "1")

    assert {x["who"]: x["status"] for x in document["letters"]} == {
        "HR": "unchanged",
        "GA": "issued",
    }
    assert files_of(small.output) == issued
    assert sums_pass(small.dated) == len(issued) - 1
