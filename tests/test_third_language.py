"""A third language needs files only: Tamil, in a temporary folder, through the real command."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from typer.testing import CliRunner

from generator.cli import app
from generator.errors import FindingsError, InputError
from generator.findings import RULES
from generator.locales import LANGUAGES, OWN, format_date, use_languages
from tests.command import patra_json
from tests.pdf_reading import poppler_text
from tests.tamil import Installation, make_tamil

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = ("கேட்டுக்கொள்கிறேன்", "தமிழ்நாடு", "தலைமைச்", "டிசம்பர்", "லட்சம்")
AROUND = ("பக்கம்", "மாதிரி")
"""In the foot and head of a page."""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Its letters are issued: Tamil Nadu's in three languages, Haryana's in two."""
    made = make_tamil(tmp_path_factory.mktemp("tamil"))
    patra_json("issue", made.edition, "--root", made.root, "--jobs", 1)
    return made


@pytest.fixture(autouse=True)
def languages() -> Iterator[None]:
    """The program's own languages again, whatever a test has made known."""
    yield
    use_languages(None)


def test_nothing_is_wrong_with_a_letter_in_three_languages(issued: Installation) -> None:
    document = patra_json("check", issued.edition, "--root", issued.root)

    found = {(finding["severity"], finding["check"]) for finding in document["findings"]}
    assert found == {("warning", "texts-vetted"), ("warning", "translations-current")}


def kind_findings(made: Installation, code: int = 0) -> dict[str, list[dict[str, Any]]]:
    """What ``patra templates check`` finds, by check."""
    document = patra_json("templates", "check", "--root", made.root, code=code)
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in document["findings"]:
        found.setdefault(finding["check"], []).append(finding)
    return found


def test_a_kind_in_three_languages_is_checked_too(issued: Installation) -> None:
    assert set(kind_findings(issued)) == {"translations-current"}


def test_a_kind_with_a_broken_language_is_told_at_the_languages_file(tmp_path: Path) -> None:
    made = make_tamil(tmp_path)
    made.edit(made.locale / "ta.toml", "ta_IN", "tx_IN")

    (finding,) = kind_findings(made, code=5)["language-complete"]

    assert finding["where"] == {"file": "locale/ta.toml", "line": 2}


def test_a_second_language_in_a_script_with_its_own_stop_is_not_taken_for_mixed(
    tmp_path: Path,
) -> None:
    made, file = make_tamil(tmp_path), "ta.toml"
    made.edit(made.locale / file, "\\u0b80-\\u0bd7", "\\u0900-\\u097f\\u0b80-\\u0bd7")
    made.edit(made.locale / file, '"Tamil"', '"Devanagari"')
    made.edit(made.locale / file, '[sentences]\nstop = "."\n', "")
    made.edit(
        made.kind / "text.ta.md",
        "படிப்புகள்: **{{ facts.courses }}**.",
        "नमूना **{{ facts.courses }}**।",
    )

    assert "language-unmixed" not in kind_findings(made)


def languages_in(data: bytes) -> set[str]:
    """The languages that the PDF's tags name."""
    streams = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with suppress(zlib.error):
            streams.append(zlib.decompress(stream))
    found = re.findall(rb"/Lang *\(([^)]*)\)", b"".join(streams))
    return {name.decode() for name in found}


def test_the_pdf_is_tagged_and_searchable_in_tamil(issued: Installation, tmp_path: Path) -> None:
    data = (issued.dated / "TN-tamil-nadu.pdf").read_bytes()
    document = pypdfium2.PdfDocument(data)
    read = [page.get_textpage().get_text_bounded() for page in document]
    text = poppler_text(data, tmp_path)

    assert len(read) == 3
    assert "ta-IN" in languages_in(data)
    assert [word for word in (*WORDS, *AROUND) if word not in read[2]] == []
    assert [word for word in WORDS if word not in text] == []


