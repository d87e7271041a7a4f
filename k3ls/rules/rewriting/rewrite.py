"""Writing the call of a TensorFlow op as its row of the op table says.

The call is edited in place where the template allows it, so that comments, line breaks and the
order in which the arguments are evaluated stay. Otherwise its text is put together anew.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.knowledge.symbols import Parameters
from k3ls.rules.rewriting import template
from k3ls.rules.rewriting.converters import CONVERTERS
from k3ls.rules.rewriting.template import CallTemplate, TemplateArgument
from k3ls.semantics import Module, Scope
from k3ls.syntax import argument_nodes, text, unparenthesized
from k3ls.text import Edit, merged

# What `**kwargs` goes by among the arguments.
UNPACKED = "**"
# The parameter of positional arguments behind those that an op names.
MORE = "*"
# What TensorFlow 1 called parameters.
_OLDER = {
    "keep_dims": "keepdims",
    "reduction_indices": "axis",
    "squeeze_dims": "axis",
    "concat_dim": "axis",
    "dim": "axis",
    "dimension": "axis",
    "seq_dim": "seq_axis",
    "batch_dim": "batch_axis",
}
# Functions of Python that a template calls.
_PYTHON = ("float", "int", "len")
# Finds what a Keras path is called where the op stands: `keras.ops.mean` or `ops.mean`.
NameFor = Callable[[str], str]


class RefusedError(Exception):
    """The call can't be rewritten; the message says why, for a user."""


@dataclass(frozen=True, slots=True)
class Given:
    """An argument of a call.

    Attributes:
        parameter: the op's parameter that it is for.
        node: the whole argument, with its keyword.
        value: the value's node.
        keyword: the keyword's node.
    """

    parameter: str
    node: Node
    value: Node
    keyword: Node | None


def rewrite(
    call: Node, op: Op, module: Module, scope: Scope, name_for: NameFor, *, second: bool = False
) -> tuple[list[Edit], Rewrite]:
    """The edits that turn the op's `call` into its Keras form, or the `second` choice of one, and
    the rewrite they follow.

    Raises:
        RefusedError: no form of the row fits the arguments.
    """
    given = bind(call, op)
    defaults = dict(op.parameters)
    reason = "" if op.rewrites else "it has no counterpart"
    for one in op.rewrites:
        if one.second is not second or not all(
            _holds(condition, given.get(name), defaults.get(name), module, scope)
            for name, condition in one.when.items()
        ):
            continue
        try:
            return _apply(one, call, op, given, module, scope, name_for), one
        except RefusedError as refused:
            reason = reason or str(refused)
    raise RefusedError(reason or "no form of it is known for these arguments")


def bind(call: Node, op: Op, *, unpacked: bool = False) -> dict[str, Given]:
    """The arguments of `call` by the op's parameters, in the order they are written.

    With `unpacked`, `**kwargs` at the end is taken as the argument `**`.

    Raises:
        RefusedError: the code doesn't tell.
    """
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "argument_list":
        raise RefusedError("its argument is a bare generator expression")
    given: dict[str, Given] = {}
    parameters = [name for name, _ in op.parameters]
    for index, node in enumerate(argument_nodes(arguments)):
        if node.type == "dictionary_splat" and unpacked and UNPACKED not in given:
            given[UNPACKED] = Given(UNPACKED, node, node, None)
            continue
        if node.type in ("list_splat", "dictionary_splat") or UNPACKED in given:
            raise RefusedError("its arguments are unpacked from a list or a dict")
        keyword = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        value = node.child_by_field_name("value") if keyword is not None else node
        if keyword is not None:
            parameter = text(keyword)
            if parameter not in parameters and _OLDER.get(parameter) in parameters:
                parameter = _OLDER[parameter]
        elif index < len(parameters):
            parameter = parameters[index]
        elif op.variadic and any("*" in one.template for one in op.rewrites):
            given[f"{MORE}{index}"] = Given(MORE, node, node, None)
            continue
        else:
            raise RefusedError("it has more arguments than are known")
        unknown = parameter not in parameters and not (op.variadic and keyword is not None)
        if unknown or parameter in given or value is None:
            raise RefusedError(f"`{op.name}` has no parameter `{parameter}`")
        given[parameter] = Given(parameter, node, value, keyword)
    for parameter, default in op.parameters:
        if default is None and parameter not in given and UNPACKED not in given:
            raise RefusedError(f"the argument `{parameter}` is missing")
    return given


def given_arguments(
    call: Node, path: str, parameters: Parameters, *, unpacked: bool = False
) -> dict[str, Given]:
    """The arguments of a call of `path` by these parameters, as `bind` gives them.

    Raises:
        RefusedError: the code doesn't tell.
    """
    plain = tuple(one for one in parameters if not one[0].startswith("*"))
    variadic = len(plain) < len(parameters)
    op = Op((path,), plain, variadic, (), "", "", False, {}, {})
    return bind(call, op, unpacked=unpacked)


