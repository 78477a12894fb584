"""The tints of performance levels, the same in the PDF and in Word.

From nearly white to a pale blue, so that black text keeps a contrast of more than 7:1 (WCAG 2.1,
1.4.6) and grey print still tells them apart; the level's name stands in the cell.
"""

from __future__ import annotations

from generator.content import Inline

PALEST, DEEPEST = (250, 251, 254), (176, 196, 228)
"""Red, green and blue of levels 0 and 100."""


def level_fill(cell: Inline) -> str:
    """The fill of a table's cell as six hexadecimal digits; "" where it names no level."""
    level = max((span.level for span in cell), default=0)
    if not level:
        return ""
    parts = (a + (b - a) * level // 100 for a, b in zip(PALEST, DEEPEST, strict=True))
    return "".join(f"{part:02x}" for part in parts)
