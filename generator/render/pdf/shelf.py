"""Shared annexures between runs: in the user's cache, by the hash of all that their pages show.

To make one State's letter again most of the time went into pages that were the same last time. A
file that was changed, is another's or of other materials is passed over; where nothing can be kept
everything is made. Deleting the folder loses nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG, S_IWGRP, S_IWOTH
from tempfile import mkstemp
from typing import NamedTuple

MOST = 32
"""Files that are kept, the last used: a year of monthly editions, some of them in two forms."""

_OTHERS = S_IWGRP | S_IWOTH


class SharedPage(NamedTuple):
    """What the outline says of a page: its height, and its bookmarks as the engine has them."""

    height: float
    bookmarks: Sequence[Sequence[object]]


class Shared(NamedTuple):
    """Shared annexures: the pages of each, and the file that holds them all."""

    parts: Sequence[Sequence[SharedPage]]
    data: bytes


class Shelf:
    """The files of one set of templates, fonts, logo and programs.

    Args:
        materials: Gives a hash of all that pages are made with besides their own markup.
        folder: Where the files lie; None: below the user's cache.
    """

    def __init__(self, materials: Callable[[], str], folder: Path | None = None) -> None:
        self._materials, self._folder = materials, folder or cache_folder()

    def place(self, *markup: str) -> Path:
        """The file of annexures of this markup, made with what there is now."""
        about = json.dumps([self._materials(), *markup])
        return self._folder / hashlib.sha256(about.encode()).hexdigest()

    def find(self, place: Path) -> Shared | None:
        """What was put there; None where it is not there, not whole, or not ours alone."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            digest, _newline, rest = _read_own(place).partition(b"\n")
            if hashlib.sha256(rest).hexdigest().encode() == digest:
                about, _newline, data = rest.partition(b"\n")
                parts = [[SharedPage(*page) for page in part] for part in json.loads(about)]
                os.utime(place)
                return Shared(parts, data)
        return None

    def put(self, place: Path, shared: Shared) -> None:
        """Keeps annexures for later runs, and forgets those that were not used for longest."""
        rest = json.dumps(shared.parts).encode() + b"\n" + shared.data
        with suppress(OSError):
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
            if _is_ours_alone(self._folder.lstat()):
                _write(place, hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
                _keep_newest(self._folder)


def cache_folder() -> Path:
    """The folder below the user's cache (XDG Base Directory Specification 0.8)."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(cache) if Path(cache).is_absolute() else Path(os.path.expanduser("~/.cache"))  # noqa: PTH111 - Path.home() raises without a home
    return base / "patra" / "shared-annexures"


def _read_own(place: Path) -> bytes:
    """A file of ours in a folder of ours.

    Raises:
        OSError: There is none.
    """
    if not _is_ours_alone(place.parent.lstat()):
        raise PermissionError(place.parent)
    with os.fdopen(os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        about = os.fstat(file.fileno())
        if not (S_ISREG(about.st_mode) and _is_ours_alone(about)):
            raise PermissionError(place)
        return file.read()


def _is_ours_alone(about: os.stat_result) -> bool:
    """Whether nobody else may have written it."""
    return about.st_uid == os.getuid() and not about.st_mode & _OTHERS


def _write(place: Path, data: bytes) -> None:
    """Writes a file whole or not at all; readable by its owner alone, since an edition is."""
    handle, name = mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_newest(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.lstat().st_mtime, reverse=True)
    for path in files[MOST:]:
        path.unlink(missing_ok=True)
