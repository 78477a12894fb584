"""PDF/A-3a and PDF/UA-1, as veraPDF judges them, of letters that differ and of files that fail."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.inputs.states import load_states
from tests.command import patra_json
from tests.vera import Verdict, validate

DIFFERENT = ("AP", "AN", "DH", "JK", "LD", "HR", "JH", "TN")
"""Longest names, Union Territories, first and last ranks, one that gets English alone."""
REST = [state.id for state in load_states() if state.id not in DIFFERENT]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """PDFs of the sample edition by id: the eight."""
    return issue(tmp_path_factory.mktemp("valid"), *DIFFERENT)


def issue(output: Path, *who: str) -> dict[str, Path]:
    document: Any = patra_json("issue", "editions/2025-12", *who, "--output", output)
    return {e["who"]: Path(e["files"]["pdf"]["path"]) for e in document["letters"] if e["files"]}


def faults(verdicts: list[Verdict]) -> dict[str, tuple[str, ...]]:
    """What is wrong, by flavour; both must have been judged by many checks."""
    assert all(verdict.checks > 10_000 for verdict in verdicts)
    return {verdict.flavour: verdict.faults for verdict in verdicts}


@pytest.mark.parametrize("who", DIFFERENT)
def test_a_letter_is_what_it_claims_to_be(who: str, issued: dict[str, Path]) -> None:
    assert faults(validate(issued[who])) == {"3a": (), "ua1": ()}


def test_a_draft_is_valid_too(tmp_path: Path) -> None:
    patra_json("draft", "editions/2025-12", "HR", "--format", "pdf", "--output", tmp_path)
    (file,) = tmp_path.rglob("HR-*.pdf")

    assert faults(validate(file)) == {"3a": (), "ua1": ()}


def test_a_memorandum_is_valid_too(tmp_path: Path) -> None:
    document: Any = patra_json("issue", "editions/2025-07-om", "--output", tmp_path, "--jobs", 1)
    (letter,) = document["letters"]

    verdicts = validate(Path(letter["files"]["pdf"]["path"]))

    assert {v.flavour: v.faults for v in verdicts} == {"3a": (), "ua1": ()}


@pytest.mark.slow
def test_all_36_are_what_they_claim_to_be(tmp_path: Path) -> None:
    files = issue(tmp_path)

    found = {who: faults(validate(file)) for who, file in files.items()}

    assert len(found) == 36
    assert {who: told for who, told in found.items() if told != {"3a": (), "ua1": ()}} == {}


@pytest.fixture(scope="module")
def plain(issued: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Haryana's letter with every object written out, as valid as before."""
    file = tmp_path_factory.mktemp("plain") / "plain.pdf"
    options = ("--object-streams=disable", "--stream-data=uncompress", "--newline-before-endstream")
    subprocess.run(["qpdf", *options, str(issued["HR"]), str(file)], check=True)
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