def literal(node: Node) -> object:
    """The value of a literal, `...` for an expression that isn't one."""
    try:
        return ast.literal_eval(text(unparenthesized(node)))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return ...


def _holds(
    condition: str, given: Given | None, default: str | None, module: Module, scope: Scope
) -> bool:
    if condition == "any":
        return True
    if condition in ("absent", "given"):
        return (given is None) is (condition == "absent")
    if condition == "default":
        return given is None or repr(literal(given.value)) == repr(_default(default or ""))
    if given is None:
        return False
    if condition.startswith("="):
        return bool(literal(given.value) == ast.literal_eval(condition[1:].strip()))
    if condition.startswith("calls "):
        function = given.value.child_by_field_name("function")
        name = condition.removeprefix("calls ")
        return function is not None and name in module.names_of(function, scope)
    if condition.startswith("attribute "):
        attribute = unparenthesized(given.value).child_by_field_name("attribute")
        return attribute is not None and text(attribute) in condition.split()[1:]
    if condition == "expression":
        return literal(given.value) is ... and given.value.type not in ("list", "tuple")
    if condition == "sequence":
        return given.value.type in ("list", "tuple")
    if condition == "member":
        return unparenthesized(given.value).type == "attribute"
    assert condition == "integer", condition
    value = literal(given.value)
    return isinstance(value, int) and not isinstance(value, bool)


def _apply(
    one: Rewrite,
    call: Node,
    op: Op,
    given: dict[str, Given],
    module: Module,
    scope: Scope,
    name_for: NameFor,
) -> list[Edit]:
    parameters = tuple(name for name, _ in op.parameters)
    parsed = template.parse(one.template, parameters)
    used = set(template.parameters_in(ast.parse(one.template, mode="eval").body, parameters))
    defaults = dict(op.parameters)
    for parameter, argument in given.items():
        kept = parsed is not None and (
            parsed.passes_more
            if argument.parameter == MORE
            else parsed.passes_others and argument.keyword is not None
        )
        if parameter in used or kept or parameter == "name" or parameter in one.when:
            continue
        default = defaults.get(parameter)
        value = literal(argument.value)
        if value is ... or default is None or repr(value) != repr(_default(default)):
            raise RefusedError(f"Keras has nothing for the argument `{parameter}`")
    if parsed is not None:
        return _in_place(parsed, one.when, call, op, given, module, scope, name_for)
    return _anew(one, call, op, given, module, scope, name_for)


def _default(source: str) -> object:
    try:
        return ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return source


def _converted(
    argument: TemplateArgument, given: Given, module: Module, scope: Scope
) -> str | None:
    """The text to write for the argument, None to leave it as it is."""
    if argument.converter is None:
        return None
    new = CONVERTERS[argument.converter](given.value, module, scope)
    if new is None:
        raise RefusedError(f"`{given.parameter}={text(given.value)}` can't be converted")
    return None if new == text(given.value) else new


def _in_place(
    parsed: CallTemplate,
    conditions: Mapping[str, str],
    call: Node,
    op: Op,
    given: dict[str, Given],
    module: Module,
    scope: Scope,
    name_for: NameFor,
) -> list[Edit]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    assert function is not None
    assert arguments is not None
    signature = op.signatures.get(parsed.function, ())
    places = _places(parsed, signature)
    by_hole = {argument.hole: argument for argument in parsed.arguments if argument.hole}

    new = parsed.function if parsed.function in _PYTHON else name_for(parsed.function)
    edits = [Edit(function.start_byte, function.end_byte, new)]
    kept: list[Given] = []
    removed: list[Given] = []
    positional = 0
    for one in given.values():
        argument = by_hole.get(one.parameter)
        if one.parameter == MORE:
            kept.append(one)
            continue
        if argument is None:
            settled = one.parameter in conditions
            other = parsed.passes_others and one.keyword is not None and not settled
            if other and any(one.parameter == written.keyword for written in parsed.arguments):
                raise RefusedError(f"`{one.parameter}` would be given twice")
            (kept if other else removed).append(one)
            continue
        kept.append(one)
        place, keyword = places[one.parameter]
        if one.keyword is not None:
            # A positional-only parameter of the target has no keyword to take.
            if keyword is None:
                raise RefusedError(f"`{one.parameter}` can't be given by keyword")
            if text(one.keyword) != keyword:
                edits.append(Edit(one.keyword.start_byte, one.keyword.end_byte, keyword))
        elif place == positional:
            positional += 1
        elif keyword is None:
            raise RefusedError(f"`{one.parameter}` would have to change its place")
        else:
            positional = -1
            edits.append(Edit(one.value.start_byte, one.value.start_byte, f"{keyword}="))
        edits += _value_edits(_named(argument, name_for), one, module, scope, name_for)
    missing = [own_names(one, name_for) for one in _missing(parsed, given, places)]
    edits += list_edits(arguments, kept, removed, missing)
    return merged(edits)


