"""Edition folders made for the tests that go through real files."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from generator.paths import Paths

SETTINGS = """\
kind = "letter"
date = 2025-12-11
as_on = 2025-11-30
versions = ["hi", "en"]
specimen = true
partial = true
place = { hi = "नई दिल्ली", en = "New Delhi" }

[number]
pattern = "CEO/{year}/{day:02d}{month:02d}-{serial}"
first_serial = 21

[signatory]
name = { hi = "कल्पना नमूना", en = "Kalpana Namuna" }
service = "IAS"
gender = "f"
designation = { hi = "अधिकारी", en = "Officer" }

[letterhead]
organisation = { hi = "नमूना संगठन", en = "SAMPLE OFFICE" }
lines = { hi = ["विभाग", "(भारत सरकार)"], en = ["Department", "(Government of India)"] }

[contact]
honorific = "Shri"
name = { hi = "नमूना", en = "Sample" }
email = "contact@example.in"
phone = "011-00000000"

[facts]
learners = { value = 14000000, style = "crore" }
ratio = { value = 1.5 }

[scores]
composite = "computed"
ties = "min"

[columns]
strength = "Total Employees"

[[indicators]]
id = "onboarded"
weight = 40
numerator = "onboarded"
denominator = "strength"
name = { hi = "ऑनबोर्ड", en = "Onboarded" }
objective = { hi = "उद्देश्य", en = "Objective" }
definition = { hi = "परिभाषा", en = "Definition" }

[[indicators]]
id = "verified"
weight = 60
numerator = "verified"
denominator = "onboarded"
name = { hi = "सत्यापित", en = "Verified" }
objective = { hi = "उद्देश्य", en = "Objective" }
definition = { hi = "परिभाषा", en = "Definition" }

[[cohorts]]
id = "A"
upto = 100000

[[cohorts]]
id = "B"

[[bands]]
id = "low"
upto = 30
name = { hi = "निम्न", en = "Low" }

[[bands]]
id = "strong"
upto = 100
from = 31
name = { hi = "सुदृढ़", en = "Strong" }

[audit]
max_change_percent = 12.5

[vetting]
hi = { by = "नमूना अधिकारी", on = 2025-12-09 }

[[waivers]]
check = "composite-recomputed"
who = "Haryana"
reason = "Confirmed by the scoring cell"
by = "Officer"
"""

RECIPIENTS = """\
state,honorific,name_hi,name_en,service,gender,email
Haryana,Shri,नमूना,Sample,IAS,m,cs@haryana.example
Punjab,,,,,,cs@punjab.example
"""

SCORES = (
    ("State", "Total Employees", "Onboarded", "Verified"),
    ("Haryana", 322014, 298060, 20117),
    ("Punjab", 90000, 80000, 70000),
)


def write_text(path: Path, text: str) -> Path:
    """A UTF-8 file, its folders made where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def make_folders(root: Path, settings: str = SETTINGS) -> Path:
    """A root with one kind and one edition; gives the edition's folder."""
    for code in ("hi", "en"):
        write_text(root / "letter_templates" / "letter" / f"text.{code}.md", f"kind {code}\n")
        section = f"# Heading {code}\n\nBody.\n"
        write_text(
            root / "editions" / "e1" / "compendium" / f"01-madhya-pradesh.{code}.md", section
        )
    folder = root / "editions" / "e1"
    write_text(folder / "edition.toml", settings)
    write_text(folder / "recipients.csv", RECIPIENTS)
    book = Workbook()
    for row in SCORES:
        book.worksheets[0].append(row)
    book.save(folder / "scores.xlsx")
    return folder


def paths_of(folder: Path) -> Paths:
    """The paths of the root in which ``make_folders`` made the edition."""
    return Paths.at(folder.parent.parent)
