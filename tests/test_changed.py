"""A letter whose content changed since it was issued is refused, and the refusal says what."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.errors import InputError
from generator.inputs.text_files import read_text_file
from generator.markdown import read_markdown
from generator.paths import Paths
from generator.run.despatch import Despatch
from generator.run.examine import examine_edition
from generator.run.make import compose_letters, latest_revisions
from generator.run.results import LetterResult
from generator.store import Store
from tests.command import patra_json
from tests.issued import change_register, copy_of, issue_small
from tests.small import RECIPIENTS, Small
from tests.word_writer import write_word

Change = Callable[[Small], object]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small edition issued once; not to be changed."""
    return issue_small(tmp_path_factory.mktemp("changed"))


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy of it that a test may change."""
    return copy_of(issued, tmp_path)


def told(small: Small) -> dict[str, str]:
    """What ``issue`` says to each letter: why it is refused, else its status."""
    examined = examine_edition(Paths.at(small.root), small.edition)
    examined.refuse_errors()
    despatch = Despatch.begin(examined)
    results: list[LetterResult] = []
    letters = compose_letters(
        *(examined, examined.chosen, despatch.numbers, latest_revisions(despatch.entries), fail)
    )
    for _due in despatch.due(letters, results.append):
        pass
    return {r.who: r.error.message if r.error else r.status for r in results}


def fail(result: LetterResult) -> None:
    """No letter here may be broken."""
    raise AssertionError(result)


def changes(message: str) -> list[str]:
    """The differences that a refusal tells, a line each."""
    before, found, after = message.partition(" Changed since:\n  ")
    assert found, before
    assert "was issued with other content." in before
    return after.split("\n  ")


def add(small: Small, cells: dict[str, int]) -> None:
    """Adds to counts in the workbook, and to the total below them."""
    path = small.edition / "scores.xlsx"
    book = openpyxl.load_workbook(path)
    for cell, more in cells.items():
        for counted in (cell, f"{cell[0]}42"):
            book["Scores"][counted].value += more
    book.save(path)


def add_line(path: Path, number: int, line: str) -> None:
    """Puts a line into a text file, before the line of that number."""
    lines = path.read_text("utf-8").split("\n")
    lines.insert(number - 1, line)
    path.write_text("\n".join(lines), "utf-8")


def own_text(small: Small) -> None:
    """The edition takes a text of its own, that says one word otherwise."""
    shutil.copy(small.kind / "text.en.md", small.edition)
    small.edit("text.en.md", "due to the proactive engagement", "due to the active engagement")


def move_a_column(small: Small) -> None:
    """The workbook's employees stand under another header, of which the settings tell."""
    path = small.edition / "scores.xlsx"
    book = openpyxl.load_workbook(path)
    book["Scores"]["D4"].value = "Staff"
    book["Scores"]["D12"].value += 1000
    book["Scores"]["D42"].value += 1000
    book["Scores"]["F12"].value = None
    book["Scores"]["F42"].value = None
    book.save(path)
    small.edit("edition.toml", '"Total Employees"', '"Staff"')


def set_learners(small: Small) -> None:
    """A figure of the prose is another one, and so is a limit that no letter prints."""
    small.edit("edition.toml", "value = 14000000", "value = 15000000")
    small.edit("edition.toml", "percent = 25", "percent = 30")


def drop_a_row(small: Small) -> None:
    """One State of category B is gone from the workbook, and so are the totals."""
    path = small.edition / "scores.xlsx"
    book = openpyxl.load_workbook(path)
    for column in range(1, 13):
        for row in (38, 42):
            book["Scores"].cell(row, column).value = None
    book.save(path)


def exchange_rows(small: Small) -> None:
    """Two States of one category change places in the workbook, as when it is sorted anew."""
    path = small.edition / "scores.xlsx"
    book = openpyxl.load_workbook(path)
    for column in range(3, 13):
        one, other = (book["Scores"].cell(row, column) for row in (12, 38))
        one.value, other.value = other.value, one.value
        one.number_format, other.number_format = other.number_format, one.number_format
    book.save(path)


def save_word_template_again(small: Small) -> None:
    """A copy of the kind's Word template with other bytes, that looks the same."""
    with zipfile.ZipFile(small.kind / "letter.docx", "a") as word:
        word.comment = b"saved again"


