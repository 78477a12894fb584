"""What an officer's new margins leave too wide: the letterhead's table, the tab of the date.

Word keeps tables and tab stops where they were when margins grow. A line's end that is set against
a tab beyond the margin is then drawn outside the text, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from generator.render.docx.wordml import parse, w

_BEFORE_TABS = tuple(
    w(name)
    for name in (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
        *("numPr", "suppressLineNumbers", "pBdr", "shd"),
    )
)
"""What stands before ``w:tabs`` in a paragraph's properties (ECMA-376 Part 1, 17.3.1.26)."""
_RIGHT = ("right", "end")


def fit_to_width(elements: Iterable[etree._Element], width: int, styles: bytes) -> None:
    """Gives tables, and tab stops at the right, that are too wide the width of the text.

    Args:
        elements: A section's own, which are changed.
        width: That of its text, in twips.
        styles: The part ``word/styles.xml``.
    """
    known = {str(style.get(w("styleId"))): style for style in parse(styles).iter(w("style"))}
    for element in elements:
        for table in element.iter(w("tbl")):
            if next(table.iterancestors(w("tc")), None) is None:
                _fit_table(table, width)
        for paragraph in element.iter(w("p")):
            if next(paragraph.iterancestors(w("tc"), w("txbxContent")), None) is None:
                _fit_tabs(paragraph, width, known)


def _fit_table(table: etree._Element, width: int) -> None:
    columns = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    total = sum(int(column.get(w("w"), "0")) for column in columns)
    floats = table.find(f"{w('tblPr')}/{w('tblpPr')}") is not None
    if floats or total <= width:
        return
    cells = table.iterfind(f"{w('tr')}/{w('tc')}/{w('tcPr')}/{w('tcW')}")
    own = table.iterfind(f"{w('tblPr')}/{w('tblW')}")
    measured = (e for e in (*cells, *own) if e.get(w("type")) == "dxa")
    for element in (*columns, *measured):
        element.set(w("w"), str(int(element.get(w("w"), "0")) * width // total))


def _fit_tabs(paragraph: etree._Element, width: int, styles: Mapping[str, etree._Element]) -> None:
    stops = _stops(paragraph, styles)
    beyond = [at for at, value in stops.items() if value in _RIGHT and at > width]
    if not beyond:
        return
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    tabs = properties.find(w("tabs"))
    if tabs is None:
        tabs = etree.Element(w("tabs"))
        properties.insert(sum(child.tag in _BEFORE_TABS for child in properties), tabs)
    new = {**dict.fromkeys(beyond, "clear"), width: "right"}
    kept = [stop for stop in tabs if _at(stop) not in new]
    made = [etree.Element(w("tab"), {w("val"): v, w("pos"): str(at)}) for at, v in new.items()]
    tabs[:] = sorted((*kept, *made), key=_at)


def _stops(element: etree._Element, styles: Mapping[str, etree._Element]) -> dict[int, str]:
    """The tab stops of a paragraph, those of its style and of the styles below it included."""
    chain = [element]
    name = element.find(f"{w('pPr')}/{w('pStyle')}")
    style = None if name is None else styles.get(str(name.get(w("val"))))
    while style is not None and style not in chain:
        chain.append(style)
        name = style.find(w("basedOn"))
        style = None if name is None else styles.get(str(name.get(w("val"))))
    stops: dict[int, str] = {}
    for level in reversed(chain):
        stops |= _own_stops(level)
    return {at: value for at, value in stops.items() if value != "clear"}


def _own_stops(element: etree._Element) -> dict[int, str]:
    tabs = element.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}")
    return {_at(tab): str(tab.get(w("val"))) for tab in tabs}


def _at(stop: etree._Element) -> int:
    return int(stop.get(w("pos"), "0"))
