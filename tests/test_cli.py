"""The commands as users type them: files, exit codes, messages, JSON."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.commands import app
from tests.command import ROOT, patra, patra_json
from tests.small import RECIPIENTS, Small, make_small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small installation that a test may break."""
    return make_small(tmp_path)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[Small, dict[str, object]]:
    """The small edition issued once; not to be changed."""
    small = make_small(tmp_path_factory.mktemp("issued"))
    return small, issue(small)


def issue(small: Small, *arguments: object, code: int = 0) -> dict[str, object]:
    """``patra issue --json`` of the small edition."""
    where = ("--root", small.root, "--jobs", 1)
    return patra_json("issue", small.edition, *arguments, *where, code=code)


def statuses(document: dict[str, object]) -> dict[str, str]:
    """Each letter's status."""
    letters: list[dict[str, str]] = document["letters"]  # type: ignore[assignment]
    return {letter["who"]: letter["status"] for letter in letters}


def copy_of(issued_small: Small, folder: Path) -> Small:
    """A copy of an installation with all that it issued."""
    shutil.copytree(issued_small.root, folder / "copy", symlinks=True)
    return Small(folder / "copy")


def test_every_command_has_help() -> None:
    names = [command.callback.__name__ for command in app.registered_commands if command.callback]

    assert set(names) >= {"new", "check", "score", "draft", "issue"}
    for name in names:
        done = patra(name, "--help")
        assert done.returncode == 0
        assert "Usage: patra" in done.stdout


def test_issue_makes_both_files_of_every_letter(issued: tuple[Small, dict[str, object]]) -> None:
    small, document = issued

    assert statuses(document) == {"HR": "issued", "GA": "issued", "CH": "issued"}
    assert sorted(path.name for path in small.dated.iterdir()) == [
        "CH-chandigarh.docx",
        "CH-chandigarh.pdf",
        "GA-goa.docx",
        "GA-goa.pdf",
        "HR-haryana.docx",
        "HR-haryana.pdf",
        "SHA256SUMS",
        "index.html",
        "manifest.json",
    ]


def test_numbers_run_in_file_order(issued: tuple[Small, dict[str, object]]) -> None:
    _small, document = issued

    letters: list[dict[str, str]] = document["letters"]  # type: ignore[assignment]
    assert [letter["number"] for letter in letters] == [
        f"SPECIMEN/CEO/Karmayogi/2025/1112-{serial}" for serial in (1, 2, 3)
    ]


def test_the_json_names_files_hashes_and_pages(issued: tuple[Small, dict[str, object]]) -> None:
    _small, document = issued

    for letter in document["letters"]:  # type: ignore[attr-defined]
        assert letter["revision"] == 1
        assert letter["error"] is None
        assert letter["files"]["pdf"]["pages"] > 8
        for file in letter["files"].values():
            assert len(file["sha256"]) == 64
            assert Path(file["path"]).is_file()


def test_the_sums_pass(issued: tuple[Small, dict[str, object]]) -> None:
    small, _document = issued

    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=small.dated, capture_output=True, check=False
    )

    assert done.returncode == 0
    assert done.stdout.count(b": OK") == 8


def test_the_manifest_names_what_letters_were_made_of(
    issued: tuple[Small, dict[str, object]],
) -> None:
    small, _document = issued

    manifest = json.loads((small.dated / "manifest.json").read_text("utf-8"))

    assert set(manifest["inputs"]) >= {"edition.toml", "scores.xlsx", "recipients.csv"}
    assert set(manifest["templates"]) >= {"letter.docx", "page.html", "page.css", "text.hi.md"}
    assert manifest["program"]["weasyprint"] == "70.0"
    assert len(manifest["letters"]) == 3


