"""The data within each PDF: found by any program, as the schema says, worked out again."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest

from generator.compose import Revised, compose_letter
from generator.content import Letter
from generator.data_json import (
    SCHEMA_FILE,
    AttachedData,
    data_from_json,
    data_to_json,
    decimal_text,
)
from generator.errors import ArchiveError, UsageError
from generator.letter_data import LetterData
from generator.letter_json import letter_from_json, letter_to_json
from generator.paths import Paths
from generator.readback import read_attachments
from generator.register import all_entries
from generator.run.archived.recomputed import recompute
from generator.run.prepare import prepare_edition
from tests.command import ROOT, patra_json
from tests.issued import (
    archive,
    archive_json,
    change_register,
    copy_of,
    issue_small,
    refused,
    revise,
)
from tests.small import Small

Document: TypeAlias = dict[str, Any]
Change: TypeAlias = Callable[[Document], object]
PRINT = "fe" * 32
FOLDER = "2025-12-11"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three letters issued; not to be changed."""
    return issue_small(tmp_path_factory.mktemp("data"))


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy that a test may damage."""
    return copy_of(issued, tmp_path)


@pytest.fixture(scope="module")
def haryana() -> Letter:
    """The sample edition's letter to Haryana, as it would be issued."""
    return compose("2025-12", "HR")


def compose(edition: str, who: str, revised: Revised | None = None) -> Letter:
    """A letter of one of the project's editions."""
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / edition)
    recipient = next(r for r in prepared.edition.recipients if r.id == who)
    return compose_letter(prepared.edition, prepared.cards, recipient, "N/1", revised)


def data_of(letter: Letter) -> LetterData:
    assert letter.data
    return letter.data


def document_of(small: Small, stem: str) -> Document:
    """What a PDF carries."""
    (text,) = read_attachments((small.dated / f"{stem}.pdf").read_bytes()).values()
    document: Document = json.loads(text)
    return document


def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


# --- what the letter has -----------------------------------------------------------------------


def test_the_data_come_back_from_their_file_and_from_the_stored_letter(haryana: Letter) -> None:
    data = data_of(haryana)

    assert data_from_json(data_to_json(data, PRINT)) == AttachedData(data, PRINT)
    assert letter_from_json(letter_to_json(haryana)) == haryana


def test_figures_are_in_full_and_name_their_cells(haryana: Letter) -> None:
    data = data_of(haryana)
    first = data.indicators[0]

    assert first.numerator.value == "322014"
    assert [str(cell) for cell in first.numerator.cells] == ["scores.xlsx, sheet Scores, cell E12"]
    assert first.share.startswith("67.616759828151706933")
    assert first.level == "strong"
    assert (data.category, data.rank.value, data.number, data.revision) == ("B", "5", "N/1", 1)
    assert [line.rank for line in data.ranking if line.who == "HR"] == [5]


def test_the_data_name_no_person_no_address_and_no_telephone() -> None:
    edition = ROOT / "editions" / "2025-12"
    prepared = prepare_edition(Paths.at(ROOT), edition)
    private = {"@", "011-"}
    for recipient in prepared.edition.recipients:
        private |= {*recipient.name.values(), recipient.email}
    private |= {*prepared.edition.signatory.name.values()}
    if prepared.edition.contact:
        private |= {*prepared.edition.contact.name.values()}
    private.discard("")

    for recipient in prepared.edition.recipients:
        letter = compose_letter(prepared.edition, prepared.cards, recipient, "N/1")
        text = data_to_json(data_of(letter), PRINT).decode()
        assert not [word for word in private if word in text]
    assert len(private) > 30


def test_every_letter_of_the_edition_follows_the_schema_and_its_own_formula() -> None:
    prepared = prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")
    schema = validator()

    for recipient in prepared.edition.recipients:
        letter = compose_letter(prepared.edition, prepared.cards, recipient, "")
        schema.validate(json.loads(data_to_json(data_of(letter), "")))
        assert recompute(data_of(letter)) == []
    assert len(prepared.edition.recipients) == 36


def test_a_given_composite_stands_beside_the_computed_one() -> None:
    data = data_of(compose("2025-12-published", "HR"))

    assert data.method == "given"
    assert data.computed not in ("", data.composite.value)
    assert data.rank.cells
    assert recompute(data) == []
    validator().validate(json.loads(data_to_json(data, PRINT)))


def test_numbers_have_no_exponent_and_no_closing_zeros() -> None:
    texts = [decimal_text(Decimal(text)) for text in ("1E+5", "47.00", "0.50", "1E-3", "0")]

    assert texts == ["100000", "47", "0.5", "0.001", "0"]


# --- what the file is --------------------------------------------------------------------------


def test_every_pdf_carries_its_data_as_the_schema_says(issued: Small) -> None:
    schema = validator()

    for entry in all_entries(issued.output):
        document = document_of(issued, entry.revisions[0].stem)
        schema.validate(document)
        assert document["who"] == entry.who
        assert document["number"] == entry.number
        assert document["fingerprint"] == entry.revisions[0].fingerprint


