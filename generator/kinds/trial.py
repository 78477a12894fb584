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

_LINE = re.compile(r"^(?P<file>[^\s,:]+\.(?:md|docx|html|css))(?:[^\n]*?, line (?P<line>\d+))?")
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
        yield _finding(refused, file)


def _finding(refused: PatraError, file: str) -> Finding:
    """A refusal as a finding, at the place that its message begins with."""
    found = _LINE.match(refused.message)
    line = int(found["line"]) if found and found["line"] else None
    return error("kind-makes-letters", Place(file, line=line), refused.message, refused.remedy)
