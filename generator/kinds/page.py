"""``page.html`` of a kind: its tags, its names, and whether it places what the texts say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.findings import Finding
from generator.kinds.placed import PAGE, Promised, missing, useless_notes
from generator.kinds.sources import at_line, read_source
from generator.kinds.styles import check_addresses, check_style
from generator.model import Place

_STYLE = re.compile(
    r"""<[a-z][^<>]*?\sstyle\s*=\s*(?:"([^"{}<>]*)"|'([^'{}<>]*)')""", re.IGNORECASE
)
"""A tag's own style that holds no tags of ours."""


def check_page(
    source: str, file: str, promised: Promised, folder: Path, fonts: Path
) -> Iterator[Finding]:
    """Everything that is wrong with a ``page.html``.

    Args:
        source: The file's text.
        file: Its name in findings.
        promised: What the texts give.
        folder: The kind's folder.
        fonts: The folder of fonts.
    """
    read = read_source(source, PAGE, page=True)
    yield from read.findings(at_line(file))
    printed, where = read.names.printed, Place(file)
    shared = [part for part in promised.shared() if part not in promised.own()]
    wanted = list(dict.fromkeys((*promised.own(), *shared)))
    if "annexures" in wanted and "annexure" in wanted:
        wanted.remove("annexure")
    if read.names.whole:
        yield from missing(wanted, printed, read.left_out, where, told=read.faults, page=True)
    yield from useless_notes(read.left_out, printed, where, page=True)
    for start, css in (*_style_elements(source), *_style_attributes(source)):
        first = source.count("\n", 0, start) + 1
        yield from check_style(css, file, folder, fonts, first)
    yield from check_addresses(source, file, folder, fonts, html=True)


def _style_elements(source: str) -> Iterator[tuple[int, str]]:
    """The style sheets inside the page that hold no tags."""
    at = 0
    lowered = source.lower()
    while (start := lowered.find("<style", at)) >= 0:
        begin = lowered.find(">", start) + 1
        end = lowered.find("</style", begin)
        if not begin or end < 0:
            return
        if "{%" not in source[begin:end] and "{{" not in source[begin:end]:
            yield begin, source[begin:end]
        at = end


def _style_attributes(source: str) -> Iterator[tuple[int, str]]:
    """The styles of single elements, as style sheets."""
    for found in _STYLE.finditer(source):
        yield found.end() - 1, f"* {{ {found[1] or found[2] or ''} }}"
