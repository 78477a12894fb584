"""What letters share of the layout changes no page, in any order, and is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from generator.content import Letter
from generator.errors import PatraError
from generator.render.pdf import PdfRenderer, flow, lines, styles
from generator.render.pdf.engine import Fonts, inline, styling
from tests.broken_kinds import copy_kind, edit, restyle
from tests.letters import line, sample_letter

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def engine_alone() -> Iterator[None]:
    """Inside, the engine lays out as it is: nothing is kept."""
    ours = styling.StyleFor
    styling.StyleFor = ours.__wrapped__
    lines.forget_lines()
    try:
        yield
    finally:
        styling.StyleFor = ours
        lines.keep_lines()


@pytest.fixture
def kind(tmp_path: Path) -> Path:
    """A kind whose sheet a test may change."""
    return copy_kind(tmp_path)


def renderer_of(kind: Path) -> PdfRenderer:
    """A new renderer, which has kept nothing yet."""
    return PdfRenderer(kind, ROOT / "fonts")


def fonts_of(renderer: PdfRenderer) -> Fonts:
    """With which a renderer keeps what letters share."""
    return renderer._looks[frozenset()].fonts


def letters() -> list[Letter]:
    """Two languages, one, and another addressee."""
    english = sample_letter("en")
    fields = {**english.versions[0].fields, "addressee": (line("Dr. Another, Secretary"),)}
    other = replace(english, versions=(replace(english.versions[0], fields=fields),))
    return [sample_letter(), other, english, sample_letter("hi")]


def made_alone(kind: Path, letter: Letter) -> bytes:
    """A letter's file from the engine as it is."""
    renderer = renderer_of(kind)
    with engine_alone():
        return renderer.render(letter).data


@pytest.mark.parametrize("turn", [1, -1])
def test_kept_styles_and_lines_give_the_engines_own_bytes_in_any_order(
    kind: Path, turn: int
) -> None:
    """Twice over, so that the second time everything is read from what is kept."""
    renderer = renderer_of(kind)
    some = letters()[::turn]
    alone = [made_alone(kind, letter) for letter in some]
    assert [renderer.render(letter).data for letter in some] == alone
    assert [renderer.render(letter).data for letter in some] == alone
    kept = fonts_of(renderer).kept
    assert isinstance(kept, styles.KeptStyles)
    assert kept.known


@pytest.mark.parametrize(
    "css",
    [
        ".items { list-style: decimal; padding-left: 12mm } .items li { display: list-item }",
        "p { margin-left: 2vw } @page :first { margin-left: 60mm }",
        "body { overflow: hidden }",
    ],
    ids=["markers", "parts of the page", "overflow"],
)
def test_a_sheet_whose_styles_depend_on_more_is_left_to_the_engine(kind: Path, css: str) -> None:
    """The engine writes into the style of a marker; a part of the page's width differs by page."""
    restyle(kind, css)
    renderer = renderer_of(kind)
    some = letters()
    alone = [made_alone(kind, letter) for letter in some]
    assert [renderer.render(letter).data for letter in some] == alone
    assert fonts_of(renderer).kept is None


def test_a_first_page_of_its_own_and_attributes_keep_their_styles(kind: Path) -> None:
    """Rules for one page, its margin boxes, siblings and languages tell styles apart."""
    restyle(
        kind,
        "@page :first { margin-top: 40mm; @top-right { content: counter(page) } }"
        "p:nth-of-type(2n) { letter-spacing: 0.1pt } p::first-letter { font-weight: bold }"
        "[lang=hi] { word-spacing: 1pt } div > p + p { text-decoration: underline }"
        "td, .address { box-sizing: border-box; padding: 1% } p { max-width: 90%; hyphens: auto }",
    )
    renderer = renderer_of(kind)
    some = [*letters(), *letters()]
    assert [renderer.render(letter).data for letter in some] == [
        made_alone(kind, letter) for letter in some
    ]


