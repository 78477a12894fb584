"""Machines that go, come or fall silent in the middle of a run, and the scheduler likewise."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from generator.errors import RenderError, UsageError
from generator.workers import SETTING, connect, roster
from generator.workers.cluster import Cluster, start_cluster
from generator.workers.connect import quiet
from tests.command import patra_json
from tests.farm import PEOPLE, Farm, another_version, make_five, silent
from tests.kills import files_of, start
from tests.small import Small

LOST = "The connection to the Dask scheduler at tcp://127.0.0.1:"
FEW = 8.0
"""Seconds within which what is lost must be told, on a busy machine."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Five letters to be."""
    return make_five(tmp_path_factory.mktemp("small") / "root")


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Farm]:
    """A scheduler with one worker."""
    with Farm(tmp_path / "farm") as farm:
        farm.start_worker()
        farm.wait()
        yield farm


def begin(farm: Farm, small: Small) -> Cluster:
    """The executor itself."""
    return start_cluster(farm.address, small.kind, small.root / "fonts", None)


def errors_of(*futures: Future[Any]) -> set[str]:
    """What went wrong with each, within a few seconds."""
    began = time.monotonic()
    wait(futures, 60)
    assert time.monotonic() - began < FEW
    errors = [future.exception(0) for future in futures]
    assert all(isinstance(error, RenderError) for error in errors), errors
    return {str(error) for error in errors}


