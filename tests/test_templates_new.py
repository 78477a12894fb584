"""``patra templates check`` and ``new`` as commands; the nearest name in what they refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.errors import TemplateError, UsageError
from generator.kinds import kinds, start_kind
from generator.paths import Paths
from tests.broken_kinds import edit, repack
from tests.broken_templates import copied
from tests.command import patra, patra_json
from tests.small import make_small

FILE = "letter_templates/do_letter/letter.docx"


def test_kinds_that_work_give_no_finding() -> None:
    told = patra_json("templates", "check")

    assert told["kind"] is None
    assert set(told["kinds"]) >= {"do_letter", "office_memorandum"}
    assert (told["findings"], told["errors"], told["warnings"]) == ([], 0, 0)


def test_a_broken_kind_ends_with_exit_code_5_and_says_where(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    repack(kind / "letter.docx", lambda name, data: data.replace(b"{{ closing }}", b"{{ closng }}"))

    told = patra_json("templates", "check", "do_letter", "--root", tmp_path, code=5)
    shown = patra("templates", "check", "do_letter", "--root", tmp_path)

    assert list(told) == ["kind", "findings", "errors", "warnings"]
    assert (told["kind"], told["errors"], told["warnings"]) == ("do_letter", 1, 0)
    assert told["findings"][0]["where"] == {"file": FILE, "paragraph": 8}
    assert "{{ closng }}" in told["findings"][0]["message"]
    assert "expected closing" in told["findings"][0]["message"]
    assert shown.returncode == 5
    assert "The kind" in shown.stdout
    assert "The edition" not in shown.stdout


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    told = patra_json("templates", "check", "do_leter", code=2)

    assert "do_letter" in told["error"]["remedy"]


# --- undefined names when a letter is composed -------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("{{ stat.name }}", "state"),
        ("{{ state.nam }}", "name"),
        ("{{ facts.learner }}", "learners"),
    ],
)
def test_an_undefined_name_is_answered_with_the_nearest(
    wrong: str, near: str, tmp_path: Path
) -> None:
    small = make_small(tmp_path)
    for code in ("hi", "en"):
        edit(small.kind, f"text.{code}.md", "{{ facts.learners }}", wrong)

    told = patra_json("check", small.edition, "HR", "--root", tmp_path, code=5)

    assert f"Did you mean “{near}”?" in told["error"]["remedy"]


# --- a new kind -----------------------------------------------------------------------------------


def test_a_new_kind_is_a_copy_that_works_without_the_old_ones_notes(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    (kind / "~$letter.docx").write_bytes(b"Word has it open")

    told = patra_json(
        "templates", "new", "review_letter", "--from", "do_letter", "--root", tmp_path
    )
    made = kind.parent / "review_letter"
    names = ["letter.docx", "page.css", "page.html", "text.en.md", "text.hi.md"]

    assert told["kind"] == "review_letter"
    assert told["files"] == [*names, "translations.toml"]
    assert sorted(path.name for path in made.iterdir()) == told["files"]
    assert all((made / name).read_bytes() == (kind / name).read_bytes() for name in names)
    assert kinds(Paths.at(tmp_path)) == ["do_letter", "review_letter"]


def test_a_new_kind_keeps_only_the_records_of_texts_that_it_has(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    record = (kind / "translations.toml").read_text("utf-8")
    (kind / "translations.toml").write_text(record + '"text.ta.md" = "0123456789abcdef"\n', "utf-8")

    made, _files = start_kind(Paths.at(tmp_path), "review_letter", "do_letter")

    assert (made / "translations.toml").read_text("utf-8") == record


@pytest.mark.parametrize(
    "name", ["do_letter", "Review", "review letter", "../x", "1st", "con", "a" * 41]
)
def test_a_name_that_is_taken_or_unfit_is_refused(name: str, tmp_path: Path) -> None:
    kind = copied(tmp_path)
    before = sorted(path.name for path in kind.iterdir())

    with pytest.raises(UsageError):
        start_kind(Paths.at(tmp_path), name, "do_letter")

    assert sorted(path.name for path in kind.iterdir()) == before
    assert [path.name for path in kind.parent.iterdir() if path.is_dir()] == ["do_letter"]


def test_a_broken_kind_is_not_copied(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    edit(kind, "text.en.md", "{{ signatory.name }}", "{{ signatory.nmae }}")

    with pytest.raises(TemplateError) as refused:
        start_kind(Paths.at(tmp_path), "review_letter", "do_letter")

    assert "names-known" in {finding.check for finding in refused.value.findings}
    assert [path.name for path in kind.parent.iterdir() if path.is_dir()] == ["do_letter"]


@pytest.mark.slow
def test_a_new_kind_makes_an_editions_letters(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    shutil.rmtree(tmp_path / "letter_templates" / "office_memorandum", ignore_errors=True)
    start_kind(Paths.at(tmp_path), "review_letter", "do_letter")
    small.edit("edition.toml", 'kind = "do_letter"', 'kind = "review_letter"')

    checked = patra_json("templates", "check", "review_letter", "--root", tmp_path)
    told = patra_json("draft", small.edition, "HR", "--root", tmp_path)

    assert checked["findings"] == []
    assert [letter["status"] for letter in told["letters"]] == ["drafted"]
