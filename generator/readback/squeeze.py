"""The form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LINE_END_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""

_KEPT = 8192
"""More texts than one letter has: the same are asked for by each comparison, in each letter."""
_SPACE = re.compile(r"\s+")


@lru_cache(_KEPT)
def squeeze(text: str) -> str:
    """A text in NFC without its white space, which a line's end changes."""
    return _SPACE.sub("", unicodedata.normalize("NFC", text).replace(LINE_END_HYPHEN, "-"))
