"""The letter's data as a file within its PDF: relationship Source, dated like the letter."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from generator.content import Letter
from generator.data_json import data_to_json
from generator.locales import OWN, label
from generator.render.pdf.engine import weasyprint

RELATIONSHIP = "Source"
"""The file is what the page was made of (ISO 19005-3, 6.8; ISO 32000-2, 7.11.3)."""


def attach_data(letter: Letter, fingerprint: str) -> list[Any]:
    """What the PDF of a letter carries; nothing where the letter has no data.

    Without dates of its own the engine would write the time of day, and equal letters would get
    different bytes.
    """
    if letter.data is None:
        return []
    day = datetime.combine(letter.date, time(), UTC)
    own = [version.language for version in letter.versions if version.language in OWN]
    told = (label("Data of this document for machines", code) for code in own or OWN)
    return [
        weasyprint.Attachment(
            string=data_to_json(letter.data, fingerprint).decode(),
            name=f"{letter.who}.json",
            description=" · ".join(told),
            created=day,
            modified=day,
            relationship=RELATIONSHIP,
        )
    ]