MOVED = {
    "D": "strength",
    "E": "onboarded",
    "G": "verified",
    "I": "completed_one",
    "K": "assessments_cleared",
    "J": "assessments_attempted",
}
EVERYONE = ("HR", "GA", "CH")
CASES: dict[str, tuple[Change, tuple[str, ...], list[str]]] = {
    "a cell of its own": (
        lambda small: add(small, {"I12": 100}),
        ("HR",),
        ["scores.xlsx, sheet Scores, cell I12 (HR, completed_one): 20117 → 20217"],
    ),
    # J14 is of the same category, but changes no composite that is printed
    "a cell of another State in its category": (
        lambda small: add(small, {"I38": 100, "J14": 1}),
        ("HR",),
        ["scores.xlsx, sheet Scores, cell I38 (JK, completed_one): 10167 → 10267"],
    ),
    # the letter's data name the cells of its own figures, not those of the others
    "a row that stands elsewhere": (
        exchange_rows,
        ("HR",),
        [
            f"scores.xlsx, sheet Scores (HR, {name}): cell {column}12 → cell {column}38"
            for column, name in MOVED.items()
        ],
    ),
    "a State of its category is gone": (
        drop_a_row,
        ("HR",),
        ["scores.xlsx, sheet Scores, cell C38 (JK): (a row) → (no row)"],
    ),
    "a column under another header": (
        move_a_column,
        ("HR",),
        [
            "edition.toml, line 46 (columns.strength): “Total Employees” → “Staff”",
            "scores.xlsx, sheet Scores, cell D12 (HR, strength): 476234 → 477234",
        ],
    ),
    "a State of a category that none of them has": (
        lambda small: add(small, {"I8": 100}),
        (),
        [],
    ),
    "its recipient's name": (
        lambda small: small.edit("recipients.csv", "Namuna One", "Namuna Other"),
        ("HR",),
        ["recipients.csv, cell D2, line 2 (HR, name_en): “Namuna One” → “Namuna Other”"],
    ),
    "an e-mail address, another State's for the others": (
        lambda small: small.edit("recipients.csv", "ga@", "goa@"),
        ("GA",),
        ["recipients.csv, cell G3, line 3 (GA, email): “ga@state.example” → “goa@state.example”"],
    ),
    "a name where there was none": (
        lambda small: small.write_recipients(
            RECIPIENTS[0], ("GA", "Smt.", "नमूना दो", "Namuna Two", "IAS", "f"), RECIPIENTS[2]
        ),
        ("GA",),
        [
            "recipients.csv, cell B3, line 3 (GA, honorific): (empty) → “Smt.”",
            "recipients.csv, cell E3, line 3 (GA, service): (empty) → “IAS”",
            "recipients.csv, cell F3, line 3 (GA, gender): (empty) → “f”",
            "recipients.csv, cell C3, line 3 (GA, name_hi): (empty) → “नमूना दो”",
            "recipients.csv, cell D3, line 3 (GA, name_en): (empty) → “Namuna Two”",
        ],
    ),
    "a confirmation": (
        lambda small: small.edit("recipients.csv", "2025-12-01", "2025-12-02"),
        (),
        [],
    ),
    "a setting": (
        set_learners,
        EVERYONE,
        ["edition.toml, line 35 (facts.learners.value): 14000000 → 15000000"],
    ),
    "a setting that was not there": (
        lambda small: small.edit("edition.toml", "specimen = true", "specimen = false"),
        EVERYONE,
        ["edition.toml, line 6 (specimen): true → false"],
    ),
    "a setting of the audit alone": (
        lambda small: small.edit("edition.toml", "percent = 25", "percent = 30"),
        (),
        [],
    ),
    "a line of a section": (
        lambda small: small.edit(
            "compendium/01-madhya-pradesh.en.md", "as a leading State", "as a notable State"
        ),
        EVERYONE,
        [
            "compendium/01-madhya-pradesh.en.md, line 3: "
            "“… as a leading State Administrative …” → “… as a notable State Administrative …”"
        ],
    ),
    "a text of the edition's own": (
        own_text,
        EVERYONE,
        [
            "text.en.md, line 28: "
            "“… to the proactive engagement and …” → “… to the active engagement and …”"
        ],
    ),
    # of the kind's files every byte counts, remarks too
    "a remark in the kind's text": (
        lambda small: add_line(small.kind / "text.en.md", 27, "{# so #}"),
        EVERYONE,
        ["letter_templates/do_letter/text.en.md, line 27: (no line) → “{# so #}”"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_refusal_says_what_changed(small: Small, case: str) -> None:
    change, refused, expected = CASES[case]
    change(small)

    said = told(small)

    assert {who for who, message in said.items() if message != "unchanged"} == {*refused}
    for who in refused:
        assert changes(said[who]) == expected


def test_the_command_tells_it_and_the_others_go_on(small: Small) -> None:
    before = (small.dated / "HR-haryana.pdf").read_bytes()
    add(small, {"I12": 100})
    small.edit("recipients.csv", "Namuna One", "Namuna Other")
    small.edit("recipients.csv", "ga@", "goa@")

    document = patra_json("issue", small.edition, "--root", small.root, "--jobs", 1, code=7)

    letters = {letter["who"]: letter for letter in document["letters"]}
    assert {who: x["status"] for who, x in letters.items()} == {
        "HR": "refused",
        "GA": "refused",
        "CH": "unchanged",
    }
    assert changes(letters["HR"]["error"]["message"]) == [
        "scores.xlsx, sheet Scores, cell I12 (HR, completed_one): 20117 → 20217",
        "recipients.csv, cell D2, line 2 (HR, name_en): “Namuna One” → “Namuna Other”",
    ]
    assert "patra reissue 2025-12 HR --reason" in letters["HR"]["error"]["remedy"]
    assert (small.dated / "HR-haryana.pdf").read_bytes() == before


def test_a_template_and_a_font_are_named_with_their_hashes(small: Small) -> None:
    save_word_template_again(small)
    fonts = own_fonts(small)
    shutil.copy(fonts / "NotoSerif-Bold.ttf", fonts / "NotoSerif-Regular.ttf")

    found = changes(told(small)["CH"])

    names = [line.split(": ")[0] for line in found]
    assert names == ["letter_templates/do_letter/letter.docx", "fonts/NotoSerif-Regular.ttf"]
    assert [line.count("SHA-256") for line in found] == [2, 2]


def own_fonts(small: Small) -> Path:
    """The installation's fonts as files of its own, which a test may change."""
    fonts = small.root / "fonts"
    fonts.unlink()
    shutil.copytree(Path(__file__).parent.parent / "fonts", fonts)
    return fonts


def test_a_font_that_the_kind_does_not_name_changes_no_letter(small: Small) -> None:
    fonts = own_fonts(small)
    shutil.copy(fonts / "NotoSerif-Bold.ttf", fonts / "NotoSerifTamil-Bold.ttf")
    (fonts / "OFL.txt").write_text("the licence, set anew")

    assert set(told(small).values()) == {"unchanged"}


def test_another_version_of_the_program_changes_no_letter(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.run.despatch.__version__", "9.9")

    assert set(told(small).values()) == {"unchanged"}


def test_the_programs_version_is_named_where_a_letter_changed(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.run.despatch.__version__", "9.9")
    small.edit("recipients.csv", "ga@", "goa@")

    found = changes(told(small)["GA"])[-1]

    assert found.startswith("patra (the program's version): ")
    assert found.endswith(" → 9.9")


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_changed_logo_is_named_also_its_picture_for_word(tmp_path: Path, name: str) -> None:
    small = issue_small(tmp_path, logo=True)
    logo = small.edition / name
    logo.write_bytes(logo.read_bytes() + b"\n")

    assert changes(told(small)["GA"])[0].startswith(f"{name}: SHA-256 ")


def test_a_register_that_points_to_no_list_of_contents_is_told(small: Small) -> None:
    digest = Store(small.output).keep(b"no list")
    change_register(small, "UPDATE revision SET package = ? WHERE stem = 'GA-goa'", digest)
    small.edit("recipients.csv", "ga@", "goa@")

    message = told(small)["GA"]

    assert "What changed cannot be named" in message
    assert "is no list of what a letter was made of" in message


def test_twelve_differences_are_told_and_how_many_more(small: Small) -> None:
    for number in range(15):
        add_line(small.kind / "text.en.md", 27, f"{{# {number} #}}")

    found = changes(told(small)["GA"])

    assert len(found) == 13
    assert found[-1] == "and 3 more"


def test_where_no_input_tells_it_the_finished_letters_are_compared(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.compose.letter.service_name", lambda *_: "I.A.S.")

    found = changes(told(small)["GA"])

    assert "the finished letter (en): “Kalpana Namuna, IAS” → “Kalpana Namuna, I.A.S.”" in found
    assert any(line.startswith("the finished letter (hi): ") for line in found)


def test_inputs_that_are_no_edition_any_more_leave_the_finished_letters(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise InputError("not understood")

    monkeypatch.setattr("generator.changed.history.read_edition", refuse)
    small.edit("edition.toml", "value = 3600", "value = 3700")

    found = changes(told(small)["GA"])

    assert [line.partition(": ")[0] for line in found] == [
        "the finished letter (hi)",
        "the finished letter (en)",
    ]
    assert "3,600" in found[1]
    assert "3,700" in found[1]


def test_a_letter_that_an_earlier_version_issued_is_refused_plainly(small: Small) -> None:
    change_register(small, "UPDATE revision SET package = ''")
    small.edit("edition.toml", "value = 3600", "value = 3700")

    said = told(small)["GA"]

    assert "an earlier version of the program issued it: what changed cannot be named" in said


def test_a_store_that_is_lost_is_told(small: Small) -> None:
    shutil.rmtree(small.output / "store")
    small.edit("edition.toml", "value = 3600", "value = 3700")

    said = told(small)["GA"]

    assert "What changed cannot be named: The store does not hold" in said


def test_nothing_is_left_of_the_inputs_read_again(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    small.edit("edition.toml", "value = 3600", "value = 3700")

    assert changes(told(small)["GA"])
    assert not list(place.iterdir())


def test_a_text_that_is_now_in_word_is_unchanged_until_a_word_is(small: Small) -> None:
    section = next((small.edition / "compendium").glob("*.en.md"))
    worded = section.with_suffix(".docx")
    write_word(read_markdown(read_text_file(section, ""), file=""), worded)
    section.unlink()
    assert set(told(small).values()) == {"unchanged"}

    document = docx.Document(str(worded))
    document.paragraphs[1].add_run(" And more.")
    document.save(str(worded))

    for message in told(small).values():
        (line,) = changes(message)
        assert line.startswith(f"compendium/{worded.name}, paragraph 2: ")
        assert "And more." in line
