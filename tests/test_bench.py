"""The benchmark's own parts: what it reckons, what it makes up, what it watches. No times."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
import typer

from bench import __main__ as command
from bench import contests, peers, report
from bench.goals import GOALS, Outcome, Setting, Unit, table
from bench.measure import Run, busy_processors, in_turn, median, run_call, run_command
from bench.recipients import MOST, write_edition
from bench.report import Results, Stages, put_in, read_results, write_pages, write_results
from bench.stages import HOOKS, Stopwatch, _owner, hooked
from generator.render.pdf.patches import _is_patched, patch_engine
from tests.command import ROOT, patra_json

SETTING = Setting("2026-11-23", "a machine", "processors free before", {"typst": "1.2"})
LATER = Setting("2026-11-24", "another machine", "processors free before")


def outcome(
    name: str, ours: float, theirs: float, unit: Unit = "seconds", setting: Setting = SETTING
) -> Outcome:
    return Outcome(name, runs(ours, unit=unit), runs(theirs, unit=unit), setting, many=3600)


def runs(*values: float, unit: Unit = "seconds") -> Sequence[Run]:
    return [Run(**{"seconds": 1.0, unit: value}) for value in values]


@pytest.mark.parametrize(
    ("ours", "verdict"), [(0.35, "reached"), (0.36, "met"), (0.5, "met"), (0.51, "missed")]
)
def test_a_ratio_is_held_against_must_and_reach(ours: float, verdict: str) -> None:
    assert outcome("whole", ours, 1.0).verdict == verdict


def test_the_goals_are_those_of_the_issue() -> None:
    assert {goal.name: (goal.must, goal.reach) for goal in GOALS} == {
        "whole": (0.5, 0.35),
        "pdf": (15, 6),
        "one": (1.5, 0.8),
        "processes": (0.65, 0.55),
        "scale": (1.1, 0.9),
        "memory": (1.2, 1.1),
        "help": (2, 1.3),
    }


def test_memory_is_compared_by_megabytes() -> None:
    measured = outcome("memory", 330, 300, "megabytes")

    assert measured.ratio == pytest.approx(1.1)
    assert "330 MB | 300 MB | **1.10**" in table([measured])


def test_processor_time_is_shown_beside() -> None:
    measured = Outcome("whole", [Run(10, 18.5)], [Run(40, 39)], SETTING)

    assert "| 18.50 s : 39.00 s |" in table([measured])


def test_the_ratio_is_of_the_medians() -> None:
    measured = Outcome("whole", runs(1, 9, 2), runs(4, 4, 100), SETTING)

    assert measured.ratio == 0.5


def test_the_table_has_the_goals_in_their_order_and_names_those_not_measured() -> None:
    shown = table([outcome("help", 1, 1), outcome("scale", 1, 1), outcome("whole", 1, 4)])

    lines = shown.splitlines()[2:]
    assert [line.split("|")[4].strip() for line in lines[:3]] == [
        "**0.25**",
        "**1.00**",
        "**1.00**",
    ]
    assert "at 3,600 recipients" in lines[1]
    assert "Not measured: PDFs alone" in lines[-1]


def test_a_row_says_on_what_machine_and_day_it_was_measured() -> None:
    shown = table([outcome("whole", 1, 4), outcome("help", 1, 1, setting=LATER)])

    assert "met" not in shown.splitlines()[2]
    assert "2026-11-23 (1)" in shown.splitlines()[2]
    assert "2026-11-24 (2)" in shown.splitlines()[3]
    assert "(1) 2026-11-23: a machine; processors free before; typst 1.2." in shown
    assert "(2) 2026-11-24: another machine" in shown


def test_a_contestant_that_decides_nothing_is_shown_beside() -> None:
    measured = Outcome("pdf", runs(1), runs(0.1), SETTING, "14 pages", others={"plain": runs(2.5)})

    assert "(14 pages; plain 2.50 s)" in table([measured])
    assert measured.ratio == pytest.approx(10)


def test_medians_are_of_what_ran_in_turn() -> None:
    order: list[str] = []
    seconds = iter([5.0, 1.0, 3.0, 1.0, 4.0, 1.0])

    def contestant(name: str) -> Run:
        order.append(name)
        return Run(next(seconds))

    ran = in_turn({"a": lambda: contestant("a"), "b": lambda: contestant("b")}, 3)

    assert order == ["a", "b"] * 3
    assert median(ran["a"]).seconds == 4.0


def test_a_run_of_two_parts_holds_the_larger_memory() -> None:
    whole = Run(1, 2, 300) + Run(3, 4, 200)

    assert whole == Run(4, 6, 300)
    assert whole / 2 == Run(2, 3, 300)


def test_processor_time_of_a_command_counts_its_children() -> None:
    child = "any(x < 0 for x in range(20_000_000))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    idle = "import time; time.sleep(0.5)"

    busy, waiting = (run_command((sys.executable, "-c", code)) for code in (parent, idle))

    assert busy.cpu > 2 * waiting.cpu


def test_processors_that_are_busy_are_counted() -> None:
    spinning = subprocess.Popen((sys.executable, "-c", "while True: pass"))
    try:
        busy = busy_processors()
    finally:
        spinning.kill()
        spinning.wait()

    assert 0 < busy <= (os.cpu_count() or 1)


def test_a_child_of_the_command_is_seen_by_its_memory() -> None:
    child = "import time; held = bytearray(150_000_000); time.sleep(1.5)"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    )

    assert run_command((sys.executable, "-c", parent)).megabytes > 150
    assert 0 < run_command((sys.executable, "-c", "import time; time.sleep(1)")).megabytes < 100


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="ended with 3: nothing works"):
        run_command((sys.executable, "-c", "print('nothing works'); raise SystemExit(3)"))


def test_the_made_up_edition_passes_the_check(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, 40)

    checked = patra_json("check", edition, "--root", tmp_path)

    assert [finding for finding in checked["findings"] if finding["severity"] == "error"] == []
    rows = (edition / "recipients.csv").read_text("utf-8").splitlines()
    assert len(rows) == 41
    assert all(".example," in row for row in rows[1:])


def test_the_made_up_edition_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (write_edition(tmp_path / name, 14) for name in ("a", "b"))

    assert (first / "recipients.csv").read_bytes() == (second / "recipients.csv").read_bytes()
    assert (first / "edition.toml").read_bytes() == (second / "edition.toml").read_bytes()


def test_more_recipients_than_categories_can_be_named_for_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 8,112"):
        write_edition(tmp_path, MOST + 1)


@pytest.mark.slow
def test_the_made_up_edition_is_issued(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, 13)

    issued = patra_json("issue", edition, "--root", tmp_path)

    assert [letter["status"] for letter in issued["letters"]] == ["issued"] * 13


def test_every_stage_has_its_function() -> None:
    before = [vars_of(module, path) for _stage, module, path in HOOKS]

    with hooked(Stopwatch()):
        during = [vars_of(module, path) for _stage, module, path in HOOKS]

    assert all(a is not b for a, b in zip(before, during, strict=True))
    assert [vars_of(module, path) for _stage, module, path in HOOKS] == before


def vars_of(module: str, path: str) -> object:
    owner, name = _owner(module, path)
    return vars(owner)[name]


def test_a_stage_whose_function_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.stages.HOOKS", (*HOOKS, ("new", "generator.run", "lost")))

    with (
        pytest.raises(AttributeError, match=r"generator\.run has no lost any more"),
        hooked(Stopwatch()),
    ):
        pass

    assert not hasattr(vars_of("generator.run", "examine_edition"), "__wrapped__")


def test_a_stage_whose_function_is_no_longer_called_is_told() -> None:
    with pytest.raises(RuntimeError, match=r"no letter uses generator\.run\.prepare\.read_edition"):
        Stopwatch().refuse_uncalled()


def test_a_stage_within_another_is_taken_out_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 4.0, 10.0])
    monkeypatch.setattr("time.process_time", lambda: next(clock))
    watch = Stopwatch()
    inner = watch.around("inner", lambda: None)

    watch.around("outer", inner)()

    assert watch.seconds == {"inner": 3.0, "outer": 7.0}


def test_what_is_not_measured_again_stays(tmp_path: Path) -> None:
    file, page, other = tmp_path / "results.json", tmp_path / "BENCHMARKS.md", tmp_path / "README"
    for path in (page, other):
        path.write_text(f"above\n{report.BEGIN}\nold\n{report.END}\nbelow\n")
    first = [outcome("whole", 1, 4), outcome("help", 1, 1)]

    write_results(put_in(read_results(file), first, Stages({"layout": 1.0}, 2, SETTING)), file)
    write_results(put_in(read_results(file), [outcome("help", 3, 1)], None), file)
    write_pages(read_results(file), [page, other])

    kept = read_results(file)
    assert {o.name: o.ratio for o in kept.outcomes} == {"whole": 0.25, "help": 3.0}
    assert {name: judged.verdict for name, judged in kept.judged.items()} == {
        "whole": "reached",
        "help": "missed",
    }
    for path in (page, other):
        text = path.read_text()
        assert text.startswith("above\n")
        assert text.endswith("below\n")
        assert "old" not in text
        assert "**3.00**" in text
    assert "| layout | 1.00 s | 500 ms | 100% |" in page.read_text()
    assert "layout" not in other.read_text()


def test_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "PAGE.md"
    page.write_text("no marks")

    with pytest.raises(ValueError, match=r"PAGE\.md has no"):
        write_pages(Results(), [page])


def test_the_pages_have_their_marks() -> None:
    for page in report.PAGES:
        text = page.read_text("utf-8")
        assert text.count(report.BEGIN) == text.count(report.END) == 1


def test_processors_that_are_not_free_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(contests, "busy_processors", lambda: 1.7)

    now = contests.Bench(contests.Settings(1, "2026-11-23", 36), tmp_path, told.append).setting()

    assert "WARNING: 1.7 of" in told[0]
    assert "NOT FREE: 1.7 of" in now.busy


def test_peers_that_are_missing_are_named_and_their_contests_left_out(tmp_path: Path) -> None:
    bare = {**os.environ, "PATH": str(tmp_path)}
    command = ("-m", "bench", "--only", "one,whole", "--results", str(tmp_path / "results.json"))

    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=bare, capture_output=True, text=True, check=True
    )

    assert "LibreOffice is not installed and left out" in done.stdout
    assert "one: left out, as LibreOffice is missing" in done.stdout
    assert "whole: left out" in done.stdout
    assert not (tmp_path / "results.json").exists()


def test_a_part_that_fails_is_told_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_bench: contests.Bench) -> list[Outcome]:
        raise RuntimeError("LibreOffice made 0 of 1 PDFs")

    made = {name: lambda _bench, name=name: [outcome(name, 1, 1)] for name in ("help", "whole")}
    known = {"help": made["help"], "one": fail, "whole": made["whole"]}
    monkeypatch.setattr(
        command, "CONTESTS", {name: (call, frozenset()) for name, call in known.items()}
    )

    with pytest.raises(typer.Exit) as ended:
        command.main(only="help,one,whole", results=tmp_path / "results.json")

    assert ended.value.exit_code == 1
    assert "one: not measured: LibreOffice made 0 of 1 PDFs" in capsys.readouterr().err
    kept = read_results(tmp_path / "results.json")
    assert [outcome.name for outcome in kept.outcomes] == ["whole", "help"]


def test_a_part_that_is_not_known_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--only", "hlep"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "no such part: hlep" in done.stderr


def test_the_peers_are_told_with_what_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)

    assert peers.missing_peers()["LibreOffice"].startswith("apt-get install")


def test_a_peer_whose_document_has_another_length_is_refused() -> None:
    with pytest.raises(RuntimeError, match="Typst made 12 pages of what are 10 pages here"):
        contests._same_length("Typst", [blank(10)], [blank(12)])

    assert contests._same_length("Typst", [blank(10)], [blank(11)]) == "10, Typst's 11"


def blank(pages: int) -> bytes:
    pdf, buffer = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        pdf.add_blank_page()
    pdf.save(buffer)
    return buffer.getvalue()


def test_plain_weasyprint_leaves_the_engine_as_it_was() -> None:
    patch_engine()
    thresholds = gc.get_threshold()

    with peers._engine_as_it_comes():
        assert not _is_patched()
        assert gc.get_threshold() == peers.GARBAGE

    assert _is_patched()
    assert gc.get_threshold() == thresholds


def test_a_call_is_measured_with_what_it_is() -> None:
    called: list[int] = []

    run_call(lambda: called.append(1))

    assert called == [1]
