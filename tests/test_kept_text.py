"""Lines that are kept as they are shown: the same bytes, and only where they would be the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.content import Letter
from generator.errors import RenderError
from generator.render.pdf import PdfRenderer, shown
from tests.letters import line, sample_letter

ROOT = Path(__file__).resolve().parents[1]


def renderer() -> PdfRenderer:
    """One that has kept nothing yet."""
    return PdfRenderer(ROOT / "letter_templates" / "do_letter", ROOT / "fonts")


def kept_of(made: PdfRenderer) -> list[shown.Kept]:
    """What a renderer has kept, a style each."""
    breakers = made._looks[frozenset()].fonts.breakers.values()
    return [breaker.__dict__["shown"] for breaker in breakers if "shown" in breaker.__dict__]


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Inside, the engine shows every line itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shown, "_kept", lambda _textbox: None)
        yield


def letters() -> list[Letter]:
    """Two languages, and each of them."""
    return [sample_letter(), sample_letter("en"), sample_letter("hi")]


@pytest.mark.parametrize("turn", [1, -1])
def test_kept_lines_give_the_bytes_of_lines_drawn_anew_in_any_order(turn: int) -> None:
    some = letters()[::turn]
    with nothing_kept():
        anew = [renderer().render(letter).data for letter in some]
    made = renderer()

    assert [made.render(letter).data for letter in some] == anew
    assert [made.render(letter).data for letter in some] == anew
    assert any(kept.lines for kept in kept_of(made))


def test_a_line_met_again_is_not_drawn_by_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    made, met = renderer(), []
    note = shown.Recorder.shown

    def counted(self: shown.Recorder) -> shown.Shown | None:
        met.append(self)
        return note(self)

    monkeypatch.setattr(shown.Recorder, "shown", counted)
    made.render(sample_letter())
    first = len(met)
    made.render(sample_letter())

    assert first > 50
    assert len(met) == first


@pytest.mark.parametrize(("width", "fits"), [(500, True), (501, False)])
def test_a_line_is_drawn_anew_where_the_file_has_another_width_for_a_glyph(
    width: int, fits: bool
) -> None:
    font = SimpleNamespace(widths={5: 500}, to_unicode={})
    stream = SimpleNamespace(add_font=lambda _pango: (font, 10.0))
    known = shown.Shown((), (shown.LineFont(None, {4: 1, 5: width}, {4: "a", 5: "b"}),))

    assert shown.enter_glyphs(stream, known) is fits
    assert font.widths == ({4: 1, 5: 500} if fits else {5: 500})
    assert font.to_unicode == ({4: "a", 5: "b"} if fits else {})


def test_a_glyph_that_no_font_has_is_told_of_each_letter_that_has_it() -> None:
    made, letter = renderer(), sample_letter("en")
    fields = {**letter.versions[0].fields, "addressee": (line("\ua000"),)}
    broken = replace(letter, versions=(replace(letter.versions[0], fields=fields),))
    for _again in range(2):
        with pytest.raises(RenderError, match="A000"):
            made.render(broken)


def test_beyond_the_number_kept_lines_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "LINES", 5)
    made = renderer()
    with nothing_kept():
        anew = renderer().render(sample_letter()).data

    assert made.render(sample_letter()).data == anew
    assert max(len(kept.lines) for kept in kept_of(made)) <= 5
