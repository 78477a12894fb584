"""PDF/A-3a and PDF/UA-1, as veraPDF judges them, of letters that differ and of files that fail."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.compose import compose_letter
from generator.content import Letter
from generator.paths import Paths
from generator.render.pdf import PdfRenderer
from generator.run.prepare import prepare_edition
from tests.command import patra_json
from tests.tag_tree import expected, spoken, tag_tree
from tests.vera import Verdict, validate

DIFFERENT = ("AP", "AN", "DH", "JK", "LD", "HR", "JH", "TN")
"""Longest names, Union Territories, first and last ranks, one that gets English alone."""
DRAFT = ("draft", "HR", "")
ROOT = Path(__file__).resolve().parents[1]
PRINT = "fe" * 32


@pytest.fixture(scope="module")
def letters() -> dict[str, Letter]:
    """The eight by id, as they are issued; and Haryana's draft as "draft"."""
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    recipients = {recipient.id: recipient for recipient in prepared.edition.recipients}
    return {
        name: compose_letter(prepared.edition, prepared.cards, recipients[who], number)
        for name, who, number in [*((who, who, "SPECIMEN/1") for who in DIFFERENT), DRAFT]
    }


@pytest.fixture(scope="module")
def made(letters: dict[str, Letter], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Their PDFs."""
    folder = tmp_path_factory.mktemp("valid")
    renderer = PdfRenderer(ROOT / "letter_templates" / "do_letter", ROOT / "fonts")
    files = {name: folder / f"{name}.pdf" for name in letters}
    for name, file in files.items():
        file.write_bytes(renderer.render(letters[name], PRINT if name != DRAFT[0] else "").data)
    return files


def faults(verdicts: list[Verdict]) -> dict[str, tuple[str, ...]]:
    """What is wrong, by flavour; both must have been judged by many checks."""
    assert all(verdict.checks > 10_000 for verdict in verdicts)
    return {verdict.flavour: verdict.faults for verdict in verdicts}


@pytest.mark.parametrize("name", [*DIFFERENT, DRAFT[0]])
def test_a_letter_is_what_it_claims_to_be(name: str, made: dict[str, Path]) -> None:
    assert faults(validate(made[name])) == {"3a": (), "ua1": ()}


@pytest.mark.parametrize("name", DIFFERENT)
def test_each_text_is_read_in_its_language(
    name: str, letters: dict[str, Letter], made: dict[str, Path]
) -> None:
    assert spoken(tag_tree(made[name].read_bytes())) == list(expected(letters[name]))


@pytest.mark.slow
def test_all_36_are_what_they_claim_to_be(tmp_path: Path) -> None:
    document: Any = patra_json("issue", "editions/2025-12", "--output", tmp_path)
    files = {e["who"]: Path(e["files"]["pdf"]["path"]) for e in document["letters"]}

    found = {who: faults(validate(file)) for who, file in files.items()}

    assert len(found) == 36
    assert {who: told for who, told in found.items() if told != {"3a": (), "ua1": ()}} == {}


@pytest.fixture(scope="module")
def plain(made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Haryana's letter with every object written out, as valid as before."""
    file = tmp_path_factory.mktemp("plain") / "plain.pdf"
    options = ("--object-streams=disable", "--stream-data=uncompress", "--newline-before-endstream")
    subprocess.run(["qpdf", *options, str(made["HR"]), str(file)], check=True)
    assert faults(validate(file)) == {"3a": (), "ua1": ()}
    return file.read_bytes()


@pytest.mark.parametrize(
    ("there", "spoilt", "flavour"),
    [
        (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "ua1"),
        (b"/MarkInfo", b"/MarkNone", "ua1"),
        (b"/OutputIntents", b"/OutputNothing", "3a"),
        (b"/FontFile2", b"/FontNone2", "3a"),
    ],
)
def test_a_spoilt_letter_fails(
    there: bytes, spoilt: bytes, flavour: str, plain: bytes, tmp_path: Path
) -> None:
    assert there in plain
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(plain.replace(there, spoilt))

    assert {v.flavour: v.faults for v in validate(bad)}[flavour]


def test_a_file_that_claims_nothing_is_no_letter(plain: bytes, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(plain.replace(b"/pdfa/ns/id/", b"/none/ns/id/").replace(b"/pdfua/", b"/noneo/"))

    assert validate(bad) == []