def wait_until(happened: Callable[[], object], seconds: float = 60) -> None:
    """Waits until a function says so."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# --- the scheduler -----------------------------------------------------------------------------


@pytest.mark.slow
def test_where_the_scheduler_is_lost_letters_fail_and_a_later_run_finishes_them(
    farm: Farm, small: Small, tmp_path: Path
) -> None:
    alone, output = tmp_path / "alone", tmp_path / "out"
    undisturbed = patra_json("issue", small.edition, "--root", small.root, "--output", alone)
    run = start(small, output, "issue", "--scheduler", farm.address)
    wait_until(lambda: list(output.glob("2025-12-11/*.pdf")))

    farm.end_scheduler()
    began = time.monotonic()
    stdout, stderr = run.communicate(timeout=120)
    seconds = time.monotonic() - began
    later = patra_json("issue", small.edition, "--root", small.root, "--output", output)

    assert seconds < 2 * FEW  # the last of it is the manifest's
    assert run.returncode == 6, stdout + stderr
    letters = json.loads(stdout)["letters"]
    assert {letter["status"] for letter in letters} == {"issued", "failed"}
    told = [json.dumps(letter["error"]) for letter in letters if letter["status"] == "failed"]
    assert all(LOST in error for error in told)
    numbers = [letter["number"] for letter in undisturbed["letters"]]
    assert [letter["number"] for letter in letters] == numbers
    assert [letter["number"] for letter in later["letters"]] == numbers
    assert len(numbers) == len(PEOPLE)
    assert files_of(output) == files_of(alone)
    for loud in ("Traceback", "distributed", "Namuna", "asyncio"):
        assert loud not in stderr


def test_all_in_hand_and_all_that_follows_fails_where_the_scheduler_is_gone(
    farm: Farm, small: Small
) -> None:
    with begin(farm, small) as cluster:
        waiting = [cluster.submit(time.sleep, 30) for _ in range(3)]

        farm.end_scheduler()

        (told,) = errors_of(*waiting)
        (again,) = errors_of(cluster.submit(pow, 2, 3))
    assert told == again
    assert told.startswith(LOST)


@pytest.mark.slow
def test_a_scheduler_that_is_there_and_does_not_answer_is_lost_as_well(
    farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "SILENT_SECONDS", 2.0)
    monkeypatch.setattr(connect, "ANSWER_SECONDS", 2.0)
    with begin(farm, small) as cluster:
        waiting = cluster.submit(time.sleep, 30)

        with farm.silent_scheduler():
            (told,) = errors_of(waiting)

            with pytest.raises(UsageError, match="No Dask scheduler answers"):
                begin(farm, small)
            cluster.shutdown()
    assert told.startswith(LOST)


# --- machines that go --------------------------------------------------------------------------


@pytest.mark.slow
def test_letters_wait_for_a_machine_that_comes_when_all_are_gone(farm: Farm, small: Small) -> None:
    with begin(farm, small) as cluster:
        waiting = [cluster.submit(time.sleep, 2) for _ in range(2)]
        time.sleep(1)

        os.kill(farm.workers[0].pid, SIGKILL)
        wait_until(lambda: farm.workers[0].poll() is not None)
        late = cluster.submit(pow, 2, 3)
        farm.start_worker()

        assert [future.result(60) for future in waiting] == [None, None]
        assert late.result(60) == 8


@pytest.mark.slow
def test_a_machine_that_came_later_carries_on_alone(farm: Farm, small: Small) -> None:
    with begin(farm, small) as cluster:
        farm.start_worker()
        wait_until(lambda: cluster.processes == 2)
        waiting = [cluster.submit(time.sleep, 2) for _ in range(4)]
        time.sleep(1)

        os.kill(farm.workers[0].pid, SIGKILL)

        assert [future.result(60) for future in waiting] == [None] * 4
        assert cluster.processes == 1


@pytest.mark.slow
def test_letters_fail_together_where_no_machine_is_left(
    farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "ALONE_SECONDS", 1.0)
    with begin(farm, small) as cluster:
        waiting = [cluster.submit(time.sleep, 30) for _ in range(3)]

        os.kill(farm.workers[0].pid, SIGKILL)

        (told,) = errors_of(*waiting)
        began = time.monotonic()
        (again,) = errors_of(cluster.submit(pow, 2, 3))
    assert told == again == "No worker of the cluster was left for 1 seconds"
    assert time.monotonic() - began < 1


@pytest.mark.slow
def test_a_letter_whose_machines_are_all_lost_fails_alone(
    farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.workers.cluster.TRIES", 1)
    farm.start_worker()
    farm.wait()
    with begin(farm, small) as cluster:
        waiting = [cluster.submit(time.sleep, 2) for _ in range(2)]
        time.sleep(1)

        os.kill(farm.workers[0].pid, SIGKILL)

        wait(waiting, 60)
        (error,) = [str(e) for future in waiting if (e := future.exception(0))]
    assert error == "Each worker of the cluster that was given this letter was lost"


@pytest.mark.slow
def test_a_machine_that_falls_silent_loses_its_letters_to_others(
    farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(SETTING, "2")
    monkeypatch.setattr("generator.workers.post.START_SECONDS", 2.0)
    monkeypatch.setattr("generator.workers.post.SPARE_SECONDS", 1.0)
    farm.start_worker()
    farm.wait()
    with begin(farm, small) as cluster, silent(farm.workers[0]):
        waiting = [cluster.submit(pow, 2, n) for n in range(4)]

        assert [future.result(30) for future in waiting] == [1, 2, 4, 8]
        wait_until(lambda: "it does not answer any more" in caplog.text)


# --- machines that come ------------------------------------------------------------------------


@pytest.mark.slow
def test_an_unfit_machine_that_comes_is_told_once_and_left_out(
    farm: Farm,
    small: Small,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked: list[str] = []
    examine = connect.fault_of

    async def fault_of(client: Any, address: str) -> str:
        asked.append(address)
        return await examine(client, address)

    monkeypatch.setattr(roster, "fault_of", fault_of)
    with begin(farm, small) as cluster:
        farm.start_worker(PYTHONPATH=str(another_version(tmp_path)))
        wait_until(lambda: caplog.records)
        time.sleep(5 * roster.LOOK_SECONDS)
        results = [cluster.submit(pow, 2, n).result(30) for n in range(4)]

        assert cluster.processes == 1
    (told,) = [record.getMessage() for record in caplog.records]
    assert "takes no part: it has patra 0.0.9" in told
    assert len(asked) == 1
    assert results == [1, 2, 4, 8]


@pytest.mark.slow
def test_letters_do_not_wait_for_a_machine_that_goes_while_it_is_examined(
    farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined: list[str] = []

    async def fault_of(client: Any, address: str) -> str:
        examined.append(address)
        await asyncio.sleep(1000)
        return ""

    monkeypatch.setattr(roster, "ALONE_SECONDS", 1.0)
    monkeypatch.setattr(roster, "fault_of", fault_of)
    with begin(farm, small) as cluster:
        waiting = cluster.submit(time.sleep, 30)
        farm.start_worker()
        wait_until(lambda: examined)

        for worker in farm.workers:
            os.kill(worker.pid, SIGKILL)

        assert errors_of(waiting) == {"No worker of the cluster was left for 1 seconds"}


def test_a_machine_that_does_not_answer_is_refused_in_time(
    farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "ANSWER_SECONDS", 2.0)
    began = time.monotonic()

    with silent(farm.workers[0]), pytest.raises(UsageError, match=r"does not answer within 2 sec"):
        begin(farm, small)

    assert time.monotonic() - began < FEW


# --- what Dask would say -----------------------------------------------------------------------


def test_dask_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    names = ("distributed", "distributed.client", "distributed.core", "distributed.scheduler")
    others = ("distributed.worker", "tornado.application", "asyncio", "distributed.later.module")
    loggers = [logging.getLogger(name) for name in (*names, *others)]
    handler = logging.StreamHandler()
    for logger in loggers:
        logger.addHandler(handler)
    levels = [logger.level for logger in loggers]

    with quiet():
        for logger in (*loggers, logging.getLogger("distributed.comm.made_within")):
            logger.critical("Namuna One")

    assert capfd.readouterr() == ("", "")
    assert [logger.level for logger in loggers] == levels
    for logger in loggers:
        logger.removeHandler(handler)
