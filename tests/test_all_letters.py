"""All 36 letters of the sample, through the real command: read back block by block."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.compose import compose_letter
from generator.content import Letter, version_texts
from generator.inputs.states import load_states
from generator.locales import with_honorific
from generator.paths import Paths
from generator.readback import read_docx, read_pdf, squeeze
from generator.run import Prepared
from generator.run.prepare import prepare_edition
from tests.command import ROOT, patra_json
from tests.pdf_reading import run
from tests.word_checked import faults, shown_bare, version_pages

IDS = [state.id for state in load_states()]


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The sample edition issued whole; each letter as the command's JSON has it, by id."""
    output = tmp_path_factory.mktemp("all")
    document = patra_json("issue", "editions/2025-12", "--output", output)
    return {letter["who"]: letter for letter in document["letters"]}


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    """The sample edition as read."""
    return prepare_edition(Paths.at(ROOT), ROOT / "editions" / "2025-12")


@pytest.fixture
def letter(who: str, issued: dict[str, dict[str, Any]], prepared: Prepared) -> Letter:
    """The letter as it should be, composed anew."""
    recipient = next(r for r in prepared.edition.recipients if r.id == who)
    return compose_letter(prepared.edition, prepared.cards, recipient, issued[who]["number"])


def feet(letter: Letter, pages: int) -> Iterator[str]:
    """What the feet of the letter's pages may say."""
    for version in letter.versions:
        runnings = [version.running, *(a.running for a in version.annexures if a.running)]
        for running in runnings:
            for page in range(1, pages + 1):
                for of in range(1, pages + 1):
                    yield squeeze(running.left + running.page.format(page=page, pages=of))


def test_all_36_are_issued(issued: dict[str, dict[str, Any]]) -> None:
    assert sorted(issued) == sorted(IDS)
    assert {entry["status"] for entry in issued.values()} == {"issued"}
    assert len({entry["number"] for entry in issued.values()}) == 36


@pytest.mark.parametrize("who", IDS)
def test_the_pdf_says_what_the_letter_says(
    who: str, letter: Letter, issued: dict[str, dict[str, Any]]
) -> None:
    pages = read_pdf(Path(issued[who]["files"]["pdf"]["path"]).read_bytes())
    mark = squeeze(" · ".join(line.text for line in letter.mark))
    known = set(feet(letter, 8))
    bodies = []

    for page in pages:
        body, found, foot = page.rpartition(mark)
        assert found, "a page without the specimen line"
        assert foot in known
        bodies.append(body)

    expected = "".join(squeeze(t) for v in letter.versions for t in version_texts(v))
    assert "".join(bodies) == expected


@pytest.mark.parametrize("who", IDS)
def test_the_word_file_says_what_the_letter_says(
    who: str, letter: Letter, issued: dict[str, dict[str, Any]]
) -> None:
    data = Path(issued[who]["files"]["docx"]["path"]).read_bytes()

    text = read_docx(data)

    assert text == "".join(squeeze(t) for v in letter.versions for t in version_texts(v))


@pytest.mark.parametrize("who", IDS)
def test_no_other_recipients_name_email_or_number_is_in_the_letter(
    who: str, issued: dict[str, dict[str, Any]], prepared: Prepared
) -> None:
    text = "".join(read_pdf(Path(issued[who]["files"]["pdf"]["path"]).read_bytes()))

    for other in prepared.edition.recipients:
        if other.id != who:
            assert squeeze(other.email) not in text
            names = (with_honorific(other.honorific, n, c) for c, n in other.name.items())
            assert not any(squeeze(name) in text for name in names)
            assert squeeze(issued[other.id]["number"]) + "D" not in text


def test_each_version_of_the_letter_itself_fits_two_pages(
    issued: dict[str, dict[str, Any]],
) -> None:
    long = []
    for who, entry in issued.items():
        pages = read_pdf(Path(entry["files"]["pdf"]["path"]).read_bytes())
        annexures = [n for n, p in enumerate(pages) if p.startswith(("ANNEXURE1", "अनुलग्नक1"))]
        english = next(n for n, p in enumerate(pages) if "DONo." in p)
        if annexures[0] != 2 or annexures[1] - english != 2:
            long.append(who)

    assert long == []


