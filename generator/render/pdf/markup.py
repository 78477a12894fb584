"""What a page's markup or look names, and the PDF's engine would pass over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

_ADDRESSES = {
    *("action", "archive", "background", "cite", "classid", "code"),
    *("codebase", "data", "formaction", "href", "http-equiv", "icon"),
    *("imagesrcset", "longdesc", "manifest", "ping", "poster", "profile"),
    *("src", "srcdoc", "srcset", "usemap"),
}
_FETCHED = frozenset({("img", "src"), ("link", "href"), ("base", "href")})
"""Of these the engine asks for the file, and is refused one from elsewhere."""
_BROWSERS = {
    *("applet", "audio", "button", "canvas", "dialog", "embed"),
    *("form", "frame", "frameset", "iframe", "input", "math"),
    *("noscript", "object", "picture", "portal", "script", "select"),
    *("source", "template", "textarea", "track", "video"),
}
"""Elements that do something in a browser, and in a letter nothing or the wrong thing."""


def faults_in_markup(root: Any) -> Iterator[str]:  # noqa: ANN401 - the engine's own tree
    """Elements that name a file or page elsewhere, or are for browsers only.

    Args:
        root: The page's ``html`` element, as an ElementTree.
    """
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        name = _local(element.tag)
        if name in _BROWSERS:
            yield f"<{name}> is for browsers"
        for attribute, value in element.attrib.items():
            local = _local(attribute)
            address = str(value).strip()
            linked = name == "link" and "stylesheet" in str(element.get("rel", "")).split()
            fetched = linked if name == "link" else (name, local) in _FETCHED
            if local in _ADDRESSES and not fetched and not address.startswith("#"):
                yield f'<{name} {local}="{address[:120]}"> is from elsewhere'


def families_in(pages: Iterable[Any]) -> set[str]:
    """The families of fonts that the look names for any text of laid-out pages."""
    return {
        str(family)
        for page in pages
        for box in page._page_box.descendants()
        if getattr(box, "text", "")
        for family in box.style["font_family"]
    }


def unknown_families(named: Set[str], known: Set[str]) -> str:
    """Families that no ``@font-face`` loads: the engine takes another one in their place."""
    lower = {name.casefold() for name in known}
    return ", ".join(sorted(name for name in named if name.casefold() not in lower))


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()
