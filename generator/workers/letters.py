"""What a worker process does: one finished letter in, its two files out, read back and proved.

Each process keeps its renderers, with templates parsed and shared pages laid out, for all the
letters it makes.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.fingerprint import digest_of, hash_folder
from generator.workers.versions import cached_versions

if TYPE_CHECKING:  # slow to load: the command starts its processes before it loads them itself
    from generator.content import Letter
    from generator.readback import PageCheck, Proof
    from generator.render.docx import DocxRenderer
    from generator.render.pdf import PdfRenderer


OBJECTS = 50_000
"""New objects after which garbage is looked for, of the hundreds of thousands of a letter: looking
as often as Python does by itself took a sixth of a letter's time."""


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter's files as bytes, how many pages its PDF has, and that they say what it says.

    ``made_with`` is the hash of the templates and fonts that it was made with (``digest_of``).
    """

    docx: bytes
    pdf: bytes
    pages: int
    proof: Proof
    made_with: str


class _Renderers:
    """The renderers of this process."""

    pdf: PdfRenderer
    docx: DocxRenderer
    check: PageCheck
    made_with: str


def start_worker(kind_folder: Path, fonts: Path) -> None:
    """Makes this process ready for letters of one kind.

    Raises:
        TemplateError: A template of the kind cannot be read.
    """
    gc.set_threshold(OBJECTS)
    _Renderers.made_with = digest_of(hash_folder(kind_folder), hash_folder(fonts))  # as yet unread
    from generator.readback import PageCheck  # noqa: PLC0415
    from generator.render.docx import DocxRenderer  # noqa: PLC0415
    from generator.render.pdf import PdfRenderer, Shelf  # noqa: PLC0415 - loads WeasyPrint

    _Renderers.pdf = PdfRenderer(kind_folder, fonts, Shelf(partial(_materials, kind_folder, fonts)))
    _Renderers.docx = DocxRenderer(kind_folder, fonts)
    _Renderers.check = PageCheck(fonts)
    gc.collect()
    gc.freeze()  # what every letter needs is no garbage


def _materials(kind_folder: Path, fonts: Path) -> str:
    """A hash of all that makes pages, but for what is written on them."""
    folders = (hash_folder(kind_folder), hash_folder(fonts))
    return digest_of(*folders, cached_versions())


def load_libraries() -> None:
    """Loads what every letter needs and no kind: before it is known which letters are made."""
    gc.set_threshold(OBJECTS)
    from generator import readback  # noqa: F401, PLC0415
    from generator.render import docx, pdf  # noqa: F401, PLC0415
    from generator.render.chart.lettering import load_matplotlib  # noqa: PLC0415

    load_matplotlib()
    pdf.look_up_types()
    cached_versions()
    gc.collect()
    gc.freeze()


def make_letter(letter: Letter, fingerprint: str) -> MadeLetter:
    """Renders a letter: the PDF first, since Word's page fields hold its counts.

    Its ``fingerprint`` ("" in a draft) stands in the data that the PDF carries.
    """
    from generator.readback import prove_files  # noqa: PLC0415

    pdf = _Renderers.pdf.render(letter, fingerprint)
    docx = _Renderers.docx.render(letter, pdf.pages)
    proof = prove_files(docx, pdf.data, letter, _Renderers.check)
    return MadeLetter(docx, pdf.data, sum(pdf.pages.values()), proof, _Renderers.made_with)


def check_templates(kind_folder: Path, fonts: Path | None) -> None:
    """Reads a kind's templates without starting the PDF's engine; ``start_worker`` reads all.

    Args:
        kind_folder: The kind's templates.
        fonts: Holds the fonts that Word files carry; None: they carry none.

    Raises:
        TemplateError: One is missing, or cannot be read, or a font may not be embedded.
    """
    from generator.render.docx import DocxRenderer  # noqa: PLC0415
    from generator.render.html import PageTemplate  # noqa: PLC0415

    PageTemplate(kind_folder)
    DocxRenderer(kind_folder, fonts).check_fonts()
