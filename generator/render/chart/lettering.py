"""Words as outlines, shaped by matplotlib (HarfBuzz through libraqm) with the fonts in ``fonts/``.

Nothing of the machine gets in: not its fonts, settings or folders.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from generator.errors import RenderError

if TYPE_CHECKING:
    import matplotlib.path

SIZE = 8.5
"""Of the letters, in points."""
MILLIMETRES = 25.4
POINTS = 72.0
EM = 1000.0
GRID = SIZE / EM / POINTS * MILLIMETRES
"""Letters are drawn on a grid with so many steps in an em; a step in millimetres."""
KEPT = 4096
"""Words kept ready: those of a category stand in the chart of each of its States."""
FONTS = "NotoSerif"
"""How the names of the fonts begin that a chart is drawn with: those of a page's text."""


Drawn: TypeAlias = tuple[Any, Any]
"""A glyph's points and codes on the grid, y upwards."""
Glyph: TypeAlias = tuple[float, float, str]
"""Where a glyph begins on the grid, and its name, which names its font too."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Words as one path in millimetres, y downwards, its origin where the words begin.

    ``operators`` are the same for a PDF.
    """

    path: matplotlib.path.Path
    operators: bytes
    width: float


class Lettering:
    """Outlines of words in the fonts of one folder.

    Args:
        fonts: Holds the fonts; those named NotoSerif… are used, the Latin one first.
    """

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._kept: dict[tuple[str, bool], Outline] = {}
        self._glyphs: dict[str, Drawn] = {}
        self._operators: dict[str, bytes] = {}

    def outline(self, text: str, *, bold: bool) -> Outline:
        """The outline of some words.

        Raises:
            RenderError: They hold a character that no font has.
        """
        if (text, bold) not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            with strict_warnings():
                self._kept[text, bold] = self._drawn(text, bold=bold)
        return self._kept[text, bold]

    def _drawn(self, text: str, *, bold: bool) -> Outline:
        from matplotlib.path import Path as Shape  # noqa: PLC0415 - slow to load
        from matplotlib.transforms import Affine2D  # noqa: PLC0415

        glyphs = self._shaped(text, bold=bold)
        drawn = [(x, y, Shape(*self._glyphs[name])) for x, y, name in glyphs]
        moved = [shape.transformed(Affine2D().translate(x, y)) for x, y, shape in drawn]
        path = Shape.make_compound_path(*moved).transformed(Affine2D().scale(GRID, -GRID))
        points: Any = path.vertices  # a curve stays within its points
        width = float(points[:, 0].max()) if len(points) else 0.0
        return Outline(path, b"\n".join(self._words(glyphs)), width)

    def _shaped(self, text: str, *, bold: bool) -> list[Glyph]:
        """The glyphs of a text; shaped once, and their outlines taken where they are new."""
        from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

        families = _use_fonts(self._fonts)
        face = _face(families, "bold" if bold else "normal")
        glyphs = face._layout(text, LoadFlags.NO_HINTING, features=None, language=None)
        if any(not g.glyph_index or g.ft_object.family_name not in families for g in glyphs):
            _refuse_missing(face, text)
        return [(glyph.x, glyph.y, self._named(glyph)) for glyph in glyphs]

    def _named(self, glyph: Any) -> str:  # noqa: ANN401
        from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

        font = glyph.ft_object
        name = f"{font.postscript_name}-{glyph.glyph_index:x}"
        if name not in self._glyphs:
            font.load_glyph(glyph.glyph_index, flags=LoadFlags.NO_HINTING)
            self._glyphs[name] = font.get_path()
        return name

    def _words(self, glyphs: Sequence[Glyph]) -> Iterator[bytes]:
        """The operators of words, glyph by glyph: one that comes again costs next to nothing."""
        yield f"{GRID:.6f} 0 0 {-GRID:.6f} 0 0 cm".encode()
        for x, y, name in glyphs:
            if name not in self._operators:
                self._operators[name] = b"\n".join(_curves(*self._glyphs[name]))
            yield f"q 1 0 0 1 {x:.0f} {y:.0f} cm".encode()
            if self._operators[name]:  # a space has none
                yield self._operators[name]
            yield b"f Q"


@cache
def lettering_in(fonts: Path) -> Lettering:
    """One for both kinds of file: the words of a letter's charts are outlined once."""
    return Lettering(fonts)


def _face(families: Sequence[str], weight: str) -> Any:  # noqa: ANN401
    """The first family's face; what it has not is taken from the others."""
    from matplotlib.font_manager import FontProperties, fontManager, get_font  # noqa: PLC0415
    from matplotlib.textpath import TextToPath  # noqa: PLC0415

    wanted = [FontProperties(family=family, weight=weight) for family in families]
    face = get_font([fontManager.findfont(family) for family in wanted])
    face.set_size(EM, TextToPath.DPI)
    return face


