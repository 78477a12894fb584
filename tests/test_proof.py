"""Every file is read back: what does not say what the letter says is no letter."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PIL import Image

from generator.content import Block, Letter, Paragraph, Row, Span, Table, Version
from generator.errors import RenderError
from generator.readback import FileProof, Mismatch, prove_docx, prove_pdf
from generator.register import all_entries
from generator.store import Store
from generator.workers import MadeLetter
from tests.broken_kinds import copy_kind, edit, made_with, repack
from tests.command import ROOT, patra_json
from tests.issued import archive_json, change_register
from tests.letters import line, sample_letter
from tests.small import Small, make_small

KIND = ROOT / "letter_templates" / "do_letter"
RANKING = "en, annexure 1, table 1"


def letter_of(*body: Block, base: Letter | None = None) -> Letter:
    """An English letter with this body and its own annexure."""
    letter = base or sample_letter("en")
    version = letter.versions[0]
    annexures = version.own_annexures
    return replace(
        letter, versions=(replace(version, body=body or version.body, annexures=annexures),)
    )


def with_rows(*rows: Row) -> Letter:
    """The letter with other rows in its ranking."""
    letter = letter_of()
    version = letter.versions[0]
    (annexure,) = version.annexures
    blocks = tuple(
        replace(block, rows=rows) if isinstance(block, Table) else block
        for block in annexure.blocks
    )
    return with_version(letter, replace(version, annexures=(replace(annexure, blocks=blocks),)))


def with_version(letter: Letter, version: Version) -> Letter:
    return replace(letter, versions=(version,))


def row(text: str, *, marked: bool = False) -> Row:
    cells = tuple(line(cell.strip(), bold=marked) for cell in text.split("|"))
    return Row(cells, marked=marked)


def mismatches(made: MadeLetter, letter: Letter) -> list[Mismatch]:
    """Where a letter's two files part from another letter; both must."""
    found = [prove_pdf(made.pdf, letter), prove_docx(made.docx, letter)]
    assert all(isinstance(outcome, Mismatch) for outcome in found), found
    return [outcome for outcome in found if isinstance(outcome, Mismatch)]


@pytest.fixture(scope="module")
def made() -> MadeLetter:
    """The letter with its ranking, as it is."""
    return made_with(KIND, letter_of())


def test_both_files_of_a_clean_letter_agree_with_it_and_with_one_another() -> None:
    made = made_with(KIND, sample_letter("hi", "en"))

    docx, pdf = made.proof.docx, made.proof.pdf
    assert (docx.blocks, docx.figures, docx.sha256) == (pdf.blocks, pdf.figures, pdf.sha256)
    assert pdf.pages == made.pages
    assert pdf.blocks > 80
    assert pdf.figures > 30


ROWS = ("Jharkhand | B | 70.73 | 1", "Haryana (addressee) | B | 47.03 | 2")


@pytest.mark.parametrize(
    ("rows", "place", "found", "expected"),
    [
        (("Jharkhand | B | 70.37 | 1", ROWS[1]), "row 1, column 3", "70.73", "70.37"),
        (("Jharkhand | B | 70.7 | 31", ROWS[1]), "row 1, column 3", "70.73 1", "70.7 31"),
        ((ROWS[1], ROWS[0]), "row 1, column 1", "Jharkhand", "Haryana"),
        (ROWS[:1], "row 1, column 4", "Haryana", "no more words"),
        ((*ROWS, "Goa | B | 1.00 | 3"), "row 3, column 1", "no more words", "Goa"),
    ],
)
def test_a_figure_or_row_out_of_its_place_is_named_in_both_files(
    made: MadeLetter, rows: tuple[str, ...], place: str, found: str, expected: str
) -> None:
    letter = with_rows(*(row(text, marked="addressee" in text) for text in rows))

    for mismatch in mismatches(made, letter):
        assert mismatch.place == f"{RANKING}, {place}"
        assert found in mismatch.found
        assert expected in mismatch.expected


def test_a_block_that_is_missing_or_exchanged_is_named(made: MadeLetter) -> None:
    body = letter_of().versions[0].body

    lost = mismatches(made, letter_of(*body, Paragraph(line("One more paragraph."))))
    exchanged = mismatches(made, letter_of(body[1], body[0], *body[2:]))

    assert {mismatch.place for mismatch in lost} == {"en, body, paragraph 5"}
    assert {mismatch.place for mismatch in exchanged} == {"en, body, paragraph 1"}


@pytest.mark.parametrize(("printed", "wanted"), [("plain", "bold"), ("bold", "plain")])
def test_bold_in_word_is_that_of_the_letter(printed: str, wanted: str) -> None:
    def paragraph(look: str) -> Paragraph:
        return Paragraph((Span("These are "), Span("the words", bold=look == "bold")), "2.")

    made = made_with(KIND, letter_of(paragraph(printed)))

    outcome = prove_docx(made.docx, letter_of(paragraph(wanted)))

    assert isinstance(outcome, Mismatch)
    assert outcome.place == "en, body, paragraph 1"
    assert "thewords" in outcome.found
    assert printed in outcome.found
    assert wanted in outcome.expected


def test_a_marked_row_in_word_is_the_addressees(made: MadeLetter) -> None:
    rows = letter_of().versions[0].annexures[0].blocks[-1]
    assert isinstance(rows, Table)
    first, second = rows.rows

    outcome = prove_docx(made.docx, with_rows(replace(first, marked=True), second))

    assert isinstance(outcome, Mismatch)
    assert outcome.place == f"{RANKING}, row 1, column 1"
    assert "not marked" in outcome.found


