"""The README says what the program does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from generator.cli.commands import app

CHECK = re.compile(r"[a-z]+(-[a-z0-9]+)+")
NO_CHECKS = {"blank-columns", "blank-rows", "name-spaces", "utf-16-le", "utf-8", "utf-8-sig"}


def checks_in_code(root: Path) -> set[str]:
    """Every kebab-case name in the rooms that make findings."""
    rooms = [*(root / "generator" / "audit").rglob("*.py")]
    rooms += (root / "generator" / "inputs").rglob("*.py")
    assert len(rooms) > 10
    nodes = (node for path in rooms for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {t for t in texts if isinstance(t, str) and CHECK.fullmatch(t)} - NO_CHECKS


def test_the_table_of_checks_is_true(root: Path) -> None:
    section = (root / "README.md").read_text("utf-8").split("## What is checked")[1]
    rows = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("| `")]

    told = {name for row in rows for name in re.findall("`([^`]+)`", row.split("|")[1])}

    assert told == checks_in_code(root)


def test_every_command_is_told(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")
    names = {command.callback.__name__ for command in app.registered_commands if command.callback}

    assert names
    assert {name for name in names if f"`patra {name}" in text} == names


def test_every_exit_code_is_told(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")

    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [*"01234567", "130"]