def test_issuing_again_changes_nothing(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    before = {name: (small.output / name).read_bytes() for name in small.written()}

    document = issue(small)

    assert set(statuses(document).values()) == {"unchanged"}
    after = {name: (small.output / name).read_bytes() for name in small.written()}
    del before["register.sqlite3"], after["register.sqlite3"]
    assert after == before


def test_a_letter_missing_on_disk_is_made_again_with_the_same_bytes(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    before = (small.dated / "GA-goa.pdf").read_bytes()
    (small.dated / "GA-goa.pdf").unlink()

    document = issue(small)

    assert statuses(document) == {"HR": "unchanged", "GA": "issued", "CH": "unchanged"}
    assert (small.dated / "GA-goa.pdf").read_bytes() == before


def test_a_file_changed_on_disk_is_refused(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    (small.dated / "GA-goa.pdf").write_bytes(b"changed")

    document = issue(small, code=7)

    assert statuses(document)["GA"] == "refused"
    assert statuses(document)["HR"] == "unchanged"
    assert (small.dated / "GA-goa.pdf").read_bytes() == b"changed"


def test_a_letter_whose_content_changed_since_issue_is_refused(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    before = (small.dated / "HR-haryana.pdf").read_bytes()
    small.edit("recipients.csv", "Namuna One", "Namuna Other")

    document = issue(small, code=7)

    assert statuses(document) == {"HR": "refused", "GA": "unchanged", "CH": "unchanged"}
    assert (small.dated / "HR-haryana.pdf").read_bytes() == before


def test_a_note_beside_the_texts_changes_no_letter(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    for name in ("HINDI.md", "translations.toml"):
        path = small.kind / name
        path.write_text(path.read_text("utf-8") + "\n# noted\n", "utf-8")

    document = issue(small)

    assert set(statuses(document).values()) == {"unchanged"}


def test_another_edition_cannot_use_the_dated_folder(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    other = small.edition.with_name("other")
    shutil.copytree(small.edition, other)

    document = patra_json("issue", other, "--root", small.root, code=7)

    assert "belongs to the edition editions/2025-12" in document["error"]["message"]


def test_a_number_that_is_taken_is_refused(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    other = Small(small.root)
    shutil.copytree(small.edition, small.edition.with_name("other"))
    path = small.edition.with_name("other") / "edition.toml"
    path.write_text(path.read_text("utf-8").replace("specimen", 'series = "x"\nspecimen', 1))
    before = other.written()

    document = patra_json("issue", path.parent, "--root", small.root, code=7)

    assert "is taken" in document["error"]["message"]
    assert other.written() == before


def test_one_recipient_is_issued_under_its_own_number(small: Small) -> None:
    document = issue(small, "चंडीगढ़")

    assert statuses(document) == {"CH": "issued"}
    letters: list[dict[str, str]] = document["letters"]  # type: ignore[assignment]
    assert letters[0]["number"].endswith("-3")


def test_a_letter_that_cannot_be_set_fails_and_the_others_go_out(small: Small) -> None:
    page = small.kind / "page.html"
    lost = '{% if part == 0 and letter.who == "GA" %}{{ letter.lost }}{% endif %}<body>'
    page.write_text(page.read_text("utf-8").replace("<body>", lost, 1), "utf-8")

    document = issue(small, code=6)

    assert statuses(document) == {"HR": "issued", "GA": "failed", "CH": "issued"}
    assert not list(small.dated.glob("GA*"))
    failed = next(x for x in document["letters"] if x["who"] == "GA")  # type: ignore[attr-defined]
    assert "lost" in failed["error"]["message"]


def test_two_processes_make_the_same_bytes_as_one(
    issued: tuple[Small, dict[str, object]], small: Small
) -> None:
    patra_json("issue", small.edition, "--root", small.root, "--jobs", 2)

    for path in issued[0].dated.glob("*.*"):
        if path.suffix in (".pdf", ".docx"):
            assert (small.dated / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_draft_has_no_number_and_leaves_the_register_alone(small: Small) -> None:
    document = patra_json(
        "draft", small.edition, "GA", "--root", small.root, "--jobs", 1, "--format", "pdf"
    )

    assert statuses(document) == {"GA": "drafted"}
    assert small.written() == ["drafts/2025-12/GA-goa.pdf"]


def test_a_draft_runs_despite_errors_in_figures(small: Small) -> None:
    small.edit("edition.toml", "weight = 30", "weight = 29")

    document = patra_json("draft", small.edition, "GA", "--root", small.root, "--jobs", 1)

    assert statuses(document) == {"GA": "drafted"}
    assert "weights-sum-to-100" in {f["check"] for f in document["findings"]}


def test_check_writes_nothing(small: Small) -> None:
    document = patra_json("check", small.edition, "--root", small.root)

    assert document["errors"] == 0
    assert not small.output.exists()


def test_check_in_a_table_names_place_and_remedy(small: Small) -> None:
    small.edit("edition.toml", "weight = 30", "weight = 29")

    done = patra("check", small.edition, "--root", small.root)

    assert done.returncode == 4
    flat = " ".join(done.stdout.split())
    assert "weights-sum" in flat
    assert "errors 1" in flat


def test_score_writes_a_workbook(small: Small, tmp_path: Path) -> None:
    target = tmp_path / "marks.xlsx"

    done = patra("score", small.edition, "-o", target, "--root", small.root)

    assert done.returncode == 0, done.stderr
    assert target.read_bytes()[:2] == b"PK"


def test_score_never_writes_among_the_inputs(small: Small) -> None:
    before = (small.edition / "scores.xlsx").read_bytes()

    done = patra("score", small.edition, "-o", small.edition / "scores.xlsx", "--root", small.root)

    assert done.returncode == 2
    assert (small.edition / "scores.xlsx").read_bytes() == before


def test_score_writes_nothing_over_a_wrong_cell(small: Small, tmp_path: Path) -> None:
    (small.edition / "scores.xlsx").unlink()
    (small.edition / "scores.csv").write_text(
        "state,Total Employees,onboarded,verified,completed_one,"
        "assessments_attempted,assessments_cleared\nHR,n/a,1,1,1,1,1\n"
    )
    target = tmp_path / "marks.xlsx"

    done = patra("score", small.edition, "-o", target, "--root", small.root)

    assert done.returncode in (3, 4)
    assert not target.exists()


def test_new_starts_the_next_month(small: Small) -> None:
    done = patra("new", "2026-01", "--from", "2025-12", "--root", small.root)

    assert done.returncode == 0, done.stderr
    assert "date = 2026-01-11, as_on = 2025-12-31" in done.stdout
    made = small.root / "editions" / "2026-01"
    settings = (made / "edition.toml").read_text("utf-8")
    assert "date = 2026-01-11" in settings
    assert "as_on = 2025-12-31" in settings
    lines = settings.splitlines()
    date = next(n for n, line in enumerate(lines) if line.startswith("date = "))
    assert lines[date + 1] == 'previous = "editions/2025-12"'
    assert tomllib.loads(settings)["previous"] == "editions/2025-12"
    assert not list(made.glob("scores*"))
    assert "2025-12-01" not in (made / "recipients.csv").read_text("utf-8-sig")
    assert "Namuna One" in (made / "recipients.csv").read_text("utf-8-sig")
    assert list((made / "compendium").iterdir())


def test_new_does_not_overwrite_an_edition(small: Small) -> None:
    before = (small.edition / "edition.toml").read_bytes()

    done = patra("new", "2025-12", "--from", "2025-12", "--root", small.root)

    assert done.returncode == 2
    assert (small.edition / "edition.toml").read_bytes() == before


Breaking = Callable[[Small], object]


def remove(name: str) -> Breaking:
    """Removes a file of the edition."""
    return lambda small: (small.edition / name).unlink()


def overwrite(name: str, content: str) -> Breaking:
    """Overwrites a file of the edition."""
    return lambda small: (small.edition / name).write_text(content, "utf-8")


def of_kind(name: str, content: str | None) -> Breaking:
    """Overwrites or removes a file of the kind."""

    def change(small: Small) -> None:
        if content is None:
            (small.kind / name).unlink()
        else:
            (small.kind / name).write_text(content, "utf-8")

    return change


def edit(name: str, old: str, new: str) -> Breaking:
    """Replaces a text in a file of the edition."""
    return lambda small: small.edit(name, old, new)


NO_SCORES = "The scores say nothing,\n"
BAD_INPUT: dict[str, tuple[Breaking, int, str]] = {
    "settings missing": (remove("edition.toml"), 3, "edition.toml"),
    "settings no toml": (overwrite("edition.toml", "kind = = x"), 3, "edition.toml"),
    "unknown key": (edit("edition.toml", "as_on =", "as_onn ="), 3, "as_on"),
    "unknown kind": (edit("edition.toml", '"do_letter"', '"no_letter"'), 3, "no_letter"),
    "no such language": (edit("edition.toml", '"hi", "en"]', '"hi", "xx"]'), 3, "xx"),
    "pattern without serial": (edit("edition.toml", "{serial}", "{seriall}"), 3, "serial"),
    "scores missing": (remove("scores.xlsx"), 3, "scores"),
    "scores no workbook": (overwrite("scores.xlsx", "x"), 3, "scores.xlsx"),
    "two scores": (overwrite("scores.csv", "state\n"), 3, "scores.csv"),
    "recipients missing": (remove("recipients.csv"), 3, "recipients"),
    "recipients column": (edit("recipients.csv", "honorific", "honorifik"), 3, "honorific"),
    "unknown state": (edit("recipients.csv", "GA", "Gao"), 4, "Goa"),
    "recipient twice": (edit("recipients.csv", "GA", "HR"), 4, "HR"),
    "no gender": (edit("recipients.csv", "IAS,m", "IAS,"), 4, "gender"),
    "one name only": (edit("recipients.csv", "नमूना एक", ""), 4, "name"),
    "weights": (edit("edition.toml", "weight = 30", "weight = 29"), 4, "sum to 99"),
    "unlawful": (edit("edition.toml", '["hi", "en"]', '["en"]'), 4, "Official Languages"),
    "text missing": (of_kind("text.hi.md", None), 4, "text.hi.md"),
    "text broken": (of_kind("text.hi.md", "no front matter"), 5, "front matter"),
    "page missing": (of_kind("page.html", None), 5, "page.html"),
    "page broken": (of_kind("page.html", "{% if %}"), 5, "page.html"),
    "style missing": (of_kind("page.css", None), 5, "page.css"),
    "style broken": (of_kind("page.css", "p { colr: red }"), 5, "page.css"),
    "word template missing": (of_kind("letter.docx", None), 5, "letter.docx"),
    "word template broken": (of_kind("letter.docx", "x"), 5, "letter.docx"),
    "section missing": (remove("compendium/01-madhya-pradesh.hi.md"), 4, "madhya-pradesh"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_ends_with_its_code_and_a_message_and_writes_nothing(
    small: Small, case: str
) -> None:
    breaking, code, told = BAD_INPUT[case]
    breaking(small)

    document = issue(small, code=code)

    error: dict[str, object] = document["error"]  # type: ignore[assignment]
    assert error["code"] == code
    assert told in json.dumps(document, ensure_ascii=False)
    remedies = [error["remedy"], *(f["remedy"] for f in document["findings"])]  # type: ignore[attr-defined]
    assert any(remedies)
    assert not small.output.exists()


def test_bad_input_is_told_to_people_too(small: Small) -> None:
    small.edit("edition.toml", "weight = 30", "weight = 29")

    done = patra("issue", small.edition, "--root", small.root)

    assert done.returncode == 4
    assert done.stdout == ""
    assert "nothing was issued" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["issue"], "EDITION"),
        (["isue", "x"], "isue"),
        (["issue", "2025-12", "--jobs", "0"], "jobs"),
        (["issue", "2025-12", "Hariyanna"], "Haryana (HR)"),
        (["issue", "2025-12", "Punjab"], "no row among the recipients"),
        (["draft", "2025-12", "--format", "odt"], "odt"),
        (["score", "2025-12", "-o", "marks.txt"], "xlsx"),
        (["check", "2025-12", "--root", "/nowhere"], "letter_templates"),
    ],
)
def test_a_wrong_command_line_is_code_2_and_says_why(
    small: Small, arguments: list[str], told: str
) -> None:
    done = patra(*arguments, cwd=small.root)
    as_json = patra(*arguments, "--json", cwd=small.root)

    assert done.returncode == as_json.returncode == 2
    assert told in done.stderr
    assert json.loads(as_json.stdout)["error"]["code"] == 2
    assert not small.output.exists()


def test_an_edition_that_is_not_there_is_code_3(small: Small) -> None:
    document = patra_json("issue", "2031-01", "--root", small.root, code=3)

    assert "2031-01" in document["error"]["message"]


def test_a_file_in_the_outputs_way_is_code_7(small: Small) -> None:
    small.output.write_text("in the way")

    document = issue(small, code=7)

    assert document["error"]["code"] == 7  # type: ignore[index]


@pytest.mark.parametrize("polite", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_code_130_and_running_again_finishes(
    small: Small, polite: signal.Signals
) -> None:
    command = [sys.executable, "-m", "generator", "issue", str(small.edition), "--json"]
    process = subprocess.Popen(
        [*command, "--root", str(small.root), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    wait_for(small.output / "register.sqlite3")
    os.kill(process.pid, polite)
    stdout, _stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    assert json.loads(stdout)["error"] == {
        "code": 130,
        "message": "Interrupted",
        "remedy": "Run again to finish.",
    }
    assert set(statuses(issue(small)).values()) <= {"issued", "unchanged"}
    assert len(list(small.dated.glob("*.pdf"))) == 3


def test_nothing_is_left_running_when_the_command_is_killed(small: Small) -> None:
    command = [sys.executable, "-m", "generator", "issue", str(small.edition)]
    process = subprocess.Popen(
        [*command, "--root", str(small.root), "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
    )
    wait_for(small.output / "register.sqlite3")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    deadline = time.monotonic() + 60
    while members(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert members(process.pid) == []


def wait_for(path: Path) -> None:
    """Waits until a file is there."""
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert path.exists()


def members(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, own = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def test_a_date_moved_after_numbers_were_given_is_refused(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    before = small.written()
    small.edit("edition.toml", "date = 2025-12-11", "date = 2025-12-12")

    document = issue(small, code=7)

    error: dict[str, str] = document["error"]  # type: ignore[assignment]
    assert "has its numbers under 2025-12-11" in error["message"]
    assert small.written() == before


def test_an_edition_of_the_same_name_elsewhere_is_another(
    issued: tuple[Small, dict[str, object]], tmp_path: Path
) -> None:
    small = copy_of(issued[0], tmp_path)
    shutil.copytree(small.edition, small.root / "other" / "2025-12")
    before = small.written()

    document = patra_json("issue", small.root / "other" / "2025-12", "--root", small.root, code=7)

    assert "belongs to the edition editions/2025-12" in document["error"]["message"]
    assert small.written() == before


def test_a_missing_figure_of_another_state_in_the_category_blocks(small: Small) -> None:
    rows = "state,Total Employees,onboarded,verified,completed_one,"
    rows += "assessments_attempted,assessments_cleared\n"
    rows += "HR,400000,300000,200000,100000,900,800\nPB,400000,300000,200000,100000,900,\n"
    rows += "GA,60000,50000,40000,30000,900,800\nCH,60000,50000,40000,30000,900,700\n"
    (small.edition / "scores.xlsx").unlink()
    (small.edition / "scores.csv").write_text(rows, "utf-8")
    small.edit("edition.toml", '"scores.xlsx"', '"scores.csv"')
    small.write_recipients(*RECIPIENTS, ("PB", "", "", "", "", ""))

    document = issue(small, "HR", code=4)
    others = issue(small, "GA")

    (found,) = [f for f in document["findings"] if f["severity"] == "error"]  # type: ignore[attr-defined]
    assert (found["who"], found["where"]["file"]) == ("PB", "scores.csv")
    assert statuses(others) == {"GA": "issued"}


def test_two_recipients_with_one_e_mail_block_both_and_no_other(small: Small) -> None:
    text = (small.edition / "recipients.csv").read_text("utf-8")
    (small.edition / "recipients.csv").write_text(text.replace("ga@state", "hr@state"), "utf-8")

    codes = {
        who: patra("check", small.edition, who, "--root", small.root) for who in ("HR", "GA", "CH")
    }

    assert {who: done.returncode for who, done in codes.items()} == {"HR": 4, "GA": 4, "CH": 0}
    assert "In the way of CH: 0 of these errors" in codes["CH"].stdout


def test_a_recipients_own_fault_does_not_block_another(small: Small) -> None:
    small.write_recipients(*RECIPIENTS, ("PB", "Shri", "नमूना", "Namuna", "IAS", ""))

    assert statuses(issue(small, "HR")) == {"HR": "issued"}


def test_a_recipient_is_found_in_any_case(small: Small) -> None:
    assert statuses(issue(small, "gA")) == {"GA": "issued"}


def test_without_a_terminal_progress_is_plain_lines(small: Small) -> None:
    done = patra("issue", small.edition, "GA", "--root", small.root, "--jobs", 1)

    assert done.returncode == 0
    assert "1/1 GA issued" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout
    assert str(small.dated) in done.stdout


def test_quiet_says_nothing(small: Small) -> None:
    done = patra("check", small.edition, "--root", small.root, "--quiet")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
