"""A logo that takes from elsewhere or grows without end is refused before any number is given."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from generator.inputs.logo import fault_in_logo
from tests.command import patra_json
from tests.small import Small, make_small

SECRET = "root:x:0:0"  # noqa: S105 - how a file begins that no letter may print
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" '
    'width="40" height="40">{}</svg>'
)
BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n + 1};" * 10}">' for n in range(9)) + '<!ENTITY b9 "lol">'
USES = "".join(f'<g id="a{n}">{f"""<use x:href="#a{n + 1}"/>""" * 10}</g>' for n in range(9))
WEB, MACHINE = "http://192.0.2.1/a.png", "file:///etc/passwd"
SPOILT = {
    "a picture of the network": (SVG.format(f'<image x:href="{WEB}"/>'), WEB),
    "a picture of the machine": (SVG.format(f'<image href="{MACHINE}"/>'), MACHINE),
    "a picture of the folder": (SVG.format('<image href="seal.png"/>'), "seal.png"),
    "a picture in a letter": (SVG.format('<image href="data:image/png;base64,AA"/>'), "data:"),
    "a shape of elsewhere": (SVG.format(f'<use x:href="{MACHINE}#a"/>'), MACHINE),
    "a filter's picture": (SVG.format(f'<filter><feImage href="{WEB}"/></filter>'), WEB),
    "an attribute's address": (SVG.format(f'<rect fill="url({MACHINE}#a)"/>'), MACHINE),
    "an address with spaces": (SVG.format(f"<rect style=\"fill: URL( '{WEB}' )\"/>"), WEB),
    "a style's address": (SVG.format(f"<style>rect {{ fill: url({WEB}) }}</style>"), WEB),
    "a style's import": (SVG.format(f'<style>@import "{MACHINE}";</style>'), MACHINE),
    "another base": (SVG.format('<g xml:base="file:///etc/"/>'), "file:///etc/"),
    "a style beside it": (f'<?xml-stylesheet href="{WEB}"?>{SVG.format("")}', "xml-stylesheet"),
    "a script": (SVG.format("<script>while (1) {}</script>"), "<script>"),
    "a page in it": (SVG.format("<foreignObject/>"), "<foreignObject>"),
    "another file in it": (
        SVG.format(f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{MACHINE}"/>'),
        "<include>",
    ),
    "letters": (SVG.format("<text>नमूना</text>"), "paths"),
    "entities without end": (f"<!DOCTYPE svg [{BOMB}]>{SVG.format('&b0;')}", "entit"),
    "an entity of the machine": (
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{MACHINE}">]>{SVG.format("&a;")}',
        "entities",
    ),
    "shapes without end": (
        SVG.format(f'{USES}<rect id="a9" width="1" height="1"/>'),
        "more than 20,000 shapes",
    ),
    "a shape inside itself": (SVG.format('<g id="a"><use href="#a"/></g>'), "inside itself"),
    "no picture": ("<html/>", "cannot be read"),
    "no markup": ("logo", "cannot be read"),
    "too much": (SVG.format(f"<!--{'x' * 5_000_000}-->"), "larger than"),
}


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """An SVG's place, its PNG beside it."""
    Image.new("RGB", (40, 40)).save(tmp_path / "logo.png")
    return tmp_path / "logo.svg"


@pytest.mark.parametrize(("source", "told"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_drawing_is_refused_in_a_moment(logo: Path, source: str, told: str) -> None:
    logo.write_text(source, "utf-8")
    began = time.monotonic()

    fault = fault_in_logo(logo)

    assert fault
    assert told in fault
    assert SECRET not in fault
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><g id="a"><rect width="9" height="9"/></g></defs><use x:href="#a"/><use href="#a"/>',
        '<linearGradient id="g"/><rect width="9" height="9" fill="url(#g)"/>',
        "<style>rect { fill: url('#g') }</style><title>नमूना</title>",
        '<metadata about="http://host.example/licence"/>',
    ],
)
def test_a_drawing_of_shapes_is_fit(logo: Path, inside: str) -> None:
    public = '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'
    logo.write_text(f"<!DOCTYPE svg PUBLIC {public}>{SVG.format(inside)}", "utf-8")

    assert fault_in_logo(logo) is None


def picture(form: str, size: tuple[int, int] = (40, 40)) -> bytes:
    """The bytes of a picture."""
    buffer = io.BytesIO()
    Image.new("1" if form == "PNG" else "RGB", size).save(buffer, form)
    return buffer.getvalue()


PICTURES = {
    "a bomb": (picture("PNG", (30_000, 30_000)), "dots"),
    "the beginning of one": (picture("PNG", (300, 300))[:60], "cannot be read"),
    "another kind": (picture("GIF"), "cannot be read"),
    "nothing": (b"", "cannot be read"),
}


@pytest.mark.parametrize(("data", "told"), PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("twin", [False, True])
def test_a_spoilt_picture_is_refused_also_as_words(
    logo: Path, data: bytes, told: str, twin: bool
) -> None:
    png = logo.with_suffix(".png")
    png.write_bytes(data)
    logo.write_text(SVG.format(""), "utf-8")

    fault = fault_in_logo(logo if twin else png)

    assert fault
    assert told in fault
    assert ("logo.png" in fault) == twin


def test_a_drawing_needs_a_picture_for_word(logo: Path) -> None:
    logo.write_text(SVG.format(""), "utf-8")
    logo.with_suffix(".png").unlink()

    assert "logo.png" in (fault_in_logo(logo) or "")


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_fit(tmp_path: Path, form: str) -> None:
    (tmp_path / "logo").write_bytes(picture(form))

    assert fault_in_logo(tmp_path / "logo") is None


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """An edition that names a logo."""
    small = make_small(tmp_path / "small")
    small.edit("edition.toml", "[letterhead]\n", '[letterhead]\nlogo = "logo.svg"\n')
    Image.new("RGB", (40, 40)).save(small.edition / "logo.png")
    return small


def test_no_letter_has_a_number_when_the_logo_takes_from_elsewhere(small: Small) -> None:
    (small.edition / "logo.svg").write_text(SVG.format(f'<image href="{WEB}"/>'), "utf-8")

    told = patra_json("issue", small.edition, "--root", small.root, code=3)

    (finding,) = told["findings"]
    assert WEB in finding["message"]
    assert "logo" in finding["message"]
    assert finding["where"]["file"].endswith("edition.toml")
    assert "PNG" in finding["remedy"]
    assert small.written() == []


def test_a_logo_that_is_a_link_to_elsewhere_is_refused(small: Small, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SVG.format(""), "utf-8")
    (small.edition / "logo.svg").symlink_to(tmp_path / "secret.svg")

    told = patra_json("check", small.edition, "--root", small.root, code=3)

    assert "link to a file elsewhere" in told["findings"][0]["message"]
