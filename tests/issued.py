"""The small edition issued once by the real command, and copies of it that a test may damage."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image
from typer.testing import CliRunner

from generator.cli import app
from generator.errors import PatraError
from generator.fingerprint import fingerprint_letter, sha256
from generator.letter_json import letter_from_json, letter_to_json
from generator.register import Register, all_entries
from generator.store import Store
from generator.workers import make_letter, start_worker
from tests.command import patra_json
from tests.small import Small, make_small

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<rect width="40" height="40" fill="#123456"/></svg>'
)


def issue_small(folder: Path, *, logo: bool = False) -> Small:
    """The small edition, issued; with a ``logo`` in its letterhead, an SVG and a PNG beside it."""
    small = make_small(folder / "issued")
    if logo:
        (small.edition / "logo.svg").write_text(SVG)
        Image.new("RGB", (40, 40), (18, 52, 86)).save(small.edition / "logo.png")
        small.edit("edition.toml", "[letterhead]\n", '[letterhead]\nlogo = "logo.svg"\n')
    patra_json("issue", small.edition, "--root", small.root, "--jobs", 1)
    return small


def copy_of(small: Small, folder: Path) -> Small:
    """A copy of an installation with all that it issued."""
    shutil.copytree(small.root, folder / "copy", symlinks=True)
    return Small(folder / "copy")


def archive(small: Small, *arguments: object, code: int = 0) -> str:
    """``patra archive …`` within this process; what it prints. It must exit with ``code``."""
    words = ["archive", *map(str, arguments), "--root", str(small.root)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == code, f"exit {done.exit_code}\n{done.output}"
    return done.stdout


def archive_json(small: Small, *arguments: object, code: int = 0) -> Any:
    """The document of ``patra archive … --json``, within this process."""
    return json.loads(archive(small, *arguments, "--json", code=code))


def refused(small: Small, *arguments: object, code: int) -> PatraError:
    """The refusal of ``patra archive …`` within this process, which must end it with ``code``."""
    words = ["archive", *map(str, arguments), "--root", str(small.root)]
    error = CliRunner().invoke(app, words).exception
    assert isinstance(error, PatraError)
    assert error.exit_code == code
    return error


def change_register(small: Small, statement: str, *values: object) -> None:
    """Changes the register behind the program's back; one line at least."""
    with closing(sqlite3.connect(small.output / "register.sqlite3")) as db, db:
        assert db.execute(statement, values).rowcount > 0


def flip_byte(path: Path) -> None:
    """Changes one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def exchange(one: Path, other: Path) -> None:
    """Exchanges the contents of two files."""
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def forge(small: Small, name: str, data: bytes) -> None:
    """Replaces a file, and its hash wherever it stands."""
    path, ending = small.dated / name, Path(name).suffix[1:]
    before, after = sha256(path.read_bytes()), sha256(data)
    path.write_bytes(data)
    column = f"{ending}_sha256"
    change_register(small, f"UPDATE revision SET {column} = ? WHERE {column} = ?", after, before)  # noqa: S608
    for listing in ("manifest.json", "SHA256SUMS"):
        text = (small.dated / listing).read_text("utf-8")
        forge_listing(small, listing, text.replace(before, after))


def forge_listing(small: Small, name: str, text: str) -> None:
    """Replaces manifest or sums, and the hash wherever it stands."""
    path = small.dated / name
    before, after = sha256(path.read_bytes()), sha256(text.encode())
    path.write_text(text, "utf-8")
    change_register(small, "UPDATE sums SET sha256 = ? WHERE file = ?", after, name)
    if name != "SHA256SUMS":
        sums = (small.dated / "SHA256SUMS").read_text("utf-8")
        forge_listing(small, "SHA256SUMS", sums.replace(before, after))


def revise(small: Small, who: str) -> None:
    """Records a revision 2 of a letter, of the day after: its files, contents and line."""
    entry = next(entry for entry in all_entries(small.output) if entry.who == who)
    first, store = entry.revisions[0], Store(small.output)
    package = store.fetch_package(first.package)
    logo = small.edition / "logo.svg" if package.logo else None
    letter = letter_from_json(store.fetch(package.letter), logo)
    letter = replace(letter, revision=2, date=date(2025, 12, 12))
    if letter.data:
        data = replace(letter.data, revision=2, date=letter.date)
        letter = replace(letter, data=data)
    fingerprint = fingerprint_letter(letter, {**package.templates, **package.fonts})
    start_worker(small.kind, small.root / "fonts")
    made = make_letter(letter, fingerprint)
    package = replace(package, letter=store.keep(letter_to_json(letter)))
    second = replace(
        first,
        revision=2,
        date=letter.date,
        fingerprint=fingerprint,
        docx_sha256=sha256(made.docx),
        pdf_sha256=sha256(made.pdf),
        stem=f"{first.stem}.r2",
        package=store.keep_package(package),
        reason="A count was corrected",
    )
    (small.dated / f"{second.stem}.docx").write_bytes(made.docx)
    (small.dated / f"{second.stem}.pdf").write_bytes(made.pdf)
    with Register(small.output, entry.edition).issuing(entry.number, second):
        pass