def _refuse_missing(face: Any, text: str) -> None:  # noqa: ANN401
    """Refuses a text with a glyph of none of the fonts: the library has one for every character."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

    try:
        face.set_text(text, flags=LoadFlags.NO_HINTING)  # warns of what no font has
    except UserWarning as error:
        raise RenderError(
            f"“{text[:60]}” cannot be drawn in a chart: {error}",
            "Replace the character, or add a font that has it to fonts/.",
        ) from error


@contextmanager
def strict_warnings() -> Iterator[None]:
    """Inside, what matplotlib would only warn of is an error."""
    load_matplotlib()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


_SIGNS = {1: "m", 2: "l", 4: "c", 79: "h"}
"""Of matplotlib's codes for the parts of a path (MOVETO, LINETO, CURVE4, CLOSEPOLY)."""
_CUBIC, _QUADRATIC, _CLOSE = 4, 3, 79


def _curves(points: Any, codes: Any) -> Iterator[bytes]:  # noqa: ANN401 - numpy's
    """A path's operators (ISO 32000-1, 8.5.2); a quadratic curve as the cubic that it is."""
    from matplotlib.path import Path as Shape  # noqa: PLC0415

    x = y = 0.0
    for part, kind in Shape(points, codes).iter_segments(simplify=False):
        code, numbers = int(kind), [float(number) for number in part]
        if code == _CLOSE:
            numbers = []
        elif code == _QUADRATIC:
            code, numbers = _CUBIC, _as_cubic(x, y, *numbers)
        yield " ".join([*(f"{number:.0f}" for number in numbers), _SIGNS[code]]).encode()
        x, y = numbers[-2:] if numbers else (x, y)


def _as_cubic(*points: float) -> list[float]:
    """The two control points and the end of the cubic curve that a quadratic one is."""
    x, y, middle_x, middle_y, end_x, end_y = points
    first = x + 2 / 3 * (middle_x - x), y + 2 / 3 * (middle_y - y)
    second = end_x + 2 / 3 * (middle_x - end_x), end_y + 2 / 3 * (middle_y - end_y)
    return [*first, *second, end_x, end_y]


_OF_SCREENS = "backend"
"""The setting that makes matplotlib look for screens, and for the user's folder."""


_FONT_LIST = "3.11.0"
"""The version of matplotlib's list of fonts; given another, it makes its own, of its own fonts."""
_NO_FONTS: Mapping[str, object] = {
    "__class__": "FontManager",
    "_version": _FONT_LIST,
    "_FontManager__default_weight": "normal",
    "default_size": None,
    "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
    "afmlist": [],
    "ttflist": [],
}
"""A list without fonts, as matplotlib keeps it: to read forty fonts took as long as to load it."""


@cache
def load_matplotlib() -> ModuleType:
    """The library, started without the machine's fonts, settings and folders, with its own."""
    before = dict(os.environ)
    with TemporaryDirectory(prefix="patra-chart-") as folder:
        listed = Path(folder) / f"fontlist-v{_FONT_LIST}.json"
        listed.write_text(json.dumps(dict(_NO_FONTS)), encoding="utf-8")
        os.environ |= {"MPLCONFIGDIR": folder, "MPL_IGNORE_SYSTEM_FONTS": "1"}
        try:
            import matplotlib as plot  # noqa: PLC0415 - slow to load, and only letters need it
            import matplotlib.artist  # noqa: PLC0415
            import matplotlib.font_manager  # noqa: PLC0415

            _without_help(matplotlib.artist.Artist)
            import matplotlib.backends.backend_agg  # noqa: PLC0415

            usual = {k: value for k, value in plot.rcParamsDefault.items() if k != _OF_SCREENS}
            plot.rcParams.update(usual)
            plot.rcParams["axes.unicode_minus"] = False
        finally:
            os.environ.clear()
            os.environ |= before
    return plot


def _without_help(artist: Any) -> None:  # noqa: ANN401
    """The library writes a help text for each of forty classes when it is loaded: 60 ms of it."""
    if hasattr(artist, "_update_set_signature_and_docstring"):
        artist._update_set_signature_and_docstring = classmethod(lambda _class: None)


@cache
def _use_fonts(fonts: Path) -> list[str]:
    """Makes these fonts known and no other; the families to draw with, the Latin one first."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415

    fontManager.ttflist.clear()
    for path in sorted(fonts.glob(f"{FONTS}*.ttf")):
        fontManager.addfont(path.absolute())
    families = {font.name for font in fontManager.ttflist}
    return sorted(families, key=lambda name: (len(name), name))
