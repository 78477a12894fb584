"""Letters stream through a run: few are in hand at once, however many there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from generator.content import Letter
from generator.errors import FindingsError
from generator.paths import Paths
from generator.run import LetterResult, Prepared, check_edition, issue_edition
from generator.run.make import make_letters
from generator.workers import MadeLetter
from tests.alive import letters_alive
from tests.letters import sample_letter
from tests.small import RECIPIENTS, Small, make_small

PEOPLE = (
    *RECIPIENTS,
    ("MH", "", "", "", "", ""),
)


@dataclass
class Watch:
    """Counts, as each result comes, the finished letters that this process holds."""

    before: int = field(default_factory=letters_alive)
    alive: list[int] = field(default_factory=list)
    results: list[LetterResult] = field(default_factory=list)

    def __call__(self, result: LetterResult, _done: int, _total: int) -> None:
        """Takes a result, as ``Progress`` does."""
        self.alive.append(letters_alive() - self.before)
        self.results.append(result)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """An installation with four recipients."""
    small = make_small(tmp_path)
    small.write_recipients(*PEOPLE)
    return small


def issue(small: Small, watch: Watch) -> tuple[Prepared, list[LetterResult]]:
    """Issues the edition in one process."""
    return issue_edition(Paths.at(small.root), small.edition, (), jobs=1, progress=watch)


def test_a_run_holds_no_more_letters_than_its_window(small: Small) -> None:
    watch = Watch()

    _, results = issue(small, watch)

    assert [result.who for result in results] == [row[0] for row in PEOPLE]
    assert {result.status for result in results} == {"issued"}
    assert [result.number[-2:] for result in results] == [f"-{n}" for n in range(1, 5)]
    assert len(watch.alive) == len(PEOPLE)
    assert 0 < max(watch.alive) <= 3  # two in hand, and the one that was made, until it is archived
    assert letters_alive() == watch.before

    again = Watch()
    _, results = issue(small, again)

    assert {result.status for result in results} == {"unchanged"}
    assert max(again.alive) <= 2
    listed = json.loads((small.dated / "manifest.json").read_text("utf-8"))["letters"]
    assert [line["who"] for line in listed] == [row[0] for row in PEOPLE]


def test_what_is_found_in_any_letter_is_told_before_a_number_is_given(small: Small) -> None:
    text = small.kind / "text.en.md"
    source = text.read_text("utf-8")
    leak = "{% if state.short_name in ('Goa', 'Maharashtra') %}c/o hr@state.example{% endif %}"
    assert "# ANNEXURE 1" in source
    text.write_text(source.replace("# ANNEXURE 1", f"{leak}\n\n# ANNEXURE 1", 1), "utf-8")

    with pytest.raises(FindingsError) as refused:
        issue(small, Watch())

    leaks = [f for f in refused.value.findings if f.check == "others-absent-from-letter"]
    assert [finding.message for finding in leaks] == [
        "“hr@state.example” of HR stands in 2 letters to others"
    ]
    assert small.written() == []


def test_a_check_holds_no_letter(small: Small) -> None:
    before = letters_alive()

    examined = check_edition(Paths.at(small.root), small.edition)

    assert examined.read == {row[0] for row in PEOPLE}
    assert letters_alive() == before


class Counting(Executor):
    """Says that it has two processes, and counts what it is handed."""

    processes = 2

    def __init__(self) -> None:
        self.handed = 0

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_named: Any) -> Future[Any]:
        """Is done at once."""
        self.handed += 1
        future: Future[Any] = Future()
        future.set_result(args[0])
        return future


def test_a_pool_is_handed_two_letters_for_each_of_its_processes() -> None:
    letter, pool, composed = sample_letter(), Counting(), list[int]()

    def letters() -> Iterator[Letter]:
        for n in range(20):
            composed.append(n)
            yield letter

    made: Iterator[tuple[Letter, MadeLetter | Exception]] = make_letters(
        pool, letters(), lambda _letter: ""
    )
    for taken, _one in enumerate(islice(made, 10), 1):
        assert len(composed) == pool.handed == taken - 1 + 2 * 2

    assert len(list(made)) == 10
    assert pool.handed == 20
