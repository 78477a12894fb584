"""What a text may not hold since it would keep its readers busy: too much, or YAML's own tricks.

The parsers of Markdown and YAML have no time limit. The limits here are far above any letter, and
keep each of them below some seconds for the worst text we know.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

MOST_IN_FILE = 100_000
"""Characters of a text file: about forty pages."""
MOST_CHARACTERS = 250_000
"""Characters of a letter's body or annexure with all values put in: about a hundred pages."""
MOST_SIGNS = {"[": 500, "(": 4_000, "{": 4_000}
"""Signs for which the parsers look through all that follows, each time."""
MOST_CELLS = 20_000
"""Cells of a text's tables: markdown-it fills up short rows by itself."""
LONGEST_WORD = 1_000
"""Characters without a space, spaces alone, or in one pair of double braces: for the audit."""
MOST_FRONT_MATTER = 20_000
"""Characters: some forty long lines."""


_LONG = re.compile("|".join(rf"{sign}{{{LONGEST_WORD}}}" for sign in (r"\S", r"\s", r"\{\{[^{}]")))


class FrontMatterError(Exception):
    """The front matter is not understood.

    Args:
        problem: What is wrong.
        line: The line, counted from 1 in the front matter itself.
    """

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def excess(text: str, most: int = MOST_CHARACTERS) -> str | None:
    """What a text has too much of; None where it can be read."""
    if len(text) > most:
        return f"{len(text):,} characters (at most {most:,})"
    for sign, often in MOST_SIGNS.items():
        if (count := text.count(sign)) > often:
            return f"the sign {sign} {count:,} times (at most {often:,})"
    if long := _LONG.search(text):
        shown = long[0][:40].strip()
        return f"a word, gap or tag of more than {LONGEST_WORD:,} characters: {shown}…"
    if (cells := _cells(text)) > MOST_CELLS:
        return f"tables of {cells:,} cells (at most {MOST_CELLS:,})"
    return None


def _cells(text: str) -> int:
    """How many cells a text's tables have at most: every row as many as its table's rule."""
    cells = rows = columns = 0
    for line in (*text.split("\n"), ""):
        if not line.strip():
            cells += rows * columns
            rows = columns = 0
            continue
        rows += 1
        if "|" in line and "-" in line and not line.strip("|:- \t"):
            columns = max(columns, line.count("|") + 1)
    return cells


def load_front_matter(head: str) -> object:
    """The front matter's values.

    Raises:
        FrontMatterError: It is no YAML, or uses tags, anchors or aliases.
    """
    return _strictly(head, lambda: yaml.safe_load(head))


def compose_front_matter(head: str) -> object:
    """The front matter as YAML's nodes, which know their lines.

    Raises:
        FrontMatterError: As ``load_front_matter``.
    """
    return _strictly(head, lambda: yaml.compose(head, Loader=yaml.SafeLoader))


def _strictly(head: str, read: Callable[[], object]) -> object:
    if len(head) > MOST_FRONT_MATTER:
        raise FrontMatterError(f"it is longer than {MOST_FRONT_MATTER:,} characters")
    try:
        _refuse_tricks(head)
        return read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        raise FrontMatterError(error.problem or "it is no YAML", line) from error
    except RecursionError as error:
        raise FrontMatterError("lists and keys lie too deep in one another") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise FrontMatterError(" ".join(str(error).split())) from error


def _refuse_tricks(head: str) -> None:
    """Aliases make a short text endless, tags make other things than texts of it."""
    for event in yaml.parse(head, Loader=yaml.SafeLoader):
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag or anchor:
            sign = f"tag {tag}" if tag else f"name {anchor}, marked by & or *,"
            mark = event.start_mark
            raise FrontMatterError(f"the {sign} is not for texts", mark.line + 1 if mark else None)
