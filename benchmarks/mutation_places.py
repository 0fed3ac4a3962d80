"""The places of a module that a mutation can change, and what each may become."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
LEAVES = (ast.Continue, ast.Break, ast.Return)
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutation:
    """One changed place of one file."""

    path: str
    line: int
    was: str
    becomes: str
    text: str


def places(path: str, source: str) -> Iterator[list[Mutation]]:
    """Yield for each place of a source that can be mutated what it may become."""
    whole = source.encode()
    rows = whole.splitlines(keepends=True)
    for node, others in _nodes(ast.parse(source)):
        begin = sum(map(len, rows[: node.lineno - 1])) + node.col_offset
        end = sum(map(len, rows[: node.end_lineno - 1])) + node.end_col_offset
        found = []
        for other in others:
            new = ast.unparse(other)
            # The context may bind closer than what stands there now.
            new = f"({new})" if isinstance(node, ast.BoolOp | ast.UnaryOp) else new
            text = (whole[:begin] + new.encode() + whole[end:]).decode()
            found.append(Mutation(path, node.lineno, ast.unparse(node), new, text))
        yield found


def _nodes(node: ast.AST) -> Iterator[tuple[Any, list[ast.AST]]]:
    """Walk code, past what only speaks or checks types."""
    if isinstance(node, ast.Assert | ast.Raise | ast.JoinedStr):
        return
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if others := list(_others(node)):
        yield node, others
    if isinstance(node, ast.If) and not node.orelse and isinstance(node.body[0], LEAVES):
        yield node.body[0], [ast.Pass()]
    for name, field in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST):
                yield from _nodes(child)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in place of a node."""
    other: Any = copy.deepcopy(node)
    match node:
        case ast.Compare():
            for k, op in enumerate(node.ops):
                changed = copy.deepcopy(node)
                changed.ops[k] = COMPARED[type(op)]()
                yield changed
        case ast.BinOp(op=ast.Add() | ast.Sub()) | ast.AugAssign(op=ast.Add() | ast.Sub()):
            other.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield other
        case ast.BoolOp():
            other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield other
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield ast.Constant(node.value + 1)
            yield ast.Constant(node.value - 1)
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in CALLED:
            setattr(other.func, "id" if isinstance(node.func, ast.Name) else "attr", CALLED[called])
            yield other
