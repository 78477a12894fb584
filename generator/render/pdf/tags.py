"""What the engine leaves out of the tag tree: languages, the labels of items, scopes of heads."""

from __future__ import annotations

from typing import Any

import pydyf

LABEL = "label"
"""The class of an item's label, as ``html_blocks.py`` writes it."""
SCOPES = {"col": "/Column", "row": "/Row"}


def keep_source(element: Any, box: Any) -> None:  # noqa: ANN401
    """Notes the HTML element of a structure element, by which its halves are known (``tree.py``).

    For the page's html and body the engine gives the parts in them again.
    """
    if not hasattr(element, "source"):
        element.source = box.element


def add_language(element: Any, box: Any) -> None:  # noqa: ANN401
    """Gives a structure element the ``lang`` of its HTML element (ISO 32000-1, 14.9.2).

    What lies in it inherits it. For the page's html and body the engine gives the parts in them,
    so that each top part says its language.
    """
    language = box.element is not None and box.element.get("lang")
    if language and "Lang" not in element:
        element["Lang"] = pydyf.String(language)


def add_scope(element: Any, box: Any) -> None:  # noqa: ANN401
    """Says of a head's cell what it heads: its column or its row (ISO 14289-1, 7.5)."""
    if element["S"] == "/TH" and (scope := SCOPES.get(box.element.get("scope"))):
        element["A"]["Scope"] = scope


def move_label(element: Any, box: Any, parent: Any, pdf: Any) -> bool:  # noqa: ANN401
    """Makes an item's label a Lbl beside the item's body, where the engine puts it into the body.

    A list item holds a Lbl and an LBody (ISO 32000-1, 14.8.4.3.3).

    Returns:
        Whether the element was moved: then the body does not hold it.
    """
    if parent["S"] != "/LBody" or box.element is None or box.element.get("class") != LABEL:
        return False
    number, _generation, _r = parent["P"].split()
    item = pdf.objects[int(number)]
    element["S"], element["P"] = "/Lbl", item.reference
    item["K"].append(element.reference)  # the engine adds the body when it is complete
    return True
