"""Computed styles that letters share: what one letter has found out of a sheet, the next reads.

The engine computes the styles of each document anew, for each element and for seven pseudo-elements
of each, though letters of one kind have the same hundred. Here a style is known by its parent's and
by the rules that match, as the engine knows it within a document, and stays for the letters after.

What a style says may depend on nothing else. Of a sheet by which the engine writes into a style
afterwards (markers of lists, notes) or asks for the page's size (vw), nothing is kept: the write
raises ``UnkeptError`` before it is done, and the document is laid out in the engine's own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from math import inf
from typing import Any

from generator.render.pdf.engine import paging, styling

STYLES = 4_000
"""Sets of rules whose styles are kept: ten times as many as a kind has."""
NOT_COUNTED = {"@footnote", "@note-area"}
"""Areas of a page that are no margin boxes: the engine leaves their counters as they are."""


class UnkeptError(BaseException):
    """A style would be changed, or depends on the page; not for the engine to catch."""


class Watched:
    """A style that only computes itself: nobody else may write into it."""

    computing = 0
    serial: int
    """No other style has it."""
    flows: bool | None = None
    sharp: bool | None = None
    """What ``flow.py`` keeps."""

    def __missing__(self, key: str) -> object:
        self.computing += 1
        try:
            return super().__missing__(key)  # type: ignore[misc]
        finally:
            self.computing -= 1

    def __setitem__(self, key: str, value: object) -> None:
        if not self.computing and self[key] != value:  # type: ignore[index]
            raise UnkeptError
        super().__setitem__(key, value)  # type: ignore[misc]


class _KeptAnonymous(Watched, styling.AnonymousStyle):  # type: ignore[misc]
    """The style of boxes that stand for no element."""


class KeptStyle(Watched, styling.ComputedStyle):  # type: ignore[misc]
    """A style of many documents."""

    settled = False

    def __init__(self, kept: KeptStyles, *rest: object) -> None:
        self.serial = next(kept.serials)
        self._sizes = kept.page_sizes
        super().__init__(*rest, kept.page_sizes)

    @property
    def initial_page_sizes(self) -> object:
        """Asked for by lengths that are parts of the page's."""
        raise UnkeptError

    @initial_page_sizes.setter
    def initial_page_sizes(self, sizes: object) -> None:
        """The engine's constructor sets it."""

    @property
    def anonymous_style(self) -> object:
        """As the engine's, but watched."""
        if (style := self.__dict__.get("_anonymous")) is None:
            style = self.__dict__["_anonymous"] = _KeptAnonymous(self)
            style.serial = -self.serial
        return style

    def copy(self) -> object:
        """A style of one document, which may be changed."""
        style = styling.ComputedStyle(
            self.parent_style, self.cascaded, self.pseudo_type, self.root_style, self.base_url,
            self.font_config, self._sizes,
        )  # fmt: skip
        style.update(self)
        style.specified = self.specified.copy()
        return style


class KeptStyles:
    """The styles of one sheet, by parent and matching rules."""

    def __init__(self) -> None:
        self.serials = count(1)
        self.page_sizes: dict[str, Any] = {}
        self._sheets: Sequence[tuple[Any, str, Any]] = ()
        self.known: dict[tuple[object, ...], Any] = {}

    def begin(self, sheets: Sequence[tuple[Any, str, Any]]) -> bool:
        """Whether a document's sheets are those whose styles are kept; forgets its pages' sizes."""
        self.page_sizes.update(box=None, area=None)
        self._sheets = self._sheets or sheets
        return len(sheets) == len(self._sheets) and all(
            one[0] is other[0] and one[1:] == other[1:]
            for one, other in zip(sheets, self._sheets, strict=True)
        )

    def keep(self, key: tuple[object, ...], styles: Any) -> Any:  # noqa: ANN401
        """Keeps what is made for a key, and returns it."""
        if len(self.known) >= STYLES:
            self.known.clear()
        self.known[key] = styles
        return styles


