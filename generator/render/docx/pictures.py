"""Pictures in the text's line: the logo that the office supplies, and charts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from markupsafe import escape

from generator.content import Chart, Letterhead, picture_for_word
from generator.errors import RenderError
from generator.render.chart import WIDTH, height_of

_EMU_A_MILLIMETRE = 36_000
_BOX = (24 * _EMU_A_MILLIMETRE, 22 * _EMU_A_MILLIMETRE)
_CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to stand in a package: its part, and the relationship that points to it."""

    data: bytes
    extension: str
    width: int
    height: int
    """Width and height on paper in EMU (1/914400 inch)."""
    name: str = "Logo"

    @property
    def content_type(self) -> str:
        """The part's MIME type."""
        return _CONTENT_TYPES[self.extension]

    @property
    def relationship(self) -> str:
        """The same picture has the same id in every section."""
        return f"rId{self.name}{hashlib.sha256(self.data).hexdigest()[:12]}"

    @property
    def part(self) -> str:
        """The part's name in the package."""
        return f"word/media/{self.relationship}.{self.extension}"


def read_logo(file: Path) -> Picture:
    """Reads a PNG or JPEG; for an SVG the PNG beside it.

    Raises:
        RenderError: There is no such picture, or it is of another kind.
    """
    file = picture_for_word(file)
    try:
        data = file.read_bytes()
        image = Image.from_blob(data)
    except (OSError, UnrecognizedImageError) as error:
        raise _no_picture(file) from error
    if image.ext not in _CONTENT_TYPES:
        raise _no_picture(file)
    scale = min(_BOX[0] / image.px_width, _BOX[1] / image.px_height)
    return Picture(data, image.ext, round(image.px_width * scale), round(image.px_height * scale))


def _no_picture(file: Path) -> RenderError:
    return RenderError(
        f"The logo {file.name} cannot be read as a PNG or JPEG picture.",
        "Put a PNG of the logo into the edition's folder (for logo.svg: logo.png beside it).",
    )


def chart_picture(chart: Chart, png: bytes) -> Picture:
    """A chart's drawing as wide as a page's text."""
    width, height = (round(side * _EMU_A_MILLIMETRE) for side in (WIDTH, height_of(chart)))
    return Picture(png, "png", width, height, name="Chart")


def logo_drawing(logo: Picture, letterhead: Letterhead) -> str:
    """The logo, described by the organisation's name for who cannot see it."""
    return picture_drawing(logo, letterhead.right[0].text if letterhead.right else "")


def picture_drawing(picture: Picture, alt: str) -> str:
    """A picture as ``w:drawing`` in the text's line, with its alternative text."""
    a = "http://schemas.openxmlformats.org/drawingml/2006"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    size = f'cx="{picture.width}" cy="{picture.height}"'
    properties = f'id="1" name="{picture.name}" descr="{escape(alt)}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{a}/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {properties}/><a:graphic xmlns:a="{a}/main"><a:graphicData uri="{a}/picture">'
        f'<pic:pic xmlns:pic="{a}/picture"><pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{r}" r:embed="{picture.relationship}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
