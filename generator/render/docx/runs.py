"""Text as WordprocessingML runs."""

from __future__ import annotations

import re

from markupsafe import escape

from generator.content import Inline
from generator.errors import RenderError

EMPHASES = {
    "Strong": (True, False),
    "Emphasis": (False, True),
    "Strong Emphasis": (True, True),
}
"""The character styles of our own: bold, italic. Devanagari takes its own twins from them."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WHITE_SPACE = re.compile(r"[\t\r\n]+")


def escape_text(text: str) -> str:
    """Text for the inside of an element, exactly as it will be read back.

    Tabs and line ends become a space. The underscore is written as a reference, because docxtpl
    takes ``{_{`` for its own.

    Raises:
        RenderError: The text holds a character that XML cannot hold.
    """
    if found := _UNPRINTABLE.search(text):
        raise RenderError(
            f"The text {text[:60]!r} holds the unprintable character U+{ord(found[0]):04X}.",
            "Remove the character from the data or text it comes from.",
        )
    return str(escape(_WHITE_SPACE.sub(" ", text))).replace("_", "&#95;")


def runs_xml(inline: Inline) -> str:
    """An inline as runs: one a span."""
    return "".join(
        _run(span.text, bold=span.bold, italic=span.italic) for span in inline if span.text
    )


def labelled_xml(label: str, text: Inline) -> str:
    """A number or label as typed text and a tab: it is part of the text of record."""
    return f"{_run(label)}<w:r><w:tab/></w:r>{runs_xml(text)}"


def emphasis(*, bold: bool, italic: bool) -> str:
    """The name of the character style for it, or nothing."""
    return next((name for name, look in EMPHASES.items() if look == (bold, italic)), "")


def _run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    style = emphasis(bold=bold, italic=italic)
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = (f'<w:t xml:space="preserve">{escape_text(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"
