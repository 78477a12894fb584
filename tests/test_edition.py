"""An edition's folder as a whole: which files count, and what is told when some do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.edition import read_edition
from generator.model import Edition, Place
from generator.paths import Paths
from tests.made_folders import RECIPIENTS, SETTINGS, make_folders, paths_of, write_text

WITHOUT_FIGURES = SETTINGS[: SETTINGS.index("[scores]")]


def read(folder: Path) -> tuple[Edition, list[Finding]]:
    return read_edition(paths_of(folder), folder)


def test_a_tidy_edition_is_read_without_findings(tmp_path: Path) -> None:
    edition, findings = read(make_folders(tmp_path))

    assert findings == []
    assert [row.who for row in edition.rows] == ["HR", "PB"]
    assert [r.id for r in edition.recipients] == ["HR", "PB"]
    assert {code: t.source for code, t in edition.texts.items()} == {
        "hi": "kind hi\n", "en": "kind en\n",
    }  # fmt: skip
    assert [(s.id, sorted(s.texts)) for s in edition.compendium] == [
        ("01-madhya-pradesh", ["en", "hi"])
    ]
    assert edition.compendium[0].texts["en"].source.startswith("# Heading en\n")


def test_files_are_named_from_the_root(tmp_path: Path) -> None:
    edition, _ = read(make_folders(tmp_path))

    assert edition.rows[0].place.file == "scores.xlsx"
    assert edition.recipients[0].place.file == "recipients.csv"
    assert edition.texts["hi"].file == "letter_templates/letter/text.hi.md"
    assert edition.compendium[0].texts["en"].file == "compendium/01-madhya-pradesh.en.md"


def test_an_edition_may_lie_anywhere(tmp_path: Path) -> None:
    folder = make_folders(tmp_path / "root")
    elsewhere = tmp_path / "elsewhere" / "e9"
    shutil.copytree(folder, elsewhere)

    edition, findings = read_edition(Paths.at(tmp_path / "root"), elsewhere)

    assert (edition.name, findings) == ("e9", [])
    assert edition.rows[0].place.file == "scores.xlsx"


def test_a_relative_path_names_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folders(tmp_path)
    monkeypatch.chdir(tmp_path)

    edition, _ = read_edition(Paths.at(Path()), Path("editions") / "." / "e1")

    assert edition.folder == folder.resolve()
    assert edition.rows[0].place.file == "scores.xlsx"


def test_an_edition_without_figures_needs_no_scores_file(tmp_path: Path) -> None:
    folder = make_folders(tmp_path, WITHOUT_FIGURES.replace("as_on = 2025-11-30\n", ""))
    (folder / "scores.xlsx").unlink()

    edition, findings = read(folder)

    assert findings == []
    assert edition.rows == edition.indicators == ()
    assert edition.as_on is None


def test_all_parts_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "scores.xlsx").write_bytes(b"")
    (folder / "recipients.csv").unlink()
    (folder / "compendium" / "bad name.md").touch()

    with pytest.raises(InputError, match=r"scores\.xlsx is empty.*\(and 1 more\)") as error:
        read(folder)

    assert [f.check for f in error.value.findings] == [
        "input-readable", "input-readable", "compendium-named",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["missing", "edition.toml"])
def test_what_is_no_edition_is_refused(tmp_path: Path, name: str) -> None:
    folder = make_folders(tmp_path)

    with pytest.raises(InputError, match="no such folder"):
        read_edition(paths_of(folder), folder / name)


def test_a_folder_without_settings_is_refused(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "edition.toml").unlink()

    with pytest.raises(InputError, match=r"edition\.toml is missing, so e1 is no edition"):
        read(folder)


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folders(tmp_path)
    read_bytes = Path.read_bytes

    def deny(path: Path) -> bytes:
        if path.name == "recipients.csv":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", deny)

    with pytest.raises(InputError, match=r"recipients\.csv cannot be opened: Permission denied"):
        read(folder)


@pytest.mark.parametrize("name", ["scores.xlsx", "recipients.csv", "edition.toml", "text.hi.md"])
def test_a_folder_in_a_files_place_is_called_one(tmp_path: Path, name: str) -> None:
    folder = make_folders(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()

    with pytest.raises(InputError, match=f"{name} is a folder, not a file") as error:
        read(folder)

    assert error.value.findings[0].where == Place(name)


def replace_file(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def no_recipients(folder: Path) -> None:
    (folder / "recipients.csv").unlink()


def no_scores(folder: Path) -> None:
    (folder / "scores.xlsx").unlink()


def both_scores(folder: Path) -> None:
    write_text(folder / "scores.csv", "state")


def no_settings(folder: Path) -> None:
    (folder / "edition.toml").unlink()


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


REFUSED = {
    "scores empty": (replace_file("scores.xlsx", b""), "scores.xlsx"),
    "scores no workbook": (replace_file("scores.xlsx", b"<html>"), "scores.xlsx"),
    "scores damaged": (replace_file("scores.xlsx", b"PK\x03\x04"), "scores.xlsx"),
    "scores missing": (no_scores, "scores.xlsx"),
    "scores twice": (both_scores, "scores.csv"),
    "recipients missing": (no_recipients, "recipients.csv"),
    "recipients empty": (replace_file("recipients.csv", b" "), "recipients.csv"),
    "recipients headless": (replace_file("recipients.csv", b"name_en\nX\n"), "recipients.csv"),
    "recipients rowless": (replace_file("recipients.csv", b"state,email\n"), "recipients.csv"),
    "recipients blank": (replace_file("recipients.csv", b",,\n"), "recipients.csv"),
    "recipients broken": (replace_file("recipients.csv", b'state\n"HR\n'), "recipients.csv"),
    "recipients odd": (replace_file("recipients.csv", b"state,x\nHR,1\n"), "recipients.csv"),
    "recipients unlabelled": (replace_file("recipients.csv", b"state,\nHR,1\n"), "recipients.csv"),
    "recipients Latin": (replace_file("recipients.csv", b"state\n\xe9\n"), "recipients.csv"),
    "settings missing": (no_settings, "edition.toml"),
    "settings no TOML": (replace_file("edition.toml", b"["), "edition.toml"),
    "settings UTF-16": (
        replace_file("edition.toml", SETTINGS.encode("utf-16")), "edition.toml",
    ),
    "text Latin": (replace_file("text.hi.md", b"\xe9"), "text.hi.md"),
    "folder missing": (no_folder, "editions/e1"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_carries_a_finding_with_its_file(tmp_path: Path, case: str) -> None:
    folder = make_folders(tmp_path)
    spoil, file = REFUSED[case]
    spoil(folder)

    with pytest.raises(InputError) as error:
        read(folder)

    found = error.value.findings
    assert [f.where.file for f in found if f.where] == [file]
    assert all(f.severity is Severity.ERROR and f.message and f.remedy for f in found)


def test_both_forms_of_one_file_are_refused(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "scores.csv", "state\n")
    write_text(folder / "recipients.xlsx", "")

    with pytest.raises(InputError, match="both") as error:
        read(folder)

    assert len(error.value.findings) == 2


def test_recipients_are_not_needed_for_one_document_to_all(tmp_path: Path) -> None:
    table = '[distribution]\nmode = "{}"\nto = {{ hi = ["सब"], en = ["All"] }}\n'
    folder = make_folders(tmp_path, WITHOUT_FIGURES + table.format("list"))
    (folder / "recipients.csv").unlink()

    assert [recipient.id for recipient in read(folder)[0].recipients] == ["ALL"]

    write_text(folder / "edition.toml", WITHOUT_FIGURES + table.format("each"))
    with pytest.raises(InputError, match=r"recipients\.csv is missing"):
        read(folder)


def test_the_editions_own_text_stands_before_its_kinds(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "text.hi.md", "\ufeffown\r\nhi\r\n")

    edition, findings = read(folder)

    assert findings == []
    assert edition.texts["hi"].source == "own\nhi\n"
    assert edition.texts["hi"].file == "text.hi.md"
    assert edition.texts["en"].source == "kind en\n"


def only_error(folder: Path) -> Finding:
    _edition, (finding,) = read(folder)
    assert finding.severity is Severity.ERROR
    assert finding.where is not None
    assert finding.remedy
    return finding


def test_a_missing_text_is_an_error(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (tmp_path / "letter_templates" / "letter" / "text.hi.md").unlink()

    finding = only_error(folder)

    assert finding.check == "text-in-every-version"
    assert str(finding.where) == "letter_templates/letter/text.hi.md"


@pytest.mark.parametrize("name", ["text.hi.docx", "compendium/02-odisha.en.docx"])
def test_a_word_text_that_is_no_word_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / name, "PK")

    with pytest.raises(InputError, match=f"{name} is not a Word file") as refusal:
        read(folder)

    (finding,) = refusal.value.findings
    assert finding.check == "input-readable"
    assert str(finding.where) == name


def test_a_text_in_both_forms_is_an_error_too(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "text.hi.md", "own")
    write_text(folder / "text.hi.docx", "PK")

    assert only_error(folder).check == "text-readable"


def test_a_section_of_the_compendium_stands_in_every_version(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "compendium" / "02-odisha.en.md", "# Odisha\n")

    finding = only_error(folder)

    assert finding.check == "text-in-every-version"
    assert str(finding.where) == "compendium/02-odisha.hi.md"


@pytest.mark.parametrize(
    "name", ["odisha.en.md", "02-Odisha.en.md", "2-odisha.en.md", "02-odisha.md", "02-odisha.xx.md"]
)
def test_a_file_of_the_compendium_is_named_by_number_name_and_language(
    tmp_path: Path, name: str
) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "compendium" / name, "# Odisha\n")

    finding = only_error(folder)

    assert finding.check == "compendium-named"
    assert str(finding.where) == f"compendium/{name}"


@pytest.mark.parametrize("name", [".DS_Store", "~$-odisha.docx", "Thumbs.db", "README.md"])
def test_what_programs_leave_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "compendium" / name, "")

    assert read(folder)[1] == []


@pytest.mark.parametrize(
    "text", ["Odisha\n", "\n# Odisha\n", "#Odisha\n", "# \n", "## Odisha\n", ""]
)
def test_a_section_begins_with_its_heading(tmp_path: Path, text: str) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "compendium" / "01-madhya-pradesh.hi.md", text)

    finding = only_error(folder)

    assert finding.check == "compendium-headed"
    assert finding.where is not None
    assert finding.where.line == 1


def test_sections_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    for name in ("10-a", "02-b"):
        for code in ("hi", "en"):
            write_text(folder / "compendium" / f"{name}.{code}.md", "# X\n")

    edition, _ = read(folder)

    assert [s.id for s in edition.compendium] == ["01-madhya-pradesh", "02-b", "10-a"]


@pytest.mark.parametrize("bad", ["a\x0bb", "a\ufffeb", "{_{ x }_}", "a\u202eb", "a\u2069b"])
def test_a_text_that_cannot_be_printed_is_an_error_at_its_line(tmp_path: Path, bad: str) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "text.en.md", f"one\ntwo {bad}\n")

    finding = only_error(folder)

    assert finding.check == "text-printable"
    assert str(finding.where) == "text.en.md, line 2"


def test_a_text_of_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "text.en.md").write_bytes("na\u00efve".encode("cp1252"))

    with pytest.raises(InputError, match=r"text\.en\.md is not UTF-8") as error:
        read(folder)

    assert "Notepad" in error.value.remedy


def test_the_previous_edition_is_found_below_the_root_or_beside_this_one(tmp_path: Path) -> None:
    for name in ("editions/e0", "e0"):
        folder = make_folders(tmp_path, f'previous = "{name}"\n{SETTINGS}')
        shutil.copytree(folder, tmp_path / "editions" / "e0", dirs_exist_ok=True)

        edition, findings = read(folder)

        assert findings == []
        assert edition.previous == tmp_path.resolve() / "editions" / "e0"
        assert edition.earlier is not None
        assert edition.earlier.name == "editions/e0"


@pytest.mark.parametrize("name", ["editions/none", "editions/e1"])
def test_a_previous_edition_that_is_none_is_a_warning(tmp_path: Path, name: str) -> None:
    edition, (finding,) = read(make_folders(tmp_path, f'previous = "{name}"\n{SETTINGS}'))

    assert edition.previous is None
    assert (finding.severity, finding.check) == (Severity.WARNING, "previous-found")
    assert str(finding.where) == "edition.toml, line 1"


def test_findings_of_all_files_come_together(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    write_text(folder / "recipients.csv", RECIPIENTS.replace("Shri", "Mr."))
    (folder / "scores.xlsx").unlink()
    write_text(
        folder / "scores.csv", 'state,Total Employees,onboarded,verified\nHR,"322,014",n/a,1\n'
    )

    edition, findings = read(folder)

    assert [(f.severity.value, f.check) for f in findings] == [
        ("error", "cells-understood"),
        ("info", "scores-tidy"),
        ("warning", "grouping-indian"),
        ("error", "honorific-known"),
    ]
    assert edition.rows[0].counts["strength"].value == 322014


def test_the_sample_editions_are_read(root: Path) -> None:
    folders = sorted(p.parent for p in (root / "editions").glob("*/edition.toml"))

    assert folders
    for folder in folders:
        edition, findings = read_edition(Paths.at(root), folder)
        assert edition.recipients
        assert edition.rows or not edition.indicators
        assert [f for f in findings if f.severity is Severity.ERROR] == []
