"""Heads and feet: every page bears the letter's mark, its part's line and its own number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from generator.content import Letter, Running
from generator.readback.expected import Expected
from generator.readback.frames import PAGE, PAGES, Margin
from generator.readback.mismatch import CONTEXT, Mismatch
from generator.readback.pdf import PdfPage
from generator.readback.squeeze import squeeze
from generator.readback.words import Words


def page_bodies(
    pages: Sequence[PdfPage], letter: Letter, expected: Expected
) -> list[Words] | Mismatch:
    """The words of each page without what stands in its head and foot, which comes last."""
    margins = _margins(letter, expected)
    bodies = []
    for number, page in enumerate(pages, 1):
        margin = margins.search(page.words.text)
        if margin is None:
            found = f"page {number} ends with “{page.words.text[-CONTEXT:]}”"
            return Mismatch(found, "the letter's mark and foot at its end")
        bodies.append(page.words.until(margin.start()))
    return bodies


def count_pages(bodies: Sequence[Words], expected: Expected) -> list[int]:
    """How many pages each section has; the words are known to be the letter's."""
    counts = [0] * len(expected.sections)
    for section in _sections_of(bodies, expected):
        counts[section] += 1
    return counts


def compare_feet(
    pages: Sequence[PdfPage], bodies: Sequence[Words], letter: Letter, expected: Expected
) -> Mismatch | None:
    """Whether each page says of which part it is, and the how manieth of how many; None if so."""
    counts = count_pages(bodies, expected)
    reached = [0] * len(counts)
    placed = zip(pages, bodies, _sections_of(bodies, expected), strict=True)
    for number, (page, body, section) in enumerate(placed, 1):
        reached[section] += 1
        running = expected.sections[section].running
        foot = _filled(running, reached[section], counts[section])
        found = page.words.text[len(body.text) :]
        if found != _mark(letter) + squeeze(running.left + foot):
            told = ", ".join(f"“{text}”" for text in (*_mark_told(letter), running.left, foot))
            return Mismatch(f"head and foot of page {number}: “{found}”", told)
    return None


def compare_margins(
    margins: Sequence[Sequence[Margin]], letter: Letter, expected: Expected, counts: Sequence[int]
) -> Mismatch | None:
    """Whether each section of a Word file bears the mark, and its own line; None if so.

    On its first page and on even ones too, where they have heads and feet of their own. ``counts``
    are the pages of the sections, which the page fields show until Word counts anew; () where they
    are not known.
    """
    sections = expected.sections
    if len(margins) != len(sections):
        return Mismatch(f"{len(margins)} sections", f"{len(sections)} sections")
    for number, (section, frames) in enumerate(zip(sections, margins, strict=True), 1):
        pages = str(counts[number - 1]) if counts else None
        for margin in frames:
            place = f"head and foot of section {number}{margin.which}"
            fault = _margin_fault(margin, letter, section.running, pages)
            if fault:
                return Mismatch(f"{place}: {fault.found}", fault.expected)
    return None


def _margin_fault(
    margin: Margin, letter: Letter, running: Running, pages: str | None
) -> Mismatch | None:
    left = rf"{re.escape(squeeze(running.left))}(?!\d)"  # 1112-1 is not 1112-12
    parts = (re.escape(_mark(letter)), left, re.escape(squeeze(running.page)))
    if not all(re.search(part, margin.text) for part in parts):
        told = (*_mark_told(letter), running.left, running.page)
        return Mismatch(f"“{margin.text}”", ", ".join(f"“{text}”" for text in told if text))
    if margin.first != "1":
        return Mismatch(f"pages counted from {margin.first}", "pages counted from 1")
    wanted = {PAGE: "1", PAGES: pages}
    for field, shown in margin.fields:
        if wanted[field] not in (None, shown):
            return Mismatch(f"the field {field} shows {shown}", f"{wanted[field]}, the PDF's,")
    return None


def _sections_of(bodies: Sequence[Words], expected: Expected) -> list[int]:
    """The section of each page: that which its first word is in, or the page before's."""
    starts = [expected.starts[section.first] for section in expected.sections]
    found: list[int] = []
    reached = 0
    for body in bodies:
        lone_picture = found and not body.text
        found.append(found[-1] if lone_picture else bisect_right(starts, reached) - 1)
        reached += len(body.text)
    return found


def _margins(letter: Letter, expected: Expected) -> re.Pattern[str]:
    """What a page's text ends with: the mark in its head, then one of the letter's feet."""
    runnings = (section.running for section in expected.sections)
    feet = dict.fromkeys(_foot_pattern(running) for running in runnings)
    return re.compile(f"{re.escape(_mark(letter))}(?:{'|'.join(feet)})$")


def _mark(letter: Letter) -> str:
    return squeeze(" · ".join(line.text for line in letter.mark))


def _mark_told(letter: Letter) -> list[str]:
    return [" · ".join(line.text for line in letter.mark)] if letter.mark else []


def _foot_pattern(running: Running) -> str:
    """A pattern of a foot, whatever number its page has."""
    page = re.sub(r"\\\{pages?\\\}", r"\\d+", re.escape(squeeze(running.page)))
    return re.escape(squeeze(running.left)) + page


def _filled(running: Running, page: int, pages: int) -> str:
    return running.page.replace("{pages}", str(pages)).replace("{page}", str(page))
