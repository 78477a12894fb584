"""What a machine makes letters with: two that agree in all of it make the same bytes."""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Mapping
from ctypes import CDLL, c_char_p
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import current_process
from pathlib import Path

import generator

PACKAGES = (
    *("weasyprint", "pydyf", "pyphen", "tinycss2", "cssselect2", "tinyhtml5", "webencodings"),
    *("fonttools", "uharfbuzz", "docxtpl", "python-docx", "lxml", "jinja2", "markupsafe", "babel"),
    *("matplotlib", "numpy", "pillow", "pikepdf", "pypdfium2"),
    *("cloudpickle", "distributed"),
)
"""What writes or proves a letter's files: of matplotlib's the outlines of a chart's words, which
numpy places. The last two carry letters and answers."""

LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "pango_version_string"),
    "HarfBuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "HarfBuzz's subsets": ("libharfbuzz-subset.so.0", "hb_version_string"),
}
"""The system's libraries that break lines, shape words and cut the fonts of a PDF, with what names
their version. Where the last is missing, the PDF's engine cuts them otherwise."""

NANNY = "nanny"
"""The key under which it is told that the machine's worker may start no processes."""


def machine_versions() -> Mapping[str, str]:
    """Names and versions of all that makes a letter's bytes here."""
    files = _digest(Path(generator.__file__).parent)
    return {
        "patra": f"{generator.__version__} (program files {files})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **library_versions(),
        **{name: _package(name) for name in PACKAGES},
    }


def library_versions() -> Mapping[str, str]:
    """The versions of the system's libraries that decide bytes."""
    shaping = {name: _library(*where) for name, where in LIBRARIES.items()}
    return {"zlib": zlib.ZLIB_RUNTIME_VERSION, **shaping}


@cache
def cached_versions() -> Mapping[str, str]:
    """The same, asked for once in a process."""
    return machine_versions()


def may_start_processes() -> bool:
    """Whether this process may have others below it; one that a Dask nanny started may not."""
    return not current_process().daemon


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _library(file: str, function: str) -> str:
    try:
        ask = CDLL(file)[function]
    except (OSError, AttributeError):
        return "none"
    ask.restype = c_char_p
    return bytes(ask()).decode()


def _digest(folder: Path) -> str:
    """The program's own files: a line changed on one machine may change a letter."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
