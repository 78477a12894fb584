"""``patra templates new``: a kind copied from one that works."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.errors import ArchiveError, TemplateError, UsageError
from generator.files import leads_elsewhere
from generator.findings import Severity, standing
from generator.fingerprint import HIDDEN
from generator.inputs.translations import FILE
from generator.kinds.check import check_kind, find_kind
from generator.paths import Paths

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST = 40
"""Characters of a name: it stands in the names of files."""
NOTES = frozenset({"README.md", "HINDI.md"})
"""Notes on the texts of the old kind, which are not about those of the new one."""
_ENTRY = re.compile(r'\s*"?([\w.]+)"?\s*=')
_RESERVED = frozenset({"con", "prn", "aux", "nul"})
"""Windows takes no folder of these names."""


def start_kind(paths: Paths, name: str, source: str) -> tuple[Path, list[str]]:
    """Starts ``letter_templates/<name>`` as a copy of another kind; the folder appears whole.

    What the other kind notes for its own Hindi officer is left behind. ``translations.toml``
    goes along, as the texts and their translations are the same.

    Returns:
        The new folder, and the names of its files.

    Raises:
        UsageError: The name is taken or unfit, or there is no kind to copy.
        TemplateError: The kind to copy is broken; with all that is wrong with it.
        ArchiveError: The folder cannot be written.
    """
    target = paths.kind(name)
    if not NAME.fullmatch(name) or len(name) > LONGEST or name in _RESERVED:
        raise UsageError(
            f"“{name}” is unfit for a kind's name",
            f"Take small letters a–z, digits and _, a letter first, at most {LONGEST} characters: "
            "review_letter.",
        )
    if target.exists() or target.is_symlink():
        raise UsageError(f"{paths.relative(target)} exists already", "Choose another name.")
    folder = find_kind(paths, source)
    if errors := standing(check_kind(paths, source).findings, Severity.ERROR):
        raise TemplateError(
            f"The kind {source} is broken: {len(errors)} errors; nothing was copied",
            "Correct it first, or copy a kind that works.",
            errors,
        )
    files = list(_files(folder))
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=paths.templates) as staging:
            made = Path(staging) / name
            for path in files:
                _copy(path, made / path.relative_to(folder), folder)
            made.rename(target)
    except OSError as error:
        raise ArchiveError(
            f"{paths.relative(target)} cannot be written: {error.strerror or error}",
            "Check the folder's permissions and the disk's space.",
        ) from error
    return target, [path.relative_to(folder).as_posix() for path in files]


def _files(folder: Path) -> Iterator[Path]:
    """What belongs to a kind; not notes, hidden files, or what Word leaves beside a file."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(HIDDEN) for part in parts)
        if path.is_file() and not hidden and path.name not in NOTES and not leads_elsewhere(path):
            yield path


def _copy(path: Path, to: Path, folder: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.name != FILE:
        shutil.copyfile(path, to)
        return
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if not _gone(line, folder)]
    to.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _gone(line: str, folder: Path) -> bool:
    """Whether a line of ``translations.toml`` is about a text that is not there."""
    found = _ENTRY.match(line)
    return bool(found) and not (folder / found[1]).is_file() if found else False
