"""Formulas as data: `weight * min(1, value / target)`; four operations, min, max, given names."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from liandong.errors import InputError, Text

NAMES = frozenset({"value", "target", "weight", "count"})
MOST = 200
Known = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read. text: as written. names: what it asks for."""

    text: str
    names: frozenset[str]

    def of(self, known: Known) -> Decimal | None:
        """Its value; None if anything it asks for is unknown, or it divides by nothing."""
        try:
            return _value(ast.parse(self.text, mode="eval").body, known)
        except (DivisionByZero, InvalidOperation, Overflow, _UnknownError):
            return None


class _UnknownError(Exception):
    """A name without a value."""


def parse_formula(text: str, names: frozenset[str] = NAMES) -> Formula:
    """Read a formula. Raises InputError for anything but numbers, + - * /, min, max and the names."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None or len(text) > MOST or not _sound(tree, names):
        known = ", ".join(sorted(names))
        raise InputError(
            Text(
                f"公式“{text[:80]}”读不懂。可用:数字、+ - * /、min、max 和 {known}。",
                f'The formula "{text[:80]}" cannot be read. Use numbers, + - * /, min, max and {known}.',
            ),
            field="points",
        )
    return Formula(
        text.strip(), frozenset(each.id for each in ast.walk(tree) if isinstance(each, ast.Name)) & names
    )


def _sound(node: ast.AST, names: frozenset[str]) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.Name(id=name):
            return name in names
        case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
            return _sound(left, names) and _sound(right, names)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _sound(operand, names)
        case ast.Call(func=ast.Name(id="min" | "max"), args=args, keywords=[]) if args:
            return all(_sound(each, names) for each in args)
    return False


def _value(node: ast.AST, known: Known) -> Decimal:
    match node:
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.Name(id=name):
            found = known.get(name)
            if found is None:
                raise _UnknownError
            return found
        case ast.UnaryOp(operand=operand):
            return -_value(operand, known)
        case ast.Call(func=ast.Name(id=name), args=args):
            return (min if name == "min" else max)(_value(each, known) for each in args)
        case ast.BinOp(left=left, right=right, op=op):
            a, b = _value(left, known), _value(right, known)
            if isinstance(op, ast.Add):
                return a + b
            if isinstance(op, ast.Sub):
                return a - b
            return a * b if isinstance(op, ast.Mult) else a / b
    raise _UnknownError
