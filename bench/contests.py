"""The contests: for each goal ours and the peer's, on the same letters, in turn."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import count
from pathlib import Path

from bench.goals import Outcome, Setting
from bench.measure import BUSY, Run, busy_processors, in_turn, run_call, run_command
from bench.peers import LibreOffice, Typst, fill_with_docxtpl, plain_weasyprint
from bench.recipients import write_edition
from bench.report import ROOT, setting
from generator.content import Letter
from generator.paths import Paths
from generator.run.make import compose_letters
from generator.run.prepare import prepare_edition

EDITION = ROOT / "editions" / "2025-12"
KIND = ROOT / "letter_templates" / "do_letter"
FONTS = ROOT / "fonts"
ONE = "HR"
FEW = 36
ALIKE = 0.1
"""By how much a peer's document may be longer or shorter than ours."""
PATRA = (sys.executable, "-m", "generator")


@dataclass(frozen=True, slots=True)
class Settings:
    """How often each contestant runs, the date of the measurement, and how many are many."""

    rounds: int
    day: str
    many: int


class Bench:
    """The letters, folders and peers that the contests share.

    Args:
        settings: How to measure.
        folder: An empty folder, for all that is made.
        tell: Told what a user may want to know while it runs.
    """

    def __init__(self, settings: Settings, folder: Path, tell: Callable[[str], object]) -> None:
        self.settings, self.folder, self.tell = settings, folder, tell
        self._outputs = count()

    def setting(self) -> Setting:
        """What is measured on, now; tells where processors are not free."""
        busy = busy_processors()
        if busy > BUSY:
            self.tell(
                f"  WARNING: {busy:.1f} of {os.cpu_count()} processors are busy with something "
                "else: what follows is no fair measurement"
            )
        return setting(self.settings.day, busy)

    @cached_property
    def letters(self) -> Sequence[Letter]:
        """The sample edition's finished letters."""
        prepared = prepare_edition(Paths.at(ROOT, self.folder / "none"), EDITION)
        numbers = {who.id: f"SPECIMEN/{n}" for n, who in enumerate(prepared.chosen, 1)}
        return list(compose_letters(prepared, prepared.chosen, numbers, {}, _refuse))

    def words(self, *names: str) -> list[Path]:
        """The Word files of the sample edition, or of one letter; issuing them warms us up."""
        output = self.folder / "-".join(("words", *names))
        if not output.exists():
            self._issue(output, *names)
        return sorted(output.rglob("*.docx"))

    @cached_property
    def office(self) -> LibreOffice:
        """LibreOffice, started once before."""
        office = LibreOffice(self.folder / "libreoffice")
        office.convert(self.words(ONE))
        return office

    def issue(self, *names: str, edition: Path = EDITION, root: Path = ROOT, jobs: int = 0) -> Run:
        """One ``patra issue`` into an output folder of its own: every letter is made."""
        output = self.folder / f"output-{next(self._outputs)}"
        run = self._issue(output, *names, edition=edition, root=root, jobs=jobs)
        shutil.rmtree(output)
        return run

    def _issue(
        self,
        output: Path,
        *names: str,
        edition: Path = EDITION,
        root: Path = ROOT,
        jobs: int = 0,
    ) -> Run:
        options = ("--root", root, "--output", output, *(("--jobs", str(jobs)) if jobs else ()))
        return run_command((*PATRA, "issue", edition, *names, *options), cwd=ROOT)

    def outcome(
        self, name: str, contestants: Mapping[str, Callable[[], Run]], note: str = ""
    ) -> Outcome:
        """The contestants in turn: first ours, then the peer, then those that decide nothing."""
        now = self.setting()
        runs = in_turn(contestants, self.settings.rounds)
        ours, theirs, *others = runs.values()
        beside = dict(zip(list(runs)[2:], others, strict=True))
        return Outcome(name, ours, theirs, now, note, others=beside)


def _refuse(failure: object) -> None:
    raise RuntimeError(f"a letter of the sample edition cannot be composed: {failure}")


def whole(bench: Bench) -> list[Outcome]:
    """All letters of the edition."""
    words, office = bench.words(), bench.office

    def scripted() -> Run:
        out = bench.folder / "filled"
        out.mkdir(exist_ok=True)
        filled = run_call(partial(fill_with_docxtpl, words, out))
        return filled + office.convert(sorted(out.glob("*.docx")))

    return [bench.outcome("whole", {"ours": bench.issue, "peer": scripted})]


