"""The README says what the program does."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

from generator.cli.commands import app
from generator.findings import RULES
from tests.command import patra_json

CHECKS = re.compile(r"`([a-z]+(?:-[a-z0-9]+)+)`")
SEVERITY = re.compile("error|warning|info")


def checks_in_code(root: Path) -> set[str]:
    """Every check's name that stands as a text in the rooms that make findings."""
    rooms = [*(root / "generator" / "audit").rglob("*.py")]
    for room in ("inputs", "kinds"):
        rooms += (root / "generator" / room).rglob("*.py")
    assert len(rooms) > 10
    nodes = (node for path in rooms for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return {str(n.value) for n in nodes if isinstance(n, ast.Constant) and n.value in RULES}


def test_the_tables_of_checks_are_true(root: Path) -> None:
    section = (root / "README.md").read_text("utf-8").split("## What is checked")[1]
    rows = [line.split("|") for line in section.split("\n## ")[0].splitlines()]
    rows = [row for row in rows if len(row) > 3 and row[1].startswith(" `")]

    told = [(name, tuple(SEVERITY.findall(r[2]))) for r in rows for name in CHECKS.findall(r[1])]

    assert len(told) == len(dict(told)), "a check stands twice"
    assert dict(told) == {name: tuple(rule.severities) for name, rule in RULES.items()}


def test_every_check_is_made_somewhere(root: Path) -> None:
    assert checks_in_code(root) == set(RULES)


def test_every_check_is_seen_to_fire_in_a_test(root: Path) -> None:
    tests = [p for p in (root / "tests").glob("test_*.py") if p.name != "test_readme.py"]
    tests.append(root / "tests" / "broken_templates.py")
    text = "".join(path.read_text("utf-8") for path in tests)

    assert [name for name in RULES if f'"{name}"' not in text] == []


def test_every_command_is_told(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")
    names = {command.callback.__name__ for command in app.registered_commands if command.callback}

    assert names
    assert {name for name in names if f"`patra {name}" in text} == names


def test_every_exit_code_is_told(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")

    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [*"01234567", "130"]


def test_the_waivers_shown_let_the_published_letter_out(root: Path, tmp_path: Path) -> None:
    section = (root / "README.md").read_text("utf-8").split("## The published letter")[1]
    block = section.split("```toml\n")[1].split("```")[0]
    folder = tmp_path / "2025-12-published"
    shutil.copytree(root / "editions" / "2025-12-published", folder)
    refused = patra_json("check", folder, code=4)

    with (folder / "edition.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + block)
    passed = patra_json("check", folder)

    assert (refused["errors"], passed["errors"]) == (3, 0)
    assert sum(finding["waived"] for finding in passed["findings"]) == 3