class StyleFor(styling.StyleFor):  # type: ignore[misc]
    """The engine's, but that it reads and adds to the styles kept with the fonts."""

    def __init__(
        self,
        html: Any,  # noqa: ANN401
        sheets: Any,  # noqa: ANN401
        hints: bool,
        font_config: Any,  # noqa: ANN401
        targets: Any,  # noqa: ANN401
    ) -> None:
        self._kept: Any = getattr(font_config, "kept", None)
        if self._kept is None or hints or not self._kept.begin(sheets):
            self._kept = None
            super().__init__(html, sheets, hints, font_config, targets)
            return
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = self._kept.page_sizes
        self._sheets, self.font_config, self._base = sheets, font_config, html.base_url
        self._compute(html, targets)

    def _compute(self, html: Any, targets: Any) -> None:  # noqa: ANN401
        own: dict[Any, list[Any]] = {}
        for specificity, element, declarations, _base in styling.find_style_attributes(
            html.etree_element, False, html.base_url
        ):
            own.setdefault(element, []).append((specificity, tuple(declarations)))
        computed, anchors = self._computed_styles, []
        for element in html.wrapper_element.iter_subtree():
            node = element.etree_element
            parent = computed[element.parent.etree_element, None] if element.parent else None
            for pseudo_type, style in self._styles(element, parent, own.get(node, ())):
                computed[node, pseudo_type] = style
                if pseudo_type:
                    anchors.append(style)
                elif style["anchor"]:
                    targets.collect_anchor(style["anchor"])
        for style in anchors:
            if style["anchor"]:
                targets.collect_anchor(style["anchor"])

    def _styles(self, element: Any, parent: Any, own: Any) -> Any:  # noqa: ANN401
        """The styles of an element and of its pseudo-elements."""
        matches = [sheet.matcher.match(element) for sheet, _origin, _specificity in self._sheets]
        node = element.etree_element
        said = (node.tag, *sorted(node.items())) if own else ()
        rules = (tuple(match[1] for match in matched) for matched in matches)
        key = (parent.serial if parent is not None else 0, said, *rules)
        return self._kept.known.get(key) or self._kept.keep(key, self._make(parent, own, matches))

    def _make(self, parent: Any, own: Any, matches: Any) -> list[tuple[str | None, KeptStyle]]:  # noqa: ANN401
        cascaded: dict[str | None, dict[str, Any]] = {None: {}}
        for pseudo_type, declarations, origin, layer, specificity in self._rules(own, matches):
            style = cascaded.setdefault(pseudo_type, {})
            for name, values, importance in declarations:
                precedence = styling.declaration_precedence(origin, importance)
                weight = (precedence, layer, specificity)
                before = style.get(name, (None, None))[1]
                if before is None or before <= weight:
                    style[name] = values, weight
        main = self._style(parent, cascaded.pop(None), None)
        return [
            (None, main),
            *((name, self._style(main, rules, name)) for name, rules in cascaded.items()),
        ]

    def _rules(self, own: Any, matches: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        """What an element's attributes and then the sheets say of it."""
        for specificity, declarations in own:
            said = list(styling.preprocess_declarations(self._base, declarations))
            yield None, said, "author", inf, specificity
        for (sheet, origin, of_sheet), matched in zip(self._sheets, matches, strict=True):
            for specificity, _order, pseudo_type, (declarations, layer) in matched:
                place = inf if layer is None else sheet.layers.index(layer)
                yield pseudo_type, declarations, origin, place, of_sheet or specificity

    def _style(self, parent: Any, cascaded: Any, pseudo_type: str | None) -> KeptStyle:  # noqa: ANN401
        """A new style; the root's inherits from what is initial."""
        root = parent
        while root is not None and root.parent_style is not None:
            root = root.parent_style
        root = styling.InitialStyle(self.font_config) if root is None else root
        rest = (parent, cascaded, pseudo_type, root, self._base, self.font_config)
        return KeptStyle(self._kept, *rest)

    def set_computed_styles(
        self,
        element: Any,  # noqa: ANN401
        parent: Any,  # noqa: ANN401
        root: Any = None,  # noqa: ANN401
        pseudo_type: str | None = None,
        **rest: Any,  # noqa: ANN401
    ) -> None:
        """Of a page or a margin box."""
        if self._kept is None:
            super().set_computed_styles(element, parent, root, pseudo_type, **rest)
            return
        above = self._computed_styles[parent, None]
        cascaded = self._cascaded_styles.get((element, pseudo_type), {})
        rules = ((name, id(value), repr(weight)) for name, (value, weight) in cascaded.items())
        key = (above.serial, "@page", pseudo_type, *rules)
        style = self._kept.known.get(key)
        if style is None:
            style = self._kept.keep(key, self._style(above, cascaded, pseudo_type))
            if pseudo_type not in NOT_COUNTED:
                _count_pages(style, pseudo_type)
        self._computed_styles[element, pseudo_type] = style

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:  # noqa: ANN401
        """The style; the engine writes into those of tables, always the same."""
        style = self._computed_styles.get((element, pseudo_type))
        if not isinstance(style, KeptStyle):
            return super().__call__(element, pseudo_type)
        if not style.settled:
            style.computing += 1
            super().__call__(element, pseudo_type)
            style.computing -= 1
            style.settled = True
        return style


def _count_pages(style: KeptStyle, pseudo_type: str | None) -> None:
    """What the engine does to the counters of a page and of its boxes before it reads them."""
    counted: list[tuple[Any, str | None]] = [(style, pseudo_type)]
    if pseudo_type is None:
        counted.append((style.anonymous_style, "@"))  # of margin boxes that the sheet leaves out
    for one, name in counted:
        one.computing += 1
        paging._standardize_page_based_counters(one, name)
        one.computing -= 1


StyleFor.__wrapped__ = styling.StyleFor