def test_the_hashes_told_are_the_files(issued: dict[str, dict[str, Any]]) -> None:
    for entry in issued.values():
        for file in entry["files"].values():
            data = Path(file["path"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == file["sha256"]


SHOWN = ["HR", "AP", "DH", "AN"]
"""A middle rank, a very long name, the longest State name and last rank, a UT and first rank."""
EIGHT = [*SHOWN, "JK", "CH", "LD", "UP"]
"""And a UT with a legislature, an addressee with no State in the name, a small and a large one."""
EACH = [pytest.param(w, marks=() if w in EIGHT else pytest.mark.slow) for w in IDS]


@pytest.fixture(scope="session")
def bare(
    request: pytest.FixtureRequest,
    issued: dict[str, dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """The Word files as LibreOffice prints them on a machine without the letters' fonts."""
    slow = any(item.get_closest_marker("slow") for item in request.session.items)
    chosen = IDS if slow else EIGHT
    words = [Path(issued[who]["files"]["docx"]["path"]) for who in chosen]
    return dict(zip(chosen, shown_bare(words, tmp_path_factory.mktemp("word")), strict=True))


@pytest.fixture
def shown(bare: dict[str, Path]) -> dict[str, list[str]]:
    """Some of them: each page's text."""
    return {who: read_pdf(bare[who].read_bytes()) for who in SHOWN}


@pytest.mark.parametrize("who", EACH)
def test_neither_validator_finds_a_fault_in_the_word_file(
    who: str, issued: dict[str, dict[str, Any]]
) -> None:
    """That they see faults is shown in test_word_valid.py."""
    assert faults(Path(issued[who]["files"]["docx"]["path"])) == []


@pytest.mark.parametrize("who", EACH)
def test_libreoffice_shows_each_version_on_as_many_pages_as_the_pdf_give_or_take_one(
    who: str, issued: dict[str, dict[str, Any]], bare: dict[str, Path]
) -> None:
    pdf = version_pages(Path(issued[who]["files"]["pdf"]["path"]), "DONo.")
    word = version_pages(bare[who], "DONo.")

    assert max(abs(a - b) for a, b in zip(pdf, word, strict=True)) <= 1


@pytest.mark.parametrize("who", EACH)
def test_a_word_file_carries_every_font_that_it_is_shown_in(
    who: str, bare: dict[str, Path], tmp_path: Path
) -> None:
    fonts = run("pdffonts", data=bare[who].read_bytes(), folder=tmp_path).splitlines()[2:]

    names = {row.split()[0].partition("+")[2].partition("-")[0] for row in fonts}

    assert names == {"NotoSerif", "NotoSerifDevanagari"}


@pytest.mark.parametrize("who", SHOWN)
def test_word_breaks_each_version_into_the_same_pages_as_the_pdf(
    who: str, issued: dict[str, dict[str, Any]], shown: dict[str, list[str]]
) -> None:
    """So that "page 2 of 3", printed from the PDF's count, is true in Word as well."""
    pdf = read_pdf(Path(issued[who]["files"]["pdf"]["path"]).read_bytes())

    assert len(shown[who]) == len(pdf)
    for start in ("DONo.", "ANNEXURE1", "ANNEXURE2", "ANNEXURE3"):
        assert first_with(start, shown[who]) == first_with(start, pdf), start


def first_with(start: str, pages: list[str]) -> int:
    """The first page with the text near its head (below a letterhead, at most)."""
    number = next((n for n, page in enumerate(pages) if start in page[:400]), None)
    assert number is not None, f"no page begins with {start}"
    return number


@pytest.mark.parametrize("who", SHOWN)
def test_no_page_is_nearly_empty(
    who: str, issued: dict[str, dict[str, Any]], shown: dict[str, list[str]]
) -> None:
    pdf = read_pdf(Path(issued[who]["files"]["pdf"]["path"]).read_bytes())

    assert min(len(page) for page in (*pdf, *shown[who])) > 350