def _named(argument: TemplateArgument, name_for: NameFor) -> TemplateArgument:
    """The argument with the file's own names for the Keras functions around it."""
    prefix, suffix = (own_names(one, name_for) for one in (argument.prefix, argument.suffix))
    return replace(argument, prefix=prefix, suffix=suffix)


def own_names(source: str, name_for: NameFor) -> str:
    """A source with the file's own names for the Keras paths in it."""
    return re.sub(r"\bkeras\.[\w.]+", lambda path: name_for(path.group()), source)


def _places(
    parsed: CallTemplate, signature: tuple[str, ...]
) -> dict[str, tuple[int | None, str | None]]:
    """Where the target takes each of the op's parameters: position and keyword."""
    places: dict[str, tuple[int | None, str | None]] = {}
    for index, argument in enumerate(parsed.arguments):
        if argument.hole is None:
            continue
        if argument.keyword is None:
            keyword = signature[index] if index < len(signature) else None
            places[argument.hole] = (index, keyword)
        else:
            known = argument.keyword in signature
            place = signature.index(argument.keyword) if known else None
            places[argument.hole] = (place, argument.keyword)
    return places


def _value_edits(
    argument: TemplateArgument, given: Given, module: Module, scope: Scope, name_for: NameFor
) -> list[Edit]:
    value = given.value
    new = _converted(argument, given, module, scope)
    if new is not None:
        new = own_names(new, name_for)
        return [Edit(value.start_byte, value.end_byte, argument.prefix + new + argument.suffix)]
    edits = []
    if argument.prefix:
        edits.append(Edit(value.start_byte, value.start_byte, argument.prefix))
    if argument.suffix:
        edits.append(Edit(value.end_byte, value.end_byte, argument.suffix))
    return edits


def _missing(
    parsed: CallTemplate,
    given: dict[str, Given],
    places: dict[str, tuple[int | None, str | None]],
) -> list[str]:
    """The arguments that the target needs and the call doesn't give, as source."""
    added = []
    for argument in parsed.arguments:
        if argument.hole in given or argument.fallback is None:
            continue
        keyword = argument.keyword
        if keyword is None and argument.hole is not None:
            keyword = places[argument.hole][1]
        added.append(f"{keyword}={argument.fallback}" if keyword else argument.fallback)
    return added


def written_arguments(arguments: Node) -> list[Given]:
    """The arguments of an argument list as they are written; positional ones have no parameter."""
    given = []
    for node in argument_nodes(arguments):
        keyword = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        value = node.child_by_field_name("value") if keyword is not None else node
        name = text(keyword) if keyword is not None else ""
        given.append(Given(name, node, value or node, keyword))
    return given


def list_edits(
    arguments: Node, kept: list[Given], removed: list[Given], added: list[str]
) -> list[Edit]:
    """The edits of the argument list itself: arguments taken away and added at its end."""
    addition = ", ".join(added)
    if not kept:
        inner = argument_nodes(arguments)
        start = arguments.start_byte + 1
        end = arguments.end_byte - 1 if inner else start
        if inner and any(child.type == "comment" for child in arguments.named_children):
            raise RefusedError("a comment between its arguments would be lost")
        return [Edit(start, end, addition)] if end > start or addition else []
    edits: list[Edit] = []
    commented = False
    ordered = sorted(kept + removed, key=lambda one: one.node.start_byte)
    gone = {id(one) for one in removed}
    comments = [child for child in arguments.named_children if child.type == "comment"]
    index = 0
    while index < len(ordered):
        if id(ordered[index]) not in gone:
            index += 1
            continue
        first = index
        while index < len(ordered) and id(ordered[index]) in gone:
            index += 1
        if first > 0:
            start, end = ordered[first - 1].node.end_byte, ordered[index - 1].node.end_byte
        else:
            start, end = ordered[first].node.start_byte, ordered[index].node.start_byte
        if any(start <= comment.start_byte < end for comment in comments):
            # The comment stays, and with it the comma before or behind the argument.
            start, end = ordered[first].node.start_byte, ordered[index - 1].node.end_byte
            if first == 0 or any(start <= comment.start_byte < end for comment in comments):
                raise RefusedError("a comment between its arguments would be lost")
            comma = ordered[index - 1].node.next_sibling
            if comma is not None and comma.type == "," and (index < len(ordered) or not addition):
                end = comma.end_byte
            commented = True
        edits.append(Edit(start, end, ""))
    if addition:
        last = ordered[-1]
        if id(last) in gone:
            edits[-1] = edits[-1]._replace(text=addition if commented else f", {addition}")
        else:
            edits.append(Edit(last.node.end_byte, last.node.end_byte, f", {addition}"))
    return edits