@pytest.mark.parametrize(
    "css",
    [
        "h1 { float: left } .address { float: right; width: 50mm }",
        "td:first-child { float: left } [lang=en] p { direction: rtl }",
        "p { border-radius: 3pt; border: 1pt solid } td { border-radius: 50% 2pt }",
        "p { background: #eee } li { box-shadow: 1pt 1pt #ccc } .address { visibility: hidden }",
        "th { background: linear-gradient(#fff, #eee) } p { position: relative; left: 1mm }",
        "table { background: currentColor; color: #eef } td { color: #000 }",
        "p::after { content: ''; position: absolute; width: 9mm; height: 1mm; background: #eee }",
        ".salutation { float: left; width: 30mm } .address { float: right }",
        ".body { direction: rtl } td { direction: rtl }",
        "p, td { border: 1pt solid; border-radius: 2mm 0 5% 1mm; background: #eee }",
        "td { white-space: pre-wrap; text-indent: 2mm } td strong { padding: 1mm }",
        "td strong { display: inline-block; width: 20mm } td { min-width: 9mm }",
        "table { border-collapse: separate } td { border: 2pt solid; padding-left: 5% }",
    ],
)
def test_boxes_that_are_more_than_text_go_the_engines_way(kind: Path, css: str) -> None:
    restyle(kind, css)
    renderer = renderer_of(kind)
    some = [*letters(), *letters()]

    assert [tried(renderer, letter) for letter in some] == [
        tried(renderer_of(kind), letter, engine_alone()) for letter in some
    ]


def tried(
    renderer: PdfRenderer, letter: Letter, engine: AbstractContextManager[None] | None = None
) -> bytes | str:
    """A letter's file, or what is told where it cannot be made."""
    with engine or nullcontext():
        try:
            return renderer.render(letter).data
        except PatraError as error:
            return error.message


def test_what_an_attribute_says_is_told_apart(kind: Path) -> None:
    """The same rules match both; the engine reads their names from the attribute."""
    edit(kind, "page.html", "<main", '<p id="one">1</p><p id="two">2</p><main')
    renderer = renderer_of(kind)
    renderer.render(sample_letter("en"))
    kept = fonts_of(renderer).kept
    assert isinstance(kept, styles.KeptStyles)
    made = [one for one in kept.known.values() if isinstance(one, list)]
    assert {style["anchor"] for one in made for _, style in one} >= {"one", "two"}


def test_every_letter_hears_what_the_engine_says_of_a_style(kind: Path) -> None:
    """It says so while it computes the style, and a kept one is computed once."""
    restyle(kind, ".salutation { width: calc(1em * 1em) }")
    renderer = renderer_of(kind)
    told = []
    for _ in range(2):
        with pytest.raises(PatraError) as raised:
            renderer.render(sample_letter("en"))
        told.append(raised.value.message)
    assert told[0] == told[1]


def test_what_is_kept_is_bounded(kind: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is full it begins anew, and the pages stay the same."""
    monkeypatch.setattr(styles, "STYLES", 7)
    monkeypatch.setattr(lines, "LINES", 3)
    monkeypatch.setattr(lines, "WIDTHS", 2)
    monkeypatch.setattr(flow, "CELLS", 2)
    renderer = renderer_of(kind)
    letter = sample_letter()
    assert renderer.render(letter).data == made_alone(kind, letter)
    fonts = fonts_of(renderer)
    assert isinstance(fonts.kept, styles.KeptStyles)
    assert len(fonts.kept.known) <= styles.STYLES
    assert len(fonts.breakers) <= lines.WIDTHS
    for breaker in fonts.breakers.values():
        assert breaker.line.cache_info().currsize <= lines.LINES
    for made in fonts.kept.known.values():
        for _pseudo_type, style in made if isinstance(made, list) else [("", made)]:
            assert len(style.__dict__.get("_lengths", ())) <= lines.WIDTHS
            assert len(style.__dict__.get("_cells", ())) <= flow.CELLS


def test_the_engine_gets_a_layout_of_its_own_for_each_line(kind: Path) -> None:
    """Drawing writes into it."""
    renderer = renderer_of(kind)
    renderer.render(sample_letter("en"))
    kept = fonts_of(renderer).kept
    assert isinstance(kept, styles.KeptStyles)
    style = next(iter(kept.known.values()))[0][1]
    split = inline.split_first_line
    one, *measures = split("A line", style, None, None, 0)
    other, *again = split("A line", style, None, None, 0)
    assert one is not other
    assert vars(one) == vars(other)
    assert measures == again
