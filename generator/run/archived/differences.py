"""What ``patra archive verify`` finds, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be: where, what stands there, what should, what to do.

    ``folder`` is a dated folder's name, or "store"; ``file`` "" where the whole folder is meant.
    """

    folder: str
    file: str
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and found.

    ``letters`` are those that were issued, ``files`` their DOCX and PDF that were there and read.
    ``notes`` tell what is no difference, but worth knowing.
    """

    folders: int
    letters: int
    files: int
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names in a row, the first few of many."""
    every = list(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
