"""Where the time goes: an edition issued in one process, the functions of each stage timed.

Run by itself (``python -m bench.stages EDITION ROOT OUTPUT``) in a fresh process, so that loading
the libraries counts as well, and no timer is left in another measurement.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

Params = ParamSpec("Params")
Result = TypeVar("Result")

LOADING = "starting Python, loading libraries"
REST = "the rest"
HOOKS = (
    ("reading", "generator.run.prepare", "read_edition"),
    ("reading", "generator.run.prepare", "read_characters"),
    ("scores and checks", "generator.run", "examine_edition"),
    ("composing", "generator.run.make", "compose_letter"),
    ("templates and fonts", "generator.run", "_check_templates"),
    ("templates and fonts", "generator.workers.letters", "start_worker"),
    ("layout", "generator.render.pdf.renderer", "PdfRenderer._lay_out"),
    ("charts", "generator.render.pdf.renderer", "chart_pictures"),
    ("charts", "generator.render.pdf.charts", "ChartPicture.draw"),
    ("drawing", "weasyprint.document", "Page.paint"),
    ("subsetting", "weasyprint.pdf.fonts", "Font.clean"),
    ("tag tree", "generator.render.pdf.claims", "finish_tree"),
    ("writing the PDF", "generator.render.pdf.renderer", "write_pdf"),
    ("joining shared pages", "generator.render.pdf.renderer", "open_shared"),
    ("joining shared pages", "generator.render.pdf.renderer", "join_pages"),
    ("DOCX", "generator.render.docx.renderer", "DocxRenderer.render"),
    ("proof", "generator.readback", "prove_files"),
    ("writing to disk", "generator.run.despatch", "Despatch.begin"),
    ("writing to disk", "generator.run.despatch", "Despatch.fingerprint"),
    ("writing to disk", "generator.run.despatch", "Despatch.keep"),
    ("index and manifest", "generator.run.despatch", "Despatch.close"),
)
"""Stages with the functions that they are; a stage within another is taken out of that one."""


class Stopwatch:
    """Processor seconds of this process by stage, each without the stages inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[tuple[str, str]] = Counter()
        self._inside: list[float] = []

    def around(
        self, stage: str, function: Callable[Params, Result], hook: tuple[str, str] = ("", "")
    ) -> Callable[Params, Result]:
        """The function, timed; its calls are counted under ``hook``."""

        @wraps(function)
        def timed(*args: Params.args, **kwargs: Params.kwargs) -> Result:
            began = time.process_time()
            self.calls[hook] += 1
            self._inside.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                whole = time.process_time() - began
                self.seconds[stage] += whole - self._inside.pop()
                if self._inside:
                    self._inside[-1] += whole

        return timed

    def refuse_uncalled(self) -> None:
        """A function that is still there and no longer used would show as no time at all.

        Raises:
            RuntimeError: Functions of stages were never called.
        """
        uncalled = [f"{m}.{p}" for _stage, m, p in HOOKS if not self.calls[m, p]]
        if uncalled:
            raise RuntimeError(f"bench/stages.py: no letter uses {', '.join(uncalled)} any more")


@contextmanager
def hooked(watch: Stopwatch) -> Iterator[None]:
    """Inside, the stages' functions are timed.

    Raises:
        AttributeError: A function is no longer there.
        ImportError: Its module is no longer there.
    """
    changed: list[tuple[Any, str, object]] = []
    try:
        for stage, module, path in HOOKS:
            owner, name = _owner(module, path)
            found = vars(owner)[name]
            timed: object = watch.around(stage, getattr(owner, name), (module, path))
            changed.append((owner, name, found))
            setattr(owner, name, staticmethod(timed) if isinstance(found, classmethod) else timed)  # type: ignore[arg-type]
        yield
    finally:
        for owner, name, found in reversed(changed):
            setattr(owner, name, found)


def _owner(module: str, path: str) -> tuple[Any, str]:
    """The module or class that holds a function, and the function's name in it."""
    *owners, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    if name not in vars(owner):
        raise AttributeError(f"bench/stages.py: {module} has no {path} any more")
    return owner, name


class Here(Executor):
    """Stands for ``LettersAhead``: begins nothing ahead, and does each task in this process."""

    processes = 1

    def __init__(self, *_about: object) -> None:
        """What a run says of its pool is not needed."""

    def begin(self, _scored: object) -> None:
        """Begins nothing."""

    def open(self, prepared: Any, meanwhile: Callable[[], object]) -> None:  # noqa: ANN401
        """Makes this process ready for the letters of an edition."""
        letters: Any = importlib.import_module("generator.workers.letters")
        meanwhile()
        letters.start_worker(prepared.paths.kind(prepared.edition.kind), prepared.paths.fonts)

    def submit(
        self, fn: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
    ) -> Future[Result]:
        """Calls the function before it returns."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def time_stages(edition: Path, root: Path, output: Path) -> dict[str, float]:
    """Issues an edition in this process.

    Returns:
        Processor seconds by stage, from the start of this process.

    Raises:
        RuntimeError: A letter was not issued, or a function of a stage was not called.
    """
    run: Any = importlib.import_module("generator.run")
    letters: Any = importlib.import_module("generator.workers.letters")
    paths = importlib.import_module("generator.paths").Paths.at(root, output)
    letters.load_libraries()
    watch = Stopwatch()
    watch.seconds[LOADING] = time.process_time()
    _owner("generator.run", "LettersAhead")
    run.LettersAhead = Here
    with hooked(watch):
        _prepared, results = run.issue_edition(
            paths, edition, (), jobs=1, progress=lambda *_done: None
        )
    watch.seconds[REST] = time.process_time() - sum(watch.seconds.values())
    watch.refuse_uncalled()
    if failed := [result.who for result in results if result.status != "issued"]:
        raise RuntimeError(f"not issued: {', '.join(failed)}")
    return dict(watch.seconds)


def where_time_goes(edition: Path, root: Path, output: Path) -> dict[str, float]:
    """What ``time_stages`` gives, in a fresh process.

    Raises:
        RuntimeError: It failed; with what it said.
    """
    command = (sys.executable, "-m", "bench.stages", *map(str, (edition, root, output)))
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"the stages could not be timed: {done.stderr[-2000:]}")
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds


ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    sys.stdout.write(json.dumps(time_stages(*map(Path, sys.argv[1:4]))))
