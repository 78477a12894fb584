"""A published source's words, what was corrected in them, and what of them is not printed."""

from __future__ import annotations

import csv
import re
from difflib import SequenceMatcher
from pathlib import Path

from tests.published import words

DATA = Path(__file__).parent / "data"
MARKUP = re.compile(r"(?<!\\)\*+|^- |^#+ |</?b>", re.MULTILINE)


def source_words(source: str) -> list[str]:
    """The words of a file in ``data/`` without Markdown marks."""
    text = (DATA / source).read_text(encoding="utf-8")
    return MARKUP.sub("", text).replace("\\*", "*").split()


def corrections(file: str) -> list[dict[str, str]]:
    """The replacements that a file in ``data/`` allows, each with its reason."""
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def correct(source: str, file: str) -> tuple[list[str], set[int]]:
    """The source's words with every correction made, and which corrections were needed."""
    used = set()
    words_now = source_words(source)
    for position, row in enumerate(corrections(file)):
        old, new = row["old"].split(), row["new"].split()
        out: list[str] = []
        at = 0
        while at < len(words_now):
            if words_now[at : at + len(old)] == old:
                used.add(position)
                out += new
                at += len(old)
            else:
                out.append(words_now[at])
                at += 1
        words_now = out
    return words_now, used


def expected_words(source: str, file: str) -> list[str]:
    """The corrected source's words, divided as those that are read back."""
    corrected, _used = correct(source, file)
    return words(" ".join(corrected))


def lost(expected: list[str], printed: list[str]) -> list[str]:
    """The expected words that are not printed in their place, each run with its neighbours."""
    matcher = SequenceMatcher(None, expected, printed, autojunk=False)
    return [
        f"{' '.join(expected[a - 3 : a])} [{' '.join(expected[a:b])}] → {' '.join(printed[c:d])}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag in ("replace", "delete")
    ]
