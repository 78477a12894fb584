"""Pages beside the pictures that were looked at: tests/golden/, a page of each kind.

After a wanted change: ``PATRA_GOLDEN=accept .venv/bin/python -m pytest tests/test_golden.py``, then
look at every picture that changed, Hindi and English, before it is committed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from generator.compose import compose_letter
from generator.content import Letter, Paragraph
from generator.paths import Paths
from generator.render.pdf import PdfRenderer
from generator.run.prepare import prepare_edition

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
KEPT = ROOT / "test-failures"
SCALE = 70 / 72
DIFFERENT = 3 * 17
"""From so many of 255 shades on a dot is another one."""
SHADES = 17
"""Pictures are kept in 16 shades: every 17th."""
TOLERATED = 4
"""So many dots may differ: one changed mark is more."""
PAGES = {
    "hi-letter-1": ("HR", "hi", 0),
    "hi-letter-2": ("HR", "hi", 1),
    "hi-annexure-1": ("HR", "hi", 2),
    "hi-annexure-2": ("HR", "hi", 3),
    "hi-annexure-3": ("HR", "hi", 4),
    "en-letter-1": ("HR", "en", 0),
    "en-letter-2": ("HR", "en", 1),
    "en-annexure-1": ("HR", "en", 2),
    "en-annexure-2": ("HR", "en", 3),
    "en-annexure-3": ("HR", "en", 4),
    "en-annexure-1-ut": ("DH", "en", 2),
    "hi-letter-1-ut": ("DH", "hi", 0),
    "hi-memorandum-1": ("ALL", "hi", 0),
    "hi-memorandum-2": ("ALL", "hi", 1),
    "hi-memorandum-annexure": ("ALL", "hi", -1),
    "en-memorandum-1": ("ALL", "en", 0),
    "en-memorandum-2": ("ALL", "en", 1),
    "en-memorandum-annexure": ("ALL", "en", -1),
    "hi-letter-1-draft": ("DH", "hi", 0),
    "hi-annexure-3-on": ("HR", "hi", 5),
}
"""Recipient, version and page of each picture; those that end in -draft are of a draft."""


EDITIONS = {"ALL": "2025-07-om"}
"""Whose letter is another edition's than the sample's."""


@cache
def renderer(kind: str) -> PdfRenderer:
    return PdfRenderer(ROOT / "letter_templates" / kind, ROOT / "fonts")


@cache
def letter(who: str, language: str, *, draft: bool = False) -> Letter:
    """A letter of the sample edition, or the memorandum: one version of it."""
    folder = ROOT / "editions" / EDITIONS.get(who, "2025-12")
    prepared = prepare_edition(Paths.at(ROOT), folder)
    recipient = next(r for r in prepared.edition.recipients if r.id == who)
    number = "" if draft else f"SPECIMEN/{who}"
    whole = compose_letter(prepared.edition, prepared.cards, recipient, number)
    return replace(whole, versions=tuple(v for v in whole.versions if v.language == language))


@cache
def pictures(who: str, language: str, *, draft: bool = False) -> list[np.ndarray]:
    kind = "office_memorandum" if who in EDITIONS else "do_letter"
    return drawn(letter(who, language, draft=draft), kind)


def drawn(letter: Letter, kind: str = "do_letter") -> list[np.ndarray]:
    """Every page in grey, at 70 dots an inch."""
    document = pypdfium2.PdfDocument(renderer(kind).render(letter).data)
    pages = [np.asarray(p.render(scale=SCALE).to_pil().convert("L")) for p in document]
    document.close()
    return [(page // SHADES * SHADES).astype(np.uint8) for page in pages]


def differing(one: np.ndarray, other: np.ndarray) -> int:
    """How many dots are not the same."""
    if one.shape != other.shape:
        return one.size
    return int((np.abs(one.astype(int) - other.astype(int)) >= DIFFERENT).sum())


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_one_that_was_looked_at(name: str) -> None:
    who, language, page = PAGES[name]
    golden = GOLDEN / f"{name}.png"
    now = pictures(who, language, draft=name.endswith("-draft"))[page]
    if os.environ.get("PATRA_GOLDEN") == "accept":
        GOLDEN.mkdir(exist_ok=True)
        Image.fromarray(now).save(golden, optimize=True)
    wanted = np.asarray(Image.open(golden).convert("L"))

    dots = differing(wanted, now)

    if dots > TOLERATED:
        KEPT.mkdir(exist_ok=True)
        Image.fromarray(wanted).save(KEPT / f"{name}-wanted.png")
        Image.fromarray(now).save(KEPT / f"{name}-now.png")
        if wanted.shape == now.shape:
            Image.fromarray(255 - abs(wanted.astype(int) - now).astype(np.uint8)).save(
                KEPT / f"{name}-difference.png"
            )
    assert dots <= TOLERATED, (
        f"{name}: {dots} dots differ; both pictures and their difference are in "
        f"{KEPT.name}/. If the change is wanted: PATRA_GOLDEN=accept, and look at the new picture."
    )


def test_one_changed_conjunct_is_seen() -> None:
    whole = letter("HR", "hi")
    version = whole.versions[0]
    first = version.body[0]
    assert isinstance(first, Paragraph)
    spans = tuple(
        replace(span, text=span.text.replace("प्लेटफॉर्म", "प्लेटफॉम", 1)) for span in first.text
    )
    changed = replace(first, text=spans)
    assert changed != first
    other = replace(version, body=(changed, *version.body[1:]))

    dots = differing(pictures("HR", "hi")[0], drawn(replace(whole, versions=(other,)))[0])

    assert dots > TOLERATED
