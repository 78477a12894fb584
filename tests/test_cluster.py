"""Letters made by a Dask cluster: a real scheduler and real workers, all on this machine."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from generator.compose import compose_letter
from generator.errors import RenderError, TemplateError, UsageError
from generator.paths import Paths
from generator.run.prepare import prepare_edition
from generator.workers import SETTING, connect, make_letter, start_pool
from generator.workers.cluster import Cluster, start_cluster
from generator.workers.machine import Outcome, unpack_answer
from generator.workers.versions import machine_versions
from tests.command import ROOT, patra_json
from tests.farm import PEOPLE, Farm, another_version, letter_processes, make_five
from tests.kills import files_of, start
from tests.small import Small
from tests.test_workers import END

HIDING = "import sys\nsys.modules[{!r}] = None\n"
"""What makes a package missing in the Python that finds it as its sitecustomize."""


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    """A scheduler with two workers."""
    with Farm(tmp_path_factory.mktemp("farm") / "farm") as farm:
        farm.start_worker()
        farm.start_worker()
        farm.wait()
        yield farm


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Five letters to be, with a logo in the head."""
    return make_five(tmp_path_factory.mktemp("small") / "root")


@pytest.fixture(scope="module")
def issued(small: Small) -> dict[str, bytes]:
    """What this machine alone makes of them."""
    patra_json("issue", small.edition, "--root", small.root)
    files = files_of(small.output)
    assert len(files) == 2 * len(PEOPLE) + 3
    return files


