"""A machine of the cluster: what a run sends it is unpacked, and a pool of its own makes letters.

A letter is made in the same processes as without a cluster, one at a time in each, with the same
limits: the cluster's own threads only wait. One that dies or hangs loses its letter alone.
"""

from __future__ import annotations

import io
import pickle
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from generator.content import Letter, picture_for_word
from generator.errors import PatraError, RenderError, TracedError, trace_of
from generator.files import temporary
from generator.fingerprint import hash_folder
from generator.workers.letters import start_worker
from generator.workers.pool import Workers

FAST = 1
"""zlib's quickest: a letter's text shrinks to a tenth all the same."""

KIND, FONTS, LOGO = "kind", "fonts", "logo"
"""The folders of what is sent."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What letters of one kind are made with, since other machines have no folder of ours.

    Args:
        package: A ZIP file of the kind's folder, the fonts and the logo.
        kind: The kind's name.
        logo: The logo's name; "" where there is none.
        seconds: How long a letter may take.
    """

    package: bytes
    kind: str
    logo: str
    seconds: float


def pack(kind_folder: Path, fonts: Path, logo: Path | None, seconds: float) -> Materials:
    """What other machines need in order to make letters of a kind.

    Raises:
        InputError: A file cannot be read.
    """
    files = {
        f"{KIND}/{kind_folder.name}/{name}": kind_folder / name for name in hash_folder(kind_folder)
    }
    files |= {f"{FONTS}/{name}": fonts / name for name in hash_folder(fonts)}
    if logo:
        files |= {f"{LOGO}/{file.name}": file for file in {logo, picture_for_word(logo)}}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, file in files.items():
            if file.is_file():
                package.write(file, name)
    return Materials(buffer.getvalue(), kind_folder.name, logo.name if logo else "", seconds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task returned, pickled; or what it raised, and where."""

    result: bytes = b""
    error: Exception | None = None
    trace: str = ""


def pack_task(task: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    """A task as it travels: a letter names people, and so stands in no machine's log."""
    return zlib.compress(pickle.dumps((task, arguments), pickle.HIGHEST_PROTOCOL), FAST)


def unpack_answer(answer: bytes) -> Any:  # noqa: ANN401 - what the task gives
    """What a task returned.

    Raises:
        RenderError: The answer cannot be read.
        Exception: What the task raised.
    """
    try:
        outcome: Outcome = pickle.loads(answer)  # noqa: S301 - from a machine of ours
        result = pickle.loads(outcome.result) if outcome.error is None else None  # noqa: S301
    except Exception as error:
        raise RenderError(
            f"The answer of a worker of the cluster cannot be read ({type(error).__name__})",
            "Run again to finish.",
        ) from error
    if outcome.error:
        raise outcome.error from (TracedError(outcome.trace) if outcome.trace else None)
    return result


class Machine:
    """The pool of a machine for one run, begun with the first letter.

    It lives as long as the cluster holds it: when the run is over, or is gone, its processes end.
    Sent to another machine, it begins a pool there.

    Args:
        materials: What letters are made with.
        processes: Tells how many processes this machine shall have.
    """

    def __init__(self, materials: Materials, processes: Callable[[], int]) -> None:
        self._materials, self._processes = materials, processes
        self._lock = Lock()
        self._pool: Workers | None = None
        self._logo: Path | None = None

    def __reduce__(self) -> tuple[type[Machine], tuple[Materials, Callable[[], int]]]:
        """Only what it is made of goes to another machine."""
        return type(self), (self._materials, self._processes)

    def run(self, task: bytes) -> bytes:
        """Has a process of this machine do a task; never raises, as the cluster would log it.

        The outcome goes as bytes, so that Dask reads nothing of it on the way.
        """
        try:
            pool = self._started()
            outcome = Outcome(pool.submit(_perform, task, self._logo).result())
        except PatraError as error:
            outcome = Outcome(error=error)
        except Exception as error:
            outcome = Outcome(error=error, trace=trace_of(error))
        return _packed(outcome)

    def _started(self) -> Workers:
        with self._lock:
            if self._pool is None:
                with ExitStack() as stack:
                    folder = stack.enter_context(temporary())
                    self._unpack(folder)
                    pool = self._begin(folder, stack)
                    finalize(self, stack.pop_all().close)
                self._pool = pool
            return self._pool

    def _begin(self, folder: Path, stack: ExitStack) -> Workers:
        kind = folder / KIND / self._materials.kind
        start = partial(start_worker, kind, folder / FONTS)
        pool = Workers(self._processes(), start, self._materials.seconds)
        stack.callback(pool.shutdown, cancel_futures=True)
        pool.start()
        return pool

    def _unpack(self, folder: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(self._materials.package)) as package:
            package.extractall(folder)
        logo = self._materials.logo
        self._logo = folder / LOGO / logo if logo else None


def _packed(outcome: Outcome) -> bytes:
    try:
        return pickle.dumps(outcome)
    except Exception:  # an error that cannot travel
        told = RuntimeError(type(outcome.error).__name__)
        return pickle.dumps(Outcome(error=told, trace=outcome.trace))


def _perform(task: bytes, logo: Path | None) -> bytes:
    """Does a task in a process of the pool; a letter finds its logo where it lies here."""
    function, arguments = pickle.loads(zlib.decompress(task))  # noqa: S301 - of the same run
    return pickle.dumps(function(*(_placed(argument, logo) for argument in arguments)))


def _placed(argument: Any, logo: Path | None) -> Any:  # noqa: ANN401 - a task's argument
    if not isinstance(argument, Letter):
        return argument
    versions = tuple(
        replace(version, letterhead=replace(version.letterhead, logo=logo))
        if version.letterhead.logo
        else version
        for version in argument.versions
    )
    return replace(argument, versions=versions)
