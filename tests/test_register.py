"""The register: numbers in file order, reserved before use, never given twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ArchiveError
from generator.model import Edition, Numbering
from generator.register import Register, Revision, all_entries
from tests.editions_made import make_edition

IDS = ("HR", "PB", "GA")
REVISION = Revision(
    revision=1,
    date=date(2025, 12, 11),
    fingerprint="f",
    docx_sha256="d",
    pdf_sha256="p",
    pages=22,
    stem="PB-punjab",
    package="k",
    program="0.1.0",
    engines={"weasyprint": "70.0"},
)


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

    with register.issuing(number, REVISION):
        pass

    entry = register.entries()["PB"]
    assert (entry.status, entry.revisions, entry.latest) == ("issued", (REVISION,), REVISION)
    assert register.entries()["HR"].status == "reserved"


def test_an_issue_is_recorded_when_its_files_are_in_place_and_not_before(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    number = register.reserve_numbers(edition(), IDS)["PB"]

    with pytest.raises(ArchiveError, match="full"), register.issuing(number, REVISION):
        raise ArchiveError("The disk is full")

    assert register.entries()["PB"].status == "reserved"
    assert register.entries()["PB"].revisions == ()


def test_a_letter_cancelled_while_it_was_made_is_not_issued(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    number = register.reserve_numbers(edition(), IDS)["PB"]
    register.cancel(number, "sent twice")

    with pytest.raises(ArchiveError, match="cancelled"), register.issuing(number, REVISION):
        raise AssertionError("its files were put in place")

    assert register.entries()["PB"].revisions == ()


def test_two_clerks_do_not_issue_one_revision_with_two_contents(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    number = register.reserve_numbers(edition(), IDS)["PB"]
    for _same in range(2):
        with register.issuing(number, REVISION):
            pass

    other = register.issuing(number, replace(REVISION, pdf_sha256="other"))
    with pytest.raises(ArchiveError, match="issued meanwhile by another run"), other:
        raise AssertionError("its files were put in place")

    assert register.entries()["PB"].revisions == (REVISION,)


@pytest.mark.parametrize("how", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_lost_register_is_not_begun_anew_where_letters_were_issued(
    tmp_path: Path, how: Callable[[Path], object]
) -> None:
    register = Register(tmp_path, "made")
    register.reserve_numbers(edition(), IDS)
    (tmp_path / "2025-12-11").mkdir()
    (tmp_path / "2025-12-11" / "manifest.json").write_text("{}")
    how(register.path)

    with pytest.raises(ArchiveError, match=r"empty or gone.*2025-12-11"):
        Register(tmp_path, "other").reserve_numbers(edition(series="other"), IDS)

    assert not register.path.exists() or register.path.stat().st_size == 0


def test_a_register_whose_index_is_damaged_gives_no_number(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    register.reserve_numbers(edition(), IDS)
    with closing(sqlite3.connect(register.path)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        query = "SELECT name, rootpage FROM sqlite_master WHERE name LIKE 'sqlite_autoindex_let%'"
        (one, first), (other, second), *_ = db.execute(query).fetchall()
        change = "UPDATE sqlite_master SET rootpage = ? WHERE name = ?"
        db.executemany(change, [(second, one), (first, other)])
    before = register.path.read_bytes()

    with pytest.raises(ArchiveError, match=r"register\.sqlite3 cannot be used"):
        register.reserve_numbers(edition(), (*IDS, "MN"))

    assert register.path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    ["letter SET date = 'soon'", "revision SET engines = '{'", "revision SET date = x'ff'"],
)
def test_a_line_that_cannot_be_understood_is_told(tmp_path: Path, change: str) -> None:
    register = Register(tmp_path, "made")
    with register.issuing(register.reserve_numbers(edition(), IDS)["PB"], REVISION):
        pass
    with closing(sqlite3.connect(register.path)) as db, db:
        assert db.execute(f"UPDATE {change}").rowcount

    with pytest.raises(ArchiveError, match="a line that cannot be understood"):
        register.entries()


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


# --- what will be given -------------------------------------------------------------------------


def test_foreseen_numbers_are_those_that_are_given(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    first = register.foresee_numbers(edition(), IDS)

    assert first == (register.reserve_numbers(edition(), IDS), {})

    more = register.foresee_numbers(edition(), ("MN", *reversed(IDS), "TN"))
    assert more == (register.reserve_numbers(edition(), ("MN", *reversed(IDS), "TN")), {})


def test_numbers_of_another_edition_are_foreseen_as_taken(tmp_path: Path) -> None:
    Register(tmp_path, "made").reserve_numbers(edition(), IDS)
    other = edition(number=Numbering("N/{year}/{day:02d}{month:02d}-{serial}", 30))

    numbers, taken = Register(tmp_path, "other").foresee_numbers(other, IDS)

    assert list(numbers.values()) == ["N/2025/1112-30", "N/2025/1112-31", "N/2025/1112-32"]
    assert taken == {"N/2025/1112-30": "made", "N/2025/1112-31": "made"}


def test_nothing_is_made_to_foresee_numbers(tmp_path: Path) -> None:
    numbers, taken = Register(tmp_path / "output", "made").foresee_numbers(edition(), ("HR",))

    assert (numbers, taken) == ({"HR": "N/2025/1112-29"}, {})
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_to_foresee_numbers(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    register.reserve_numbers(edition(), IDS)
    before = register.path.read_bytes()
    register.path.chmod(0o400)
    tmp_path.chmod(0o500)

    register.foresee_numbers(edition(), (*IDS, "TN"))

    tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == [register.path]
    assert register.path.read_bytes() == before


def test_an_empty_register_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite3").touch()

    assert Register(tmp_path, "made").foresee_numbers(edition(), ("HR",))[1] == {}
    assert (tmp_path / "register.sqlite3").stat().st_size == 0


def test_a_broken_register_or_one_of_a_newer_program_foresees_nothing(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    register.path.write_bytes(b"not a database" * 100)
    with pytest.raises(ArchiveError, match=r"register\.sqlite3 cannot be used"):
        register.foresee_numbers(edition(), IDS)

    register.path.unlink()
    register.reserve_numbers(edition(), IDS)
    with closing(sqlite3.connect(register.path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(ArchiveError, match="version 99"):
        register.foresee_numbers(edition(), IDS)


CUT_OFF = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the end
db.execute("BEGIN IMMEDIATE")
for n in range(2000):
    values = (f"X/{n}", "made", "f", f"X{n}", 10_000 + n, "x" * 500)
    db.execute("INSERT INTO letter (number, edition, folder, who, serial, date, status)"
               " VALUES (?, ?, ?, ?, ?, ?, 'reserved')", values)
os._exit(9)
"""


