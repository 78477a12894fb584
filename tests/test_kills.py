"""The command killed at random moments: nothing half-written, no number lost, run again finishes.

The default run kills ten times, and four times after the issue (reissue, cancel); the slow tests
120 times, and once before every step on disk of each command.
Another number of kills: PATRA_KILLS; the same moments again: PATRA_KILLS_SEED; only every fifth
step: PATRA_KILLS_EVERY=5.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.register import Entry, all_entries
from tests.kills import (
    ROOM,
    Campaign,
    Undisturbed,
    check_after_kill,
    check_integrity,
    check_store,
    files_of,
    finish,
    issue_undisturbed,
    kill_before,
    start,
    stepping,
    sums_pass,
)
from tests.small import RECIPIENTS, Small, make_small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the outputs go."""
    return tmp_path_factory.mktemp("kills")


@pytest.fixture(scope="module")
def small(folder: Path) -> Small:
    """Two recipients' letters."""
    small = make_small(folder / "root")
    small.write_recipients(*RECIPIENTS[:2])
    return small


@pytest.fixture(scope="module")
def undisturbed(small: Small, folder: Path) -> Undisturbed:
    """What comes out when nothing goes wrong."""
    return issue_undisturbed(small, folder)


def kill_at_random(small: Small, folder: Path, undisturbed: Undisturbed, kills: int) -> None:
    """So many kills, with the seed printed."""
    seed = int(os.environ.get("PATRA_KILLS_SEED") or random.SystemRandom().randrange(10**9))
    print(f"PATRA_KILLS_SEED={seed}")  # noqa: T201 - shown when the test fails
    campaign = Campaign(small, folder, undisturbed, random.Random(seed))  # noqa: S311

    campaign.run(kills)

    measured = f"{undisturbed.steps} steps in {undisturbed.seconds:.1f} s"
    print(f"{campaign.kills} kills, {campaign.outputs} outputs, {measured}")  # noqa: T201
    for state, count in sorted(Counter(campaign.states).items()):
        print(f"  {count} after {state}")  # noqa: T201
    assert campaign.kills >= kills


def test_killed_at_random_it_leaves_nothing_half_written_and_finishes_when_run_again(
    small: Small, folder: Path, undisturbed: Undisturbed
) -> None:
    kill_at_random(small, folder, undisturbed, 10)


@pytest.mark.slow
def test_killed_many_times_at_random_it_finishes_when_run_again(
    small: Small, folder: Path, undisturbed: Undisturbed
) -> None:
    (folder / "many").mkdir()
    kills = int(os.environ.get("PATRA_KILLS") or 120)
    kill_at_random(small, folder / "many", undisturbed, kills)


@pytest.mark.slow
def test_killed_before_any_step_on_disk_it_finishes_when_run_again(
    small: Small, folder: Path, undisturbed: Undisturbed
) -> None:
    (folder / "steps").mkdir()
    every = int(os.environ.get("PATRA_KILLS_EVERY") or 1)
    for step in range(1, undisturbed.steps + 1, every):
        output = folder / "steps" / f"output-{step}"

        assert kill_before(small, output, step)

        check_after_kill(output, undisturbed, {})
        finish(small, output, undisturbed)
        shutil.rmtree(output)
    print(f"killed before each {every}. of {undisturbed.steps} steps")  # noqa: T201


# --- after the issue ----------------------------------------------------------------------------

LATER = {
    "reissue": ("reissue", "HR", "--reason", "Name corrected", "--date", "2025-12-16"),
    "cancel": ("cancel", "HR", "--reason", "Sent in error"),
}


@dataclass(frozen=True)
class Later:
    """An issued edition whose letter is then changed or cancelled: the command, its outcome."""

    small: Small
    words: tuple[str, ...]
    issued: Path
    files: Mapping[str, bytes]
    entries: list[Entry]
    steps: int

    def kill_and_finish(self, step: int) -> None:
        """Kills before a step, looks at what is there, and gives the same command again."""
        output = self.issued.with_name(f"output-{step}")
        shutil.copytree(self.issued, output)
        before = files_of(output)

        assert kill_before(self.small, output, step, *self.words)

        files = files_of(output)
        letters = {name for name in files if name.endswith((".docx", ".pdf"))}
        assert letters >= {name for name in before if name.endswith((".docx", ".pdf"))}
        assert all(files[name] == self.files[name] for name in letters)
        check_store(output)
        check_integrity(output)
        assert {entry.number for entry in all_entries(output)} == {e.number for e in self.entries}
        done = start(self.small, output, *self.words)
        stdout, stderr = done.communicate(timeout=ROOM)
        assert done.returncode == 0, stdout + stderr
        assert files_of(output) == self.files
        assert all_entries(output) == self.entries
        sums_pass(output / "2025-12-11")
        shutil.rmtree(output)


@pytest.fixture(scope="module", params=LATER)
def later(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Later:
    """One command of those that follow an issue, carried out once undisturbed."""
    folder, words = tmp_path_factory.mktemp("later"), LATER[request.param]
    small = make_small(folder / "root")
    small.write_recipients(*RECIPIENTS[:2])
    issued, output = folder / "issued", folder / "undisturbed"
    issue_undisturbed(small, folder)
    output.rename(issued)
    name = ("HR", "Shri", "नमूना एक", "Namuna Other", "IAS", "m")
    small.write_recipients(name, RECIPIENTS[1])
    shutil.copytree(issued, output)
    process = start(small, output, *words, **stepping(folder, output, 0))
    stdout, stderr = process.communicate(timeout=ROOM)
    assert process.returncode == 0, stdout + stderr
    steps = int((folder / "hook" / "count").read_text("utf-8"))
    assert steps > 10, "the steps were not counted"
    return Later(small, words, issued, files_of(output), all_entries(output), steps)


def test_a_letter_killed_after_its_issue_is_finished_by_the_same_command(later: Later) -> None:
    for step in random.SystemRandom().sample(range(1, later.steps + 1), 2):
        later.kill_and_finish(step)


@pytest.mark.slow
def test_killed_before_any_step_after_the_issue_the_same_command_finishes(later: Later) -> None:
    every = int(os.environ.get("PATRA_KILLS_EVERY") or 1)
    for step in range(1, later.steps + 1, every):
        later.kill_and_finish(step)
    print(f"{later.words[0]}: killed before each {every}. of {later.steps} steps")  # noqa: T201
