"""The words of a letter's files beside those of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content import Letter, Running, version_texts
from generator.readback.pdf import read_pdf
from generator.readback.squeeze import squeeze
from generator.readback.word import read_docx, read_margins

CONTEXT = 40
"""So many characters are shown from where two texts part."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a file's words part from the letter's: what it says there, and what it should say."""

    found: str
    expected: str


def compare_docx(data: bytes, letter: Letter) -> Mismatch | None:
    """Whether a Word file says what the letter says, in heads and feet too; None where it does.

    What a kind's ``letter.docx`` itself adds to heads and feet is no difference.
    """
    try:
        found, margins = read_docx(data), read_margins(data)
    except Exception:  # damage shows in whichever layer of the file it lies
        return Mismatch("no Word file that can be read", "the letter's Word file")
    return _compare(found, letter_words(letter)) or _compare_margins(margins, letter)


def _compare_margins(margins: Sequence[str], letter: Letter) -> Mismatch | None:
    """Whether each section bears in its head or foot the letter's mark, and its own line."""
    runnings = list(_runnings(letter))
    if len(margins) != len(runnings):
        return Mismatch(f"{len(margins)} sections", f"{len(runnings)} sections")
    for number, (margin, running) in enumerate(zip(margins, runnings, strict=True), 1):
        left, page = _foot_parts(running)
        parts = (re.escape(_mark(letter)), rf"{left}(?!\d)", page)  # 1112-1 is not 1112-12
        if not all(re.search(part, margin) for part in parts):
            told = (_mark(letter), running.left, running.page)
            expected = ", ".join(f"“{text}”" for text in told if text)
            return Mismatch(f"head and foot of section {number}: “{margin}”", expected)
    return None


def compare_pdf(data: bytes, letter: Letter) -> Mismatch | None:
    """Whether a PDF says what the letter says, each page under its mark and foot; None if so."""
    try:
        pages = read_pdf(data)
    except Exception:  # damage shows in whichever layer of the file it lies
        return Mismatch("no PDF that can be read", "the letter's PDF")
    margins = _margins(letter)
    bodies = []
    for number, page in enumerate(pages, 1):
        margin = margins.search(page)
        if margin is None:
            expected = "the letter's mark and foot at its end"
            return Mismatch(f"page {number} ends with “{page[-CONTEXT:]}”", expected)
        bodies.append(page[: margin.start()])
    return _compare("".join(bodies), letter_words(letter))


def letter_words(letter: Letter) -> str:
    """All words of a letter, version after version, squeezed."""
    return "".join(squeeze(text) for v in letter.versions for text in version_texts(v))


def _margins(letter: Letter) -> re.Pattern[str]:
    """What a page's text ends with: the mark in its head, then one of the letter's feet."""
    feet = dict.fromkeys("".join(_foot_parts(running)) for running in _runnings(letter))
    return re.compile(f"{re.escape(_mark(letter))}(?:{'|'.join(feet)})$")


def _mark(letter: Letter) -> str:
    return squeeze(" · ".join(line.text for line in letter.mark))


def _runnings(letter: Letter) -> Iterator[Running]:
    for version in letter.versions:
        yield version.running
        yield from (a.running for a in version.annexures if a.running)


def _foot_parts(running: Running) -> tuple[str, str]:
    """Patterns of a foot's two parts, whatever number its page has."""
    page = re.sub(r"\\\{pages?\\\}", r"\\d+", re.escape(squeeze(running.page)))
    return re.escape(squeeze(running.left)), page


def _compare(found: str, expected: str) -> Mismatch | None:
    if found == expected:
        return None
    shorter = min(len(found), len(expected))
    parting = next((n for n in range(shorter) if found[n] != expected[n]), shorter)
    return Mismatch(_excerpt(found, parting), _excerpt(expected, parting))


def _excerpt(text: str, start: int) -> str:
    return f"the words “{text[start : start + CONTEXT]}”" if start < len(text) else "no more words"
