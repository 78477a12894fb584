"""Letters begun while their edition is audited: the same letters, or none."""

from __future__ import annotations

from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from generator.errors import FindingsError
from generator.paths import Paths
from generator.run import draft_edition, issue_edition
from generator.run.ahead import LettersAhead
from generator.run.examine import examine_edition
from generator.workers import make_letter
from tests.small import Small, make_small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """An installation with three recipients."""
    return make_small(tmp_path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Whom letters were asked for, and whether each was begun ahead."""
    calls: list[tuple[str, bool]] = []
    submit = LettersAhead.submit

    def noted(self: LettersAhead, fn: Any, /, *args: Any) -> Any:
        begun = [future for _asked, future in self._begun.values()]
        future = submit(self, fn, *args)
        calls.append((args[0].who, future in begun))
        return future

    monkeypatch.setattr(LettersAhead, "submit", noted)
    return calls


def issue(small: Small, *names: str) -> dict[str, str]:
    """Issues letters in two processes; what became of each."""
    _prepared, results = issue_edition(
        Paths.at(small.root), small.edition, names, jobs=2, progress=lambda *_done: None
    )
    return {result.who: result.status for result in results}


def test_letters_are_begun_before_the_audit_and_not_again(
    small: Small, asked: list[tuple[str, bool]]
) -> None:
    assert issue(small) == {"HR": "issued", "GA": "issued", "CH": "issued"}
    assert asked == [("HR", True), ("GA", True), ("CH", True)]


def test_letters_that_were_issued_before_are_not_begun(
    small: Small, asked: list[tuple[str, bool]]
) -> None:
    issue(small, "GA")
    assert issue(small) == {"HR": "issued", "GA": "unchanged", "CH": "issued"}
    assert asked == [("GA", True), ("HR", True), ("CH", True)]


def test_a_draft_is_begun_too(small: Small, asked: list[tuple[str, bool]]) -> None:
    draft_edition(
        Paths.at(small.root),
        small.edition,
        ("HR",),
        formats=("pdf",),
        jobs=1,
        progress=lambda *_done: None,
    )

    assert asked == [("HR", True)]


@pytest.mark.parametrize("other", ["fingerprint", "number"])
def test_what_was_begun_is_used_for_the_very_same_letter_alone(small: Small, other: str) -> None:
    with LettersAhead(1) as pool:
        examined = examine_edition(Paths.at(small.root), small.edition, ("CH",), scored=pool.begin)
        pool.open(examined)
        (letter, fingerprint), begun = pool._begun["CH"]
        if other == "number":
            letter = replace(letter, number=f"{letter.number}0")
        else:
            fingerprint = "0" * 64

        assert pool.submit(make_letter, letter, fingerprint) is not begun


def test_templates_that_change_while_the_run_is_on_are_never_recorded_for_others(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = LettersAhead.open

    def open_then_change(self: LettersAhead, *about: Any) -> None:
        begin(self, *about)
        style = small.kind / "page.css"
        style.write_text(style.read_text("utf-8") + "p { color: #333 }\n", "utf-8")

    monkeypatch.setattr(LettersAhead, "open", open_then_change)

    assert set(issue(small).values()) == {"refused"}
    assert not list(small.output.rglob("*.pdf"))

    monkeypatch.undo()
    assert set(issue(small).values()) == {"issued"}


def test_a_run_that_is_refused_leaves_nothing_of_what_was_begun(small: Small) -> None:
    before = {process.pid for process in active_children()}
    small.edit("recipients.csv", "hr@state.example", "hr@@state")

    with pytest.raises(FindingsError):
        issue(small)

    assert small.written() == []
    assert {process.pid for process in active_children()} == before
