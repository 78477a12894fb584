"""The register: numbers in file order, reserved before use, never given twice."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ArchiveError
from generator.model import Edition, Numbering
from generator.register import Register
from tests.editions_made import make_edition

IDS = ("HR", "PB", "GA")


def edition(**others: Any) -> Edition:
    """An edition numbered N/2025/1112-<serial>."""
    pattern = "N/{year}/{day:02d}{month:02d}-{serial}"
    return make_edition(**{"number": Numbering(pattern, 29), **others})


def test_numbers_run_in_file_order_from_the_first_serial(tmp_path: Path) -> None:
    numbers = Register(tmp_path, "made").reserve_numbers(edition(), IDS)

    assert numbers == {
        "HR": "N/2025/1112-29",
        "PB": "N/2025/1112-30",
        "GA": "N/2025/1112-31",
    }


def test_a_number_once_given_stays(tmp_path: Path) -> None:
    first = Register(tmp_path, "made").reserve_numbers(edition(), IDS)

    again = Register(tmp_path, "made").reserve_numbers(edition(), reversed(IDS))

    assert again == first


def test_who_comes_later_takes_the_next_free_serial(tmp_path: Path) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), IDS)

    numbers = Register(tmp_path, "made").reserve_numbers(edition(), ("MN", *IDS))

    assert numbers["MN"] == "N/2025/1112-32"


def test_a_number_that_another_edition_holds_is_refused(tmp_path: Path) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), IDS)

    with pytest.raises(ArchiveError, match="N/2025/1112-29 for HR is taken"):
        Register(tmp_path, "other").reserve_numbers(edition(name="other", series="x"), IDS)


def test_a_refused_reservation_reserves_nothing(tmp_path: Path) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), ("HR",))
    other = edition(
        name="other", series="x", number=Numbering("N/{year}/{day:02d}{month:02d}-{serial}", 28)
    )

    with pytest.raises(ArchiveError):
        Register(tmp_path, "other").reserve_numbers(other, ("PB", "GA"))

    assert Register(tmp_path, "other").entries() == {}


def test_a_dated_folder_belongs_to_one_edition(tmp_path: Path) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), IDS)
    other = edition(name="other", number=Numbering("M/{serial}"))

    with pytest.raises(ArchiveError, match="belongs to the edition made"):
        Register(tmp_path, "other").reserve_numbers(other, IDS)


def test_an_issue_is_recorded_with_its_hashes(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    number = register.reserve_numbers(edition(), IDS)["PB"]

    register.record_issue(number, {"fingerprint": "f", "docx": "d", "pdf": "p", "pages": 22})

    entry = register.entries()["PB"]
    assert (entry.status, entry.fingerprint, entry.pages) == ("issued", "f", 22)
    assert register.entries()["HR"].status == "reserved"


def test_a_register_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite3").write_bytes(b"not a database" * 100)

    with pytest.raises(ArchiveError, match=r"register\.sqlite3 cannot be used"):
        Register(tmp_path, "made").reserve_numbers(edition(), IDS)


def test_a_register_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), IDS)
    db = sqlite3.connect(tmp_path / "register.sqlite3")
    db.execute("PRAGMA user_version = 99")
    db.close()

    with pytest.raises(ArchiveError, match="version 99"):
        Register(tmp_path, "made").reserve_numbers(edition(), IDS)


def reserve(output: Path, name: str) -> dict[str, str]:
    """In another process: reserves for an edition whose numbers cannot clash."""
    made = make_edition(name=name, series=name, number=Numbering(name + "/{serial}"))
    return Register(output, name).reserve_numbers(made, [f"R{n}" for n in range(20)])


def test_two_processes_reserving_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    names = ["one", "two", "one", "two"]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        given = list(pool.map(reserve, [tmp_path] * 4, names))

    assert given[0] == given[2]
    assert given[1] == given[3]
    assert len({number for numbers in given for number in numbers.values()}) == 40


@pytest.mark.parametrize("others", [{"date": date(2025, 12, 12)}, {"series": "second"}])
def test_an_edition_with_numbers_keeps_its_folder(tmp_path: Path, others: dict[str, Any]) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), IDS)

    with pytest.raises(ArchiveError, match="has its numbers under 2025-12-11"):
        Register(tmp_path, "made").reserve_numbers(edition(**others), (*IDS, "KA"))

    assert set(Register(tmp_path, "made").entries()) == set(IDS)