def pdf(bench: Bench) -> list[Outcome]:
    """PDFs alone, all letters in this process; beside Typst also WeasyPrint as it comes."""
    from generator.workers import letters as worker  # noqa: PLC0415 - loads the engine

    typst, letters = Typst(FONTS, bench.folder), bench.letters
    worker.start_worker(KIND, FONTS)
    renderer = worker._Renderers.pdf
    few = letters[::6]
    made = [renderer.render(letter).data for letter in few]
    theirs = typst.make(few)
    note = _same_length("Typst", made, theirs)
    note += f"; {_same_length('plain WeasyPrint', made, plain_weasyprint(KIND, FONTS, few))}"
    contestants = {
        "ours": lambda: (
            run_call(lambda: [renderer.render(letter) for letter in letters]) / len(letters)
        ),
        "Typst": lambda: run_call(lambda: typst.make(letters)) / len(letters),
        "plain WeasyPrint": lambda: run_call(lambda: plain_weasyprint(KIND, FONTS, few)) / len(few),
    }
    return [bench.outcome("pdf", contestants, f"pages of {len(few)} letters: {note}")]


def _same_length(peer: str, ours: Sequence[bytes], theirs: Sequence[bytes]) -> str:
    """How many pages the PDFs have.

    Raises:
        RuntimeError: The peer's are of another length.
    """
    mine, other = (sum(map(_pages, files)) for files in (ours, theirs))
    if abs(other - mine) > ALIKE * mine:
        raise RuntimeError(f"{peer} made {other} pages of what are {mine} pages here")
    return f"{mine}, {peer}'s {other}"


def _pages(data: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - only for this count

    return len(pypdfium2.PdfDocument(data))


def one(bench: Bench) -> list[Outcome]:
    """One State's letter, made anew."""
    peer = partial(bench.office.convert, bench.words(ONE))
    return [bench.outcome("one", {"ours": partial(bench.issue, ONE), "peer": peer})]


def processes(bench: Bench) -> list[Outcome]:
    """Two processes beside one."""
    bench.words()
    contestants = {"two": partial(bench.issue, jobs=2), "one": partial(bench.issue, jobs=1)}
    return [bench.outcome("processes", contestants, f"{os.cpu_count()} processors")]


def scale(bench: Bench) -> list[Outcome]:
    """Many made-up recipients once, few before and after: time a letter, and memory."""
    many, now = bench.settings.many, bench.setting()
    editions = {n: write_edition(bench.folder / f"districts-{n}", n) for n in {many, FEW}}

    def issue(recipients: int) -> Run:
        edition = editions[recipients]
        return bench.issue(edition=edition, root=edition.parents[1]) / recipients

    before = issue(FEW)
    bench.tell(f"  {many:,} letters will take about {before.seconds * many / 60:.0f} minutes")
    runs = [issue(many)], [before, issue(FEW)]
    return [Outcome(name, *runs, now, many=many) for name in ("scale", "memory")]


def help_(bench: Bench) -> list[Outcome]:
    """The start of the command."""
    peer = partial(run_command, (sys.executable, "-c", "import typer"))
    ours = partial(run_command, (Path(sys.executable).with_name("patra"), "--help"), cwd=ROOT)
    for contestant in (ours, peer):
        contestant()  # their modules are compiled
    contestants = {"ours": lambda: _often(ours), "peer": lambda: _often(peer)}
    return [bench.outcome("help", contestants)]


def _often(call: Callable[[], Run], times: int = 5) -> Run:
    """The mean of a short run."""
    whole = call()
    for _again in range(times - 1):
        whole += call()
    return whole / times


CONTESTS: Mapping[str, tuple[Callable[[Bench], list[Outcome]], frozenset[str]]] = {
    "help": (help_, frozenset()),
    "pdf": (pdf, frozenset({"Typst"})),
    "one": (one, frozenset({"LibreOffice"})),
    "processes": (processes, frozenset()),
    "whole": (whole, frozenset({"LibreOffice"})),
    "scale": (scale, frozenset()),
}
"""Each contest, and the peers that it needs."""
