"""The pool: one process that dies or hangs loses its own task alone; real processes throughout."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator.errors import RenderError, TemplateError, TracedError, UsageError
from generator.workers import SETTING, Workers, start_pool
from generator.workers.growth import SETTLED
from tests.small import make_small

END = "import os; os._exit(3)"
"""What a process does that ends itself; os._exit itself cannot be sent where coverage wraps it."""

GROW = "import builtins; builtins.kept = bytearray(b'x') * 2**27"
"""What a process does whose memory grows and stays so."""

DEATHS: dict[str, tuple[Callable[[], object], str]] = {
    "it ends itself": (partial(exec, END), r"exit code 3"),
    "it is killed": (partial(signal.raise_signal, signal.SIGKILL), "signal 9"),
    "it reads no one's memory": (partial(ctypes.string_at, 0), "signal 11"),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    """Two processes that may take three seconds for a task."""
    with Workers(2, int, 3.0) as pool:
        pool.start()
        yield pool
    assert active_children() == []


def running() -> set[int | None]:
    """The worker processes that there are."""
    return {process.pid for process in active_children()}


@pytest.mark.parametrize("case", DEATHS)
def test_a_process_that_dies_loses_its_own_task_alone(pool: Workers, case: str) -> None:
    task, told = DEATHS[case]

    lost = pool.submit(task)
    others = [pool.submit(pow, 2, n) for n in range(6)]

    assert [other.result() for other in others] == [1, 2, 4, 8, 16, 32]
    with pytest.raises(RenderError, match=rf"process making this letter died \(.*{told}\)"):
        lost.result()


def test_a_process_that_hangs_is_stopped_and_loses_its_own_task_alone(pool: Workers) -> None:
    began = time.monotonic()

    lost = pool.submit(time.sleep, 1000)
    others = [pool.submit(pow, 2, n) for n in range(6)]

    with pytest.raises(RenderError, match=r"longer than 3 seconds and was stopped"):
        lost.result()
    assert [other.result() for other in others] == [1, 2, 4, 8, 16, 32]
    assert time.monotonic() - began < 30


def test_both_processes_may_be_lost_at_once(pool: Workers) -> None:
    lost: list[Future[object]] = [pool.submit(exec, END), pool.submit(exec, END)]
    after = [pool.submit(abs, -n) for n in range(4)]

    assert [type(future.exception()) for future in lost] == [RenderError, RenderError]
    assert [future.result() for future in after] == [0, 1, 2, 3]


def test_memory_that_is_not_there_loses_the_task_and_not_the_process(pool: Workers) -> None:
    with pytest.raises(MemoryError):
        pool.submit(bytearray, 2**62).result()


def test_a_process_that_dies_while_it_is_idle_loses_no_task() -> None:
    with Workers(1, int, 30.0) as pool:
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        time.sleep(0.3)

        assert pool.submit(abs, -1).result() == 1


def test_a_process_that_has_grown_is_replaced_and_no_task_is_lost() -> None:
    with Workers(1, int, 30.0) as pool:
        settled = {pool.submit(os.getpid).result() for _ in range(2 * SETTLED)}
        tasks = (partial(pow, 2, 5), partial(exec, GROW), partial(pow, 2, 6))
        futures = [pool.submit(task) for task in tasks]
        after = [pool.submit(os.getpid) for _ in range(SETTLED)]

        assert [future.result() for future in futures] == [32, None, 64]
        replaced = {future.result() for future in after}
        assert running() >= replaced

    assert len(settled) == len(replaced) == 1
    assert settled != replaced


def test_an_error_of_a_process_that_leaves_is_told() -> None:
    with Workers(1, int, 30.0) as pool:
        before = {pool.submit(os.getpid).result() for _ in range(SETTLED)}
        lost = pool.submit(exec, f"{GROW}; int('no number')")

        with pytest.raises(ValueError, match="no number"):
            lost.result()
        assert {pool.submit(os.getpid).result()}.isdisjoint(before)


def test_an_error_comes_back_with_where_it_arose(pool: Workers) -> None:
    error = pool.submit(os.stat, "/nowhere/at/all").exception()

    assert isinstance(error, FileNotFoundError)
    assert isinstance(error.__cause__, TracedError)
    assert "process.py" in str(error.__cause__)


def test_giving_up_ends_a_task_in_hand_at_once_and_leaves_nothing_behind() -> None:
    before = running()
    pool = Workers(1, int, 1000.0)
    pool.start()
    folder = Path(pool.submit(tempfile.gettempdir).result())
    pool.submit(time.sleep, 1000)
    began = time.monotonic()

    pool.shutdown(cancel_futures=True)

    assert time.monotonic() - began < 10
    assert running() == before
    assert not folder.exists()


def test_a_broken_template_is_told_before_anything_is_given_out(tmp_path: Path) -> None:
    before = running()
    small = make_small(tmp_path)
    (small.kind / "page.css").write_text("p { colr: red }", "utf-8")

    with pytest.raises(TemplateError, match=r"page\.css"):
        start_pool(small.kind, small.root / "fonts", 1)

    assert running() == before


@pytest.mark.parametrize("given", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_limit_that_is_no_number_of_seconds_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str
) -> None:
    monkeypatch.setenv(SETTING, given)

    with pytest.raises(UsageError, match=given):
        start_pool(tmp_path, tmp_path, 1)


def test_libraries_are_loaded_once_for_all_processes() -> None:
    with Workers(2, int, 30.0) as pool:
        pool.start()
        parents = {pool.submit(os.getppid).result() for _ in range(8)}
        loaded = "import sys; assert 'weasyprint' in sys.modules and 'docxtpl' in sys.modules"
        pool.submit(exec, loaded).result()

    assert len(parents) == 1
    assert parents != {os.getpid()}


def test_the_process_that_is_copied_has_one_thread() -> None:
    with Workers(1, int, 30.0) as pool:
        parent = pool.submit(os.getppid).result()

    status = Path(f"/proc/{parent}/status").read_text("utf-8")
    assert re.search(r"^Threads:\s+1$", status, re.MULTILINE)


def test_processes_load_nothing_from_the_folder_that_the_command_runs_in(
    tmp_path: Path,
) -> None:
    small, here = make_small(tmp_path / "small"), tmp_path / "here"
    here.mkdir()
    for name in ("signal", "weasyprint", "multiprocessing", "json"):
        (here / f"{name}.py").write_text("open('taken', 'w').close()", "utf-8")
    patra = Path(sys.executable).with_name("patra")

    done = subprocess.run(
        [patra, "issue", small.edition, "CH", "--root", small.root],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert not (here / "taken").exists()


def test_letters_are_made_where_the_folder_for_temporary_files_has_a_long_name(
    tmp_path: Path,
) -> None:
    small, long = make_small(tmp_path / "small"), tmp_path / ("long" * 25)
    long.mkdir()
    command = (sys.executable, "-m", "generator", "issue", small.edition, "CH")
    environment = {**os.environ, "TMPDIR": str(long)}

    done = subprocess.run(
        [*map(str, command), "--root", str(small.root)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert list(long.iterdir()) == []


def test_the_environment_is_left_as_it_was() -> None:
    before = dict(os.environ)

    with Workers(1, int, 30.0) as pool:
        pool.start()

    assert dict(os.environ) == before


def test_a_process_that_could_not_begin_gets_no_task(tmp_path: Path) -> None:
    once = tmp_path / "once"
    fail_once = f"import os; os.mkdir({str(once)!r}) if os.path.exists({str(tmp_path)!r}) else 0"
    once.mkdir()
    with Workers(1, partial(exec, fail_once), 30.0) as pool:
        assert isinstance(pool.submit(int).exception(), FileExistsError)
        once.rmdir()

        assert pool.submit(abs, -1).result() == 1
        assert once.exists()


def test_the_pool_begins_as_long_as_one_process_does(tmp_path: Path) -> None:
    first = partial(exec, f"import os; os.mkdir({str(tmp_path / 'taken')!r})")
    with Workers(2, first, 30.0) as pool:
        pool.start()


def test_where_no_process_begins_neither_does_the_pool() -> None:
    with Workers(2, partial(exec, END), 30.0) as pool, pytest.raises(RenderError, match="died"):
        pool.start()