def runs(path: Path) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Each run of a Word file: its text, fonts and languages."""
    with zipfile.ZipFile(path) as package:
        names = [n for n in package.namelist() if n.startswith(("word/document", "word/header"))]
        for name in names:
            for run in etree.fromstring(package.read(name)).iter(f"{W}r"):
                properties = run.find(f"{W}rPr")
                text = "".join(t.text or "" for t in run.iter(f"{W}t"))
                fonts, language = (properties.find(f"{W}{tag}") for tag in ("rFonts", "lang"))
                yield text, dict(fonts.attrib), dict(language.attrib)


def test_tamil_in_word_has_its_font_and_language_and_hindi_keeps_its_own(
    issued: Installation,
) -> None:
    path = issued.dated / "TN-tamil-nadu.docx"
    found = list(runs(path))
    tamil = [run for run in found if any("\u0b80" <= c <= "\u0bff" for c in run[0])]
    hindi = [run for run in found if any("\u0904" <= c <= "\u0939" for c in run[0])]

    assert tamil
    assert {lang[f"{W}bidi"] for _text, _fonts, lang in tamil} == {"ta-IN"}
    assert {fonts[f"{W}cs"] for _text, fonts, _lang in tamil} == {"Noto Serif Tamil"}
    assert {lang[f"{W}bidi"] for _text, _fonts, lang in hindi} == {"hi-IN"}
    assert {fonts[f"{W}cs"] for _text, fonts, _lang in hindi} == {"Noto Serif Devanagari"}
    with zipfile.ZipFile(path) as package:
        assert "word/fonts/NotoSerifTamilRegular.odttf" in package.namelist()
        assert "word/fonts/NotoSerifTamilBold.odttf" in package.namelist()


def test_a_style_for_the_language_in_the_template_keeps_its_own_font(tmp_path: Path) -> None:
    made = make_tamil(tmp_path)
    template = made.kind / "letter.docx"
    old = template.with_suffix(".old")
    template.rename(old)
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(template, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/styles.xml":
                data = _with_tamil_style(data)
            after.writestr(name, data)
    old.unlink()
    patra_json("draft", made.edition, "TN", "--root", made.root)
    (path,) = (made.root / "output").rglob("TN-*.docx")

    fonts = {text: fonts[f"{W}cs"] for text, fonts, _lang in runs(path)}
    assert next(font for text, font in fonts.items() if "கற்றலில்" in text) == "Noto Sans Devanagari"
    assert (
        next(font for text, font in fonts.items() if "மதிப்பிற்குரிய" in text) == "Noto Serif Tamil"
    )


def _with_tamil_style(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    (body,) = (
        s for s in root.iter(f"{W}style") if s.find(f"{W}name").get(f"{W}val") == "Body Text"
    )
    own = etree.SubElement(root, f"{W}style", {f"{W}type": "paragraph", f"{W}styleId": "BodyTa"})
    etree.SubElement(own, f"{W}name", {f"{W}val": "Body Text (ta)"})
    etree.SubElement(own, f"{W}basedOn", {f"{W}val": body.get(f"{W}styleId")})
    properties = etree.SubElement(own, f"{W}rPr")
    etree.SubElement(properties, f"{W}rFonts", {f"{W}cs": "Noto Sans Devanagari"})
    return bytes(etree.tostring(root))


def test_a_letter_is_verified_and_made_again_without_the_languages_files(
    issued: Installation, tmp_path: Path
) -> None:
    made = Installation(tmp_path / "later")
    shutil.copytree(issued.root, made.root)
    for gone in (made.locale, made.kind, made.root / "fonts", made.edition):
        shutil.rmtree(gone)
    verified = patra_json("archive", "verify", "--root", made.root)
    path = made.dated / "TN-tamil-nadu.pdf"
    data = path.read_bytes()
    path.unlink()
    patra_json(
        "archive", "restore", "2025-12-11", "TN", "--to", tmp_path / "x", "--root", made.root
    )

    assert verified["differences"] == []
    assert (tmp_path / "x" / path.name).read_bytes() == data


def test_a_letter_without_tamil_is_the_same_as_before_there_was_tamil(
    issued: Installation, tmp_path: Path
) -> None:
    made = make_tamil(tmp_path)
    shutil.rmtree(made.locale)
    for path in (made.root / "fonts").glob("NotoSerifTamil-*"):
        path.unlink()
    (made.edition / "states.csv").unlink()
    made.edit(made.edition / "edition.toml", '"hi", "en", "ta"', '"hi", "en"')
    settings = (made.edition / "edition.toml").read_text("utf-8")
    lines = [
        line.split(", ta = ")[0] + " }" if ", ta = " in line else line
        for line in settings.splitlines()
    ]
    (made.edition / "edition.toml").write_text("\n".join(lines), "utf-8")
    rows = (made.edition / "recipients.csv").read_text("utf-8").replace(',"hi,en,ta",', ',"hi,en",')
    rows = rows.replace("name_ta,", "").replace("நமூனா ஒன்று,", "").replace("நமூனா இரண்டு,", "")
    (made.edition / "recipients.csv").write_text(rows, "utf-8")
    patra_json("issue", made.edition, "--root", made.root, "--jobs", 1)

    for name in ("HR-haryana.pdf", "HR-haryana.docx"):
        assert (made.dated / name).read_bytes() == (issued.dated / name).read_bytes()


def refusal(made: Installation, code: int) -> list[tuple[str, int | None, str, str]]:
    """File, line, message and remedy of every error of ``patra check``."""
    words = ["check", str(made.edition), "--root", str(made.root), "--json"]
    done = CliRunner().invoke(app, words)
    if code == FindingsError.exit_code:
        found: list[Any] = json.loads(done.stdout)["findings"]
        assert done.exit_code == code
    else:
        assert isinstance(done.exception, InputError)
        found = [json.loads(json.dumps(asdict(f))) for f in done.exception.findings]
    return [
        (f["where"]["file"], f["where"].get("line"), f["message"], f["remedy"])
        for f in found
        if f["severity"] == "error"
    ]


def _drop(path: Path) -> Callable[[Installation], None]:
    return lambda made: (made.root / path).unlink()


def _edit(path: str, old: str, new: str) -> Callable[[Installation], None]:
    return lambda made: made.edit(made.root / path, old, new)


def _without_font(made: Installation) -> None:
    for path in (made.root / "fonts").glob("NotoSerifTamil-*"):
        path.unlink()


EDITION = "editions/2025-12"
TAKEN: dict[str, tuple[Callable[[Installation], None], int, str, str, str]] = {
    "a label": (
        _edit("locale/ta.po", 'msgid "DRAFT"\nmsgstr "வரைவு"\n', ""),
        3,
        "locale/ta.po",
        "no translation of “DRAFT”",
        'msgid "DRAFT"',
    ),
    "the words in braces": (
        _edit("locale/ta.po", "பக்கம் {page} / {pages}", "பக்கம் {page}"),
        3,
        "locale/ta.po",
        "the same words in braces",
        "Correct the msgstr",
    ),
    "the catalogue": (_drop(Path("locale/ta.po")), 3, "locale/ta.po", "no such file", "Write it"),
    "the words": (
        _drop(Path("locale/ta.toml")),
        3,
        "edition.toml",
        'no language "ta"',
        "locale/ta.toml",
    ),
    "a form of address": (
        _edit("locale/ta.toml", '"Dr." = "முனைவர்"\n', ""),
        3,
        "locale/ta.toml",
        "no “Dr.”",
        '"Dr." =',
    ),
    "the tag": (
        _edit("locale/ta.toml", 'tag = "ta-IN"\n', ""),
        3,
        "locale/ta.toml",
        "tag is",
        "ta-IN",
    ),
    "the font's files": (
        _without_font,
        3,
        "locale/ta.toml",
        "fonts/ has no file",
        "NotoSerifTamil-Regular.ttf",
    ),
    "the text": (
        _drop(Path("letter_templates/training_letter/text.ta.md")),
        4,
        "letter_templates/training_letter/text.ta.md",
        "no text in Tamil",
        "Write",
    ),
    "the column of names": (
        _edit(f"{EDITION}/recipients.csv", "நமூனா ஒன்று", ""),
        4,
        "recipients.csv",
        "name_ta is empty",
        "Fill in name_ta",
    ),
    "the States' names": (
        _drop(Path(f"{EDITION}/states.csv")),
        4,
        "states.csv",
        "no name_ta, head_ta, government_ta for Tamil Nadu (TN)",
        "name_ta, head_ta, government_ta",
    ),
    "one of these names": (
        _edit(f"{EDITION}/states.csv", ",தமிழ்நாடு அரசு", ","),
        4,
        "states.csv",
        "no government_ta for Tamil Nadu (TN)",
        "Fill in government_ta",
    ),
    "the signatory's name": (
        _edit(f"{EDITION}/edition.toml", ', ta = "கல்பனா நமூனா"', ""),
        3,
        "edition.toml",
        "has no text in ta",
        "Add ta",
    ),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_missing_is_refused_with_its_file_and_what_to_do(what: str, tmp_path: Path) -> None:
    take, code, file, told, remedy = TAKEN[what]
    made = make_tamil(tmp_path)
    take(made)

    found = refusal(made, code)
    assert [one for one in found if one[0] == file and told in one[2] and remedy in one[3]], found


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    made = make_tamil(tmp_path)
    for what in ("a label", "a form of address", "the font's files", "the text", "the tag"):
        TAKEN[what][0](made)
    made.edit(made.locale / "ta.toml", '"IPS" = "இ.கா.ப."', '"IPSX" = 3')

    found = refusal(made, 3)
    told = " | ".join(message for _file, _line, message, _remedy in found)
    for part in (
        "“DRAFT”",
        "“Dr.”",
        "fonts/ has no file",
        "no text in Tamil",
        "tag is missing",
        "IPS",
    ):
        assert part in told
    lines = {message: line for file, line, message, _remedy in found if file == "locale/ta.toml"}
    text = (made.locale / "ta.toml").read_text("utf-8").splitlines()
    wanted = 1 + next(n for n, line in enumerate(text) if "IPSX" in line)
    assert {line for message, line in lines.items() if "IPSX" in message} == {wanted}


def test_a_broken_language_stands_in_the_way_of_its_own_letters_alone(tmp_path: Path) -> None:
    made = make_tamil(tmp_path)
    (made.locale / "ta.toml").write_text("tag = [", "utf-8")
    with_tamil = refusal(made, 3)
    assert with_tamil[0][0] == "locale/ta.toml"

    document = patra_json("archive", "list", "--root", made.root)
    assert document["folders"] == []


def test_hindi_and_english_are_languages_like_any_other() -> None:
    assert {code: LANGUAGES[code].faults for code in OWN} == {"hi": (), "en": ()}
    assert RULES["language-complete"].essential
    assert RULES["state-names-in-every-version"].essential


def test_a_language_made_known_later_is_not_hidden_by_what_is_remembered(
    tmp_path: Path,
) -> None:
    made = make_tamil(tmp_path)
    use_languages(made.locale)
    assert format_date(date(2025, 12, 11), "ta") == "11\u00a0டிசம்பர், 2025"
    made.edit(made.locale / "ta.toml", "[script]", '[months]\n12 = "மார்கழி"\n\n[script]')
    use_languages(made.locale)
    assert format_date(date(2025, 12, 11), "ta") == "11\u00a0மார்கழி, 2025"
    use_languages(None)
    assert "ta" not in LANGUAGES
