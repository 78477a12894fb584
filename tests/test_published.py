"""The published letter of 11 December 2025 made again: every word of the source, in order.

``corrections.csv`` holds the only replacements allowed; the source is the published letter's text
with its contact details replaced.
"""

from __future__ import annotations

import re

import pytest

from tests.published import Published, docx_words, pdf_words
from tests.source_words import correct, corrections, expected_words, lost

SOURCE = "do_letter_2025-12-11.txt"
CORRECTIONS = "corrections.csv"


@pytest.mark.parametrize("read", [docx_words, pdf_words])
def test_every_word_of_the_source_is_there_in_order(published: Published, read: object) -> None:
    expected = expected_words(SOURCE, CORRECTIONS)

    printed = read(published)  # type: ignore[operator]

    assert len(expected) > 2000
    assert lost(expected, printed) == []


def test_a_lost_word_is_noticed(published: Published) -> None:
    expected = expected_words(SOURCE, CORRECTIONS)
    printed = docx_words(published)
    at = printed.index("remarkable")

    (found,) = lost(expected, printed[:at] + printed[at + 1 :])
    assert "[remarkable]" in found


def test_every_correction_is_needed_and_explained() -> None:
    _words, used = correct(SOURCE, CORRECTIONS)
    rows = corrections(CORRECTIONS)

    assert len(rows) <= 40
    assert used == set(range(len(rows)))
    assert all(re.search(r"domain \d", row["reason"]) for row in rows)
