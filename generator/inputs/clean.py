"""Text as it may enter an edition: NFC, and free of what no letter can print."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Unicode's Bidi_Control: a name could be shown in another order than it is stored."""
_TEMPLATE_ESCAPE = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")


def clean_text(text: str) -> str:
    """The text in Unicode's composed form (NFC), with one kind of line end."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def fault_in_text(text: str) -> tuple[int, str] | None:
    """What in a text cannot be printed: its offset and its description; None if all can.

    Control characters and surrogates are not allowed in the XML of a Word file; the Word
    template engine would turn ``{_{`` into ``{{``.
    """
    if found := _FORBIDDEN.search(text):
        code = ord(found[0])
        kind = "half a surrogate pair" if 0xD800 <= code <= 0xDFFF else "a control character"
        return found.start(), f"{kind} (U+{code:04X})"
    if found := _DIRECTION.search(text):
        return found.start(), f"an invisible mark of text direction (U+{ord(found[0]):04X})"
    if found := _TEMPLATE_ESCAPE.search(text):
        return found.start(), f'the template escape "{found[0]}"'
    return None


def fold_spaces(text: str) -> str:
    """The text without stray and no-break spaces: one space between words, none outside."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def shorten(value: object, limit: int = 60) -> str:
    """A value as quoted in messages, cut where it is long, its control characters escaped."""
    text = str(value)
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
