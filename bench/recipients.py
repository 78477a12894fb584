"""An edition with any number of made-up recipients: districts, that is ids and not States."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "editions" / "2025-12"
NAME = "2025-12"
COHORT = 12
"""Recipients in a category: the ranking of each letter has so many rows."""
MOST = 26 * 26 * COHORT
"""Recipients for whose categories two letters suffice."""
STEP = 1000
"""Officials by which a category's upper limit lies above that of the one before."""
COLUMNS = (
    *("id", "honorific", "name_hi", "name_en", "service", "gender"),
    *("designation_hi", "designation_en", "addressee_hi", "addressee_en", "email", "confirmed_on"),
)
FIGURES = (
    *("ID", "Total Employees", "Onboarded", "Verified"),
    *("Completed One", "Assessments Attempted", "Assessments Cleared"),
)
ALL_CATEGORIES = """{%- for row in categories %}
| {{ row.id }} | {{ row.strength }} |
{%- endfor %}"""
OWN_CATEGORY = """{%- for row in categories %}{% if row.id == category %}
| {{ row.id }} | {{ row.strength }} |{% endif %}
{%- endfor %}"""


def write_edition(root: Path, recipients: int) -> Path:
    """Makes a project's folders with one edition of made-up districts, always the same ones.

    Letter and annexures are those of the sample edition; of the categories, which may be hundreds,
    a letter lists its own.

    Args:
        root: Where the folders are made.
        recipients: How many.

    Returns:
        The edition's folder.

    Raises:
        ValueError: There are more than letters for their categories.
    """
    if recipients > MOST:
        raise ValueError(f"{recipients:,} recipients: at most {MOST:,} can be made up")
    shutil.copytree(ROOT / "letter_templates", root / "letter_templates")
    (root / "fonts").symlink_to(ROOT / "fonts")
    edition = root / "editions" / NAME
    shutil.copytree(SAMPLE, edition)
    draw = random.Random(recipients)  # noqa: S311 - figures that anyone may guess
    _write_recipients(edition / "recipients.csv", recipients, draw)
    _write_scores(edition / "scores.xlsx", recipients, draw)
    _write_settings(edition / "edition.toml", -(-recipients // COHORT))
    for text in (root / "letter_templates" / "do_letter").glob("text.*.md"):
        _replace(text, ALL_CATEGORIES, OWN_CATEGORY)
    return edition


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    if old not in text:
        raise RuntimeError(f"{file.name} no longer has: {old}")
    file.write_text(text.replace(old, new), "utf-8")


def _write_recipients(path: Path, recipients: int, draw: random.Random) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for n in range(recipients):
            man, latin, hindi = n % 2 == 0, _word(draw, "en"), _word(draw, "hi")
            rows.writerow(
                [
                    _id(n),
                    "Shri" if man else "Smt.",
                    f"नमूना {_word(draw, 'hi')}",
                    f"Namuna {_word(draw, 'en')}",
                    *("IAS", "m" if man else "f", "कलेक्टर", "Collector"),
                    f"जिला {hindi}",
                    f"District {latin}",
                    *(f"{_id(n).lower()}@district.example", "2025-12-01"),
                ]
            )


def _id(number: int) -> str:
    """0 → D0001: no State's id, so that nothing is looked up or checked as a State's."""
    return f"D{number + 1:04d}"


_SYLLABLES = {"en": ("bdgklmnprstv", "aeiou"), "hi": ("कखगचजटडतदनपबमरलवसह", "ािीुूेो")}


def _word(draw: random.Random, language: str) -> str:
    first, second = _SYLLABLES[language]
    return "".join(draw.choice(first) + draw.choice(second) for _ in range(6)).capitalize()


def _write_scores(path: Path, recipients: int, draw: random.Random) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Scores"
    sheet.append(FIGURES)
    for n in range(recipients):
        strength = STEP * (n // COHORT) + draw.randint(1, STEP - 1)
        onboarded = int(strength * draw.uniform(0.5, 1))
        verified, completed = (int(onboarded * draw.uniform(0.1, 0.9)) for _ in range(2))
        attempted = onboarded + 1
        cleared = int(attempted * draw.uniform(0.2, 0.95))
        sheet.append([_id(n), strength, onboarded, verified, completed, attempted, cleared])
    book.save(path)


def _write_settings(path: Path, cohorts: int) -> None:
    """Puts as many categories in the place of the sample's, and says that States are missing."""
    text = path.read_text("utf-8")
    begin = text.index("[[cohorts]]")
    end = text.index("# Performance levels", begin)
    limits = (f"upto = {STEP * (n + 1)}\n" if n < cohorts - 1 else "" for n in range(cohorts))
    new = "".join(f'[[cohorts]]\nid = "{_letters(n)}"\n{x}\n' for n, x in enumerate(limits))
    path.write_text(f"{text[:begin]}{new}{text[end:]}", "utf-8")
    _replace(path, "specimen = true", "partial = true\nspecimen = true")


def _letters(number: int) -> str:
    """0 → AA, 1 → AB … 26 → BA."""
    first, second = divmod(number, 26)
    return chr(65 + first) + chr(65 + second)
