"""``index.html``: the run at a glance, as a file and as a browser shows it."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest
from lxml import html
from PIL import Image
from typer.testing import CliRunner

from generator.cli import app
from generator.findings import Finding, Severity
from generator.index import Concealer, Line, Overview, picture_of, render_index
from generator.inputs.states import load_states
from generator.model import Contact, Figure, Place, Scorecard, Unit
from generator.paths import Paths
from generator.register import Entry
from generator.run.prepare import prepare_edition
from tests.command import patra_json
from tests.editions_made import make_edition, recipient
from tests.issued import copy_of, issue_small
from tests.small import RECIPIENTS, Small

REASON = "<script>alert(x)</script> & <b>told</b> by hr@state.example, Namuna Other for Namuna One"
SHOWN = "<script>alert(x)</script> & <b>told</b> by […] […] for […]"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(small: Small, command: str, *arguments: str, code: int = 0) -> None:
    """A command on the small edition, within this process."""
    words = [command, str(small.edition), *arguments, "--root", str(small.root), "--quiet"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == code, f"exit {done.exit_code}\n{done.output}"


def page_of(small: Small) -> html.HtmlElement:
    return html.document_fromstring((small.dated / "index.html").read_bytes())


def rows_of(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """The letters' rows by recipient's id."""
    return {row.get("id"): row for row in page.xpath("//tbody/tr")}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Three letters issued; not to be changed."""
    return issue_small(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def revised(issued: Small, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Haryana's letter issued again, Chandigarh's cancelled; not to be changed."""
    small = copy_of(issued, tmp_path_factory.mktemp("revised"))
    haryana = ("HR", "Shri", "नमूना एक", "Namuna Other", "IAS", "m")
    small.write_recipients(haryana, *RECIPIENTS[1:])
    run(small, "reissue", "HR", "--reason", REASON, "--date", "2025-12-16")
    run(small, "cancel", "CH", "--reason", "sent twice")
    return small


@pytest.fixture
def small(issued: Small, tmp_path: Path) -> Small:
    """A copy of what was issued that a test may change."""
    return copy_of(issued, tmp_path)


# --- the file ----------------------------------------------------------------------------------


def test_every_letter_has_a_row_and_every_link_a_file(revised: Small) -> None:
    page = page_of(revised)

    rows = rows_of(page)
    links = [unquote(link) for link in page.xpath("//a/@href")]

    assert list(rows) == ["HR", "GA", "CH"]
    assert len(links) == 2 + 3 + 4 * 2, "manifest and sums; three pictures; four revisions' files"
    assert [link for link in links if not (revised.dated / link).is_file()] == []
    every = {path.name for path in revised.dated.iterdir()} - {"index.html"}
    assert set(links) == every


def test_a_row_says_what_there_is_to_know_of_a_letter(issued: Small) -> None:
    row = rows_of(page_of(issued))["HR"]
    head, *cells = [words(cell) for cell in row.xpath("th | td[position() > 1]")]

    size = -(-(issued.dated / "HR-haryana.pdf").stat().st_size // 1024)

    assert head == "Haryana · हरियाणा HR"
    assert cells[:2] == ["SPECIMEN/CEO/Karmayogi/2025/1112-1", "जारी · Issued"]
    assert cells[2:4] == ["B", "5"]
    assert cells[4] == str(len(pypdfium2.PdfDocument(issued.dated / "HR-haryana.pdf")))
    assert cells[5] == "हिंदी, English"
    assert f"PDF {size} KB" in cells[7]


def test_a_revision_is_told_with_its_date_and_reason_and_a_cancelled_letter_with_its_own(
    revised: Small,
) -> None:
    rows = rows_of(page_of(revised))

    haryana, chandigarh = words(rows["HR"]), words(rows["CH"])

    assert "संशोधन 2 · Revision 2: 16 दिसंबर, 2025 · 16th December, 2025" in haryana
    assert SHOWN in haryana
    assert "HR-haryana.r2.pdf" in rows["HR"].xpath(".//td[@class='picture']//@href")
    assert "रद्द · Cancelled sent twice" in chandigarh.replace("Cancelledsent", "Cancelled sent")


def test_the_head_counts_letters_revisions_and_findings(revised: Small) -> None:
    page = page_of(revised)

    totals = {
        words(part.find("dt")).rpartition(" · ")[2]: int(words(part.find("dd")))
        for part in page.xpath("//dl[@class='totals']/div")
    }

    assert totals == {
        "Issued": 2,
        "Revisions": 1,
        "Cancelled": 1,
        "Number reserved": 0,
        "Errors waived": 0,
        "Warnings": 1,
    }
    assert words(page.xpath("//p[@class='mark']")[0]) == "नमूना · SPECIMEN"
    assert "11 दिसंबर, 2025 · 11th December, 2025" in words(page.find(".//header"))
    assert "sha256sum -c SHA256SUMS" in words(page.find(".//header"))


def test_a_reserved_number_has_a_row_without_files(tmp_path: Path) -> None:
    page = html.document_fromstring(b"".join(render_index(many(3))))

    first = rows_of(page)["AP"]

    assert "संख्या आरक्षित · Number reserved" in words(first)
    assert first.xpath(".//a | .//img") == []


def test_the_page_asks_for_nothing_from_elsewhere(revised: Small) -> None:
    data = (revised.dated / "index.html").read_text("utf-8")
    page = html.document_fromstring(data)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    hashes = [
        base64.b64encode(hashlib.sha256(page.find(tag).text.encode()).digest()).decode()
        for tag in (".//style", ".//script")
    ]

    assert not re.search(r"https?:|url\(|@import|//[a-z]+\.", data)
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert page.xpath("//@style | //link | //iframe | //@*[starts-with(name(), 'on')]") == []
    assert all(source.startswith("data:image/png;base64,") for source in page.xpath("//@src"))
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{hashes[0]}'; "
        f"script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )


def test_what_was_typed_prints_as_typed(revised: Small) -> None:
    data = (revised.dated / "index.html").read_text("utf-8")

    assert "&lt;script&gt;alert(x)&lt;/script&gt; &amp; &lt;b&gt;told&lt;/b&gt;" in data
    assert data.count("<script>") == 1


def test_a_hostile_id_prints_as_typed() -> None:
    hostile = '"><script>alert(1)</script>'
    overview = many(1)
    (line,) = overview.lines
    entry = replace(line.entry, who=hostile, number=f"<i>/{hostile}", reason="<img src=x>")

    line = replace(line, entry=entry, state=None)
    page = b"".join(render_index(replace(overview, entries=(entry,), lines=(line,))))

    row = html.document_fromstring(page).xpath("//tbody/tr")[0]
    assert row.get("id") == hostile
    assert row.xpath(".//script | .//i | .//img") == []
    assert words(row.find("th")) == hostile


def test_no_person_is_named(revised: Small) -> None:
    data = (revised.dated / "index.html").read_text("utf-8")
    settings = (revised.edition / "edition.toml").read_text("utf-8")
    people = re.findall(r'^name = \{ hi = "(.+?)", en = "(.+?)" \}', settings, re.MULTILINE)[:1]

    names = [name for row in RECIPIENTS for name in row[2:4] if name] + [*people[0]]
    names += ["Namuna Other"]

    assert len(names) == 7
    assert [name for name in names if name in data] == []
    assert "@state.example" not in data


def test_a_finding_names_no_person_and_quotes_no_recipients_row() -> None:
    edition = make_edition(
        recipients=(recipient("HR"),), contact=Contact({"en": "Ms. A  Contact", "hi": "संपर्क"})
    )
    row = recipient("HR").place
    concealer = Concealer(edition)

    def told(where: Place | None) -> str:
        message = "a contact and x.y@z.example stand there, not Contacts"
        message = message.replace("a contact", "MS. A Contact")
        finding = Finding(Severity.WARNING, "texts-vetted", message, "Ask Ms. A Contact.")
        return concealer.text_of(replace(finding, where=where))

    assert told(Place("edition.toml", line=5)) == "[…] and […] stand there, not Contacts. Ask […]."
    assert told(None) == told(Place("edition.toml", line=5))
    assert told(row) == ""


def test_every_label_stands_in_both_languages_marked_as_such(issued: Small) -> None:
    page = page_of(issued)

    heads = page.xpath("//thead//th | //h1 | //dt | //caption | //summary")
    devanagari = re.compile("[\u0900-\u097f]")

    assert page.get("lang") == "en-IN"
    assert len(heads) > 15
    for head in heads:
        assert {"hi-IN", "en-IN"} <= {*head.xpath(".//@lang")}, words(head)
    for span in page.xpath("//body//*[text()]"):
        if devanagari.search(span.text or "") and span.tag not in ("script", "style"):
            assert span.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["hi-IN"], words(span)


def test_sums_and_register_hold_the_page(issued: Small) -> None:
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],
        cwd=issued.dated,
        check=False,
        capture_output=True,
        text=True,
    )

    assert checked.returncode == 0, checked.stdout
    assert "index.html: OK" in checked.stdout
    assert (issued.dated / "index.html").stat().st_mode & 0o777 == 0o640


def test_the_same_letters_give_the_same_page(small: Small) -> None:
    before = (small.dated / "index.html").read_bytes()
    (small.dated / "index.html").unlink()

    patra_json("issue", small.edition, "HR", "--root", small.root)

    assert (small.dated / "index.html").read_bytes() == before


def test_the_rank_is_the_letters_own_after_the_workbook_was_changed(small: Small) -> None:
    workbook = openpyxl.load_workbook(small.edition / "scores.xlsx")
    sheet = workbook["Scores"]
    (haryana,) = [row for row in sheet.iter_rows() if str(row[2].value).strip() == "Haryana"]
    for cell in haryana[9:]:
        cell.value = 1 if cell.value else None
    workbook.save(small.edition / "scores.xlsx")

    run(small, "cancel", "CH", "--reason", "sent twice")

    now = prepare_edition(Paths.at(small.root), small.edition).cards["HR"].rank
    cells = rows_of(page_of(small))["HR"].xpath("td[@class='figure']")
    assert now is not None
    assert now.value != 5
    assert [words(cell) for cell in cells[:2]] == ["B", "5"]


# --- the pictures ------------------------------------------------------------------------------


def test_each_row_shows_the_letters_first_page(issued: Small) -> None:
    sources = page_of(issued).xpath("//td[@class='picture']//img/@src")

    pictures = [base64.b64decode(source.partition(",")[2]) for source in sources]

    assert len(pictures) == 3
    for data in pictures:
        assert len(data) < 8000, "36 of them must stay far below 1 MB"
        picture = Image.open(io.BytesIO(data)).convert("L")
        assert picture.width == 160
        dark = sum(picture.histogram()[:160]) / (picture.width * picture.height)
        assert 0.005 < dark < 0.5, "neither blank nor black"


def test_a_pdf_that_is_missing_or_another_has_no_picture(small: Small) -> None:
    (small.dated / "GA-goa.pdf").unlink()
    shutil.copy(small.dated / "CH-chandigarh.pdf", small.dated / "HR-haryana.pdf")

    run(small, "cancel", "CH", "--reason", "sent twice")

    rows = rows_of(page_of(small))
    assert {who: len(row.xpath(".//img")) for who, row in rows.items()} == {
        "HR": 0,
        "GA": 0,
        "CH": 1,
    }
    assert "PDF: फोल्डर में नहीं · not in the folder" in words(rows["GA"])
    assert rows["GA"].xpath(".//td[@class='files']//@href") == ["GA-goa.docx"]


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n"])
def test_what_is_no_pdf_has_no_picture(data: bytes) -> None:
    assert picture_of(data) == b""


# --- in a browser ------------------------------------------------------------------------------


def browse(page: Path, *options: str, view: str = "", folder: Path) -> str:
    """What Chromium writes to standard output when it opens the page, network forbidden."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "Chromium is missing: make setup-test, or apt-get install chromium"
    as_root = ["--no-sandbox"] if os.getuid() == 0 else []
    done = subprocess.run(
        [
            program,
            "--headless",
            "--disable-gpu",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}",
            *as_root,
            *options,
            page.as_uri() + view,
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
    )
    assert not re.search(r"CONSOLE|Content Security Policy", done.stderr), done.stderr
    return done.stdout


def seen(page: Path, view: str, folder: Path) -> html.HtmlElement:
    """The page after its script ran."""
    return html.document_fromstring(browse(page, "--dump-dom", view=view, folder=folder))


def many(count: int) -> Overview:
    """An overview of ``count`` States, none issued yet; ranks fall as serials rise."""
    edition = make_edition()
    states = sorted(load_states(), key=lambda state: state.name["en"])
    states = [state for state in states if state.id != "AN"][:count]
    lines = []
    for serial, state in enumerate(states, 1):
        number = f"CEO/Karmayogi/2025/1112-{serial}"
        entry = Entry(number, "e", "f", state.id, serial, date(2025, 12, 11), "reserved")
        rank = Figure(Decimal(count - serial + 1), Unit.RANK)
        card = Scorecard(state.id, "A", None, (), None, None, rank)
        lines.append(Line(entry, state, card, ("hi", "en")))
    entries = tuple(line.entry for line in lines)
    return Overview(edition, "editions/2025-12", entries, lines, (), "0.1.0")


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of thirty rows."""
    path = tmp_path_factory.mktemp("long") / "index.html"
    path.write_bytes(b"".join(render_index(many(30))))
    return path


def test_the_browser_shows_the_page(revised: Small, tmp_path: Path) -> None:
    browse(
        revised.dated / "index.html",
        f"--screenshot={tmp_path / 'page.png'}",
        "--window-size=1400,1000",
        folder=tmp_path,
    )

    picture = Image.open(tmp_path / "page.png").convert("L")
    shades = picture.histogram()
    assert picture.size == (1400, 1000)
    assert sum(shades[:100]) > 5000, "dark letters on it"
    assert sum(shades[250:]) > 400_000, "on white"


@pytest.mark.parametrize(
    ("view", "first", "sort"),
    [
        ("", "1", None),
        ("#sort=rank", "30", "ascending"),
        ("#sort=-number", "30", "descending"),
        ("#sort=nothing", "1", None),
    ],
)
def test_a_click_on_a_columns_head_sorts(
    long_page: Path, tmp_path: Path, view: str, first: str, sort: str | None
) -> None:
    """The fragment makes the page click its own buttons."""
    page = seen(long_page, view, tmp_path)

    serials = page.xpath("//tbody/tr/td[@class='number']/@data-value")
    sorted_by = page.xpath("//th[@aria-sort]")

    assert serials[0] == first
    assert serials in ([*map(str, range(1, 31))], [*map(str, range(30, 0, -1))])
    assert [head.get("aria-sort") for head in sorted_by] == ([sort] if sort else [])
    assert len(page.xpath("//thead//button[@aria-labelledby]")) == 9


def test_the_search_box_leaves_the_rows_that_hold_the_words(
    long_page: Path, tmp_path: Path
) -> None:
    page = seen(long_page, "#find=प्रदेश%20HIMACHAL", tmp_path)

    shown = page.xpath("//tbody/tr[not(@hidden)]/@id")

    assert shown == ["HP"]
    assert words(page.get_element_by_id("shown")) == "1"
    assert page.xpath("//p[@id='search']/@hidden") == []


def test_without_its_script_the_page_offers_nothing_that_does_nothing(issued: Small) -> None:
    page = page_of(issued)

    assert page.xpath("//button") == []
    assert page.xpath("//p[@id='search']/@hidden")


def test_it_prints_on_a4_across_with_the_head_on_every_page(
    long_page: Path, tmp_path: Path
) -> None:
    browse(
        long_page,
        "--no-pdf-header-footer",
        f"--print-to-pdf={tmp_path / 'page.pdf'}",
        folder=tmp_path,
    )

    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {(297, 210)}
    assert len(pages) > 1
    for text in ("".join(page.split()) for page in pages):
        assert "Rank" in text
        assert "State/UT" in text
        assert "Search" not in text
        assert not re.search("Letters(?!issued)", text), "no caption, which may stand there alone"
