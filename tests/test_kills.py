"""The command killed at random moments: nothing half-written, no number lost, run again finishes.

The default run kills ten times; the slow tests 120 times, and once before every step on disk.
Another number of kills: PATRA_KILLS; the same moments again: PATRA_KILLS_SEED; only every fifth
step: PATRA_KILLS_EVERY=5.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.kills import (
    Campaign,
    Undisturbed,
    check_after_kill,
    finish,
    issue_undisturbed,
    kill_before,
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
