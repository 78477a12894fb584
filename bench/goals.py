"""What is aimed at, as ratios in one run on one machine, and what was measured of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bench.measure import Run, median

Unit = Literal["seconds", "megabytes"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio of ours to a peer's: what it must not exceed, and what is reached for."""

    name: str
    what: str
    must: float
    reach: float
    unit: Unit = "seconds"


GOALS = (
    Goal("whole", "whole `patra issue` : docxtpl + one LibreOffice call, same letters", 0.5, 0.35),
    Goal("pdf", "PDFs alone, a letter in one process : Typst, same length and tables", 15, 6),
    Goal("one", "one State's letter again, whole command : LibreOffice, that Word file", 1.5, 0.8),
    Goal("processes", "two processes : one", 0.65, 0.55),
    Goal("scale", "time per letter at {many} recipients : at 36", 1.1, 0.9),
    Goal("memory", "memory of the largest process at {many} : at 36", 1.2, 1.1, "megabytes"),
    Goal("help", '`patra --help` : `python -c "import typer"`', 2, 1.3),
)


def goal_of(name: str) -> Goal:
    """The goal of that name."""
    return next(goal for goal in GOALS if goal.name == name)


@dataclass(frozen=True, slots=True)
class Setting:
    """When and on what was measured: the machine, how busy it was, and the engines' versions."""

    day: str
    machine: str
    busy: str
    versions: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """In a line."""
        versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        return f"{self.day}: {self.machine}; {self.busy}; {versions}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured of a goal: ours and the peer's, round by round.

    ``others`` ran in turn with them and decide nothing; ``many`` is 0 where it matters not.
    """

    name: str
    ours: Sequence[Run]
    theirs: Sequence[Run]
    setting: Setting
    note: str = ""
    many: int = 0
    others: Mapping[str, Sequence[Run]] = field(default_factory=dict)

    @property
    def goal(self) -> Goal:
        """What was aimed at."""
        return goal_of(self.name)

    @property
    def medians(self) -> tuple[float, float]:
        """Ours and the peer's, in the goal's unit."""
        ours, theirs = median(self.ours), median(self.theirs)
        if self.goal.unit == "megabytes":
            return ours.megabytes, theirs.megabytes
        return ours.seconds, theirs.seconds

    @property
    def ratio(self) -> float:
        """Ours to theirs, of the medians."""
        ours, theirs = self.medians
        return ours / theirs

    @property
    def verdict(self) -> str:
        """Whether the ratio is what it must be, or even what was reached for."""
        if self.ratio <= self.goal.reach:
            return "reached"
        return "met" if self.ratio <= self.goal.must else "missed"


def table(outcomes: Iterable[Outcome]) -> str:
    """The outcomes as a Markdown table, in the goals' order, and where each was measured."""
    by_name = {outcome.name: outcome for outcome in outcomes}
    chosen = [by_name[goal.name] for goal in GOALS if goal.name in by_name]
    settings = list(dict.fromkeys(str(outcome.setting) for outcome in chosen))
    marks = {said: f"({n})" for n, said in enumerate(settings, 1)}
    lines = [
        "| measure | ours | peer | ratio | must | reach for | | processor time | measured |",
        "|---|--:|--:|--:|--:|--:|---|--:|---|",
        *(_line(outcome, marks[str(outcome.setting)]) for outcome in chosen),
        "",
        *(f"- {mark} {said}." for said, mark in marks.items()),
    ]
    if unmeasured := [_what(goal, "many") for goal in GOALS if goal.name not in by_name]:
        lines.append(f"- Not measured: {'; '.join(unmeasured)}.")
    return "\n".join(lines)


def _line(outcome: Outcome, mark: str) -> str:
    goal, (ours, theirs) = outcome.goal, outcome.medians
    what = _what(goal, f"{outcome.many:,}")
    beside = [f"{name} {median(runs).seconds:.2f} s" for name, runs in outcome.others.items()]
    notes = "; ".join([*([outcome.note] if outcome.note else []), *beside])
    return (
        f"| {what}{f' ({notes})' if notes else ''} | {_said(goal, ours)} | {_said(goal, theirs)} "
        f"| **{outcome.ratio:.2f}** | ≤ {goal.must:g} | ≤ {goal.reach:g} | {outcome.verdict} "
        f"| {_cpu(outcome)} | {outcome.setting.day} {mark} |"
    )


def _cpu(outcome: Outcome) -> str:
    """Processor seconds of both: what is left to compare by on a machine that is not free."""
    ours, theirs = median(outcome.ours), median(outcome.theirs)
    return "–" if outcome.goal.unit == "megabytes" else f"{ours.cpu:.2f} s : {theirs.cpu:.2f} s"


def _what(goal: Goal, many: str) -> str:
    return goal.what.format(many=many)


def _said(goal: Goal, value: float) -> str:
    return f"{value:.0f} MB" if goal.unit == "megabytes" else f"{value:.3f} s"