@pytest.fixture
def with_logo(tmp_path: Path) -> Letter:
    """A letter with a logo in its letterhead."""
    Image.new("RGB", (40, 40), (18, 52, 86)).save(tmp_path / "logo.png")
    letter = letter_of()
    head = replace(letter.versions[0].letterhead, logo=tmp_path / "logo.png")
    return with_version(letter, replace(letter.versions[0], letterhead=head))


def test_a_logo_that_is_not_described_fails_in_both_files(
    with_logo: Letter, tmp_path: Path
) -> None:
    made = made_with(KIND, with_logo)
    kind = copy_kind(tmp_path)
    edit(kind, "page.html", 'alt="{{ logo.name }}"', 'alt="A picture"')
    word = tmp_path / "letter.docx"
    word.write_bytes(made.docx)
    repack(word, lambda name, data: data.replace(b' descr="', b' title="'))

    outcome = prove_docx(word.read_bytes(), with_logo)

    assert isinstance(outcome, Mismatch)
    assert outcome.place == "en, letterhead, logo"
    with pytest.raises(RenderError, match=r"HR, PDF: en, letterhead, logo: .*“A picture”"):
        made_with(kind, with_logo)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('{{ line("salutation") }}', "", "PDF: en, salutation, line 1: "),
        ('{{ line("email") }}', '{{ line("email") }}{{ line("email") }}', "PDF: en, enclosures"),
        ('<p class="foot-left">{{ foot.left }}</p>', "", "PDF: page 1 ends with"),
    ],
)
def test_a_page_that_prints_a_block_not_at_all_or_twice_fails_the_letter(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    kind = copy_kind(tmp_path)
    edit(kind, "page.html", old, new)

    with pytest.raises(RenderError) as caught:
        made_with(kind, letter_of())

    assert f"HR, {told}" in caught.value.message
    assert "page.html" in caught.value.remedy


def test_a_word_template_that_leaves_a_line_out_fails_the_letter(tmp_path: Path) -> None:
    kind = copy_kind(tmp_path)
    repack(kind / "letter.docx", lambda name, data: data.replace(b"{{ closing }}", b""))

    with pytest.raises(RenderError, match=r"HR, DOCX: en, closing, line 1: .*Regards"):
        made_with(kind, letter_of())


def test_files_that_are_none_are_told() -> None:
    for prove in (prove_pdf, prove_docx):
        outcome = prove(b"neither", letter_of())

        assert isinstance(outcome, Mismatch)
        assert "can be read" in outcome.found


# --- the whole run --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small edition after a run in which one letter's page lacked a line, and another run."""
    small = make_small(tmp_path_factory.mktemp("proof"))
    lost = '{% if letter.who != "GA" %}{{ line("salutation") }}{% endif %}'
    edit(small.kind, "page.html", '{{ line("salutation") }}', lost)
    run = ("--root", small.root, "--jobs", 1)
    first = patra_json("issue", small.edition, "GA", "HR", *run, code=6)
    patra_json("issue", small.edition, "CH", *run)
    (small.root / "first.json").write_text(json.dumps(first), "utf-8")
    return small


def manifest_proofs(small: Small) -> dict[str, dict[str, dict[str, object]]]:
    """The proof of each letter in the manifest."""
    manifest = json.loads((small.dated / "manifest.json").read_bytes())
    return {
        entry["who"]: entry["revisions"][-1]["proof"]
        for entry in manifest["letters"]
        if entry["revisions"]
    }


def test_a_difference_fails_that_letter_and_the_others_go_on(issued: Small) -> None:
    first = json.loads((issued.root / "first.json").read_text("utf-8"))

    told = {letter["who"]: letter for letter in first["letters"]}
    assert (told["HR"]["status"], told["GA"]["status"]) == ("issued", "failed")
    assert "salutation" in json.dumps(told["GA"])
    assert not list(issued.dated.glob("GA*"))


def test_the_manifest_has_the_proof_of_letters_of_earlier_runs_too(issued: Small) -> None:
    proofs = manifest_proofs(issued)

    entries = {entry.who: entry for entry in all_entries(issued.output)}

    assert set(proofs) == {"HR", "CH"}
    for who, proof in proofs.items():
        latest = entries[who].latest
        assert latest
        assert proof["pdf"]["pages"] == latest.pages
        assert proof == dict(Store(issued.output).fetch_package(latest.package).proof)


def test_verify_proves_anew_and_tells_another_proof(issued: Small) -> None:
    entry = next(e for e in all_entries(issued.output) if e.who == "HR")
    latest, store = entry.latest, Store(issued.output)
    assert latest
    clean = archive_json(issued, "verify")["differences"]
    package = store.fetch_package(latest.package)
    other = {**package.proof, "pdf": asdict(FileProof(1, 2, 3, "4"))}
    digest = store.keep_package(replace(package, proof=other))
    other_package = "UPDATE revision SET package = ? WHERE number = ?"
    change_register(issued, other_package, digest, entry.number)

    found = archive_json(issued, "verify", code=7)["differences"]

    change_register(issued, other_package, latest.package, entry.number)
    assert clean == []
    told = [d for d in found if d["file"].endswith(".pdf")]
    assert len(told) == 1
    assert "blocks 1, figures 2, pages 3" in told[0]["expected"]
