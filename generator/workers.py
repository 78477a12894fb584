"""What a worker process does: one finished letter in, its two files out.

Processes are started by spawn, since Pango dislikes forks and threads; each keeps its renderers,
with templates parsed and shared pages laid out, for all the letters it makes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from signal import SIG_DFL, SIG_IGN, SIGINT, SIGTERM, signal
from threading import Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from generator.content import Letter
from generator.render.docx import DocxRenderer
from generator.render.html import PageTemplate

if TYPE_CHECKING:
    from generator.render.pdf import PdfRenderer

Params = ParamSpec("Params")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter's files as bytes, and how many pages its PDF has."""

    docx: bytes
    pdf: bytes
    pages: int


class _Renderers:
    """The renderers of this process."""

    pdf: PdfRenderer
    docx: DocxRenderer


def start_worker(kind_folder: Path, fonts: Path) -> None:
    """Makes this process ready for letters of one kind.

    Raises:
        TemplateError: A template of the kind cannot be read.
    """
    # loads WeasyPrint: only where letters are made
    from generator.render.pdf import PdfRenderer  # noqa: PLC0415

    _Renderers.pdf = PdfRenderer(kind_folder, fonts)
    _Renderers.docx = DocxRenderer(kind_folder)


def make_letter(letter: Letter) -> MadeLetter:
    """Renders a letter: the PDF first, since Word's page fields hold its counts."""
    pdf = _Renderers.pdf.render(letter)
    docx = _Renderers.docx.render(letter, pdf.pages)
    return MadeLetter(docx, pdf.data, sum(pdf.pages.values()))


class InProcess(Executor):
    """An executor of the pool's shape that does the work at once, in this process."""

    def submit(
        self, fn: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
    ) -> Future[Result]:
        """Calls the function now; the future holds its result or what it raised."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def check_templates(kind_folder: Path) -> None:
    """Reads a kind's templates without starting the PDF's engine; ``start_worker`` reads all.

    Raises:
        TemplateError: One is missing, or cannot be read.
    """
    PageTemplate(kind_folder)
    DocxRenderer(kind_folder)


def start_pool(kind_folder: Path, fonts: Path, jobs: int) -> Executor:
    """The pool that makes letters: ``jobs`` spawned processes, or this one.

    Every template is read here first, so that a broken one is told before any number is given.

    Raises:
        TemplateError: A template of the kind cannot be read.
    """
    start_worker(kind_folder, fonts)
    if jobs <= 1:
        return InProcess()
    return ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=_start_process, initargs=(kind_folder, fonts)
    )


def _start_process(kind_folder: Path, fonts: Path) -> None:
    """An interrupt is the parent's to handle: it lets the letters in hand be finished."""
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_DFL)
    Thread(target=_leave_with_parent, daemon=True).start()
    start_worker(kind_folder, fonts)


def _leave_with_parent() -> None:
    """Waits for the parent's end, however it comes, and leaves nothing running behind it."""
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(1)
