"""No original was changed after its translation; translations.toml says what each was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Dossier, translations
from generator.audit.texts.translations import digest_source
from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.translations import read_translations
from generator.model import Edition, Text
from generator.paths import Paths
from tests.audited import clean_edition
from tests.command import patra, patra_json
from tests.editions_made import real_texts
from tests.small import Small, make_small

SECTION = "compendium/01-madhya-pradesh"
DIGEST = "0123456789abcdef"


def edition_of(**others: Any) -> Edition:
    """The real texts, each translation recorded as current."""
    return clean_edition(**{**real_texts(), **others})


def found_in(edition: Edition) -> Sequence[Finding]:
    """What the check finds."""
    return list(translations.check_translations_current(Dossier(edition, {})))


def test_translations_recorded_as_current_are_silent() -> None:
    edition = edition_of()

    assert len(edition.translations) == 9
    assert found_in(edition) == []


def test_an_original_changed_after_its_translation_is_a_warning() -> None:
    edition = edition_of()
    english = Text("text.en.md", edition.texts["en"].source.replace("remarkable", "great"))
    edition = replace(edition, texts={**edition.texts, "en": english})

    (finding,) = found_in(edition)

    assert finding.severity is Severity.WARNING
    assert str(finding.where) == "text.hi.md, line 1"
    assert f'translations.toml: "text.hi.md" = "{digest_source(english.source)}"' in finding.remedy


def test_all_texts_without_a_record_are_one_warning_with_the_lines_to_paste() -> None:
    edition = edition_of(translations={})
    hindi = replace(edition.texts["hi"], file="letter_templates/do_letter/text.hi.md")
    edition = replace(edition, texts={**edition.texts, "hi": hindi})

    (finding,) = found_in(edition)

    lines = finding.remedy.splitlines()
    kind = lines.index('"text.hi.md" = "' + digest_source(edition.texts["en"].source) + '"')
    assert "text.hi.md (from text.en.md)" in finding.message
    assert lines[kind - 1] == "in letter_templates/do_letter/translations.toml:"
    assert lines[kind + 1] == "in translations.toml:"
    assert len(lines) == kind + 2 + len(edition.compendium)


def test_a_translation_alone_has_nothing_to_be_compared_with() -> None:
    assert found_in(edition_of(translations={}, versions=("hi",))) == []


@pytest.mark.parametrize("source", ["a\nb\n", "a\nb", "\na  \nb\t\n\n", "a\u00a0\nb"])
def test_spaces_at_the_ends_make_no_other_digest(source: str) -> None:
    assert digest_source(source) == digest_source("a\nb")


@pytest.mark.parametrize("source", ["a\n\nb", "ab", " a\nb", "A\nb"])
def test_any_other_change_makes_another_digest(source: str) -> None:
    assert digest_source(source) != digest_source("a\nb")


def write_record(folder: Path, *lines: str) -> None:
    """Writes a translations.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "translations.toml").write_text("\n".join(lines) + "\n", "utf-8")


def read_record(root: Path) -> tuple[Mapping[str, str], Sequence[Finding]]:
    """What the folders of kind and edition below a root record."""
    return read_translations(Paths.at(root), root / "editions" / "one", "letter")


def test_a_kinds_record_and_an_editions_are_read_by_the_names_that_findings_show(
    tmp_path: Path,
) -> None:
    kind, edition = tmp_path / "letter_templates" / "letter", tmp_path / "editions" / "one"
    write_record(kind, f'"text.hi.md" = "{DIGEST}"')
    write_record(edition, "# remark", f'"compendium/01-goa.hi.md" = "{DIGEST[::-1]}"')
    (kind / "text.hi.md").write_text("", "utf-8")
    (edition / "compendium").mkdir()
    (edition / "compendium" / "01-goa.hi.md").write_text("", "utf-8")

    digests, findings = read_record(tmp_path)

    assert digests == {
        "letter_templates/letter/text.hi.md": DIGEST,
        "compendium/01-goa.hi.md": DIGEST[::-1],
    }
    assert findings == []


def test_without_a_record_nothing_is_known(tmp_path: Path) -> None:
    assert read_record(tmp_path) == ({}, [])


def test_records_of_texts_that_are_gone_are_one_warning(tmp_path: Path) -> None:
    edition = tmp_path / "editions" / "one"
    write_record(edition, "", f'"a.hi.md" = "{DIGEST}"', f'"b.hi.md" = "{DIGEST}"')

    _digests, (finding,) = read_record(tmp_path)

    assert finding.severity is Severity.WARNING
    assert finding.message.endswith("a.hi.md, b.hi.md")
    assert str(finding.where) == "translations.toml, line 2"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"text.hi.md" = abc', "not TOML"),
        ('"text.hi.md" = "abc"', "“text.hi.md”"),
        (f'"text.hi.md" = "{DIGEST.upper()}"', "“text.hi.md”"),
        ('"text.hi.md" = 1234567890123456', "“text.hi.md”"),
        (f'text.hi.md = "{DIGEST}"', "“text”"),
    ],
)
def test_a_record_that_cannot_be_understood_is_refused_with_its_line(
    tmp_path: Path, line: str, told: str
) -> None:
    write_record(tmp_path / "editions" / "one", "# remark", line)

    with pytest.raises(InputError) as refusal:
        read_record(tmp_path)

    (finding,) = refusal.value.findings
    assert str(finding.where) == "translations.toml, line 2"
    assert told in finding.message
    assert finding.remedy


def check(small: Small, code: int = 0) -> list[dict[str, Any]]:
    """What ``patra check`` finds of translations."""
    document = patra_json("check", small.edition, "--root", small.root, code=code)
    return [f for f in document["findings"] if f["check"] == "translations-current"]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """An installation whose translations are recorded as current, as far as they were."""
    return make_small(tmp_path)


def test_a_section_edited_in_english_is_a_warning_until_its_line_is_pasted(small: Small) -> None:
    before = check(small)
    small.edit(f"{SECTION}.en.md", "Remarkably", "Notably")

    (finding,) = [f for f in check(small) if f not in before]

    assert finding["severity"] == "warning"
    assert finding["where"] == {"file": f"{SECTION}.hi.md", "line": 1}
    line = finding["remedy"].rpartition(": ")[2]
    record = (small.edition / "translations.toml").read_text("utf-8").splitlines()
    old = next(entry for entry in record if f"{SECTION}.hi.md" in entry)
    small.edit("translations.toml", old, line)
    assert check(small) == before


def test_a_section_edited_in_hindi_alone_is_no_older_for_it(small: Small) -> None:
    before = check(small)

    small.edit(f"{SECTION}.hi.md", "उल्लेखनीय है कि", "ध्यातव्य है कि")

    assert check(small) == before


def test_a_new_edition_keeps_the_record(small: Small) -> None:
    done = patra("new", "2026-01", "--from", small.edition, "--root", small.root)

    assert done.returncode == 0, done.stderr
    record = small.edition.with_name("2026-01") / "translations.toml"
    assert record.read_bytes() == (small.edition / "translations.toml").read_bytes()


def test_a_broken_record_is_refused_with_exit_code_3(small: Small) -> None:
    small.edit("translations.toml", '"compendium', "compendium")

    document = patra_json("check", small.edition, "--root", small.root, code=3)

    assert document["error"]["remedy"]
