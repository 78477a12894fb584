"""A new edition from an earlier one."""

from __future__ import annotations

import calendar
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

import tomlkit

from generator.errors import ArchiveError, UsageError
from generator.inputs.confirmations import clear_confirmations
from generator.inputs.edition import read_edition
from generator.paths import Paths

COPIED = (
    "recipients.csv",
    "recipients.xlsx",
    "states.csv",
    "compendium",
    "text.*",
    "translations.toml",
    "*.svg",
    "*.png",
)
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
DATES = ("date", "as_on")
CLEARED = ("waivers", "vetting")
"""Settings that were granted for one edition alone."""


def start_edition(paths: Paths, name: str, source: Path) -> tuple[Path, dict[str, str]]:
    """Starts ``editions/<name>``: settings, recipients and texts copied, dates moved a month.

    ``previous`` is set; figures, waivers and vetting are left out, and every recipient's
    ``confirmed_on`` is cleared: names must be confirmed anew. The folder appears whole.

    Returns:
        The new folder, and the dates that were set.

    Raises:
        UsageError: The name is taken or unfit for a folder.
        InputError: The earlier edition cannot be read.
    """
    target = paths.editions / name
    if not SAFE_NAME.fullmatch(name) or target.exists():
        reason = "exists already" if target.exists() else "is unfit for a folder's name"
        raise UsageError(
            f"editions/{name} {reason}",
            "Choose another name, made of letters, digits, dots, - and _.",
        )
    read_edition(paths, source)  # what cannot be read is not copied
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=paths.editions) as staging:
            made = Path(staging) / "edition"
            made.mkdir()
            _fill(made, source, paths)
            made.rename(target)
    except OSError as error:
        raise ArchiveError(
            f"editions/{name} cannot be written: {error.strerror or error}",
            "Check the folder's permissions and the disk's space.",
        ) from error
    settings = tomlkit.parse((target / "edition.toml").read_text(encoding="utf-8"))
    return target, {key: str(settings[key]) for key in DATES if key in settings}


def next_steps(folder: Path) -> str:
    """What is left to do in a new edition, by what it has."""
    settings = tomlkit.parse((folder / "edition.toml").read_text(encoding="utf-8")).unwrap()
    steps = ["Read its edition.toml"]
    if any(folder.glob("recipients.*")):
        steps.append("confirm the recipients")
    if any(folder.glob("text.*")):
        steps.append("write the new words into its texts")
    if "scores" in settings:
        steps.append(f"put the new {settings['scores'].get('file', 'workbook')} into it")
    if "{serial" not in settings["number"]["pattern"]:
        steps.append("give it another number")
    return ", ".join(steps)


def _fill(made: Path, source: Path, paths: Paths) -> None:
    settings = (source / "edition.toml").read_text(encoding="utf-8-sig")
    moved = move_settings(settings, paths.relative(source))
    (made / "edition.toml").write_text(moved, encoding="utf-8")
    for path in sorted({path for pattern in COPIED for path in source.glob(pattern)}):
        if path.is_dir():
            shutil.copytree(path, made / path.name)
        else:
            shutil.copy(path, made / path.name)
    clear_confirmations(made)


def move_settings(settings: str, previous: str) -> str:
    """The settings' text for the next month; comments and order stay."""
    document = tomlkit.parse(settings)
    for key in DATES:
        if isinstance(document.get(key), date):
            document[key] = next_month(document[key])
    for key in CLEARED:
        document.pop(key, None)
    document.pop("previous", None)
    return _add_below_date(tomlkit.dumps(document), "previous", previous)


def _add_below_date(settings: str, key: str, value: str) -> str:
    """Adds a key where an officer looks for it; at the end it would belong to a table."""
    line = f"{key} = {tomlkit.item(value).as_string()}\n"
    return re.sub(
        r"^date\s*=.*\n", lambda date: date[0] + line, settings, count=1, flags=re.MULTILINE
    )


def next_month(day: date) -> date:
    """The same day a month on; the last of a month stays the last."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    last = calendar.monthrange(year, month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, last if was_last else min(day.day, last))
