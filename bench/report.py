"""What was measured: kept as JSON, printed, and written into the pages between their marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from bench.goals import GOALS, Outcome, Setting, table
from bench.measure import BUSY, Run, median
from bench.peers import versions

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results.json"
PAGES = (ROOT / "BENCHMARKS.md", ROOT / "README.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True, slots=True)
class Stages:
    """Processor seconds of an edition by stage, and for how many letters."""

    seconds: Mapping[str, float]
    letters: int
    setting: Setting


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome in short, for who reads the file; worked out anew whenever it is written."""

    what: str
    ours: Run
    theirs: Run
    ratio: float
    must: float
    reach: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured, each part at its last time."""

    outcomes: Sequence[Outcome] = ()
    stages: Stages | None = None
    judged: Mapping[str, Judged] = field(default_factory=dict)


_JSON = TypeAdapter(Results)


def setting(day: str, busy: float) -> Setting:
    """What is measured on now: processor, memory, system, Python, engines, and how busy it is."""
    count = os.cpu_count() or 1
    free = "processors free" if busy <= BUSY else f"NOT FREE: {busy:.1f} of {count} processors busy"
    return Setting(day, _machine(count), f"{free} before", versions())


def _machine(processors: int) -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{next(models, platform.machine())}, {processors} processors, {memory:.0f} GB; "
        f"{platform.freedesktop_os_release()['PRETTY_NAME']}; Python {platform.python_version()}"
    )


def read_results(path: Path = RESULTS) -> Results:
    """What was kept; nothing where there is no file."""
    return _JSON.validate_json(path.read_bytes()) if path.exists() else Results()


def put_in(kept: Results, outcomes: Sequence[Outcome], stages: Stages | None) -> Results:
    """New outcomes in the place of earlier ones of the same goals; others stay."""
    by_name = {outcome.name: outcome for outcome in (*kept.outcomes, *outcomes)}
    chosen = [by_name[goal.name] for goal in GOALS if goal.name in by_name]
    judged = {outcome.name: _judged(outcome) for outcome in chosen}
    return Results(chosen, stages or kept.stages, judged)


def _judged(outcome: Outcome) -> Judged:
    goal = outcome.goal
    ours, theirs = median(outcome.ours), median(outcome.theirs)
    ratio = round(outcome.ratio, 4)
    return Judged(goal.what, ours, theirs, ratio, goal.must, goal.reach, outcome.verdict)


def write_results(results: Results, path: Path = RESULTS) -> None:
    """Keeps the results as JSON."""
    path.write_bytes(_JSON.dump_json(results, indent=1) + b"\n")


def text(results: Results) -> str:
    """All that was measured, as Markdown."""
    parts = [table(results.outcomes)]
    if results.stages:
        parts.append(_stages(results.stages))
    return "\n\n".join(parts)


def _stages(stages: Stages) -> str:
    whole = sum(stages.seconds.values())
    most = sorted(stages.seconds.items(), key=lambda stage: -stage[1])
    return "\n".join(
        [
            f"Where the time goes: {stages.letters} letters issued in one process take "
            f"{whole:.1f} s of its processor ({stages.setting.day}, {stages.setting.busy}).",
            "",
            "| stage | the edition | a letter | of all |",
            "|---|--:|--:|--:|",
            *(
                f"| {name} | {seconds:.2f} s | {seconds / stages.letters * 1000:.0f} ms "
                f"| {seconds / whole:.0%} |"
                for name, seconds in most
            ),
        ]
    )


def write_pages(results: Results, pages: Sequence[Path] = PAGES) -> None:
    """Puts what was measured between the marks: all of it into the first page, the table elsewhere.

    Raises:
        ValueError: A page has no marks.
    """
    short = replace(results, stages=None)
    for page in pages:
        _write_between(page, text(results if page == pages[0] else short))


def _write_between(path: Path, measured: str) -> None:
    page = path.read_text("utf-8")
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{path.name} has no {BEGIN} … {END}; put them where the table shall be")
    path.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", "utf-8")
