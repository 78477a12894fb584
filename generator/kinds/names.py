"""The names that a template uses, found without values: in every branch and every loop.

Each tag is followed as Jinja2 would follow it, with what is known of a name in the place of its
value: a loop over a list gives its variable the names of a row, a macro its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from jinja2 import TemplateSyntaxError, nodes

from generator.compose.known_names import group
from generator.kinds.nesting import Fault
from generator.kinds.tags import ANYTHING, READER
from generator.kinds.vocabulary import (
    Seen,
    Vocabulary,
    no_field,
    no_list,
    no_name,
    no_word,
    not_printable,
)
from generator.sandbox.allowed import fault_of, unknown, walk

TESTS = ("defined", "undefined", "none", "odd", "even")
MOST_STATEMENTS = 100_000
"""How many are followed: macros that call each other would have no end."""
_NUMBERS = ("index", "index0", "revindex", "revindex0", "length", "depth", "depth0")
_LOOP = group(*_NUMBERS, choices=("first", "last"))


@dataclass(frozen=True, slots=True)
class _Constant:
    value: object


@dataclass(frozen=True, slots=True)
class _Macro:
    node: nodes.Macro
    scope: Scope


_Value: TypeAlias = "Seen | _Constant | _Macro"
Scope: TypeAlias = dict[str, "_Value"]
_ANY = Seen("")


@dataclass(slots=True)
class Reading:
    """The names that a template prints, and the faults of its names.

    ``whole``: it could be read to its end.
    """

    printed: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True


def read_names(source: str, vocabulary: Vocabulary) -> Reading:
    """Follows all tags of a template that can be parsed; what may not be used is a fault.

    Args:
        source: The template, its broken tags made harmless (``tags.scan``).
        vocabulary: What it may use.
    """
    reader = _Reader(vocabulary)
    try:
        tree = READER.parse(source)
        nodes_below = list(walk(tree))
    except TemplateSyntaxError as error:
        reader.note(Fault("tags-understood", error.lineno, error.message or "not understood"))
        reader.found.whole = False
        return reader.found
    for node, line in nodes_below:
        refused = not vocabulary.macros and isinstance(node, nodes.Macro | nodes.Call)
        if fault := unknown(node) if refused else fault_of(node):
            reader.note(Fault("tags-understood", line, fault, remedy="Delete it."))
    names: Scope = {name: Seen(name, known, name) for name, known in vocabulary.names.items()}
    reader.statements(tree.body, {**names, ANYTHING: _ANY})
    return reader.found


class _Reader:
    """Follows statements and expressions; collects what they name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.found = Reading()
        self._vocabulary = vocabulary
        self._loops: set[str] = set()
        self._calls: list[tuple[int, nodes.Macro]] = []
        self._left = MOST_STATEMENTS

    def note(self, fault: Fault) -> None:
        """Notes a fault, once; one that a macro's arguments bring, where they are given."""
        if fault not in self.found.faults:
            told = replace(fault, line=self._calls[0][0]) if self._calls else fault
            self.found.faults += [told] if told not in self.found.faults else []

    def statements(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        """Follows statements in their order; what they set is known to those after them."""
        for node in body:
            self._left -= 1
            if self._left >= 0:
                self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    if not isinstance(child, nodes.TemplateData):
                        self._print(child, scope)
            case nodes.If():
                self._value(node.test, scope)
                for branch in (node.body, list(node.elif_), node.else_):
                    self.statements(branch, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.Assign():
                self._assign(node, scope)
            case nodes.Macro():
                scope[node.name] = _Macro(node, scope)
                arguments: Scope = dict.fromkeys((a.name for a in node.args), _ANY)
                self.statements(node.body, {**scope, **arguments})

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        value = self._value(node.node, scope)
        for name in node.target.find_all(nodes.Name):
            scope[name.name] = _ANY
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = value

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        targets = [node.target, *node.target.find_all(nodes.Name)]
        names = {target.name for target in targets if isinstance(target, nodes.Name)}
        self._loops |= names
        for row in self._rows(node.iter, scope):
            inside: Scope = {
                **scope,
                **dict.fromkeys(names, _ANY),
                "loop": Seen("loop", _LOOP, "loop"),
            }
            if isinstance(node.target, nodes.Name):
                name = node.target.name
                inside[name] = replace(row, written=name) if isinstance(row, Seen) else row
            if node.test:
                self._value(node.test, inside)
            self.statements(node.body, inside)
        self.statements(node.else_, scope)

    def _rows(self, node: nodes.Node, scope: Scope) -> Iterator[_Value]:
        """What the variable of a loop stands for: each text of a list in the tag, or a row."""
        if isinstance(node, nodes.List | nodes.Tuple):
            yield from (self._value(item, scope) for item in node.items)
            return
        value = self._value(node, scope)
        if not isinstance(value, Seen) or value.known is None:
            yield _ANY
        elif value.known.row:
            yield Seen(value.path, value.known.row)
            if value.known.row.printed:
                self.found.printed.add(value.path)
        else:
            self.note(no_list(value, node.lineno, self._vocabulary))
            yield _ANY

    def _print(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.CondExpr):
            self._value(node.test, scope)
            for branch in filter(None, (node.expr1, node.expr2)):
                self._print(branch, scope)
            return
        value = self._value(node, scope)
        if not isinstance(value, Seen) or value.known is None:
            return
        if value.known.printed or value.known.blocks:
            self.found.printed.add(value.path)
        else:
            self.note(not_printable(value, value.known, node.lineno, self._vocabulary))

    def _value(self, node: nodes.Node, scope: Scope) -> _Value:
        """What is known of an expression's value."""
        match node:
            case nodes.Name():
                return scope.get(node.name) or self._unknown(node.name, node.lineno, scope)
            case nodes.Const():
                return _Constant(node.value)
            case nodes.Getattr():
                return self._below(node.node, node.attr, node, scope)
            case nodes.Getitem():
                key = self._value(node.arg, scope)
                name = key.value if isinstance(key, _Constant) else None
                if isinstance(name, str):
                    return self._below(node.node, name, node, scope)
                return self._any(node.node, scope)
            case nodes.Filter() if node.node is not None:
                return self._filtered(node, scope)
            case nodes.Test():
                self._known_word("test", node.name, TESTS, node.lineno)
                return self._any(node, scope)
            case nodes.Call():
                return self._called(node, scope)
        return self._any(node, scope)

    def _any(self, node: nodes.Node, scope: Scope) -> _Value:
        """Follows all below an expression of whose value nothing is known."""
        for child in node.iter_child_nodes():
            self._value(child, scope)
        return _ANY

    def _filtered(self, node: nodes.Filter, scope: Scope) -> _Value:
        self._known_word("filter", node.name, self._vocabulary.filters, node.lineno)
        value = self._value(node.node, scope) if node.node else _ANY
        for argument in (*node.args, *node.kwargs):
            self._any(argument, scope)
            self._value(argument, scope)
        if node.name != "join" or not isinstance(value, Seen) or value.known is None:
            return value
        if value.known.row is None:
            message = f"“{value.written}” is no list, which the filter join is for"
            expected, remedy = f"{{{{ {value.written} }}}}", "Print it without the filter."
            self.note(Fault("names-known", node.lineno, message, expected, remedy))
        return replace(value, known=value.known.row)

    def _known_word(self, what: str, name: str, known: tuple[str, ...], line: int) -> None:
        if name not in known:
            self.note(no_word(what, name, known, line))

    def _called(self, node: nodes.Call, scope: Scope) -> _Value:
        macro = self._value(node.node, scope)
        values = [self._value(argument, scope) for argument in node.args]
        if isinstance(macro, _Macro) and macro.node not in (called for _, called in self._calls):
            arguments = dict.fromkeys((a.name for a in macro.node.args), _ANY)
            names = (argument.name for argument in macro.node.args)
            given: Scope = dict(zip(names, values, strict=False))
            given |= {k.key: self._value(k.value, scope) for k in node.kwargs}
            self._calls.append((node.lineno, macro.node))
            self.statements(macro.node.body, {**macro.scope, **arguments, **given})
            self._calls.pop()
        return macro if isinstance(macro, Seen) else _ANY

    def _below(self, node: nodes.Expr, name: str, whole: nodes.Expr, scope: Scope) -> _Value:
        """What a name behind a dot stands for."""
        chain = _chain(whole)
        if chain and chain[0] not in scope:
            return self._unknown(".".join(chain), whole.lineno, scope)
        value = self._value(node, scope)
        if not isinstance(value, Seen) or value.known is None:
            return _ANY
        path = f"{value.path}.{name}"
        found = value.known.fields.get(name) or value.known.every
        if found is None:
            if not name.startswith("_"):  # refused by the sandbox's own list
                self.note(no_field(value, name, whole.lineno, self._vocabulary))
            return _ANY
        return Seen(path, found, f"{value.written}.{name}")

    def _unknown(self, path: str, line: int, scope: Scope) -> _Value:
        own = [name for name in scope if name != ANYTHING]
        self.note(no_name(path, line, self._vocabulary, own, self._loops))
        return _ANY


def _chain(node: nodes.Node) -> list[str]:
    """The names of ``a.b.c``; empty where it begins with something else."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        before = _chain(node.node)
        return [*before, node.attr] if before else []
    return []
