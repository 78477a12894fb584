"""Text as WordprocessingML runs."""

from __future__ import annotations

from generator.content import Span
from generator.render.docx.runs import runs_xml


def test_a_line_break_in_a_text_is_printed() -> None:
    xml = runs_xml((Span("a < b\nc"),))

    assert "a &lt; b</w:t><w:br/><w:t" in xml
