"""Names and rows that trip generators up, from the files to the printed letters and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

from tests.command import patra_json
from tests.published import document_texts, squeeze
from tests.small import Small, make_small

LONG = "Shatakshari " * 9 + "Namuna Singh"
NAMES = {
    "JK": ("जम्मू & कश्मीर <संवर्ग>", "Jammu & Kashmir <Cadre>"),
    "HR": ("नमूना *तारांकित* | पट्टी_रेखा", "Namuna *Starred* | Bar_Line [Square] `Tick`"),
    "GA": ("क्\u200dष श्\u200dरी नमूना", "Namuna {{ number }} {% if x %}"),
    "CH": ("शताक्षरी " * 14, LONG),
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Letters to all of NAMES, issued by the real command, by id."""
    small = make_small(tmp_path_factory.mktemp("hard"))
    small.write_recipients(
        *((who, "Shri", hindi.strip(), english, "", "m") for who, (hindi, english) in NAMES.items())
    )
    document = patra_json("issue", small.edition, "--root", small.root, "--jobs", 1)
    return {letter["who"]: letter for letter in document["letters"]}


def texts_of(letter: dict[str, Any]) -> tuple[str, str]:
    """The letter's text as Word and as PDF, without white space."""
    files = letter["files"]
    word = Document(io.BytesIO(Path(files["docx"]["path"]).read_bytes()))
    pdf = pypdfium2.PdfDocument(Path(files["pdf"]["path"]).read_bytes())
    pages = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    return squeeze("".join(document_texts(word))), squeeze(pages)


@pytest.mark.parametrize("who", NAMES)
def test_a_hard_name_prints_as_typed_in_word_and_pdf(
    who: str, letters: dict[str, dict[str, Any]]
) -> None:
    assert letters[who]["status"] == "issued"

    for text in texts_of(letters[who]):
        for name in NAMES[who]:
            assert squeeze(name) in text


def test_the_long_name_is_of_120_characters() -> None:
    assert len(LONG) == 120


def test_a_long_name_costs_no_page(letters: dict[str, dict[str, Any]]) -> None:
    pages = {who: letter["files"]["pdf"]["pages"] for who, letter in letters.items()}

    assert pages["CH"] == pages["GA"]


def test_an_empty_optional_column_prints_nothing(letters: dict[str, dict[str, Any]]) -> None:
    for text in texts_of(letters["JK"]):
        assert squeeze("Jammu & Kashmir <Cadre>Chief Secretary,") in text


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small installation that a test may break."""
    return make_small(tmp_path)


def test_a_state_without_recipient_is_refused_with_its_place(small: Small) -> None:
    small.edit("edition.toml", "\npartial = true", "")

    document = patra_json("issue", small.edition, "--root", small.root, code=4)

    found = {f["who"]: f for f in document["findings"] if f["check"] == "recipients-complete"}
    assert len(found) == 33
    assert found["PB"]["where"]["cell"]
    assert found["PB"]["where"]["file"] == "scores.xlsx"
    assert "recipient" in found["PB"]["remedy"]


def test_a_recipient_whose_state_has_no_figures_is_refused_with_its_place(small: Small) -> None:
    write_scores(small, "state", ("HR", "CH"))

    document = patra_json("issue", small.edition, "--root", small.root, code=4)

    (found,) = [f for f in document["findings"] if f["check"] == "figures-complete"]
    assert found["who"] == "GA"
    assert found["where"]["file"] == "recipients.csv"


def test_the_others_can_be_issued_meanwhile(small: Small) -> None:
    write_scores(small, "state", ("HR", "CH"))

    document = patra_json("issue", small.edition, "HR", "--root", small.root, "--jobs", 1)

    assert [letter["status"] for letter in document["letters"]] == ["issued"]


def test_a_recipient_that_is_no_state_is_written_to_under_its_own_name(small: Small) -> None:
    write_scores(small, "id", ("D-001", "D-002"))
    columns = ("id", "honorific", "name_en", "name_hi", "gender", "designation_en")
    more = ("designation_hi", "addressee_en", "addressee_hi", "address_en", "address_hi")
    rows = [
        ["D-001", "Dr.", "Namuna Rao", "नमूना राव", "f", "District Collector", "जिला कलेक्टर"],
        ["D-002", "", "", "", "", "District Collector", "जिला कलेक्टर"],
    ]
    with (small.edition / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *more])
        for row in rows:
            writer.writerow([*row, "Namuna District", "नमूना जिला", "Namuna Nagar", "नमूना नगर"])

    document = patra_json("issue", small.edition, "--root", small.root, "--jobs", 1)

    assert {x["who"]: x["status"] for x in document["letters"]} == {
        "D-001": "issued",
        "D-002": "issued",
    }
    assert Path(document["letters"][0]["files"]["pdf"]["path"]).name == "D-001.pdf"
    for text in texts_of(document["letters"][0]):
        assert squeeze("Dr. Namuna Rao District Collector, Namuna District, Namuna Nagar") in text
        assert squeeze("श्रेणी A में नमूना जिला का कार्य-निष्पादन") in text
    for text in texts_of(document["letters"][1]):
        assert squeeze("The District Collector, Namuna District") in text
        assert squeeze("Respected Sir/Madam,") in text


@pytest.mark.parametrize("versions", ["en,hi", "hi,en", "hi", "en"])
def test_a_recipients_versions_decide_what_the_letter_holds(small: Small, versions: str) -> None:
    who = "GA" if versions == "en" else "HR"
    with (small.edition / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["state", "versions"], [who, versions]])

    document = patra_json("issue", small.edition, "--root", small.root, "--jobs", 1)

    for text in texts_of(document["letters"][0]):
        places = {"hi": text.find(squeeze("आदरणीय")), "en": text.find(squeeze("Respected"))}
        assert sorted((c for c in places if places[c] >= 0), key=places.__getitem__) == (
            versions.split(",")
        )


@pytest.mark.parametrize(("who", "versions"), [("HR", "en"), ("GJ", "en"), ("GA", "hi")])
def test_unlawful_versions_are_refused(small: Small, who: str, versions: str) -> None:
    with (small.edition / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["state", "versions"], [who, versions]])

    document = patra_json("issue", small.edition, "--root", small.root, code=4)

    assert "versions-lawful" in {f["check"] for f in document["findings"]}


def test_an_id_cannot_lead_out_of_the_folder(small: Small) -> None:
    write_scores(small, "id", ("../../x",))
    with (small.edition / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "addressee_en", "addressee_hi"], ["../../x", "A", "क"]])

    document = patra_json("issue", small.edition, "--root", small.root, code=4)

    assert "../../x" in str(document["findings"])
    assert not small.output.exists()


def write_scores(small: Small, column: str, ids: tuple[str, ...]) -> None:
    """Replaces the workbook by a CSV with one plain row an id, all of category A."""
    (small.edition / "scores.xlsx").unlink()
    small.edit("edition.toml", '"scores.xlsx"', '"scores.csv"')
    head = "Total Employees,onboarded,verified,completed_one"
    counts = "assessments_attempted,assessments_cleared"
    lines = [f"{column},{head},{counts}"]
    lines += [f"{who},9000{n},8000,7000,600,500,40{n}" for n, who in enumerate(ids)]
    (small.edition / "scores.csv").write_text("\n".join(lines) + "\n", "utf-8")
