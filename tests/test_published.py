"""The published letter of 11 December 2025 made again: every word of the source, in order.

``corrections.csv`` holds the only replacements allowed; the source is the published letter's text
with its contact details replaced.
"""

from __future__ import annotations

import csv
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.published import Published, docx_words, pdf_words, words

DATA = Path(__file__).parent / "data"
SOURCE = DATA / "do_letter_2025-12-11.txt"
CORRECTIONS = DATA / "corrections.csv"
MARKUP = re.compile(r"\*+|^- ", re.MULTILINE)


def source_words() -> list[str]:
    """The source's words without Markdown marks."""
    return MARKUP.sub("", SOURCE.read_text(encoding="utf-8")).split()


def corrections() -> list[tuple[list[str], list[str]]]:
    """The replacements, as words."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return [(r["old"].split(), r["new"].split()) for r in csv.DictReader(file)]


def correct(source: list[str]) -> tuple[list[str], set[int]]:
    """The words with every correction made, and which corrections were needed."""
    used = set()
    words_now = source
    for position, (old, new) in enumerate(corrections()):
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


def expected_words() -> list[str]:
    """The corrected source's words, divided as those that are read back."""
    corrected, _used = correct(source_words())
    return words(" ".join(corrected))


def lost(expected: list[str], printed: list[str]) -> list[str]:
    """The expected words that are not printed in their place, each run with its neighbours."""
    matcher = SequenceMatcher(None, expected, printed, autojunk=False)
    return [
        f"{' '.join(expected[a - 3 : a])} [{' '.join(expected[a:b])}] → {' '.join(printed[c:d])}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag in ("replace", "delete")
    ]


@pytest.mark.parametrize("read", [docx_words, pdf_words])
def test_every_word_of_the_source_is_there_in_order(published: Published, read: object) -> None:
    expected = expected_words()

    printed = read(published)  # type: ignore[operator]

    assert len(expected) > 2000
    assert lost(expected, printed) == []


def test_a_lost_word_is_noticed(published: Published) -> None:
    expected = expected_words()
    printed = docx_words(published)
    at = printed.index("remarkable")

    (found,) = lost(expected, printed[:at] + printed[at + 1 :])
    assert "[remarkable]" in found


def test_every_correction_is_needed_and_explained() -> None:
    _words, used = correct(source_words())
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) <= 40
    assert used == set(range(len(rows)))
    assert all(re.search(r"domain \d", row["reason"]) for row in rows)
