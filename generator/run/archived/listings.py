"""A dated folder's manifest, index and sums beside the register's record of them and of letters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.archive import MANIFEST, SUMS
from generator.run.archived.dated import Case
from generator.run.archived.differences import Difference, listed

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def compare_listings(case: Case) -> Iterator[Difference]:
    """What is wrong with manifest, index and sums: missing, altered, or out of step."""
    if not case.path.is_dir() or not (case.expected or case.recorded):
        return
    for name in case.own_files:
        digest, recorded = case.present.get(name), case.recorded.get(name)
        if digest is None:
            yield case.differ(name, "no such file", "the folder's own file", _renew(case))
            continue
        amiss = _amiss(case, name)
        told = f" ({listed(amiss)})" if amiss else ""
        if recorded is not None and digest != recorded:
            yield case.differ(name, f"SHA-256 {digest}{told}", f"SHA-256 {recorded}", _renew(case))
        elif amiss:
            yield case.differ(name, listed(amiss), "what the register says", _renew(case))


def _renew(case: Case) -> str:
    return f"Restore it from a backup; or patra issue {case.edition} writes it anew."


def _amiss(case: Case, name: str) -> list[str]:
    """What a listing says that the register does not, as the register's own lines are told."""
    path = case.path / name
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ["cannot be read"]
    if name == SUMS:
        return _sums_amiss(case, text)
    return _manifest_amiss(case, text) if name == MANIFEST else []


def _sums_amiss(case: Case, text: str) -> list[str]:
    lines = [_LINE.fullmatch(line) for line in text.splitlines()]
    broken = [f"line {n} is no sum" for n, line in enumerate(lines, 1) if line is None]
    told = {line[2]: line[1] for line in lines if line}
    own = {name: digest for name, digest in case.recorded.items() if name != SUMS}
    if not own:  # a register of version 1 has none
        own = {MANIFEST: case.present.get(MANIFEST, "")}
    return broken + _unlike(case, told, {**case.expected, **own})


def _manifest_amiss(case: Case, text: str) -> list[str]:
    try:
        manifest = json.loads(text)
        files = dict(manifest["files"])
        letters = {line["number"]: line["status"] for line in manifest["letters"]}
    except (ValueError, KeyError, TypeError):
        return ["is no manifest"]
    registered = {entry.number: entry.status for entry in case.folder.letters}
    lines = [f"{n} is not in the register" for n in letters if n not in registered]
    lines += [f"{e.number} is not in it" for e in case.folder.issued if e.number not in letters]
    lines += [
        f"{number} is {letters[number]}, in the register {status}"
        for number, status in registered.items()
        if letters.get(number, status) != status
    ]
    return lines + _unlike(case, files, case.expected)


def _unlike(case: Case, told: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """The files of which a listing says other than is expected.

    Those that are told of by themselves are left out: where the register is at fault, each
    listing would say it once more.
    """
    by_themselves = {
        *(name for name in case.present if name not in expected),
        *(name for name, digest in case.expected.items() if case.present.get(name) != digest),
    }
    names = sorted({*told, *expected} - by_themselves)
    return [
        _line(name, told.get(name), expected.get(name))
        for name in names
        if told.get(name) != expected.get(name)
    ]


def _line(name: str, told: str | None, expected: str | None) -> str:
    if told is None:
        return f"{name} is not in it"
    return f"{name} is of no letter" if expected is None else f"{name} has SHA-256 {told}"
