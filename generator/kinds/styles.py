"""``page.css`` of a kind: what the engine does not know, and what it would fetch from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.findings import Finding
from generator.inputs.nearest import nearest_name
from generator.kinds.sources import error
from generator.model import Place

_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""<(?:img|link|source|embed|object|image|iframe|script)\b[^>]*?"""
    r"""\b(?:src|href|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)
_WHERE = re.compile(r" at (\d+):(\d+)")
_SELECTOR = re.compile(r"^Invalid or unsupported selector, .*?(['\"])(?P<words>.+?)\1")
_REMARK_INSIDE = re.compile(r"(?<!\S)/\*")
_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_REMARK_OR_STRING = re.compile(rf"{_STRING}|/\*(?:(?!\*/).)*(\*/)?|[\"']", re.DOTALL)
_NAMED = re.compile(r"^(?:Ignored|Deprecated) `([\w-]+)")
_ELSEWHERE = "A kind may use files of its own folder, and fonts of fonts/ alone."


def check_style(
    source: str, file: str, folder: Path, fonts: Path, first: int = 1
) -> Iterator[Finding]:
    """What the PDF's engine does not understand in a style sheet.

    Args:
        source: The style sheet.
        file: The file's name in findings.
        folder: The kind's folder.
        fonts: The folder of fonts.
        first: The line of the file in which the style sheet begins.
    """
    # loads WeasyPrint: only where a style sheet is read
    from generator.render.pdf.style import properties, style_faults  # noqa: PLC0415

    for said in style_faults(source, folder, fonts):
        at = int(found[1]) if (found := _WHERE.search(said)) else _line_of_selector(source, said)
        line = at + first - 1 if at else None
        named = _NAMED.match(said)
        unknown = named and "unknown property" in said
        near = nearest_name(named[1], properties()) if named and unknown else ""
        yield error(
            "style-sheet-understood",
            Place(file, line=line),
            f"The PDF's engine does not take this: {_WHERE.sub('', said).rstrip('.')}",
            "Correct the line, or delete it; Word is not concerned.",
            near,
        )
    yield from _braces(source, file, first)
    yield from _unclosed(source, file, first)


def _line_of_selector(source: str, said: str) -> int | None:
    """The line of a selector that the engine names without one."""
    found = _SELECTOR.match(said)
    plain = _REMARK.sub(_blanked, source)
    start = plain.find(found["words"].strip()) if found else -1
    return plain.count("\n", 0, start) + 1 if start >= 0 else None


def _blanked(remark: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", remark[0])


def _unclosed(source: str, file: str, first: int) -> Iterator[Finding]:
    """A remark or quotation mark that never ends takes rules after it along, in silence."""
    for found in _REMARK_OR_STRING.finditer(source):
        sign, end = ("remark /*", "*/") if found[0].startswith("/*") else ("mark " + found[0], "")
        nested = end and _REMARK_INSIDE.search(found[0], 2)
        if len(found[0]) == 1 or nested or (end and not found[1]):
            yield error(
                "style-sheet-understood",
                Place(file, line=source.count("\n", 0, found.start()) + first),
                f"The {sign} is never closed, so that the rules after it are lost",
                f"Write {end or found[0]} where it is to end.",
                end or found[0],
            )


def _braces(source: str, file: str, first: int) -> Iterator[Finding]:
    """A brace that is missing swallows the rules after it, and the engine says nothing of it."""
    plain = _REMARK.sub(_blanked, source)
    open_: list[int] = []
    for number, line in enumerate(plain.split("\n"), first):
        for sign in re.findall(r"[{}]", re.sub(r"\"[^\"]*\"|'[^']*'", "", line)):
            if sign == "{":
                open_.append(number)
            elif open_:
                open_.pop()
    for number in open_:
        yield error(
            "style-sheet-understood",
            Place(file, line=number),
            "The brace { of this rule is never closed, so that the rules after it are lost",
            "Write } where the rule ends.",
            "}",
        )


def check_addresses(
    source: str, file: str, folder: Path, fonts: Path, *, html: bool = False
) -> Iterator[Finding]:
    """Files that a style sheet or page asks for and may not have, or that are not there.

    Args:
        source: The style sheet or page.
        file: The file's name in findings.
        folder: The kind's folder.
        fonts: The folder of fonts.
        html: Whether it is a page.
    """
    from generator.render.pdf.style import may_use  # noqa: PLC0415 - as above

    patterns = (_URL, _IMPORT, *((_ATTRIBUTE,) if html else ()))
    plain = _REMARK.sub(_blanked, source)
    for pattern in patterns:
        for found in pattern.finditer(plain):
            address = next((group for group in found.groups() if group), "")
            if not address or "{{" in address or address.startswith(("data:", "#")):
                continue
            if not may_use(address, folder, fonts):
                line = plain.count("\n", 0, found.start()) + 1
                message = f"“{address}” is missing, or lies where a kind may not look"
                yield error("nothing-from-elsewhere", Place(file, line=line), message, _ELSEWHERE)
