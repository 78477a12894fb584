"""The PDF as a file: its parts, their numbering, its properties, the same bytes each time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from ctypes import c_ushort
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from generator.content import HeadLine, Letter
from generator.errors import RenderError, TemplateError
from generator.render.pdf import PdfRenderer, RenderedPdf
from tests.letters import sample_letter
from tests.pdf_reading import pdfium_pages, run

ROOT = Path(__file__).resolve().parents[1]
KIND = ROOT / "letter_templates" / "do_letter"
ELSEWHERE = """
import hashlib, sys
from pathlib import Path
from generator.render.pdf import PdfRenderer
from tests.letters import sample_letter
kind, fonts = map(Path, sys.argv[1:])
print(hashlib.sha256(PdfRenderer(kind, fonts).render(sample_letter("hi", "en")).data).hexdigest())
"""
WORKERS = """
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

kept = []

def start(kind, fonts):
    from generator.render.pdf import PdfRenderer
    kept.append(PdfRenderer(kind, fonts))

def make(number):
    from tests.letters import sample_letter
    return len(kept[0].render(sample_letter("en")).data)

if __name__ == "__main__":
    folders = tuple(map(Path, sys.argv[1:]))
    with ProcessPoolExecutor(1, get_context("spawn"), start, folders) as pool:
        print(*pool.map(make, range(2)))
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    """The DO letter's renderer."""
    return PdfRenderer(KIND, ROOT / "fonts")


@pytest.fixture(scope="module")
def bilingual(renderer: PdfRenderer) -> RenderedPdf:
    """The specimen letter, Hindi before English."""
    return renderer.render(sample_letter("hi", "en"))