def _anew(
    one: Rewrite,
    call: Node,
    op: Op,
    given: dict[str, Given],
    module: Module,
    scope: Scope,
    name_for: NameFor,
) -> list[Edit]:
    """Put the call together from the template's text, with the arguments' own source in it."""
    arguments = call.child_by_field_name("arguments")
    assert arguments is not None
    if any(child.type == "comment" for child in arguments.named_children):
        raise RefusedError("a comment between its arguments would be lost")
    parameters = tuple(name for name, _ in op.parameters)
    tree = ast.parse(one.template, mode="eval").body
    holes = template.parameters_in(tree, parameters)
    for hole in set(holes):
        if holes.count(hole) > 1 and hole in given and not repeatable(given[hole].value):
            raise RefusedError(f"`{hole}` would be evaluated more than once")
    filled = _Filler(op, given, module, scope, name_for).visit(tree)
    source = template.written(filled)
    for parameter, argument in given.items():
        value = text(argument.value)
        marker = _marker(parameter)
        # As an argument of its own it needs no parentheses.
        source = re.sub(
            rf"(?:(?<=[(\[=])|(?<=, )){marker}(?=[,)\]])", value.replace("\\", r"\\"), source
        )
        source = source.replace(marker, value if argument.value.type in _ATOMS else f"({value})")
    alone = isinstance(filled, (ast.Call, ast.Subscript, ast.Attribute, ast.Constant))
    if not alone and not _stands_alone(call, several_lines="\n" in source):
        source = f"({source})"
    return [Edit(call.start_byte, call.end_byte, source)]


def _stands_alone(node: Node, *, several_lines: bool) -> bool:
    """Whether any expression can take the place of a node without parentheses."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type in _STATEMENTS:
        return not several_lines
    return parent.type in _BRACKETS


_STATEMENTS = frozenset("assignment return_statement expression_statement".split())
_BRACKETS = frozenset("argument_list parenthesized_expression list tuple".split())
_ATOMS = frozenset(
    "identifier attribute call subscript integer float string list tuple dictionary set none"
    " true false parenthesized_expression list_comprehension".split()
)


def repeatable(node: Node) -> bool:
    """Whether evaluating an expression twice is as good as once."""
    return node.type in ("identifier", "integer", "float", "string", "none", "true", "false") or (
        node.type in ("attribute", "list", "tuple", "unary_operator")
        and all(repeatable(child) for child in node.named_children)
    )


def _marker(parameter: str) -> str:
    return f"__k3ls_{parameter}__"


class _Filler(ast.NodeTransformer):
    """Puts markers, fallbacks and the file's own names for Keras into a template."""

    def __init__(
        self, op: Op, given: dict[str, Given], module: Module, scope: Scope, name_for: NameFor
    ) -> None:
        self.op = op
        self.given = given
        self.module = module
        self.scope = scope
        self.name_for = name_for
        self.parameters = {name for name, _ in op.parameters}

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self.parameters:
            return node
        if node.id not in self.given:
            raise RefusedError(f"the argument `{node.id}` is missing")
        return ast.Name(_marker(node.id))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if not isinstance(node.op, ast.BitOr):
            visited = self.generic_visit(node)
            assert isinstance(visited, ast.expr)
            return visited
        holes = template.parameters_in(node.left, tuple(self.parameters))
        side = node.left if all(hole in self.given for hole in holes) else node.right
        filled = self.visit(side)
        assert isinstance(filled, ast.expr)
        return filled

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        path = ast.unparse(node)
        if re.fullmatch(r"keras(\.\w+)+", path):
            return ast.Name(self.name_for(path))
        visited = self.generic_visit(node)
        assert isinstance(visited, ast.expr)
        return visited

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Name) and node.func.id in CONVERTERS:
            hole = template.parameters_in(node.args[0], tuple(self.parameters))[0]
            if hole not in self.given:
                raise RefusedError(f"the argument `{hole}` is missing")
            new = CONVERTERS[node.func.id](self.given[hole].value, self.module, self.scope)
            if new is None:
                raise RefusedError(f"`{hole}={text(self.given[hole].value)}` can't be converted")
            return ast.parse(new, mode="eval").body
        keywords = []
        for keyword in node.keywords:
            # An optional argument that isn't given is left out.
            holes = template.parameters_in(keyword.value, tuple(self.parameters))
            optional = isinstance(keyword.value, (ast.Name, ast.Call))
            if optional and len(holes) == 1 and holes[0] not in self.given:
                continue
            keywords.append(ast.keyword(keyword.arg, self.visit(keyword.value)))
        return ast.Call(
            self.visit(node.func), [self.visit(argument) for argument in node.args], keywords
        )
