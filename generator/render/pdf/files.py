"""Which files a kind's page may use: its own, the fonts, the logo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

from generator.fingerprint import HIDDEN
from generator.render.html import LOGO_URL
from generator.render.pdf.engine import urls

ROOT = "file:///@/"
"""The tree that the engine sees: as the project's, but in no place of the machine."""
FONTS = f"{ROOT}fonts/"
FONT_FILES = frozenset({".ttf", ".otf", ".ttc", ".woff", ".woff2", ".eot"})
"""Those of ``fonts/`` alone are used: a kind brings none of its own."""
CONTENT_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}


class RefusedUrlError(urls.FatalURLFetchingError):  # type: ignore[misc]
    """A page asked for a file that it may not use; the engine does not pass over this one."""


class Fetcher(urls.URLFetcher):  # type: ignore[misc]
    """Serves the kind's folder, ``fonts/`` and the logo; refuses everything else.

    To the engine they lie in a tree with the layout of the project's, so that the relative
    addresses in ``page.css`` are right in a browser too, and no path of the machine can get into
    a file.

    Args:
        kind_folder: The kind's folder.
        fonts: The folder of fonts.
    """

    def __init__(self, kind_folder: Path, fonts: Path) -> None:
        super().__init__()
        self.base_url = f"{ROOT}letter_templates/{kind_folder.name}/"
        self.logo: Path | None = None
        self._folders: Mapping[str, Path] = {
            self.base_url: kind_folder.resolve(),
            FONTS: fonts.resolve(),
        }

    def fetch(self, url: str, headers: object = None) -> urls.URLFetcherResponse:  # noqa: ARG002
        """The file behind an address.

        Raises:
            RefusedUrlError: It is missing, or lies outside of what a page may use.
        """
        path = self.find(url)
        if path is None or not path.is_file():
            raise RefusedUrlError(path.name if path else url.removeprefix(ROOT))
        kind = CONTENT_TYPES.get(path.suffix.lower(), "application/octet-stream")
        return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def find(self, url: str) -> Path | None:
        """The file behind an address; None where a page may not use it."""
        if url == urljoin(self.base_url, LOGO_URL):
            return self.logo
        for start, folder in self._folders.items():
            if url.startswith(start):
                name = unquote(url.removeprefix(start))
                path = (folder / name).resolve()
                font = path.suffix.lower() in FONT_FILES
                allowed = path.is_relative_to(folder) and (start == FONTS or not font)
                allowed = allowed and not any(p.startswith(HIDDEN) for p in Path(name).parts)
                return path if allowed else None
        return None


def font_faces(fonts: Path, families: Collection[str]) -> str:
    """The CSS that loads families whose names ``page.css`` need not know.

    The engine takes them for letters that no font named there has.
    """
    rules = []
    for path in sorted(fonts.glob("*.[ot]tf")):
        stem, _, style = path.stem.partition("-")
        for family in sorted(families):
            if stem == family.replace(" ", ""):
                weight = "bold" if "Bold" in style else "normal"
                slant = "italic" if "Italic" in style else "normal"
                rules.append(
                    f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
                    f'font-style: {slant}; src: url("{FONTS}{quote(path.name)}"); }}\n'
                )
    return "".join(rules)