def changed_kind(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the DO letter's kind with one thing changed in a file."""
    kind = copytree(KIND, folder / "kind")
    source = (kind / file).read_text(encoding="utf-8")
    assert old in source
    (kind / file).write_text(source.replace(old, new, 1), encoding="utf-8")
    return kind


def with_logo(logo: Path) -> Letter:
    """The English letter with this logo in its letterhead."""
    letter = sample_letter("en")
    head = replace(letter.versions[0].letterhead, logo=logo)
    return replace(letter, versions=(replace(letter.versions[0], letterhead=head),))


def test_the_pages_of_every_part_are_counted(bilingual: RenderedPdf) -> None:
    assert set(bilingual.pages) == {("hi", 0), ("hi", 2), ("en", 0), ("en", 2)}
    assert sum(bilingual.pages.values()) == len(pdfium_pages(bilingual.data))


def test_versions_stand_in_order_each_with_its_shared_annexures(bilingual: RenderedPdf) -> None:
    pages = pdfium_pages(bilingual.data)
    annexures = ("अनुलग्नक 1", "अनुलग्नक 2", "ANNEXURE 1", "ANNEXURE 2")

    found = [i for i, page in enumerate(pages) if page.startswith(annexures)]

    own, english = bilingual.pages["hi", 0], bilingual.pages["hi", 0] + bilingual.pages["hi", 2]
    assert found == [1, own, english + 1, english + bilingual.pages["en", 0]]
    assert "आदरणीय महोदय" in pages[0]
    assert "Respected Sir" in pages[english]


def test_own_pages_are_numbered_together_and_shared_annexures_for_themselves(
    renderer: PdfRenderer,
) -> None:
    pages = pdfium_pages(renderer.render(sample_letter("en")).data, whole=True)

    feet = [page.rpartition("SPECIMEN/CEO/2025/1112-9")[2].strip() for page in pages[:2]]
    shared = [page.rpartition("11th December, 2025")[2].strip() for page in pages[2:]]
    assert feet == ["Page 1 of 2", "Page 2 of 2"]
    assert shared == ["Annexure 2 – page 1 of 2", "Annexure 2 – page 2 of 2"]


def test_the_mark_heads_every_page(renderer: PdfRenderer, bilingual: RenderedPdf) -> None:
    issued = renderer.render(replace(sample_letter("en"), mark=()))

    pages = pdfium_pages(bilingual.data, whole=True)
    assert all("SPECIMEN · नमूना" in page for page in pages)
    assert not any("नमूना" in page for page in pdfium_pages(issued.data, whole=True))


def test_equal_letters_give_equal_bytes_whatever_was_made_between(
    renderer: PdfRenderer, bilingual: RenderedPdf
) -> None:
    renderer.render(replace(sample_letter("en"), mark=(HeadLine("DRAFT", "en"),)))

    assert renderer.render(sample_letter("hi", "en")).data == bilingual.data


def test_another_process_in_another_folder_gives_the_same_bytes(
    bilingual: RenderedPdf, tmp_path: Path
) -> None:
    kind = copytree(KIND, tmp_path / "elsewhere" / "do_letter")
    fonts = copytree(ROOT / "fonts", tmp_path / "type")

    other = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(kind), str(fonts)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "LC_ALL": "C", "TZ": "Pacific/Apia", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert other.stderr == ""
    assert other.stdout.strip() == hashlib.sha256(bilingual.data).hexdigest()


def test_a_worker_process_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "workers.py").write_text(WORKERS, encoding="utf-8")
    temporary = tmp_path / "tmp"
    temporary.mkdir()

    done = subprocess.run(
        [sys.executable, str(tmp_path / "workers.py"), str(KIND), str(ROOT / "fonts")],
        env={"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    first, second = done.stdout.split()
    assert first == second
    assert list(temporary.iterdir()) == []


def test_shared_annexures_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = PdfRenderer(KIND, ROOT / "fonts")
    laid_out: list[str] = []
    lay_out = PdfRenderer._lay_out

    def counted(self: PdfRenderer, html: str, *rest: Any) -> object:
        laid_out.append(html)
        return lay_out(self, html, *rest)

    monkeypatch.setattr(PdfRenderer, "_lay_out", counted)
    for who in ("HR", "PB", "GA"):
        renderer.render(replace(sample_letter("hi", "en"), who=who, title=who))

    assert len(laid_out) == 3 * 2 + 2


def test_a_shared_annexure_that_differs_is_laid_out_anew(renderer: PdfRenderer) -> None:
    marked = renderer.render(sample_letter("en"))
    issued = renderer.render(replace(sample_letter("en"), mark=()))

    assert "SPECIMEN" in pdfium_pages(marked.data, whole=True)[-1]
    assert "SPECIMEN" not in pdfium_pages(issued.data, whole=True)[-1]


def test_the_file_says_what_it_is(bilingual: RenderedPdf, tmp_path: Path) -> None:
    info = run("pdfinfo", "-rawdates", data=bilingual.data, folder=tmp_path)
    metadata = run("pdfinfo", "-meta", data=bilingual.data, folder=tmp_path)

    facts = {key: value.strip() for key, _, value in (s.partition(":") for s in info.splitlines())}
    assert facts["Title"] == "Ranking of States / UTs on iGOT Karmayogi Platform"
    assert facts["Author"] == "Chhavi Bhardwaj"
    assert facts["CreationDate"] == "D:20251211000000+05'30"
    assert facts["ModDate"] == facts["CreationDate"]
    assert facts["Tagged"] == "yes"
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata


@pytest.mark.parametrize(("languages", "tag"), [(("hi", "en"), "hi-IN"), (("en", "hi"), "en-IN")])
def test_the_files_language_is_its_first_versions(
    renderer: PdfRenderer, languages: tuple[str, ...], tag: str
) -> None:
    document = pypdfium2.PdfDocument(renderer.render(sample_letter(*languages)).data)
    utf_16 = (c_ushort * 10)()

    length = pypdfium2.raw.FPDFCatalog_GetLanguage(document.raw, utf_16, 20)

    document.close()
    assert bytes(utf_16)[: length - 2].decode("utf-16-le") == tag


def test_headings_lists_and_tables_are_tagged(bilingual: RenderedPdf, tmp_path: Path) -> None:
    tree = run("pdfinfo", "-struct", data=bilingual.data, folder=tmp_path)

    tags = {line.split()[0].rstrip(":") for line in tree.splitlines()}
    assert tags >= {"H1", "H2", "H3", "L", "LI", "LBody", "Table", "THead", "TR", "TH", "TD", "P"}


def test_bookmarks_name_each_version_and_its_annexures(bilingual: RenderedPdf) -> None:
    document = pypdfium2.PdfDocument(bilingual.data)

    marks = [(b.level, b.get_title()) for b in document.get_toc() if b.level < 2]

    document.close()
    assert marks == [
        (0, "आईगॉट कर्मयोगी प्लेटफॉर्म पर राज्यों/संघ राज्य क्षेत्रों की रैंकिंग"),
        (1, "अनुलग्नक 1 – श्रेणी B में हरियाणा का कार्य-निष्पादन: मुख्य बिंदु"),
        (1, "अनुलग्नक 2 – सार-संग्रह"),
        (0, "Ranking of States / UTs on iGOT Karmayogi Platform"),
        (1, "ANNEXURE 1 – Performance highlight for Haryana in Category B"),
        (1, "ANNEXURE 2 – Compendium"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://fonts.example/a.ttf",
        "file:///etc/passwd",
        "../other_kind/seal.png",
        "../../../outside.png",
        "%2e%2e/outside.png",
        "data:font/ttf;base64,AAAA",
        "no_such_file.png",
        ".hidden.png",
    ],
)
def test_a_page_may_use_its_own_files_and_the_fonts_only(tmp_path: Path, address: str) -> None:
    (tmp_path / "outside.png").write_bytes(b"")
    kind = changed_kind(tmp_path, "page.html", "<main", f'<img src="{address}" alt="x"><main')
    (kind / ".hidden.png").write_bytes(b"")

    with pytest.raises(TemplateError, match="missing or out of bounds"):
        PdfRenderer(kind, ROOT / "fonts").render(sample_letter("en"))


def test_a_page_shows_a_picture_of_its_kind(tmp_path: Path) -> None:
    kind = changed_kind(tmp_path, "page.html", "<main", '<img src="seal.svg" alt="x"><main')
    (kind / "seal.svg").write_text(LOGO, encoding="utf-8")

    pdf = PdfRenderer(kind, ROOT / "fonts").render(sample_letter("en"))

    assert "Figure" in run("pdfinfo", "-struct", data=pdf.data, folder=tmp_path)


def test_the_letterhead_shows_the_logo_that_the_edition_supplies(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    logo = tmp_path / "our logo.svg"
    logo.write_text(LOGO, encoding="utf-8")

    pdf = renderer.render(with_logo(logo))

    assert "Figure" in run("pdfinfo", "-struct", data=pdf.data, folder=tmp_path)
    assert str(tmp_path).encode() not in pdf.data


def test_a_logo_of_pixels_keeps_the_file_fit_for_the_archive(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    Image.new("RGBA", (30, 20), (31, 56, 100, 128)).save(tmp_path / "logo.png")

    pdf = renderer.render(with_logo(tmp_path / "logo.png"))

    table = run("pdfimages", "-list", data=pdf.data, folder=tmp_path).splitlines()
    column = table[0].split().index("interp")
    images = [row.split() for row in table[2:]]
    assert len(images) == 2  # colours and transparency
    assert all(row[column] == "no" for row in images)  # ISO 19005-3, 6.2.8


def test_a_missing_logo_stops_the_letter(renderer: PdfRenderer, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"our\.svg, which is missing"):
        renderer.render(with_logo(tmp_path / "our.svg"))


def test_css_that_the_engine_does_not_know_is_an_error_with_its_place(tmp_path: Path) -> None:
    kind = changed_kind(tmp_path, "page.css", "widows: 2;", "widows: 2; colour: red;")

    with pytest.raises(TemplateError, match=r"page\.css: .*colour: red.* at \d+:\d+"):
        PdfRenderer(kind, ROOT / "fonts")


def test_what_the_engine_complains_of_on_a_page_stops_the_letter(tmp_path: Path) -> None:
    kind = changed_kind(tmp_path, "page.html", "<main", '<main style="colour: red"')

    with pytest.raises(RenderError, match=r"HR: .*colour: red"):
        PdfRenderer(kind, ROOT / "fonts").render(sample_letter("en"))


def test_a_complaint_of_a_shared_annexure_stops_every_letter(tmp_path: Path) -> None:
    kind = changed_kind(tmp_path, "page.html", "<section", '<section style="colour: red"')
    renderer = PdfRenderer(kind, ROOT / "fonts")
    letter = sample_letter("en")
    no_own = replace(letter.versions[0], annexures=letter.versions[0].shared_annexures)

    for who in ("HR", "PB"):
        with pytest.raises(RenderError, match=f"{who}: "):
            renderer.render(replace(letter, who=who, versions=(no_own,)))


def test_a_kind_without_a_style_sheet_is_an_error(tmp_path: Path) -> None:
    kind = copytree(KIND, tmp_path / "kind")
    (kind / "page.css").unlink()

    with pytest.raises(TemplateError, match=r"kind/page\.css is missing"):
        PdfRenderer(kind, ROOT / "fonts")
