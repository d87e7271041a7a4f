"""The little language in which an op's row says how its call is written for Keras 3.

A template is a Python expression. Names of the op's parameters stand for the arguments given:

    keras.ops.mean(input_tensor, axis=axis, keepdims=keepdims)

An argument of the template whose parameter isn't given is left out. `axis=axis | 0` puts 0 there
instead. A name in capitals is a converter: `dtype=DTYPE(dtype)` writes the argument through the
function of that name in `k3ls.rules.rewriting.converters`. With `*inputs`, positional arguments
behind those that the op names are kept; with `**others`, keyword arguments that neither it nor a
condition names. Anything else is written as it stands.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

OPEN, CLOSE = "\N{LEFT WHITE CURLY BRACKET}", "\N{RIGHT WHITE CURLY BRACKET}"


@dataclass(frozen=True, slots=True)
class TemplateArgument:
    """An argument of a template's call.

    Attributes:
        keyword: the keyword it is written with, None for a positional one.
        hole: the op's parameter in it, None where it has none.
        converter: the converter's name.
        fallback: the source to write where the parameter isn't given.
        prefix: what stands around the hole.
        suffix: the same, behind it.
    """

    keyword: str | None
    hole: str | None
    converter: str | None = None
    fallback: str | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class CallTemplate:
    """A template that is one call with at most one parameter in each argument.

    Attributes:
        passes_others: whether keyword arguments that it doesn't name stay as they are.
        passes_more: whether positional arguments behind those that the op names do.
    """

    function: str
    arguments: tuple[TemplateArgument, ...]
    passes_others: bool = False
    passes_more: bool = False


@cache
def parse(template: str, parameters: tuple[str, ...]) -> CallTemplate | None:
    """The template as a call that can be made by editing the op's call in place.

    None if it isn't: another kind of expression, two parameters in one argument, or one
    parameter twice.
    """
    tree = ast.parse(template, mode="eval").body
    if not isinstance(tree, ast.Call) or parameters_in(tree.func, parameters):
        return None
    if isinstance(tree.func, ast.Name) and tree.func.id.isupper():
        return None
    listed = [value for value in tree.args if not isinstance(value, ast.Starred)]
    arguments = [_argument(None, value, parameters) for value in listed]
    named = [one for one in tree.keywords if one.arg is not None]
    arguments += [_argument(one.arg, one.value, parameters) for one in named]
    found = tuple(argument for argument in arguments if argument is not None)
    holes = [argument.hole for argument in found if argument.hole is not None]
    if len(found) < len(arguments) or len(set(holes)) < len(holes):
        return None
    # What is added to a call goes to its end: there a positional argument has no place.
    if any(one.hole is None and one.keyword is None for one in found):
        return None
    more = len(listed) < len(tree.args)
    return CallTemplate(ast.unparse(tree.func), found, len(named) < len(tree.keywords), more)


def _argument(
    keyword: str | None, value: ast.expr, parameters: tuple[str, ...]
) -> TemplateArgument | None:
    fallback = None
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        fallback = written(value.right)
        value = value.left
    converter = None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id.isupper():
        converter = value.func.id
        value = value.args[0]
    holes = parameters_in(value, parameters)
    if not holes:
        return TemplateArgument(keyword, None, fallback=written(value))
    if len(holes) > 1:
        return None
    hole = holes[0]
    before, _, after = _marked(value, hole).partition(OPEN + CLOSE)
    # Beside an operator the argument might come apart.
    alone = not before or before.endswith(("(", "[", "=", ", "))
    if not alone or after[:1] not in ("", ",", ")", "]"):
        return None
    return TemplateArgument(keyword, hole, converter, fallback, before, after)


def written(tree: ast.expr) -> str:
    """The source of a part of a template, with the quotes that most code has."""
    return ast.unparse(tree).replace("'", '"')


def parameters_in(tree: ast.expr, parameters: tuple[str, ...]) -> list[str]:
    """The op's parameters in a part of a template, one entry for each place."""
    return [
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in parameters
    ]


def _marked(value: ast.expr, hole: str) -> str:
    class Marker(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.Name:
            return ast.Name(OPEN + CLOSE) if node.id == hole else node

    copy = ast.parse(ast.unparse(value), mode="eval").body
    return written(Marker().visit(copy))
