"""A kind's style sheet as the engine reads it, without a letter: for ``templates check``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from generator.render.pdf.engine import Fonts, complaints, urls, weasyprint
from generator.render.pdf.files import Fetcher


class _Blind(Fetcher):
    """Gives an empty file for every address: what is fetched is looked at by itself."""

    def fetch(self, url: str, headers: object = None) -> urls.URLFetcherResponse:  # noqa: ARG002
        return urls.URLFetcherResponse(url, b"", {"Content-Type": "text/css"})


def style_faults(source: str, kind_folder: Path, fonts: Path) -> list[str]:
    """What the engine complains of in a style sheet, in its own words, with "at line:column".

    Args:
        source: The style sheet.
        kind_folder: The kind's folder.
        fonts: The folder of fonts.
    """
    fetcher = _Blind(kind_folder, fonts)
    try:
        with complaints() as records:
            weasyprint.CSS(
                string=source,
                base_url=fetcher.base_url,
                url_fetcher=fetcher,
                font_config=_NoFonts(),
            )
    except RecursionError:
        return ["rules lie too deep in one another"]
    return [record.getMessage() for record in records]


class _NoFonts(Fonts):
    """Takes every font as loaded: whether its file is there is told by its address."""

    def add_font_face(self, rule_descriptors: object, url_fetcher: object) -> None:
        """Loads nothing."""


def may_use(address: str, kind_folder: Path, fonts: Path) -> bool:
    """Whether an address in a kind's files is one that the engine is given, and is there."""
    fetcher = Fetcher(kind_folder, fonts)
    path = fetcher.find(urljoin(fetcher.base_url, address))
    return path is not None and path.is_file()


def properties() -> tuple[str, ...]:
    """The names of CSS that the engine knows, to offer the nearest."""
    shorthands = weasyprint.css.validation.expanders.EXPANDERS
    names = (*weasyprint.css.INITIAL_VALUES, *shorthands)
    return tuple(sorted({name.replace("_", "-") for name in names}))
