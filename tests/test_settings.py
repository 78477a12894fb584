"""The settings: what they may hold, and how each fault is told with its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.edition import read_edition
from generator.inputs.settings.toml_lines import find_lines
from generator.model import Cohort, Edition, Fact, Place, ScoringRules
from tests.made_folders import SETTINGS, make_folders, paths_of, write_text


def read(tmp_path: Path, settings: str = SETTINGS) -> Edition:
    folder = make_folders(tmp_path, settings)
    return read_edition(paths_of(folder), folder)[0]


def refused(tmp_path: Path, settings: str) -> tuple[Finding, ...]:
    with pytest.raises(InputError) as error:
        read(tmp_path, settings)
    assert error.value.exit_code == 3
    return error.value.findings


def changed(old: str, new: str) -> str:
    assert old in SETTINGS, old
    return SETTINGS.replace(old, new, 1)


def test_all_settings_become_values_of_the_model(tmp_path: Path) -> None:
    edition = read(tmp_path)

    assert (edition.name, edition.kind, edition.versions) == ("e1", "letter", ("hi", "en"))
    assert (edition.date, edition.as_on) == (date(2025, 12, 11), date(2025, 11, 30))
    assert edition.specimen
    assert edition.partial
    assert edition.number.first_serial == 21
    assert edition.signatory.designation["en"] == "Officer"
    assert edition.letterhead.lines["en"] == ("Department", "(Government of India)")
    assert edition.contact is not None
    assert edition.contact.phone == "011-00000000"
    assert edition.facts == {
        "learners": Fact(Decimal(14000000), "crore"),
        "ratio": Fact(Decimal("1.5")),
    }
    assert edition.scoring == ScoringRules("computed", "min")
    assert [i.weight for i in edition.indicators] == [40, 60]
    assert edition.cohorts == (Cohort("A", 100000), Cohort("B", None))
    assert [(b.upto, b.starts) for b in edition.bands] == [(30, None), (100, 31)]
    assert edition.max_change_percent == Decimal("12.5")
    assert edition.vetting["hi"].on == date(2025, 12, 9)
    assert edition.folder_name == "2025-12-11"


def test_numbers_are_decimals_without_binary_noise(tmp_path: Path) -> None:
    edition = read(tmp_path, changed("weight = 40", "weight = 39.9"))

    assert str(edition.indicators[0].weight) == "39.9"
    assert all(isinstance(i.weight, Decimal) for i in edition.indicators)


def test_a_waiver_names_a_state_in_any_way(tmp_path: Path) -> None:
    (waiver,) = read(tmp_path).waivers

    assert (waiver.check, waiver.who) == ("composite-recomputed", "HR")
    assert waiver.place is not None
    assert waiver.place.line == SETTINGS.splitlines().index("[[waivers]]") + 1


def test_each_key_has_its_place(tmp_path: Path) -> None:
    places = read(tmp_path).places

    lines = SETTINGS.splitlines()
    assert places["indicators.1.weight"] == Place(
        "edition.toml", line=lines.index("weight = 60") + 1
    )
    assert places["place.hi"].line == places["place"].line == 7
    assert places["as_on"].line == 3


def test_lines_are_found_past_texts_that_look_like_keys() -> None:
    source = (
        'a = """\n[fake]\nb = 1\n"""\n'  # lines 1–4
        "lines = [\n  'x = 1',\n  { y = 2 }, # ]\n]\n"  # lines 5–8
        "c.d = 3\n[[t]]\nk = 1\n[[t]]\n[t.u]\nk = '['\n"  # lines 9–14
    )

    lines = find_lines(source)

    keys = ("a", "fake", "b", "lines", "c", "c.d", "t.0.k", "t.1.u.k")
    assert [lines.get(key) for key in keys] == [1, None, None, 5, 9, 9, 11, 14]


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ("specimen = true", "speciman = true", "speciman is not a setting", "“specimen”"),
        ("weight = 60", "wieght = 60", "[[indicators]] no. 2: wieght is not", "“weight”"),
        ("weight = 60", "wieght = 60", "[[indicators]] no. 2: weight is missing", "Add"),
        ("first_serial", "first_number", "number.first_number is not", "first_serial"),
        ("upto = 30", "upto = 30\nto = 30", "[[bands]] no. 1: to is not", "from"),
        ("style =", "styel =", "facts.learners.styel is not", "“style”"),
        ("reason =", "because =", "[[waivers]] no. 1: because is not", "reason"),
        ('kind = "letter"', 'kind = "leter"', "there are: letter", "“letter”"),
        ("date = 2025-12-11", 'date = "2025-12-11"', "expected a date", "Correct"),
        ("date = 2025-12-11", "date = 2025-12-11T10:00:00", "expected a date", "Correct"),
        ("as_on = 2025-11-30\n", "", "as_on is missing", "Add as_on"),
        ('["hi", "en"]', '["hi", "ta"]', 'no language "ta"', "hi"),
        ('["hi", "en"]', '["hi", "hi"]', "a language twice", "once"),
        ('["hi", "en"]', "[]", "names no language", "versions"),
        ("specimen = true", 'specimen = "yes"', "expected true or false", "Correct"),
        (', en = "New Delhi"', "", "no text in en", "en ="),
        (', en = "New Delhi"', ', en = " "', "place.en = “ ”: is empty", "Fill"),
        (', en = "New Delhi"', ', en = "New Delhi", ta = "x"', 'no language "ta"', "hi"),
        ("{serial}", "{number}", "{number} is not known", "{serial}"),
        ("-{serial}", "", "holds no {serial}", "{serial}"),
        ("{serial}", "{serial:x}", "the format of {serial}", "{serial:03d}"),
        ("{serial}", "{serial:4d}", "the format of {serial}", "{serial:03d}"),
        ("{serial}", "{serial!r}", "the format of {serial}", "{serial:03d}"),
        ("{serial}", "{serial.real}", "{serial.real} is not known", "{serial}"),
        ("{serial}", "{serial:0999999999d}", "the format of {serial}", "{serial:03d}"),
        ("{serial}", "{serial", "is no pattern", "{serial}"),
        ("first_serial = 21", "first_serial = 0", "1 or more", "whole"),
        ("first_serial = 21", "first_serial = true", "expected a whole number", "Correct"),
        ('gender = "f"', 'gender = "x"', "expected 'm' or 'f'", "Correct"),
        ('service = "IAS"', 'service = "ISA"', "not a known service", "IAS"),
        ('honorific = "Shri"', 'honorific = "Shree"', "not a known honorific", "Shri"),
        ('style = "crore"', 'style = "million"', "'lakh' or 'crore'", "Correct"),
        ("value = 1.5", "value = -1", "must not be negative", "0"),
        ("value = 1.5", "value = 1e400", "must be at most 1,00,00,00,00,00,00,000", "Correct"),
        ("value = 1.5", "value = 1e99999999999999999999", "a finite number", "Correct"),
        ("value = 1.5", "value = nan", "a finite number", "Correct"),
        ("value = 1.5", "value = 1e-400", "more than 9 decimals", "Round"),
        ("value = 1.5", f"value = {10**15 + 1}", "must be at most", "Correct"),
        ("value = 1.5", f"value = {'9' * 5000}", "not TOML: Exceeds the limit", "Correct"),
        ("value = 1.5", f"value = 0x{'f' * 5000}", "thousands of digits", "Correct"),
        ("first_serial = 21", f"first_serial = {10**9 + 1}", "at most 1,00,00,00,000", "Correct"),
        ("upto = 100000\n", f"upto = {10**12 + 1}\n", "at most 10,00,00,00,00,000", "Correct"),
        ("weight = 60", "weight = 1000.5", "must be at most 1,000", "Correct"),
        ("weight = 60", "weight = 1e300", "must be at most 1,000", "Correct"),
        ("upto = 30\n", "upto = 1e30\n", "must be at most 100", "Correct"),
        ("upto = 30\n", "upto = 30.0000000001\n", "more than 9 decimals", "Round"),
        ("from = 31", "from = 1e30", "must be at most 100", "Correct"),
        ("max_change_percent = 12.5", "max_change_percent = 1e99", "at most 10,00,000", "Correct"),
        ("value = 1.5", 'value = "1.5"', "expected a number", "Correct"),
        ("value = 1.5", "value = inf", "finite", "Correct"),
        ("ratio =", '"my-ratio" =', '"my-ratio" cannot be used', "letters"),
        ('ties = "min"', 'ties = "dense"', "expected 'min'", "Correct"),
        ("strength =", "strenght =", 'no column is called "strenght"', "“strength”"),
        ('"Total Employees"', '"x"\nverified = "x"', 'two columns are mapped to "x"', "once"),
        ("weight = 60", "weight = 0", "more than 0", "positive"),
        ("weight = 60", "weight = true", "expected a number", "Correct"),
        ('id = "verified"', 'id = "onboarded"', '"onboarded" occurs twice', "own id"),
        ('numerator = "verified"', 'numerator = "rank"', "not a column of counts", "count"),
        ('id = "B"', 'id = "B"\nupto = 5', "the last has an upto", "Delete"),
        ("upto = 100000\n", "", '"A" has no upto', "limit"),
        ('id = "B"', 'id = "C"\nupto = 9\n[[cohorts]]\nid = "B"', "do not ascend", "Order"),
        ("upto = 100\n", "upto = 99\n", "ends at 99, not at 100", "100"),
        ("upto = 30", "upto = 100", "do not ascend", "Order"),
        ("from = 31", "from = 100", "begins above its end", "from"),
        ("max_change_percent = 12.5", "max_change_percent = 0", "more than 0", "positive"),
        ("on = 2025-12-09", "on = 9", "expected a date", "Correct"),
        ('"composite-recomputed"', '"Composite recomputed"', "not the name of a check", "Copy"),
        ('"composite-recomputed"', '"composite-recompute"', "of a check", "“composite-recomputed”"),
        ('"composite-recomputed"', '"states-knwon"', "of a check", "“states-known”"),
        ("partial = true", 'series = "../x"', "not fit for a folder", "letters"),
        ("partial = true", 'series = "CON é"', "not fit for a folder", "letters"),
        ('composite = "computed"', 'file = "../scores.xlsx"', "not the name of a file", "folder"),
        ('composite = "computed"', 'file = "scores.xls"', "neither an .xlsx nor", "Save"),
        ("[contact]", 'logo = "logo.svg"\n[contact]', "not in the edition's folder", "Copy"),
        ('en = "Sample"', 'en = "Sam\\u0007ple"', "control character (U+0007)", "anew"),
        ('en = "Sample"', 'en = "Sam\\uFFFEple"', "(U+FFFE)", "anew"),
        ('en = "Sample"', 'en = "{_{ x }_}"', "template escape", "anew"),
        ('en = "Sample"', 'en = "Sam\u202eple"', "text direction (U+202E)", "anew"),
        ('en = "Sample"', 'en = "Sam\\u2066ple"', "text direction (U+2066)", "anew"),
        ("{day:02d}", "\u200f{day:02d}", "text direction (U+200F)", "anew"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_a_remedy(
    tmp_path: Path, old: str, new: str, message: str, remedy: str
) -> None:
    settings = changed(old, new)

    findings = refused(tmp_path, settings)

    found = [f for f in findings if message in f.message]
    assert found, [f.message for f in findings]
    assert remedy in found[0].remedy
    assert all(f.check == "settings-valid" for f in findings)
    assert all(f.severity is Severity.ERROR for f in findings)
    assert all(f.where and f.where.file == "edition.toml" for f in findings)


HEAD = [
    ("name = ", '{ hi = "कल्पना नमूना", en = "Kalpana Namuna" }'),
    ("designation = ", '{ hi = "अधिकारी", en = "Officer" }'),
    ("organisation = ", '{ hi = "नमूना संगठन", en = "SAMPLE OFFICE" }'),
    (
        "lines = ",
        '{ hi = ["विभाग", "(भारत सरकार)"], en = ["Department", "(Government of India)"] }',
    ),
    ("address = ", '{ hi = "दिल्ली", en = "Delhi" }'),
]


@pytest.mark.parametrize(("key", "texts"), HEAD)
@pytest.mark.parametrize("code", ["hi", "en"])
def test_the_letterhead_stands_in_both_languages_whatever_the_versions_are(
    tmp_path: Path, key: str, texts: str, code: str
) -> None:
    one = texts.replace("{ hi", "{ xx").split(", en")[0].replace("xx", code) + " }"
    settings = SETTINGS.replace('versions = ["hi", "en"]', f'versions = ["{code}"]')
    settings = settings.replace("lines =", HEAD[-1][0] + HEAD[-1][1] + "\nlines =")
    assert key + texts in settings

    (finding,) = refused(tmp_path, settings.replace(key + texts, key + one))

    missing = "en" if code == "hi" else "hi"
    assert f"has no text in {missing}," in finding.message
    assert f"Add {missing}" in finding.remedy
    lines = settings.replace(key + texts, key + one).splitlines()
    assert finding.where == Place("edition.toml", line=lines.index(key + one) + 1)


def test_texts_of_the_letter_itself_stand_in_its_versions_alone(tmp_path: Path) -> None:
    settings = changed('versions = ["hi", "en"]', 'versions = ["en"]')

    edition = read(tmp_path, settings.replace('{ hi = "नई दिल्ली", en', "{ en"))

    assert edition.place == {"en": "New Delhi"}


def test_a_fault_stands_at_its_line(tmp_path: Path) -> None:
    settings = changed("weight = 60", "wieght = 60")

    findings = refused(tmp_path, settings)

    lines = settings.splitlines()
    table = [i for i, line in enumerate(lines, 1) if line == "[[indicators]]"][1]
    assert [(f.where.line, f.message.split()[-1]) for f in findings if f.where] == [
        (table, "missing"),
        (lines.index("wieght = 60") + 1, "setting"),
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    settings = (
        SETTINGS.replace("specimen =", "speciman =")
        .replace(', en = "New Delhi"', "")
        .replace("weight = 60", "weight = -1")
        .replace("upto = 100\n", "upto = 99\n")
        .replace('gender = "f"', "")
        .replace('kind = "letter"', 'kind = "nothing"')
    )

    with pytest.raises(InputError, match=r"edition\.toml, line 1: .*\(and 5 more\)") as error:
        read(tmp_path, settings)

    lines = [f.where.line or 0 for f in error.value.findings if f.where]
    assert len(lines) == 6
    assert lines == sorted(lines)


@pytest.mark.parametrize("table", ["cohorts", "bands"])
def test_an_edition_with_indicators_needs_categories_and_bands(tmp_path: Path, table: str) -> None:
    start, end = SETTINGS.index(f"[[{table}]]"), SETTINGS.index("[audit]")
    if table == "cohorts":
        end = SETTINGS.index("[[bands]]")

    findings = refused(tmp_path, SETTINGS[:start] + SETTINGS[end:])

    assert [f.message for f in findings] == [f"{table} is missing, and this edition has figures"]


def test_what_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"edition\.toml, line 8: not TOML") as error:
        read(tmp_path, changed("\n[number]", "[number"))

    assert error.value.findings[0].where == Place("edition.toml", line=8)


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)
    (folder / "edition.toml").write_bytes(SETTINGS.encode("utf-16"))

    with pytest.raises(InputError, match="not UTF-8 but UTF-16; Hindi") as error:
        read_edition(paths_of(folder), folder)

    assert "Notepad" in error.value.remedy
    assert "Excel" not in error.value.message + error.value.remedy
    (finding,) = error.value.findings
    assert (finding.check, finding.where) == ("input-readable", Place("edition.toml"))


def test_notepads_byte_order_mark_and_line_ends_do_no_harm(tmp_path: Path) -> None:
    edition = read(tmp_path, "\ufeff" + SETTINGS.replace("\n", "\r\n"))

    assert edition.places["as_on"].line == 3


def test_texts_are_composed_and_on_one_line(tmp_path: Path) -> None:
    settings = changed('en = "Definition"', 'en = """First\n  line"""').replace("सुदृढ़", "सुदृ\u095d")

    edition = read(tmp_path, settings)

    assert edition.indicators[0].definition["en"] == "First line"
    assert edition.bands[1].name["hi"] == "सुदृ\u0922\u093c"


def test_a_logo_is_a_file_of_the_edition(tmp_path: Path) -> None:
    folder = make_folders(tmp_path, changed("[contact]", 'logo = "logo.svg"\n[contact]'))
    write_text(folder / "logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    Image.new("RGB", (9, 9)).save(folder / "logo.png")

    edition, _ = read_edition(paths_of(folder), folder)

    assert edition.letterhead.logo == folder.resolve() / "logo.svg"


def test_one_language_alone_needs_texts_in_that_one_only(tmp_path: Path) -> None:
    edition = read(tmp_path, changed('["hi", "en"]', '["en"]').replace('hi = "निम्न", ', ""))

    assert edition.versions == ("en",)


def test_a_distribution_list_is_read(tmp_path: Path) -> None:
    table = '\n[distribution]\nmode = "list"\nto = { hi = ["सब"], en = ["All", "Others"] }\n'

    edition = read(tmp_path, SETTINGS + table)

    assert edition.distribution is not None
    assert edition.distribution.to["en"] == ("All", "Others")
    assert edition.distribution.copy_to == {}