@pytest.fixture
def cluster(farm: Farm, small: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """The executor itself; a task may take three seconds."""
    monkeypatch.setenv(SETTING, "3")
    with start_cluster(farm.address, small.kind, small.root / "fonts", None) as cluster:
        yield cluster


def nothing_left(farm: Farm) -> bool:
    """Whether no process and no folder of a run is left at the workers after a few seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        running = [process for worker in farm.workers for process in letter_processes(worker)]
        if not running and not list((farm.folder / "tmp").glob("patra-work-*")):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_and_nothing_of_the_run_is_left_there(
    farm: Farm, small: Small, issued: dict[str, bytes], tmp_path: Path
) -> None:
    where = ("--root", small.root, "--output", tmp_path / "out", "--scheduler", farm.address)

    document = patra_json("issue", small.edition, *where)

    assert [letter["status"] for letter in document["letters"]] == ["issued"] * len(PEOPLE)
    assert files_of(tmp_path / "out") == issued
    assert nothing_left(farm)
    assert "Namuna" not in farm.said()


def test_workers_need_no_file_of_ours(farm: Farm, small: Small, tmp_path: Path) -> None:
    ours = Small(tmp_path / "gone")
    shutil.copytree(small.root, ours.root)
    prepared = prepare_edition(Paths.at(ours.root), ours.edition, ("HR",))
    letter = compose_letter(prepared.edition, prepared.cards, prepared.chosen[0], "1")
    logo, fonts = prepared.edition.letterhead.logo, ours.root / "fonts"
    with start_pool(ours.kind, fonts, 1) as pool:
        made = pool.submit(make_letter, letter, "").result(60)

    with start_cluster(farm.address, ours.kind, fonts, logo) as cluster:
        shutil.rmtree(ours.root)
        elsewhere = cluster.submit(make_letter, letter, "").result(60)

    assert logo
    assert letter.versions[0].letterhead.logo == logo
    assert elsewhere == made


def test_a_worker_killed_half_way_costs_no_letter_and_no_number(
    farm: Farm, small: Small, issued: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    run = start(small, output, "issue", "--scheduler", farm.address)
    while not list(output.glob("2025-12-11/*.pdf")):
        assert run.poll() is None
        time.sleep(0.02)

    os.kill(farm.workers[-1].pid, signal.SIGKILL)
    made = len(list(output.glob("2025-12-11/*.pdf")))
    stdout, stderr = run.communicate(timeout=120)

    farm.start_worker()
    farm.wait()
    assert made < len(PEOPLE) - 1, "it was killed too late to lose anything"
    assert run.returncode == 0, stdout + stderr
    assert files_of(output) == issued


@pytest.mark.slow
def test_an_interrupt_ends_the_run_and_what_is_in_hand(
    farm: Farm, small: Small, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    run = start(small, output, "issue", "--scheduler", farm.address)
    while not list(output.glob("2025-12-11/*.pdf")):
        assert run.poll() is None
        time.sleep(0.02)

    run.send_signal(signal.SIGINT)
    stdout, stderr = run.communicate(timeout=60)

    assert run.returncode == 130, stdout + stderr
    assert nothing_left(farm)


def test_a_letter_that_dies_or_hangs_at_a_worker_fails_alone(farm: Farm, cluster: Cluster) -> None:
    died, hung = cluster.submit(exec, END), cluster.submit(time.sleep, 1000)
    others = [cluster.submit(pow, 2, n) for n in range(6)]
    wrong = cluster.submit(divmod, 1, 0)

    assert [other.result(60) for other in others] == [1, 2, 4, 8, 16, 32]
    with pytest.raises(RenderError, match=r"process making this letter died \(exit code 3\)"):
        died.result(60)
    with pytest.raises(RenderError, match=r"longer than 3 seconds and was stopped"):
        hung.result(60)
    with pytest.raises(ZeroDivisionError):
        wrong.result(60)
    assert cluster.processes == 2
    assert len([p for worker in farm.workers for p in letter_processes(worker)]) == 2


UNREADABLE = "type('Odd', (), {'__reduce__': lambda self: (int, ('Namuna',))})()"
"""An object that travels, and cannot be made again from what has travelled."""


def test_an_answer_that_cannot_be_read_is_that_letter_s_error(cluster: Cluster) -> None:
    odd, other = cluster.submit(eval, UNREADABLE), cluster.submit(pow, 2, 3)

    with pytest.raises(RenderError, match=r"cannot be read \(ValueError\)"):
        odd.result(60)
    assert other.result(60) == 8


@pytest.mark.parametrize("answer", [b"", b"odd", pickle.dumps(None), pickle.dumps(Outcome(b"odd"))])
def test_whatever_an_answer_is_it_is_read_or_told(answer: bytes) -> None:
    with pytest.raises(RenderError, match="cannot be read"):
        unpack_answer(answer)


# --- refusals ----------------------------------------------------------------------------------


def test_workers_that_are_not_fit_are_all_named(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "ANSWER_SECONDS", 2.0)
    begin = partial(start_cluster, kind_folder=small.kind, fonts=small.root / "fonts", logo=None)
    with Farm(tmp_path / "farm") as farm:
        with pytest.raises(UsageError, match=r"has no worker.*") as none:
            begin(farm.address)
        farm.start_worker("--nanny")
        farm.start_worker(PYTHONPATH=str(another_version(tmp_path)))
        farm.start_worker(PYTHONPATH=hiding("generator", tmp_path))
        farm.wait()

        with pytest.raises(UsageError) as unfit:
            begin(farm.address)

    assert f"dask worker {farm.address} --no-nanny" in none.value.remedy
    told = str(unfit.value)
    assert told.count("worker tcp://127.0.0.1") == 3
    assert "its nanny forbids it to start processes" in told
    assert "has patra 0.0.9 (program files " in told
    assert f"here {machine_versions()['patra']}" in told
    assert "it does not answer as this version of patra does (ModuleNotFoundError" in told


def test_a_kind_whose_look_is_broken_is_refused_as_on_this_machine(
    farm: Farm, small: Small, tmp_path: Path
) -> None:
    kind = tmp_path / "do_letter"
    shutil.copytree(small.kind, kind)
    (kind / "page.css").write_text("p { colour: red }", "utf-8")

    with pytest.raises(TemplateError, match="colour"):
        start_cluster(farm.address, kind, small.root / "fonts", None)


@pytest.mark.parametrize("address", ["host:8786", "tcp://host", "http://host:80", "tcp://a b:1"])
def test_what_is_no_address_is_refused(small: Small, address: str) -> None:
    with pytest.raises(UsageError, match="no address of a Dask scheduler"):
        start_cluster(address, small.kind, small.root / "fonts", None)


def test_a_scheduler_that_does_not_answer_is_refused_before_a_number_is_given(
    small: Small, tmp_path: Path
) -> None:
    where = ("--root", small.root, "--output", tmp_path / "out")

    document = patra_json(
        *("issue", small.edition, *where, "--scheduler", "tcp://127.0.0.1:9"), code=2
    )

    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in document["error"]["message"]
    assert not (tmp_path / "out" / "register.sqlite3").exists()


def test_without_dask_it_is_said_what_to_install(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.command.ROOT", f"{hiding('distributed', tmp_path)}:{ROOT}")

    words = ("draft", small.edition, "HR", "--root", small.root)
    error = patra_json(*words, "--scheduler", "tcp://127.0.0.1:9", code=2)["error"]

    assert "--scheduler needs Dask, which is not installed here" in error["message"]
    assert ".venv/bin/pip install -c constraints.txt -e '.[cluster]'" in error["remedy"]


def hiding(package: str, folder: Path) -> str:
    """A folder that makes a package missing for the Python that has it in its path."""
    hook = folder / f"without-{package}"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(HIDING.format(package), "utf-8")
    return str(hook)
