"""Which of Jinja2's tags a template may hold, and where it pays for them."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from generator.sandbox.faults import TOO_DEEP

DEEPEST = 100
"""How deep tags, and what stands in them, may lie in one another."""
_ALLOWED = {
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Macro),
    *(nodes.Assign, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter),
    *(nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
    *(nodes.Call, nodes.Keyword, nodes.Tuple, nodes.List),
}
PAY, PAY_LOOP = "pay", "pay for each"
"""Filters that no template can name, since its reader puts them in and refuses them else."""


def walk(tree: nodes.Template) -> Iterator[tuple[nodes.Node, int]]:
    """All below a template, with their lines."""
    ahead: list[tuple[nodes.Node, int, int]] = [(tree, 1, 0)]
    while ahead:
        node, above, depth = ahead.pop()
        line = node.lineno or above
        if depth > DEEPEST:
            raise TemplateSyntaxError(TOO_DEEP, line)
        yield node, line
        children = list(node.iter_child_nodes())
        ahead.extend((child, line, depth + 1) for child in reversed(children))


def unknown(node: nodes.Node) -> str:
    """Why a template may not hold a node that is not in the list."""
    return f"“{type(node).__name__.lower()}” may not be used in a text or template"


def fault_of(node: nodes.Node) -> str | None:
    """Why a template may not hold a node."""
    match node:
        case _ if type(node) not in _ALLOWED:
            return unknown(node)
        case nodes.Getattr(attr=str(name)) | nodes.Getitem(arg=nodes.Const(value=str(name))):
            return f"the attribute “{name}” is unsafe" if name.startswith("_") else None
        case nodes.Filter(name=name) if name in (PAY, PAY_LOOP):
            return f"No filter named {name!r}."
        case nodes.Filter() if node.dyn_args or node.dyn_kwargs:
            return "a filter may not spread a list"
        case nodes.Call() if node.dyn_args or node.dyn_kwargs:
            return "a call may not spread a list"
        case nodes.For(recursive=True):
            return "a loop may not be recursive"
        case nodes.Tuple(ctx="load") | nodes.List():
            return (
                None
                if all(isinstance(item, nodes.Const) for item in node.items)
                else ("a list in a tag may hold texts and numbers only")
            )
    return None


def put_in_payment(node: nodes.Node) -> None:
    """Loops and macros pay for their own text and their rounds, comparisons for what they read."""
    match node:
        case nodes.For():
            price = nodes.Const(sum(map(_own_text, node.body)))
            node.iter = _filter(node.iter, PAY_LOOP, price)
        case nodes.Macro():
            price = nodes.Const(sum(map(_own_text, node.body)))
            node.body.insert(0, nodes.ExprStmt(_filter(nodes.Const(None), PAY, price)))
        case nodes.Compare() | nodes.Operand():
            if not isinstance(node.expr, nodes.Const):
                node.expr = _filter(node.expr, PAY)


def _filter(value: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    lineno = value.lineno or 1  # what we put in has none
    return nodes.Filter(value, name, list(arguments), [], None, None, lineno=lineno)


def _own_text(node: nodes.Node) -> int:
    """How many characters a part of a loop or macro prints by itself, without loops inside it."""
    if isinstance(node, nodes.For | nodes.Macro):
        return 0
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    return sum(map(_own_text, node.iter_child_nodes()))