def test_a_run_cut_off_while_it_wrote_is_passed_over(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    given = register.reserve_numbers(edition(), IDS)
    subprocess.run([sys.executable, "-c", CUT_OFF, register.path], check=False)
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    numbers, taken = register.foresee_numbers(edition(), (*IDS, "TN"))

    assert set(left) == {"register.sqlite3", "register.sqlite3-journal"}
    assert (numbers, taken) == ({**given, "TN": "N/2025/1112-32"}, {})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == left
    assert register.reserve_numbers(edition(), (*IDS, "TN")) == numbers


VERSION_1 = """
CREATE TABLE folder (name TEXT PRIMARY KEY, edition TEXT NOT NULL);
CREATE TABLE letter (
    number TEXT PRIMARY KEY, edition TEXT NOT NULL, who TEXT NOT NULL, serial INTEGER NOT NULL,
    date TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1, status TEXT NOT NULL,
    fingerprint TEXT, docx_sha256 TEXT, pdf_sha256 TEXT, pages INTEGER,
    UNIQUE (edition, who), UNIQUE (edition, serial)
);
INSERT INTO folder VALUES ('2025-12-11', 'made');
INSERT INTO letter VALUES
    ('N/2025/1112-29', 'made', 'HR', 29, '2025-12-11', 1, 'issued', 'f', 'd', 'p', 22),
    ('N/2025/1112-30', 'made', 'PB', 30, '2025-12-11', 1, 'reserved', NULL, NULL, NULL, NULL);
PRAGMA user_version = 1;
"""


def test_a_register_of_version_1_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "register.sqlite3")) as db:
        db.executescript(VERSION_1)
    before = (tmp_path / "register.sqlite3").read_bytes()

    read = all_entries(tmp_path)
    untouched = (tmp_path / "register.sqlite3").read_bytes() == before
    numbers = Register(tmp_path, "made").reserve_numbers(edition(), (*IDS, "GA"))

    assert untouched
    assert [(e.number, e.status, e.folder) for e in read] == [
        ("N/2025/1112-29", "issued", "2025-12-11"),
        ("N/2025/1112-30", "reserved", "2025-12-11"),
    ]
    assert read[0].latest is not None
    assert read[0].latest.hashes == {"HR-haryana.docx": "d", "HR-haryana.pdf": "p"}
    assert numbers["GA"] == "N/2025/1112-31"
    assert all_entries(tmp_path)[:1] == read[:1]


def test_a_cancelled_letter_keeps_its_line_and_its_number(tmp_path: Path) -> None:
    register = Register(tmp_path, "made")
    numbers = register.reserve_numbers(edition(), IDS)

    register.cancel(numbers["PB"], "sent twice")
    again = register.reserve_numbers(edition(), (*IDS, "MN"))

    entry = register.entries()["PB"]
    assert (entry.status, entry.reason) == ("cancelled", "sent twice")
    assert again["MN"] == "N/2025/1112-32"
