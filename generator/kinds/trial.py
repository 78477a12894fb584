"""A kind tried out: letters of a made-up edition composed, made as Word and PDF, and read back.

What no rule foresees shows here: Markdown that a value breaks, a part that is printed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator.compose import compose_letter
from generator.content import Letter
from generator.errors import PatraError
from generator.findings import Finding
from generator.kinds.sources import error
from generator.model import Edition, Place
from generator.paths import Paths
from generator.readback import PageCheck, prove_files
from generator.render.docx import DocxRenderer
from generator.scoring import score_edition

STYLE = "page.css"
_LINE = re.compile(
    r"^(?P<file>[^\s,:]+\.(?:md|docx|html|css))"
    r"(?:[^\n]*?, (?:line (?P<line>\d+)|paragraph (?P<paragraph>\d+)))?"
)
_IGNORED = re.compile(r"Ignored `(?P<name>[\w-]+)[^`]*` at (?P<line>\d+):\d+")
_FONT = re.compile(r"names the font ([^,]+), which")
_NUMBER = "SAMPLE/2025/1"


def try_texts(edition: Edition) -> tuple[list[Letter], list[Finding]]:
    """The letters of the made-up edition, and why some cannot be composed."""
    cards = score_edition(edition)
    letters: list[Letter] = []
    findings: list[Finding] = []
    for language in edition.versions:
        alone = replace(edition, versions=(language,))
        for recipient in edition.recipients:
            try:
                letters.append(compose_letter(alone, cards, recipient, _NUMBER))
            except PatraError as refused:
                finding = _finding(refused, edition.texts[language].file)
                findings += [finding] if finding not in findings else []
    if findings:
        return [], findings
    return [compose_letter(edition, cards, r, _NUMBER) for r in edition.recipients], []


def try_files(letters: list[Letter], folder: Path, paths: Paths) -> Iterator[Finding]:
    """Why the letters cannot be made as PDF and Word, or do not say what they should."""
    # loads WeasyPrint: only where letters are made
    from generator.render.pdf import PdfRenderer  # noqa: PLC0415

    file = paths.relative(folder)
    try:
        pdf, docx = PdfRenderer(folder, paths.fonts), DocxRenderer(folder, paths.fonts)
        docx.check_fonts()
        check = PageCheck(paths.fonts)
        for letter in letters[:2]:
            printed = pdf.render(letter)
            prove_files(docx.render(letter, printed.pages), printed.data, letter, check)
    except PatraError as refused:
        found = _finding(refused, file)
        yield replace(found, where=_in_look(refused.message, folder, paths) or found.where)


def _in_look(message: str, folder: Path, paths: Paths) -> Place | None:
    """The file of the kind's look that a message names, or its style sheet, with the line."""
    found = _LINE.match(message)
    name = found["file"].rpartition("/")[2] if found else STYLE
    path = folder / name
    lines = path.read_text("utf-8").split("\n") if name == STYLE and path.is_file() else []
    told, font = _IGNORED.search(message), _FONT.search(message)
    if told and int(told["line"]) <= len(lines) and told["name"] in lines[int(told["line"]) - 1]:
        return Place(paths.relative(path), line=int(told["line"]))
    naming = [n for n, line in enumerate(lines, 1) if font and _names_font(line, font[1])]
    if found is None or not path.is_file():
        return None
    line = int(found["line"]) if found["line"] else next(iter(naming), None)
    return Place(paths.relative(path), line=line)


def _names_font(line: str, font: str) -> bool:
    return "font" in line and font.casefold() in line.casefold()


def _finding(refused: PatraError, file: str) -> Finding:
    """A refusal as a finding, at the place that its message begins with."""
    found = _LINE.match(refused.message)
    line, paragraph = found.group("line", "paragraph") if found else (None, None)
    where = Place(
        file,
        line=int(line) if line else None,
        paragraph=int(paragraph) if paragraph else None,
    )
    return error("kind-makes-letters", where, refused.message, refused.remedy)