BROKEN: dict[str, Change] = {
    "a number instead of a text": lambda d: d["composite"].update(value=53.63),
    "an exponent": lambda d: d["indicators"][0].update(share="6.7E+1"),
    "grouping": lambda d: d["indicators"][0]["numerator"].update(value="3,22,014"),
    "no fingerprint": lambda d: d.pop("fingerprint"),
    "an unknown key": lambda d: d.update(phone="011-00000000"),
    "no cells": lambda d: d["composite"].pop("cells"),
    "a date that is none": lambda d: d.update(date="2025-12-32"),
    "a rank of 0": lambda d: d["ranking"][0].update(rank=0),
    "another method": lambda d: d.update(method="guessed"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_the_schema_finds_a_broken_file(haryana: Letter, case: str) -> None:
    document = json.loads(data_to_json(data_of(haryana), PRINT))
    validator().validate(document)

    BROKEN[case](document)

    with pytest.raises(jsonschema.ValidationError):
        validator().validate(document)


def objects(schema: object) -> Iterator[Document]:
    """Every part of the schema that describes something."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in ("properties", "$defs"):
                yield from value.values()
            yield from objects(value)


def test_the_schema_describes_every_key() -> None:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    described = list(objects(schema))

    assert len(described) > 40
    assert [part for part in described if not part.get("description")] == []


def test_poppler_lists_the_file_and_saves_it(issued: Small, tmp_path: Path) -> None:
    pdf = issued.dated / "GA-goa.pdf"

    listed = subprocess.run(
        ["pdfdetach", "-list", pdf], capture_output=True, text=True, check=True
    ).stdout
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, pdf], check=True)

    assert listed.splitlines() == ["1 embedded files", "1: GA.json"]
    assert json.loads((tmp_path / "GA.json").read_bytes()) == document_of(issued, "GA-goa")


def test_the_file_is_a_source_dated_like_the_letter_and_told_in_both_languages(
    issued: Small,
) -> None:
    told = subprocess.run(
        ["qpdf", "--list-attachments", "--verbose", issued.dated / "GA-goa.pdf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    objects = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", issued.dated / "GA-goa.pdf", "-"],
        capture_output=True,
        check=True,
    ).stdout

    assert "इस दस्तावेज के मशीन-पठनीय आँकड़े · Data of this document for machines" in told
    assert "creation date: D:20251211000000Z" in told
    assert "modification date: D:20251211000000Z" in told
    assert "mime type: application/json" in told
    assert objects.count(b"/AFRelationship /Source") == 1


def test_a_draft_carries_data_without_number_and_fingerprint(tmp_path: Path) -> None:
    edition = ROOT / "editions" / "2025-12"
    result = patra_json("draft", edition, "HR", "--output", tmp_path, "--format", "pdf")
    pdf = Path(result["letters"][0]["files"]["pdf"]["path"]).read_bytes()
    document = json.loads(read_attachments(pdf)["HR.json"])

    assert (document["number"], document["fingerprint"]) == ("", "")
    validator().validate(document)


# --- patra archive show --data -----------------------------------------------------------------


def test_show_prints_the_data_that_the_archived_pdf_carries(issued: Small) -> None:
    document = document_of(issued, "HR-haryana")

    printed = archive(issued, "show", FOLDER, "Haryana", "--data")
    inside = archive_json(issued, "show", FOLDER, "HR", "--data")

    assert (
        printed.encode()
        == read_attachments((issued.dated / "HR-haryana.pdf").read_bytes())["HR.json"]
    )
    assert [letter["data"] for letter in inside["letters"]] == [document]
    assert "data" not in archive_json(issued, "show", FOLDER, "HR")["letters"][0]


def test_show_gives_the_data_of_the_revision_in_force(small: Small) -> None:
    revise(small, "GA")

    document = json.loads(archive(small, "show", FOLDER, "GA", "--data"))

    assert (document["revision"], document["date"]) == (2, "2025-12-12")


def test_show_needs_a_letter_and_the_file_that_was_issued(small: Small) -> None:
    change_register(
        small,
        "INSERT INTO letter VALUES ('N/4', 'editions/2025-12', '2025-12-11', 'D-017', 4,"
        " '2025-12-11', 'reserved', '')",
    )
    pdf = small.dated / "GA-goa.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    (small.dated / "CH-chandigarh.pdf").unlink()

    assert isinstance(refused(small, "show", FOLDER, "--data", code=2), UsageError)
    for who, message in {
        "D-017": "was never issued",
        "GA": "is not the file that was issued",
        "CH": "cannot be read",
    }.items():
        error = refused(small, "show", FOLDER, who, "--data", code=7)
        assert isinstance(error, ArchiveError)
        assert message in error.message
        assert error.remedy
