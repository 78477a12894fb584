"""The compendium is this month's; remedies that can be followed as they stand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.findings import Severity
from generator.model import Earlier, Edition, Fact, Section, Text, Vetting
from tests.audited import clean_edition, findings_of, only
from tests.command import patra_json
from tests.month_before import write_month_before
from tests.small import make_small


def section(name: str, english: str, hindi: str = "# एक\n\nपाठ।\n") -> Section:
    """A section of the compendium."""
    texts = {
        "en": Text(f"compendium/{name}.en.md", f"# One\n\n{english}\n"),
        "hi": Text(f"compendium/{name}.hi.md", hindi),
    }
    return Section(name, texts)


def compared(now: tuple[Section, ...], before: tuple[Section, ...]) -> Edition:
    """A clean edition with a compendium, and another in the previous edition."""
    edition = clean_edition(compendium=now)
    facts: dict[str, Fact] = {}
    earlier = Earlier("editions/2025-11", date(2025, 11, 11), date(2025, 10, 31), (), facts, before)
    return replace(edition, earlier=earlier, translations={}, versions=("en",), vetting={})


def renewed(edition: Edition) -> list[tuple[str, Severity, str]]:
    """What is found of the compendium."""
    return [
        (str(f.where), f.severity, f.message)
        for f in findings_of(edition)
        if f.check == "compendium-renewed"
    ]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ((section("01-a", "New."),), (section("01-a", "Old."),)),
        ((section("01-a", "Old."), section("02-b", "New.")), (section("01-a", "Old."),)),
        ((section("01-a", "Old."),), ()),
        ((), (section("01-a", "Old."),)),
    ],
)
def test_a_compendium_with_anything_new_is_right(
    now: tuple[Section, ...], before: tuple[Section, ...]
) -> None:
    assert renewed(compared(now, before)) == []


@pytest.mark.parametrize("name", ["01-a", "02-a"])
def test_last_months_compendium_is_one_warning(name: str) -> None:
    before = (section("01-a", "Old."), section("02-b", "Old, too."))

    (finding,) = renewed(compared((section(name, "Old. "),), before))

    assert finding == (
        "compendium",
        Severity.WARNING,
        f"All sections of the compendium are the same as in editions/2025-11: {name}",
    )


def test_a_copied_compendium_is_told_through_the_command(tmp_path: Path) -> None:
    small = make_small(tmp_path)
    before = write_month_before(small.edition)

    def told() -> list[dict[str, Any]]:
        document = patra_json("check", small.edition, "--root", small.root)
        return [f for f in document["findings"] if f["check"] == "compendium-renewed"]

    assert told() == []
    shutil.rmtree(before / "compendium")
    shutil.copytree(small.edition / "compendium", before / "compendium")
    (finding,) = told()
    assert finding["where"] == {"file": "compendium"}
    assert "editions/2025-11" in finding["message"]


# --- remedies -----------------------------------------------------------------------------------


def test_the_vetting_is_recorded_by_pasting_the_lines_shown(tmp_path: Path) -> None:
    small = make_small(tmp_path)

    def told() -> list[dict[str, Any]]:
        document = patra_json("check", small.edition, "--root", small.root)
        return [f for f in document["findings"] if f["check"] == "texts-vetted"]

    (finding,) = told()
    assert finding["message"] == "No officer has vetted the texts in Hindi"
    _sentence, *lines = finding["remedy"].splitlines()
    assert lines == ["[vetting]", 'hi = { by = "…", on = 2025-12-11 }']
    with (small.edition / "edition.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n".join(["", *lines, ""]))
    assert told() == []


def test_where_there_is_a_table_its_name_is_not_pasted_again() -> None:
    vetted = {"en": Vetting("A. Officer", date(2025, 12, 1))}

    assert "\n[vetting]" not in only(clean_edition(vetting=vetted), "texts-vetted").remedy


@pytest.mark.parametrize("partial", [True, False])
def test_partial_is_not_advised_where_it_is_set(partial: bool) -> None:
    edition = clean_edition(partial=partial)
    few = replace(edition, rows=edition.rows[:30], recipients=edition.recipients[:29])

    remedies = {f.check: f.remedy for f in findings_of(few)}

    assert set(remedies) == {"states-complete", "recipients-complete"}
    assert all(("set partial" in remedy) is not partial for remedy in remedies.values())
