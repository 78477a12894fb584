"""An overview → HTML: markup, style and script in one file, which no browser lets reach out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.index.concealed import Concealer
from generator.index.lines import Overview
from generator.locales import LANGUAGES, OWN, format_date, format_number, label
from generator.model import Language

INDEX = "index.html"
HERE = Path(__file__).parent


def render_index(overview: Overview) -> Iterator[bytes]:
    """The page piece by piece; the same bytes for the same overview.

    Raises:
        TemplateError: A label has no translation.
    """
    style, script = (_inline(name) for name in ("index.css", "index.js"))
    template = _environment().get_template("index.html.jinja")
    pieces = template.generate(
        overview=overview,
        edition=overview.edition,
        concealer=Concealer(overview.edition, overview.former),
        style=style,
        script=script,
        policy=_policy(style, script),
    )
    for piece in pieces:
        yield piece.encode()
    yield b"\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"languages": list(OWN), "label": label}
    environment.filters |= {
        "tag": _tag,
        "date": format_date,
        "kilobytes": _kilobytes,
        "data_uri": _data_uri,
        "breakable": _breakable,
    }
    return environment


def _inline(name: str) -> Markup:
    """A file of ours as it stands: browsers compare its hash with the page's policy."""
    return Markup((HERE / name).read_text("utf-8"))  # noqa: S704 - no text of a user is in it


def _policy(style: str, script: str) -> str:
    """The page's Content-Security-Policy: its own style and script, pictures in it, no more."""
    rules = {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _tag(language: Language) -> str:
    return LANGUAGES[language].tag


def _kilobytes(size: int) -> str:
    """A size as it is printed, at least 1."""
    return format_number(Decimal(max(1, -(-size // 1024))), "en")


def _breakable(number: str) -> Markup:
    """A number that may go on in the next line after each of its slashes."""
    return Markup("/<wbr>").join(number.split("/"))


def _data_uri(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode()
