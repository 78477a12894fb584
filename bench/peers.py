"""What an office would use instead: docxtpl, LibreOffice, Typst, WeasyPrint as it comes."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.measure import Run, run_command
from bench.typst_letter import typst_source
from generator import __version__
from generator.content import Letter

SOFFICE = "soffice"
GARBAGE = (700, 10, 10)
"""How often Python looks for garbage where nobody has set it."""


def missing_peers() -> dict[str, str]:
    """The peers that are not installed, each with what installs it."""
    missing = {}
    if shutil.which(SOFFICE) is None:
        missing["LibreOffice"] = "apt-get install libreoffice-writer-nogui"
    if importlib.util.find_spec("typst") is None:
        missing["Typst"] = "pip install -c constraints.txt -e '.[bench]'"
    return missing


def versions() -> dict[str, str]:
    """The versions of what is measured, of those that are installed."""
    found = {"patra": __version__}
    found |= {
        name: metadata.version(name)
        for name in ("weasyprint", "docxtpl", "pikepdf", "typst")
        if importlib.util.find_spec(name)
    }
    if shutil.which(SOFFICE):
        found["LibreOffice"] = _said(SOFFICE, "--version").split()[1]
    return found


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class LibreOffice:
    """LibreOffice with a profile of its own in a folder, which its first start fills."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def convert(self, files: Sequence[Path]) -> Run:
        """One call that converts Word files to PDF.

        Raises:
            RuntimeError: A PDF is missing (LibreOffice ends with 0 even when it fails).
        """
        with tempfile.TemporaryDirectory(prefix="patra-bench-") as out:
            options = ("--headless", "--convert-to", "pdf", "--outdir", out)
            profile = f"-env:UserInstallation=file://{self._profile}"
            run = run_command((SOFFICE, profile, *options, *files), cwd=Path(out))
            made = len(list(Path(out).glob("*.pdf")))
        if made != len(files):
            raise RuntimeError(f"LibreOffice made {made} of {len(files)} PDFs")
        return run


def fill_with_docxtpl(files: Sequence[Path], out: Path) -> None:
    """As many letters by docxtpl alone: a template of the same length filled for each."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - only this peer needs it

    for file in files:
        template = DocxTemplate(file)
        template.render({"state": file.stem}, autoescape=True)
        template.save(os.fspath(out / file.name))


class Typst:
    """Typst with our fonts, which it keeps between letters; the letters lie in a folder."""

    def __init__(self, fonts: Path, folder: Path) -> None:
        import typst  # noqa: PLC0415 - an extra

        self._folder = folder
        self._compiler = typst.Compiler(
            root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True
        )

    def make(self, letters: Sequence[Letter]) -> list[bytes]:
        """The PDFs of some letters."""
        file = self._folder / "letter.typ"
        made: list[bytes] = []
        for letter in letters:
            file.write_text(typst_source(letter), "utf-8")
            data = self._compiler.compile(str(file), format="pdf")
            if not isinstance(data, bytes):
                raise TypeError("Typst made no single PDF")
            made.append(data)
        return made


def plain_weasyprint(kind: Path, fonts: Path, letters: Sequence[Letter]) -> list[bytes]:
    """WeasyPrint as it comes, on the same pages: nothing shared, nothing kept, nothing patched."""
    from generator.render.html import PageTemplate  # noqa: PLC0415 - loads the engine
    from generator.render.pdf.renderer import PdfRenderer  # noqa: PLC0415

    pages, renderer = PageTemplate(kind), PdfRenderer(kind, fonts)
    with _engine_as_it_comes():
        return [_plain(pages, renderer, letter) for letter in letters]


@contextmanager
def _engine_as_it_comes() -> Iterator[None]:
    from generator.render.pdf.patches import patch_engine, unpatch_engine  # noqa: PLC0415

    ours = gc.get_threshold()
    unpatch_engine()
    gc.set_threshold(*GARBAGE)
    try:
        yield
    finally:
        gc.set_threshold(*ours)
        patch_engine()


def _plain(pages: Any, renderer: Any, letter: Letter) -> bytes:  # noqa: ANN401 - the engine's
    """One letter, every page of it laid out and drawn."""
    from generator.render.pdf.charts import chart_pictures  # noqa: PLC0415
    from generator.render.pdf.engine import weasyprint  # noqa: PLC0415

    base, look = renderer._fetcher.base_url, renderer._looks[frozenset()]
    documents = []
    for version in letter.versions:
        renderer._fetcher.logo = version.letterhead.logo
        pictures = chart_pictures(version, renderer._artist, base)
        shared = [pages.shared_annexure(letter, version, a) for a in version.shared_annexures]
        for text in (pages.own_pages(letter, version), *shared):
            page = weasyprint.HTML(string=text, base_url=base, url_fetcher=renderer._fetcher)
            documents.append(
                page.render(font_config=look.fonts, stylesheets=[look.style], cache=dict(pictures))
            )
    every = [page for document in documents for page in document.pages]
    data: bytes = documents[0].copy(every).write_pdf()
    return data
