"""``patra archive verify`` works out every figure again from the data within each PDF."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pypdfium2
import pytest

from generator.content import Letter
from generator.data_json import data_from_json
from generator.letter_json import letter_from_json, letter_to_json
from generator.readback import read_attachments
from generator.register import all_entries
from generator.store import Store
from tests.command import patra_json
from tests.issued import (
    archive_json,
    change_register,
    copy_of,
    forge,
    forge_listing,
    issue_small,
)
from tests.published import waive
from tests.small import Small

Document: TypeAlias = dict[str, Any]
Change: TypeAlias = Callable[[Document], object]
PRINT = "fe" * 32


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three letters issued; not to be changed."""
    return issue_small(tmp_path_factory.mktemp("data"))


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy that a test may damage."""
    return copy_of(issued, tmp_path)


def document_of(small: Small) -> Document:
    """What Haryana's PDF carries."""
    pdf = (small.dated / "HR-haryana.pdf").read_bytes()
    document: Document = json.loads(read_attachments(pdf)["HR.json"])
    return document


def with_data(pdf: bytes, name: str, data: bytes, folder: Path) -> bytes:
    """The PDF with other data within."""
    document = pypdfium2.PdfDocument(pdf)
    attachment = document.get_attachment(0)
    assert attachment.get_name() == name
    attachment.set_data(data)
    file = folder / "forged.pdf"
    document.save(file)
    document.close()
    return file.read_bytes()


def forge_data(small: Small, change: Change, folder: Path) -> None:
    """Changes what Haryana's PDF carries, with register, manifest and sums made to agree."""
    document = document_of(small)
    change(document)
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True).encode()
    pdf = with_data((small.dated / "HR-haryana.pdf").read_bytes(), "HR.json", text, folder)
    forge(small, "HR-haryana.pdf", pdf)


def forge_package(small: Small, letter: bytes) -> None:
    """Puts another letter into the store, with register and manifest made to agree."""
    store = Store(small.output)
    entry = next(e for e in all_entries(small.output) if e.who == "HR")
    before = entry.revisions[0].package
    after = store.keep_package(replace(store.fetch_package(before), letter=store.keep(letter)))
    change_register(small, "UPDATE revision SET package = ? WHERE package = ?", after, before)
    manifest = (small.dated / "manifest.json").read_text("utf-8")
    forge_listing(small, "manifest.json", manifest.replace(before, after))


def stored_letter(small: Small) -> Letter:
    store = Store(small.output)
    entry = next(e for e in all_entries(small.output) if e.who == "HR")
    return letter_from_json(store.fetch(store.fetch_package(entry.revisions[0].package).letter))


def differences(small: Small) -> list[dict[str, str]]:
    found: list[dict[str, str]] = archive_json(small, "verify", code=7)["differences"]
    return found


def count_more(document: Document) -> None:
    document["indicators"][2]["numerator"]["value"] = "30117"


FORGED: dict[str, tuple[Change, list[str]]] = {
    "a count": (
        count_more,
        ["worked out again: share of completed_one 9.35", "indicators.2.numerator.value 20117"],
    ),
    "a level": (
        lambda d: d["indicators"][2].update(level="strong"),
        ["worked out again: level of completed_one low", "indicators.2.level low"],
    ),
    "the composite": (
        lambda d: d["composite"].update(value="63.63"),
        ["worked out again: composite 53.63, composite in the ranking 63.63", "value 53.63"],
    ),
    "the category": (
        lambda d: d.update(category="C"),
        ["worked out again: category B", "the letter in the store: category B"],
    ),
    "a rival's composite": (
        lambda d: d["ranking"][0].update(composite="9.3"),
        ["worked out again: rank of JH ", "ranking.0.composite 69.3"],
    ),
    "a name": (
        lambda d: d["name"].update(en="Punjab"),
        ["the letter in the store: name.en Haryana"],
    ),
    "the number": (
        lambda d: d.update(number="N/9"),
        ["the register: number SPECIMEN/", "the letter in the store: number SPECIMEN/"],
    ),
    "the fingerprint": (
        lambda d: d.update(fingerprint=PRINT),
        ["the register: fingerprint "],
    ),
    "no number at all": (
        lambda d: d["indicators"][0]["numerator"].update(value="many"),
        ["the letter's data by their schema"],
    ),
    "nothing to divide by": (
        lambda d: d["indicators"][0]["denominator"].update(value="0"),
        ["the letter's data by their schema"],
    ),
    "a key too many": (
        lambda d: d.update(more=1),
        ["the letter's data by their schema"],
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_forged_data_with_hashes_made_to_agree_are_found(
    small: Small, tmp_path: Path, case: str
) -> None:
    change, expected = FORGED[case]
    forge_data(small, change, tmp_path)

    found = differences(small)

    assert {difference["file"] for difference in found} == {"HR-haryana.pdf"}
    assert len(found) == len(expected)
    for difference, told in zip(found, expected, strict=True):
        assert difference["found"].startswith("HR.json within it: ")
        assert told in difference["expected"]
        assert difference["remedy"]


def test_forged_data_are_found_from_themselves_alone(small: Small, tmp_path: Path) -> None:
    """The stored letter was forged as well, with the fingerprint that the register has."""
    forge_data(small, count_more, tmp_path)
    letter = stored_letter(small)
    forged = data_from_json(json.dumps(document_of(small)).encode()).data
    forge_package(small, letter_to_json(replace(letter, data=forged)))

    told = [difference["expected"] for difference in differences(small)]

    assert any(text.startswith("worked out again: share of completed_one 9.35") for text in told)
    assert any(text.startswith("what is in the store gives fingerprint ") for text in told)


def test_a_file_added_to_a_pdf_is_found(small: Small, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument((small.dated / "HR-haryana.pdf").read_bytes())
    document.new_attachment("more.json").set_data(b"{}")
    document.save(tmp_path / "forged.pdf")
    document.close()
    forge(small, "HR-haryana.pdf", (tmp_path / "forged.pdf").read_bytes())

    (difference,) = differences(small)

    assert difference["found"] == "within it HR.json, more.json"
    assert difference["expected"] == "within it HR.json"


def test_the_published_letter_verifies_though_its_composite_is_given(tmp_path: Path) -> None:
    output = tmp_path / "output"
    patra_json("issue", waive(tmp_path), "--output", output, "--jobs", 1)

    document = patra_json("archive", "verify", "--output", output)

    assert (document["letters"], document["differences"]) == (1, [])
