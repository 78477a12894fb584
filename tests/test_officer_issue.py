"""Letters issued by the real command from a ``letter.docx`` that Word or LibreOffice has saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from lxml import etree

from tests import officer_edits as office
from tests.command import patra_json
from tests.officer_edits import w
from tests.small import RECIPIENTS, Small, make_small
from tests.word_checked import faults

LOOK = (
    *(office.set_margins, office.choose_fonts("Noto Sans", "Noto Sans Devanagari")),
    *(office.signature_in_a_table, office.first_and_even_pages, office.picture_in_the_letterhead),
    *(office.words_and_fields_in_the_foot, office.german_ids, *office.NOTED),
)
"""A new look, as Word saves it."""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Small]:
    """The small edition issued with the template as it is, and as two officers have left it."""
    folder = tmp_path_factory.mktemp("issued")
    smalls = {name: make_small(folder / name) for name in ("as it is", "word", "libreoffice")}
    office.edit_template(smalls["word"].kind / "letter.docx", *LOOK)
    office.saved_by_libreoffice(smalls["libreoffice"].kind / "letter.docx", folder)
    for small in smalls.values():
        small.write_recipients(RECIPIENTS[0])
        patra_json("issue", small.edition, "--root", small.root, "--jobs", 1)
    return smalls


@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_letters_are_issued_from_the_changed_template(
    issued: Mapping[str, Small], program: str
) -> None:
    """Each file has been read back and says what its letter says, or it would not be there."""
    small, before = issued[program], issued["as it is"]

    assert names(small) == names(before)
    assert proofs(small) == proofs(before)
    assert [faults(path) for path in sorted(small.dated.glob("*.docx"))] == [[]]
    assert patra_json("archive", "verify", "--root", small.root)


@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_page_numbers_are_those_of_the_pdf(issued: Mapping[str, Small], program: str) -> None:
    for path in issued[program].dated.glob("*.docx"):
        before = issued["as it is"].dated / path.name
        assert feet(path) == feet(before)
        assert pages(path) == pages(before) > 6


def names(small: Small) -> list[str]:
    """The files of the dated folder."""
    return sorted(path.name for path in small.dated.iterdir())


def proofs(small: Small) -> dict[str, object]:
    """By recipient, the proof of each file."""
    manifest = json.loads((small.dated / "manifest.json").read_text("utf-8"))
    return {entry["who"]: entry["revisions"][-1]["proof"] for entry in manifest["letters"]}


def feet(path: Path) -> list[list[str]]:
    """The last line that is the letter's of each section's foot: "DO No. … Page 1 of 3"."""
    feet = (section.footer.paragraphs[0] for section in docx.Document(str(path)).sections)
    return [[text.text or "" for text in foot._p.iter(w("t"))] for foot in feet]


def pages(path: Path) -> int:
    """The pages that a Word file says it has."""
    root = etree.fromstring(office.read_parts(path)["docProps/app.xml"])
    return int(next(e.text or "" for e in root if e.tag.endswith("}Pages")))
